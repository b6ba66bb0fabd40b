"""The forms in which a session leaves the house."""

from __future__ import annotations

import csv
import io
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis import events as ev
from acquis.contributions.ledger import ledger
from acquis.contributions.synthesis import synthesis
from acquis.documents.formats import BY_NAME, files
from acquis.documents.rows import written
from acquis.documents.source import DocumentSource
from acquis.documents.view import ReportView, report_view, view_json, view_schema
from acquis.events import Sentence
from acquis.i18n import PSEUDO
from acquis.state import State
from acquis.text.plain_text import guarded, markdown_line, printable

from .story import (
    AGREED,
    CONTESTED,
    HELD_BACK,
    PROPOSED,
    SUPPORTED,
    T0,
    WAITING,
    Recorded,
    published,
    recorded,
    session,
    unchanged,
)

FORM = Path(__file__).with_name("report.md")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def reported() -> Recorded:
    first = published(session(), Sentence("We agree.", (AGREED,)))
    return published(
        first,
        Sentence("Norms need to be followed up.", (AGREED, 35)),
        Sentence("Nobody showed <this>."),
        Sentence("Somebody has to answer.", (SUPPORTED, AGREED, CONTESTED, 37)),
        correction="the first sentence said too little",
    )


@cache
def record() -> dict[str, bytes]:
    found = reported()
    return files(iter(found.entries), state=found.state)


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def table(content: bytes) -> list[dict[str, str]]:
    head, *rest = rows(content)
    return [dict(zip(head, row, strict=True)) for row in rest]


# --- everything together ---


def test_the_whole_record_is_in_the_files() -> None:
    assert set(record()) == {
        *(
            "log.jsonl",
            "inputs.csv",
            "questions.csv",
            "votes.csv",
            "comments.csv",
            "participants-votes.csv",
            "turns.csv",
        ),
        *("report.json", "report.schema.json", "report.md", "report.html", "report.docx", "report.pdf"),
        *("programme.json", "event.json", "session.ics", "opinion-map.svg", "balance.svg", "timeline.svg"),
        *("verify.html", "verify.py", "manifest.json"),
    }
    assert msgspec.json.decode(record()["programme.json"])["number"] == "7"


@pytest.mark.parametrize("secret", [WAITING, HELD_BACK, PROPOSED, "telephone"])
def test_no_file_has_a_text_that_was_not_let_through(secret: str) -> None:
    assert [name for name, content in record().items() if secret.encode() in content] == []


# --- the view and its JSON ---


def test_every_version_stays_readable() -> None:
    found = reported()
    first, second = report_view(found.state, "", 1), report_view(found.state, "", 2)
    assert (first.takeaways[0].text, first.entry, first.correction) == ("We agree.", 64, "")
    assert (second.entry, second.correction) == (65, "the first sentence said too little")
    assert report_view(found.state, "") == second
    assert [line.version for line in first.versions] == [1, 2]


@pytest.mark.parametrize("version", [3, -1])
def test_a_version_that_is_not_there_is_an_error(version: int) -> None:
    with pytest.raises(LookupError):
        report_view(reported().state, "", version)


def test_before_the_report_the_view_has_the_figures_of_the_moment() -> None:
    view = report_view(session().state, "")
    assert (view.version, view.published, view.takeaways) == (0, "", ())
    assert view.statements[0].figures[0] == ev.Figure(AGREED, 10, 2, 0)
    assert report_view(State(), "").title == ""


def test_a_report_after_its_time_is_late() -> None:
    state = reported().state
    assert not report_view(state, "").late
    state.settings = msgspec.structs.replace(state.settings, report_due_min=0)
    assert report_view(state, "").late


def markdown(state: State, language: str = "en") -> str:
    of = DocumentSource(unchanged(), state, report_view(state, ""), language)
    return BY_NAME["report.md"].content(of).decode()


