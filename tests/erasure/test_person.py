"""The data of a person are erased: by the organizer, by the person, and on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest
from click.testing import CliRunner, Result
from tests.web.client import HOST, AppClient, app_client, form_with

from acquis.cli import main
from acquis.command import PARTICIPANT, Actor
from acquis.documents.verifiers import verify
from acquis.floor import questions, segments, speech
from acquis.floor.queue import RaiseHand
from acquis.publication.verify import verify_lines
from acquis.report.drafting import DraftSentence
from acquis.roster import Pass
from acquis.roster.attendees import AttendeeRow
from acquis.text.mention import without_name
from acquis.web.http import passes

from .texts import WORDS, holding, play

NAME = "Zorvalia Quenthorpe"
BEN = Actor("p-ben", "v-ben", frozenset({PARTICIPANT}))
SECRET = "s" * 43
TRACES = (NAME, WORDS["question"], WORDS["comment"], WORDS["topic"])
"""What is in no file any more once the data are erased."""


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path / "data") as app:
        prepare(app)
        yield app


def prepare(app: AppClient) -> None:
    """A session in which a participant wrote something, and in which others name her."""
    play(app)
    roster = app.house.roster
    roster.issue(SECRET, Pass("grid", frozenset({PARTICIPANT}), "p-ann", "v-ann", name=NAME))
    roster._db.execute(
        "update sessions set draft=?, page=? where id='grid'", (f"speakers:\n- name: {NAME}\n", f"By {NAME}")
    )
    app.do("grid", questions.AskQuestion(f"Can {NAME.upper()} answer this?"), BEN)
    app.do("grid", speech.CaptionSpeech("I was there.", speaker=NAME))
    app.do("grid", DraftSentence("takeaways", f"It was said by Quenthorpe, Zorvalia, and by {NAME}."))
    app.do("grid", questions.AskQuestion("What does Zorvalia Other say?"), BEN)
    app.do("grid", RaiseHand(), Actor("p-ann", "v-ann", frozenset({PARTICIPANT})))


def shown(app: AppClient, path: str) -> str:
    answer = app.client.get(f"/s/grid/{path}")
    assert answer.status_code == 200
    return answer.text


def erased(app: AppClient, **typed: str) -> str:
    """The page after the organizer has erased the data of the participant."""
    app.be("organizer")
    asked = form_with(shown(app, "forget?person=p-ann"), person="p-ann")
    answer = app.client.post("/s/grid/forget", data={**asked, **typed})
    assert answer.status_code == 200
    return answer.text


def test_the_name_and_what_she_wrote_are_in_no_file(app: AppClient, tmp_path: Path) -> None:
    app.be("organizer")
    shown(app, "people")
    assert {found.rpartition(": ")[2] for found in holding(tmp_path, *TRACES)} == set(TRACES)
    erased(app)
    assert holding(tmp_path, *TRACES) == []
    assert not app.house.roster.knows("grid", "p-ann")
    row = app.house.roster.session("grid")
    assert row is not None
    assert (row.draft, row.page) == ("speakers:\n- name: (erased)\n", "")
    assert "What does Zorvalia Other say?" in {question.text for question in app.state("grid").questions.values()}
    assert {hand.fate for hand in app.state("grid").hands.values() if hand.person == "p-ann"} <= {"lowered", "called"}
    app.do("grid", questions.AskQuestion("The session continues?"), BEN)


@pytest.mark.parametrize(
    ("name", "draft", "left"),
    [
        ("e", "title: The keys\n- name: Eve E\n", "title: The keys\n- name: Eve (erased)\n"),
        (
            "Zoë Quux",
            "- name: Zoe\u0308 QUUX\n- name: Quux, Zoe\n- Zoë\n- Quux\n",
            "- name: (erased)\n" * 2 + "- Zoë\n- Quux\n",
        ),
        ("Zoë Quux", "- name: Zoë\n    Quux\n  role: host\n", "- name: (erased)\n  role: host\n"),
        ("王小明", "- name: 王小明先生\n", "- name: (erased)先生\n"),
        ("🙂", "- name: 🙂\n", "- name: (erased)\n"),
    ],
)
def test_a_name_is_erased_however_it_is_written_and_nothing_else_is(name: str, draft: str, left: str) -> None:
    assert without_name(draft, name, "(erased)") == left


@pytest.mark.parametrize(
    "written", ["ann QUENTHORPE-zorvalia", "Quenthorpe Zorvalia, Ann", "A\u0301nn Quenthorpe Zorvalia"]
)
def test_the_page_and_the_reports_of_meetings_lose_other_spellings_of_a_name(app: AppClient, written: str) -> None:
    roster = app.house.roster
    other = "Ann Quenthorpe"
    roster.attendees.keep("grid", "zoom", [AttendeeRow("zoom", each, "", "", 9) for each in (written, other)])
    roster._db.execute("update passes set name='Ann Quenthorpe Zorvalia' where person='p-ann'")
    roster._db.execute("update sessions set page=? where id='grid'", (f"By {written}, and others.",))
    roster._names.clear()
    erased(app)
    assert [row.name for row in roster.attendees.of("grid")] == [other]
    row = roster.session("grid")
    assert row is not None
    assert row.page == ""


def test_the_public_edition_verifies_afterwards(app: AppClient, tmp_path: Path) -> None:
    erased(app)
    app.do("grid", segments.CloseSession(), HOST)
    app.publish_votes()
    log = app.client.get("/s/grid/log.jsonl").content
    assert verify_lines(log.splitlines(keepends=True)).ok
    assert NAME.encode() not in log
    file = tmp_path / "log.jsonl"
    file.write_bytes(log)
    assert CliRunner().invoke(main, ["verify", str(file)]).exit_code == 0
    status, said = verify.answer(verify.AskedRecord(str(file)))
    assert (status, said[0][0]) == (3, "in_part")  # nothing is wrong; texts that were withheld are not checked


def test_the_texts_of_others_can_be_kept(app: AppClient, tmp_path: Path) -> None:
    app.be("organizer")
    page = form_with(shown(app, "forget?person=p-ann"), person="p-ann")
    del page["mentions"]
    assert app.client.post("/s/grid/forget", data=page).status_code == 200
    assert holding(tmp_path, WORDS["question"]) == []
    assert {found.partition(":")[0] for found in holding(tmp_path, NAME)} >= {"record.db"}


def test_a_person_deletes_her_data_and_the_device_says_so(app: AppClient, tmp_path: Path) -> None:
    app.client.cookies.set(passes.cookie_name("grid"), SECRET)
    assert "/s/grid/forget" in shown(app, "mine")
    page = shown(app, "forget")
    assert "What stays" in page
    answer = app.client.post("/s/grid/forget", data=form_with(page, person="p-ann"))
    assert "data of the person on this device were deleted" in " ".join(answer.text.split())
    assert holding(tmp_path, WORDS["question"], WORDS["comment"]) == []
    assert not app.house.roster.knows("grid", "p-ann")
    row = app.house.roster.session("grid")
    assert row is not None
    assert NAME in row.draft  # only the organizer removes what others wrote
    assert app.client.get("/s/grid/mine").status_code == 403


def test_a_person_cannot_erase_somebody_else(app: AppClient) -> None:
    app.client.cookies.set(passes.cookie_name("grid"), SECRET)
    app.house.roster.issue("t" * 43, Pass("grid", frozenset({PARTICIPANT}), "p-ben", "v-ben", name="Ben"))
    answer = app.client.post("/s/grid/forget", data={"person": "p-ben", "key": "somebody-else-1"})
    assert answer.status_code == 403
    assert app.house.roster.knows("grid", "p-ben")


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["erase", *arguments, "--data", str(folder), "--yes"])


def test_the_command_line_erases_a_person_and_a_text(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with app_client(folder) as app:
        prepare(app)
    done = run(folder, "person", "grid", NAME)
    assert (done.exit_code, done.output.splitlines()[-1][:7]) == (0, "Erased.")
    assert holding(tmp_path, *TRACES) == []
    db = apsw.Connection(str(folder / "record.db"))
    (line,) = next(db.execute("select seq from entries where cast(body as text) like ?", (f"%{WORDS['correction']}%",)))
    db.close()
    assert run(folder, "text", "grid", str(line)).exit_code == 0
    assert holding(tmp_path, WORDS["correction"]) == []
    nobody = run(folder, "person", "grid", "Nobody Here")
    assert (nobody.exit_code, "Nobody Here" in nobody.output) == (1, True)
