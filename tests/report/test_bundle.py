"""Complete record as files: what is in it, that the log alone gives all of it, and that what was changed is named."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import icalendar
import jsonschema_rs
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.drawing import draw_anew
from tests.effort import times

from acquis import __version__
from acquis import events as ev
from acquis.documents import tables
from acquis.documents.bundle import MANIFEST
from acquis.documents.checking import BundleCheck, check_bundle
from acquis.documents.event import session_calendar
from acquis.documents.formats import BY_NAME, FORMATS, files, table
from acquis.documents.source import DocumentSource, source
from acquis.documents.view import report_view
from acquis.record import Entry
from acquis.record.lines import from_line

from .sessions import ARABIC, CHINESE, HELD, HOSTILE, hostile, session_in
from .story import HELD_BACK, PROPOSED, WAITING, Recorded, recorded, then, unchanged
from .test_exports import reported

MADE: dict[str, Callable[[], Recorded]] = {
    "told": reported,
    "hostile": hostile,
    "ar": lambda: session_in(ARABIC),
    "zh": lambda: session_in(CHINESE),
    "spoken": lambda: then(reported(), ev.SpeechCaptioned("Good morning, <all>.", "SOMEBODY", 1, 37)),
    "nothing": lambda: recorded([ev.ProgrammePublished("", ())]),
}

ROOT = Path(__file__).parents[2]
NAMES = [declared.name for declared in FORMATS if declared.bundled]
SAME_BYTES = [declared.name for declared in FORMATS if declared.bundled and not declared.depends_on_fonts]
"""Files whose bytes depend on the log, the language and this program alone."""
SPOKEN = {"captions.vtt", "captions.csv"}


@cache
def kept(name: str) -> dict[str, bytes]:
    return files(MADE[name]().entries)


def entries_of(record: dict[str, bytes]) -> list[Entry]:
    return [from_line(line) for line in record["log.jsonl"].splitlines()]


@cache
def public(name: str) -> DocumentSource:
    return source(MADE[name]().entries)


@cache
def whole(name: str) -> DocumentSource:
    return private(MADE[name]())


def private(found: Recorded) -> DocumentSource:
    """What a form would be made from on the machine of the house, with all that is not public."""
    return DocumentSource(unchanged(found.entries), found.state, report_view(found.state, found.head), "en")


def content(form: str, of: DocumentSource) -> bytes:
    return BY_NAME[form].content(of)


# --- what is in it ---


def test_the_record_has_every_form_and_a_manifest() -> None:
    assert set(kept("spoken")) == {*NAMES, MANIFEST}
    assert list(kept("spoken"))[-1] == MANIFEST


def test_what_is_empty_is_left_out() -> None:
    left_out = {*SPOKEN, "session.ics", "opinion-map.svg", "balance.svg", "timeline.svg"}
    assert set(NAMES) - set(kept("nothing")) == left_out
    assert set(NAMES) - set(kept("told")) == SPOKEN


@pytest.mark.parametrize("name", MADE)
def test_a_format_tells_before_it_is_written_whether_there_is_something_to_write(name: str) -> None:
    of = public(name)
    for declared in (declared for declared in FORMATS if declared.bundled):
        content = kept(name)[declared.name] if declared.exists(of.state) else b""
        assert bool(content or declared.write(of)) == declared.exists(of.state), declared.name


def test_the_manifest_names_every_file_with_its_size_and_digest() -> None:
    record, found = kept("told"), reported()
    manifest = json.loads(record[MANIFEST])
    assert manifest["files"] == [
        {"bytes": len(content), "name": name, "sha256": sha256(content).hexdigest()}
        for name, content in sorted(record.items())
        if name != MANIFEST
    ]
    assert (manifest["head"], manifest["entries"]) == (found.head, len(found.entries))
    assert (manifest["acquis"], manifest["language"]) == (__version__, "en")


def test_the_manifest_is_canonical() -> None:
    content = kept("ar")[MANIFEST]
    canonical = json.dumps(json.loads(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert content.decode() == canonical + "\n"


def test_the_same_log_gives_the_same_bytes() -> None:
    draw_anew()
    first = files(reported().entries)
    draw_anew()
    assert files(reported().entries) == first == kept("told")
    assert files(reported().entries, state=reported().state) == kept("told")


def test_the_json_keeps_to_the_schema_beside_it() -> None:
    for name in MADE:
        schema = json.loads(kept(name)["report.schema.json"])
        assert jsonschema_rs.is_valid(schema, json.loads(kept(name)["report.json"]))


def test_the_calendar_has_the_session() -> None:
    (found,) = icalendar.Calendar.from_ical(kept("told")["session.ics"]).events
    assert found["summary"] == "Names & numbers <of> cyberspace"
    assert (found.start.isoformat(), found.end.isoformat()) == (
        "2023-11-14T22:00:00+00:00",
        "2023-11-14T22:45:00+00:00",
    )
    assert str(found["location"]) == "Room 6", "W M19: the room stood in the text, and no calendar knew it"
    assert "Room 6" not in str(found["description"])
    assert "url" not in found, "nobody knows the address from the log alone"
    assert str(found["uid"]).startswith(reported().entries[0].link.hex()[:32])


@pytest.mark.parametrize(("starts", "ends"), [("", ""), ("soon", "later")])
def test_a_session_without_a_beginning_is_in_no_calendar(starts: str, ends: str) -> None:
    view = msgspec.structs.replace(report_view(reported().state, ""), starts=starts, ends=ends)
    assert session_calendar(view, "x", datetime(2026, 1, 1, tzinfo=UTC), "en") == b""


def test_a_time_without_an_offset_is_that_of_the_venue() -> None:
    """B F10, row 33: the calendar file was empty."""
    view = msgspec.structs.replace(report_view(reported().state, ""), starts="2026-12-10T12:00:00", zone="Asia/Riyadh")
    (found,) = icalendar.Calendar.from_ical(session_calendar(view, "x", datetime(2026, 1, 1, tzinfo=UTC), "en")).events
    assert found.start.isoformat() == "2026-12-10T09:00:00+00:00"


def test_every_turn_of_the_floor_is_in_its_table() -> None:
    """B row 15: who spoke for how long."""
    rows = list(csv.DictReader(io.StringIO(kept("told")["turns.csv"].decode("utf-8-sig"))))
    assert [tuple(row.values()) for row in rows] == [
        ("34", "2023-11-14T22:18:50Z", "10", "turn", "room", "Government", ""),
        ("35", "2023-11-14T22:19:00Z", "20", "turn", "online", "Civil Society", ""),
        ("37", "2023-11-14T22:19:20Z", "240", "speaker", "", "", "Bo Sample"),
    ]


# --- the log alone gives all of it ---


@pytest.mark.parametrize("name", MADE)
def test_the_record_is_made_again_from_its_own_log(name: str) -> None:
    found = check_bundle(kept(name), entries_of(kept(name)))
    assert found.ok
    assert set(found.recomputed) == set(kept(name)) - {MANIFEST}
    assert (found.in_part, found.not_recomputed) == ((), ())


@pytest.mark.parametrize("name", MADE)
def test_a_form_made_where_everything_is_known_says_no_more(name: str) -> None:
    for form in SAME_BYTES:
        if form != "log.jsonl":
            assert content(form, whole(name)) == kept(name).get(form, b""), form


@pytest.mark.parametrize("secret", [WAITING, HELD_BACK, PROPOSED, HELD, "telephone"])
def test_no_file_has_a_text_that_was_not_let_through(secret: str) -> None:
    for name in ("told", "ar"):
        assert [file for file, content in unpacked(kept(name)).items() if secret.encode() in content] == []


def unpacked(record: dict[str, bytes]) -> dict[str, bytes]:
    found = dict(record)
    with zipfile.ZipFile(io.BytesIO(record["report.docx"])) as opened:
        return {**found, **{f"docx {part}": opened.read(part) for part in opened.namelist()}}


def test_an_erased_text_is_gone_from_every_form() -> None:
    found = reported()
    gone = "Who follows up?"
    body = ev.to_body(ev.redacted(ev.from_body(found.entries[17].body)))
    erased = then(found, ev.TextErased(18, sha256(body).hexdigest(), "asked for"))
    record = files(erased.entries)
    assert gone.encode() in kept("told")["report.html"]
    assert [name for name, content in unpacked(record).items() if gone.encode() in content] == []


asked = st.lists(
    st.tuples(
        st.text(min_size=1, max_size=40),
        st.sampled_from(["waiting", "approved", "held", "answered", "merged", "withdrawn", "erased"]),
    ),
    max_size=6,
)


@given(asked)
@settings(max_examples=times(40))
def test_whatever_became_of_the_questions_the_public_log_gives_the_same_tables(texts: list[tuple[str, str]]) -> None:
    so_far = recorded([ev.ProgrammePublished("x", ()), ev.SessionOpened()])
    for number, (text, fate) in enumerate(texts):
        so_far = then(so_far, (f"p{number}", ev.QuestionAsked(text, 0, lane="room")))
        seq = so_far.state.seq
        if fate in ("approved", "answered", "merged"):
            so_far = then(so_far, ev.QuestionApproved(seq))
        later: dict[str, ev.Event] = {
            "held": ev.QuestionHeldBack(seq, "other"),
            "answered": ev.AnswerWritten(seq, text),
            "withdrawn": ev.QuestionWithdrawn(seq),
            "erased": ev.TextErased(seq, "", "asked for"),
        }
        if fate in later:
            so_far = then(so_far, later[fate])
    here, there = private(so_far), source(so_far.entries)
    for form in ("report.json", "report.md", "questions.csv", "report.html"):
        assert content(form, here) == content(form, there), form


# --- what was changed is named ---


def checked(record: dict[str, bytes]) -> BundleCheck:
    return check_bundle(record, entries_of(record))


HALVES = (0, 1)
"""Every other file: each is changed once, and unchanged beside others once."""


@pytest.mark.parametrize("half", HALVES)
def test_changed_files_are_named(half: int) -> None:
    names = [name for name in NAMES if name != "log.jsonl"][half::2]
    changed = {name: content[:-9] + bytes([content[-9] ^ 1]) + content[-8:] for name, content in kept("spoken").items()}
    found = checked({**kept("spoken"), **{name: changed[name] for name in names}})
    assert (found.changed, found.ok) == (tuple(sorted(names)), False)


@pytest.mark.parametrize("half", HALVES)
def test_changed_files_with_a_new_digest_are_named_too(half: int) -> None:
    names = [name for name in SAME_BYTES if name != "log.jsonl"][half::2]
    found = checked(forged({**kept("spoken"), **{name: kept("spoken")[name] + b" " for name in names}}))
    assert (found.changed, sorted(found.differing)) == ((), sorted(names))


def forged(record: dict[str, bytes]) -> dict[str, bytes]:
    """With a manifest that fits."""
    manifest = json.loads(record[MANIFEST])
    manifest["files"] = [
        {"bytes": len(content), "name": name, "sha256": sha256(content).hexdigest()}
        for name, content in sorted(record.items())
        if name != MANIFEST
    ]
    return {**record, MANIFEST: written(manifest)}


def written(manifest: dict[str, Any]) -> bytes:
    """A manifest in the form in which Acquis writes it."""
    return json.dumps(manifest, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


def test_a_pdf_set_elsewhere_is_not_called_recomputed() -> None:
    found = checked(forged({**kept("spoken"), "report.pdf": b"%PDF-1.7 of another machine"}))
    assert (found.ok, found.not_recomputed, "report.pdf" in found.recomputed) == (True, ("report.pdf",), False)


def test_missing_and_further_files_are_named() -> None:
    record = {**kept("spoken"), "report-final.pdf": b"%PDF"}
    del record["votes.csv"]
    found = checked(record)
    assert (found.missing, found.extra, found.ok) == (("votes.csv",), ("report-final.pdf",), False)


@pytest.mark.parametrize("name", ["comments.csv", "report.pdf", "report.docx"])
def test_a_form_that_was_left_out_of_the_manifest_too_is_missed(name: str) -> None:
    """F13: without its PDF and its Word document a record was verified."""
    record = dict(kept("spoken"))
    del record[name]
    assert checked(forged(record)).differing == (name,)


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest: {**manifest, "entries": 5},
        lambda manifest: {**manifest, "certified_by": "the United Nations"},
        lambda manifest: {**manifest, "files": manifest["files"][::-1]},
    ],
)
def test_a_manifest_that_says_more_or_something_else_is_refused(
    change: Callable[[dict[str, Any]], dict[str, Any]],
) -> None:
    """F13: another number of entries and further keys went unnoticed."""
    record = kept("spoken")
    changed = written(change(json.loads(record[MANIFEST])))
    assert checked({**record, MANIFEST: changed}).differing == (MANIFEST,)
    assert checked({**record, MANIFEST: record[MANIFEST].replace(b":", b": ", 1)}).differing == (MANIFEST,)


def test_a_manifest_of_another_log_or_program_is_told() -> None:
    manifest = json.loads(kept("told")[MANIFEST])
    other = {**kept("told"), MANIFEST: written({**manifest, "head": "00", "acquis": "9.9"})}
    found = checked(other)
    assert (found.differing, found.made_by) == ((MANIFEST,), "9.9")
    found = checked({**kept("told"), MANIFEST: written({**manifest, "acquis": "9.9"})})
    assert (found.differing, found.made_by) == ((), "9.9")


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"manifest":"other"}', b"\xff"])
def test_a_manifest_that_is_none_is_an_error(content: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        checked({**kept("spoken"), MANIFEST: content})


def test_hostile_texts_break_no_form() -> None:
    record = kept("hostile")
    assert json.loads(record["event.json"])["name"] == HOSTILE[0]
    for name in (name for name in record if name.endswith(".csv")):
        assert len({len(row) for row in csv.reader(io.StringIO(record[name].decode(), newline=""))}) == 1
    assert set(NAMES) - set(SAME_BYTES) <= set(record)


def test_a_table_is_the_same_without_the_rest_of_the_record() -> None:
    found = reported()
    assert tables.turns(found.state) == kept("told")["turns.csv"]


def test_the_table_in_the_documentation_is_the_catalogue() -> None:
    assert table() in (ROOT / "docs/documents.md").read_text("utf-8")


def test_a_form_of_the_report_has_one_name() -> None:
    forms = [declared.form for declared in FORMATS if declared.form]
    assert len(forms) == len(set(forms)) == 5
    assert len(BY_NAME) == len(FORMATS)
