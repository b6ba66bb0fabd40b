"""A witness signs what continues its earlier view, and nothing of a server that shows another history."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.client import BOSS
from tests.web.test_signing import LOG, asked, opened, use

from acquis.board.checkpoints import Checkpoints
from acquis.keys import NameWitness
from acquis.record.keys import folder_beside, open_keys
from acquis.record.notes import VerifierKey
from acquis.session import Session
from acquis.web.app import create_app
from acquis.web.http.application import Application, open_application
from acquis.witness import Follower, SplitView, Unreachable, WitnessKey

NOW = 1_700_000_000


class Server:
    """A server whose answers a witness gets without a network."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def send(self, name: str, body: bytes | None = None) -> bytes:
        application = open_application(self.data, folder_beside(self.data))
        with TestClient(create_app(application), base_url="http://testserver") as client:
            address = f"/s/{LOG}/{name}"
            answer = client.post(address, content=body) if body is not None else client.get(address)
            assert client.portal is not None
            client.portal.call(application.board.record.close)
        application.roster.close()
        if answer.status_code != 200:
            raise Unreachable(f"{answer.status_code}")
        return answer.content


def grow(data: Path, count: int = 3, witness: VerifierKey | None = None) -> None:
    async def test(application: Application, checkpoints: Checkpoints, session: Session) -> None:
        if not session.state.seq:
            await opened(session)
        if witness is not None:
            await session.do(NameWitness(str(witness)), BOSS, 3, "witness-1")
        await asked(session, count)
        await checkpoints.sign(session)

    use(data, test)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def key(tmp_path: Path) -> WitnessKey:
    return WitnessKey.open(tmp_path / "w" / "witness.pem", "witness.example")


@pytest.fixture
def follower(data: Path, key: WitnessKey, tmp_path: Path) -> Follower:
    follower = Follower(f"http://testserver/s/{LOG}", key, tmp_path / "seen.json")
    follower._send = Server(data).send  # type: ignore[method-assign]  # no network in a test
    return follower


def signed_by(data: Path, key: WitnessKey) -> list[bool]:
    """Of each checkpoint, whether the witness signed it."""
    signatures: list[bool] = []

    async def test(application: Application, checkpoints: Checkpoints, session: Session) -> None:
        notes = checkpoints.signed(LOG).witnessed()
        signatures.extend(note.signed_by(key.verifier) is not None for note in notes)

    use(data, test)
    return signatures


def test_a_witness_signs_a_log_that_grows(data: Path, key: WitnessKey, follower: Follower) -> None:
    grow(data, witness=key.verifier)
    assert follower.look(NOW).endswith("7 entries, signed")
    assert follower.look(NOW) == ""
    grow(data, 80)
    assert follower.look(NOW + 10).endswith("87 entries, signed")
    assert signed_by(data, key) == [True, True]


def test_a_witness_that_nobody_named_is_told_so(data: Path, key: WitnessKey, follower: Follower) -> None:
    grow(data)
    assert follower.look(NOW).endswith("signed, but the organizer has not named this witness")
    assert signed_by(data, key) == [False]


def test_a_forked_history_is_refused(data: Path, key: WitnessKey, follower: Follower, tmp_path: Path) -> None:
    grow(data, witness=key.verifier)
    shutil.copytree(data, tmp_path / "fork")
    shutil.copytree(folder_beside(data), tmp_path / "fork-keys")
    grow(data, 10)
    follower.look(NOW)
    seen = (tmp_path / "seen.json").read_bytes()
    grow(tmp_path / "fork", 4)
    grow(tmp_path / "fork", 40)
    follower._send = Server(tmp_path / "fork").send  # type: ignore[method-assign]  # no network in a test
    with pytest.raises(SplitView, match="another history") as refused:
        follower.look(NOW + 10)
    assert str(refused.value).count("\u2014 ") == 2, "both checkpoints, each with its signature"
    assert signed_by(tmp_path / "fork", key) == [False, False, False]
    assert (tmp_path / "seen.json").read_bytes() == seen
    again = Follower(f"http://testserver/s/{LOG}", key, tmp_path / "seen.json")
    again._send = Server(tmp_path / "fork").send  # type: ignore[method-assign]  # no network in a test
    with pytest.raises(SplitView):
        again.look(NOW + 20)


def test_what_was_seen_is_stored_before_it_is_signed(
    data: Path, key: WitnessKey, follower: Follower, tmp_path: Path
) -> None:
    grow(data, witness=key.verifier)
    send: Callable[..., bytes] = Server(data).send

    def crash(name: str, body: bytes | None = None) -> bytes:
        if body is not None:
            raise SystemExit
        return send(name, body)

    follower._send = crash  # type: ignore[method-assign]  # the power fails when the cosignature is sent
    with pytest.raises(SystemExit):
        follower.look(NOW)
    kept = json.loads((tmp_path / "seen.json").read_bytes())
    assert list(kept) == [f"http://testserver/s/{LOG}"]


def test_a_new_key_is_followed_if_the_former_one_signed_it(data: Path, key: WitnessKey, follower: Follower) -> None:
    grow(data, witness=key.verifier)
    follower.look(NOW)
    open_keys(folder_beside(data), data).rotate(data)
    grow(data)
    assert "signed" in follower.look(NOW + 10)
    shutil.rmtree(folder_beside(data))
    open_keys(folder_beside(data), data, lost=True)
    grow(data)
    with pytest.raises(SplitView, match="not signed by a key that follows"):
        follower.look(NOW + 20)


def test_a_cosignature_of_another_text_or_key_is_not_stored(data: Path, key: WitnessKey, tmp_path: Path) -> None:
    grow(data, witness=key.verifier)
    server = Server(data)
    with pytest.raises(Unreachable):
        server.send("cosignature", b"no note")
    other = WitnessKey.open(tmp_path / "other" / "key.pem", "witness.example")
    follower = Follower(f"http://testserver/s/{LOG}", other, tmp_path / "other.json")
    follower._send = server.send  # type: ignore[method-assign]  # no network in a test
    assert "has not named" in follower.look(NOW)
    assert signed_by(data, key) == [False]
