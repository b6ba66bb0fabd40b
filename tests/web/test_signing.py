"""Checkpoints are signed while a session grows, and never for a record that was set back."""

from __future__ import annotations

import asyncio
import shutil
from base64 import b64decode
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from starlette.testclient import TestClient
from tests.verifiers.generator import root_of
from tests.web.client import BOSS, HOST, PROGRAMME, app_client

from acquis import events as ev
from acquis.board.checkpoints import Checkpoints
from acquis.command import PEOPLE, Actor
from acquis.floor.questions import AskQuestion
from acquis.floor.segments import CloseSession, OpenSession
from acquis.plan.document import to_data
from acquis.plan.programme import PublishProgramme
from acquis.record.keys import folder_beside, open_keys
from acquis.record.merkle import check_consistency
from acquis.record.notes import Checkpoint, NoteError, SignedNote, VerifierKey, notes_in
from acquis.record.signed import SignedLog
from acquis.roster import SessionRow
from acquis.session import Session
from acquis.web.app import create_app
from acquis.web.http.application import Application, open_application

LOG = "lights"
ORIGIN = "dialogue.example.org/s/lights"
Use = Callable[[Application, Checkpoints, Session], Awaitable[None]]


def use(folder: Path, test: Use) -> list[str]:
    """Run a test with an application in `folder`; what it told the operator."""
    complaints: list[str] = []

    async def run() -> None:
        application = open_application(folder, folder_beside(folder))
        application.base_url = "https://dialogue.example.org"
        checkpoints = application.checkpoints
        assert checkpoints is not None
        checkpoints._tell = complaints.append
        if application.roster.session(LOG) is None:
            application.roster.add_session(SessionRow(LOG, "LGHT2345", 0, ""))
        session = await application.board.session(LOG)
        assert session is not None
        await test(application, checkpoints, session)
        await application.close()

    asyncio.run(run())
    return complaints


async def opened(session: Session) -> None:
    await session.do(PublishProgramme(to_data(PROGRAMME)), BOSS, 1, "publish")
    await session.do(OpenSession(), HOST, 2, "open")


async def asked(session: Session, count: int) -> None:
    for n in range(count):
        seq = session.state.seq
        asker = Actor(f"p-{seq}", f"v-{seq}", PEOPLE)
        await session.do(AskQuestion(f"Question {seq}?"), asker, 3, f"ask-{seq}-{n}")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_checkpoints_are_signed_with_the_announced_key(data: Path) -> None:
    async def test(application: Application, checkpoints: Checkpoints, session: Session) -> None:
        assert await checkpoints.sign(session) is None
        await opened(session)
        first = await checkpoints.sign(session)
        assert first is not None
        key = VerifierKey.parse(session.state.keys[0])
        assert key.name == ORIGIN
        assert first.signed_by(key)
        await asked(session, 70)
        second = await checkpoints.sign(session)
        assert second is not None
        links = [link for link, _ in application.board.record.links(LOG)]
        newest = Checkpoint.parse(second.text)
        assert newest == Checkpoint(ORIGIN, session.state.seq, root_of(links))
        old = Checkpoint.parse(first.text)
        proof = application.board.tree(LOG).tree.consistency(old.size, newest.size)
        check_consistency(old.size, old.root, newest.size, newest.root, proof)
        assert await checkpoints.sign(session) is second, "nothing has grown"
        assert checkpoints.signed(LOG).notes == [first, second]

    assert use(data, test) == []
    assert len(SignedLog(folder_beside(data) / "checkpoints" / f"{LOG}.txt").notes) == 2


def test_opening_and_closing_are_signed_at_once(data: Path) -> None:
    async def test(application: Application, checkpoints: Checkpoints, session: Session) -> None:
        checkpoints.notice(session)
        await opened(session)
        checkpoints.notice(session)
        await asyncio.gather(*checkpoints._tasks)
        assert [type(ev.from_body(e.body)) for e in application.board.record.read(LOG)][2:] == [ev.KeyAnnounced]
        await asked(session, 1)
        checkpoints.notice(session)
        assert not checkpoints._tasks, "an ordinary act waits for the next period"
        await session.do(CloseSession(), HOST, 4, "close")
        checkpoints.notice(session)
        await asyncio.gather(*checkpoints._tasks)
        newest = checkpoints.signed(LOG).newest
        assert newest is not None
        assert newest.size == session.state.seq

    assert use(data, test) == []


def test_a_record_that_was_set_back_is_not_signed(data: Path, tmp_path: Path) -> None:
    async def until(application: Application, checkpoints: Checkpoints, session: Session) -> None:
        await opened(session)
        await checkpoints.sign(session)

    async def later(application: Application, checkpoints: Checkpoints, session: Session) -> None:
        await asked(session, 3)
        await checkpoints.sign(session)

    async def refused(application: Application, checkpoints: Checkpoints, session: Session) -> None:
        before = session.state.seq
        assert await checkpoints.sign(session) is None
        await asked(session, 30)
        assert await checkpoints.sign(session) is None
        assert session.state.seq == before + 30
        assert len(checkpoints.signed(LOG).notes) == 2
        assert LOG in checkpoints.refused

    async def grown(application: Application, checkpoints: Checkpoints, session: Session) -> None:
        await checkpoints.sign_all()
        assert LOG in checkpoints.refused

    use(data, until)
    shutil.copytree(data, tmp_path / "backup")
    use(data, later)
    shutil.rmtree(data)
    shutil.copytree(tmp_path / "backup", data)
    (complaint,) = use(data, refused)
    assert "has 3 entries, but 6 were signed" in complaint
    (complaint,) = use(data, grown)
    assert "are not those that were signed" in complaint