def test_the_people_of_the_programme_are_named() -> None:
    people = report_view(session().state, "").people
    assert [person.name for person in people["speakers"]] == ["Ada Example", "Bo Sample"]
    assert people["rapporteurs"][0].stakeholder == "Civil Society"


def test_a_rehearsal_names_nobody_who_did_not_take_part() -> None:
    document = {"organizers": [{"name": "Real Person"}], "speakers": [{"name": "Real Person"}]}
    seats = (ev.Seat("Panellist 1 (simulated)"),)
    programme = ev.ProgrammePublished("x", (), seats=seats, rehearsal=True, document=document)
    text = markdown(recorded([programme]).state)
    assert "Real Person" not in text
    assert "Panellist 1 (simulated)" in text
    assert "all participants are simulated" in text


@pytest.mark.parametrize("people", [None, 3, "Ann", [3], [{"name": 3}], {"name": "Ann"}])
def test_a_document_that_is_no_programme_breaks_nothing(people: object) -> None:
    state = recorded([ev.ProgrammePublished("x", (), document={"organizers": people, "number": people})]).state
    assert markdown(state).startswith("# ")


def test_json_is_the_view_and_its_schema_names_every_field() -> None:
    found = reported()
    content = view_json(report_view(found.state, found.head), found.state)
    lines = tuple(ledger(found.state))
    counted = synthesis(found.state, lines)
    view = msgspec.structs.replace(report_view(found.state, found.head), inputs=lines, synthesis=counted)
    assert msgspec.json.decode(content, type=ReportView) == view
    schema = msgspec.json.decode(view_schema())
    described = schema["$defs"][schema["$ref"].rpartition("/")[2]]["properties"]
    assert set(msgspec.json.decode(content)) == set(described)


# --- Markdown ---


def test_the_form_is_as_it_was() -> None:
    assert record()["report.md"].decode() == FORM.read_text("utf-8")


def test_every_word_of_the_form_goes_through_the_catalogue() -> None:
    found = reported()
    plain, accented = (markdown(found.state, language) for language in ("en", PSEUDO))
    assert len(plain.splitlines()) == len(accented.splitlines())
    theirs = [
        "| --- |",
        "| Civil Society |",
        *("A forum", "Room 6", " November 2023, "),
        *(markdown_line(one.text) for one in report_view(found.state, "").takeaways),
    ]
    for one, other in zip(plain.splitlines(), accented.splitlines()):
        # The title, event, room and times, the sentences of the rapporteur and the names of groups are not ours.
        assert one != other or not one or one.startswith("# ") or any(text in one for text in theirs), one


def test_nothing_that_somebody_wrote_is_taken_for_markup() -> None:
    hostile = "x\n# heading\n<script>alert(1)</script> [link](javascript:1) `code` ![i](u) | a"
    assert markdown_line(hostile) == (
        "x # heading \\<script\\>alert(1)\\</script\\> \\[link\\](javascript:1) \\`code\\` !\\[i\\](u) \\| a"
    )


@pytest.mark.parametrize(
    ("text", "escaped"), [("# a", "\\# a"), ("- a", "\\- a"), ("1. a", "1\\. a"), ("2030 a", "2030 a")]
)
def test_no_text_begins_a_heading_or_a_list(text: str, escaped: str) -> None:
    assert markdown_line(f"\n {text}") == escaped


@given(st.text())
def test_a_text_stays_in_its_line(text: str) -> None:
    assert len(markdown_line(text).splitlines()) <= 1


# --- CSV ---


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
@settings(max_examples=times(300))
def test_whatever_is_written_is_read_again_and_is_no_formula(texts: list[list[str]]) -> None:
    read = rows(written(("a", "b"), texts))[1:]
    assert read == [[guarded(printable(cell)) for cell in row] for row in texts]
    for row, before in zip(read, texts):
        assert not any(cell.startswith(DANGEROUS) for cell in row)
        bare = list(map(printable, before))
        assert [cell.removeprefix("'") if cell != was else cell for cell, was in zip(row, bare)] == bare