def test_a_new_key_is_announced_with_the_signature_of_the_former_one(data: Path) -> None:
    async def first(application: Application, checkpoints: Checkpoints, session: Session) -> None:
        await opened(session)
        await checkpoints.sign(session)

    async def rotated(application: Application, checkpoints: Checkpoints, session: Session) -> None:
        open_keys(folder_beside(data), data).rotate(data)
        await asked(session, 1)
        note = await checkpoints.sign(session)
        former, new = (VerifierKey.parse(key) for key in session.state.keys)
        announced = [ev.from_body(entry.body) for entry in application.board.record.read(LOG)][-1]
        assert isinstance(announced, ev.KeyAnnounced)
        Ed25519PublicKey.from_public_bytes(former.public).verify(b64decode(announced.signature), announced.key.encode())
        assert note is not None
        assert note.signed_by(new)
        assert note.signed_by(former) is None
        assert former.name == new.name == ORIGIN

    async def moved(application: Application, checkpoints: Checkpoints, session: Session) -> None:
        application.base_url = "https://elsewhere.example.org"
        await asked(session, 1)
        note = await checkpoints.sign(session)
        assert note is not None
        assert Checkpoint.parse(note.text).origin == ORIGIN, "a log keeps its name"
        assert len(session.state.keys) == 2

    for test in (first, rotated, moved):
        assert use(data, test) == []


def test_checkpoints_keys_and_proofs_are_public(data: Path) -> None:
    async def before(application: Application, checkpoints: Checkpoints, session: Session) -> None:
        await opened(session)
        await checkpoints.sign(session)
        await asked(session, 70)
        await checkpoints.sign(session)

    use(data, before)
    application = open_application(data, folder_beside(data))
    with TestClient(create_app(application), base_url="http://testserver") as client:
        files = {name: client.get(f"/s/{LOG}/{name}") for name in ("checkpoint", "checkpoints.txt", "key.txt")}
        assert {name: answer.status_code for name, answer in files.items()} == dict.fromkeys(files, 200)
        key = VerifierKey.parse(files["key.txt"].text)
        old, new = (Checkpoint.parse(note.text) for note in notes_in(files["checkpoints.txt"].text))
        newest = SignedNote.parse(files["checkpoint"].text)
        assert newest.signed_by(key)
        assert Checkpoint.parse(newest.text) == new
        told = client.get(f"/s/{LOG}/consistency?old={old.size}&new={new.size}").json()
        assert (told["old_root"], told["new_root"]) == (old.root.hex(), new.root.hex())
        proof = [bytes.fromhex(node) for node in told["proof"]]
        check_consistency(old.size, old.root, new.size, new.root, proof)
        for asked_for in (
            "",
            "?old=5&new=4",
            "?old=-1&new=4",
            "?old=1&new=74",
            f"?old=1&new={'9' * 30}",
            "?old=x&new=1",
        ):
            assert client.get(f"/s/{LOG}/consistency{asked_for}").status_code == 404
        assert client.portal is not None
        client.portal.call(application.board.record.close)
    application.roster.close()


def test_nothing_is_signed_without_a_key(tmp_path: Path) -> None:
    with app_client(tmp_path) as app:
        app.hold("grid")
        for name in ("checkpoint", "checkpoints.txt", "key.txt"):
            assert app.client.get(f"/s/grid/{name}").status_code == 404
        assert app.client.get("/s/grid/consistency?old=1&new=3").status_code == 200


def test_a_kept_checkpoint_proves_that_the_history_is_another_one(data: Path, tmp_path: Path) -> None:
    notes: list[SignedNote] = []

    async def first(application: Application, checkpoints: Checkpoints, session: Session) -> None:
        await opened(session)
        await checkpoints.sign(session)

    async def later(application: Application, checkpoints: Checkpoints, session: Session) -> None:
        await asked(session, 5)
        note = await checkpoints.sign(session)
        assert note is not None
        assert not await checkpoints.report(session, note), "it is one of this log"
        notes.append(note)

    async def set_back(application: Application, checkpoints: Checkpoints, session: Session) -> None:
        other = SignedNote(notes[0].text.replace("\n8\n", "\n9\n"), notes[0].signatures)
        with pytest.raises(NoteError):
            await checkpoints.report(session, other)
        assert LOG not in checkpoints.refused
        await asked(session, 9)
        assert await checkpoints.report(session, notes[0])
        assert await checkpoints.sign(session) is None

    use(data, first)
    keys = folder_beside(data)
    shutil.copytree(data, tmp_path / "backup")
    shutil.copytree(keys, tmp_path / "backup-keys")
    use(data, later)
    (complaint,) = use(tmp_path / "backup", set_back)
    assert "somebody holds a signed checkpoint of 8 entries" in complaint