def test_lines_end_as_the_standard_says_and_numbers_are_not_guarded() -> None:
    lines = b'a,b\r\n-1,"say ""so"", he said"\r\n'
    table_of = (("a", "b"), [(-1, 'say "so", he said')])
    assert written(*table_of, mark=False) == lines
    assert written(*table_of) == b"\xef\xbb\xbf" + lines, "spreadsheets then read it as UTF-8"


def test_the_ledger_has_every_question_and_its_fate() -> None:
    found = {row["entry"]: row for row in table(record()["questions.csv"])}
    assert [(row["fate"], row["reason"], row["text"]) for row in found.values()] == [
        ("not_reached", "", ""),
        ("answered_live", "", "Who follows up?"),
        ("held_back", "personal_data", ""),
    ]
    assert (found["18"]["support"], found["18"]["to"], found["17"]["to"]) == ("9", "Bo Sample", "Ada Example")


def test_votes_have_the_signs_and_times_of_polis() -> None:
    found = table(record()["votes.csv"])
    assert len(found) == 12 + 9
    close = T0 + 60 * 10_000
    assert found[0] == {
        "timestamp": str(close),
        "datetime": "2023-11-14T22:23:20Z",
        "comment-id": str(AGREED),
        "voter-id": "0",
        "vote": "1",
    }
    of_contested = sorted(row["vote"] for row in found if row["comment-id"] == str(CONTESTED))
    assert of_contested == ["-1"] * 5 + ["0"] * 2 + ["1"] * 2


def test_a_text_that_looks_like_a_formula_is_guarded_in_the_comments() -> None:
    found = {row["comment-id"]: row for row in table(record()["comments.csv"])}
    assert found[str(AGREED)]["comment-body"] == "'=Norms need a body that follows up."
    assert (found[str(AGREED)]["agrees"], found[str(AGREED)]["disagrees"], found[str(AGREED)]["moderated"]) == (
        *("10", "2"),
        "1",
    )
    assert (found["60"]["comment-body"], found["60"]["moderated"], found["60"]["author-id"]) == ("", "0", "-1")


changes = st.lists(
    st.tuples(st.integers(0, 11), st.sampled_from([14, 15]), st.sampled_from(["agree", "disagree", "pass"]))
)


@given(changes)
@settings(max_examples=times(50))
def test_the_last_votes_of_the_list_are_those_of_the_matrix(cast: list[tuple[int, int, ev.Choice]]) -> None:
    found = recorded(
        [
            *_before(session()),
            *[(f"v{voice}", ev.VoteCast(statement, choice)) for voice, statement, choice in cast],
        ]
    )
    exported = files(found.entries)
    last = {(row["voter-id"], row["comment-id"]): row["vote"] for row in table(exported["votes.csv"])}
    matrix = {
        (row["participant"], statement): row[statement]
        for row in table(exported["participants-votes.csv"])
        for statement in ("14", "15")
        if row[statement]
    }
    assert last == matrix
    for row in table(exported["participants-votes.csv"]):
        assert int(row["n-votes"]) == sum(voter == row["participant"] for voter, _ in matrix)


def _before(found: Recorded) -> list[tuple[str, ev.Event]]:
    """What happened up to the second statement."""
    return [(entry.by, ev.from_body(entry.body)) for entry in found.entries[:15]]


def test_no_group_stands_beside_a_ballot() -> None:
    assert not {"lane", "stakeholder-group", "regional-group"} & table(record()["participants-votes.csv"])[0].keys()


@pytest.mark.parametrize("name", ["votes.csv", "comments.csv", "participants-votes.csv"])
def test_the_columns_are_those_of_a_real_export(name: str, shared: Path) -> None:
    path = shared / "polis" / "15-per-hour-seattle" / name
    if not path.is_file():
        pytest.skip(f"no {name} of a real conversation on this machine")
    real, ours = rows(path.read_bytes())[0], rows(record()[name])[0]
    fixed = [column for column in real if not column.isdigit()]
    assert ours[: len(fixed)] == fixed
