"""Drafts of a report that were made elsewhere: how they are read, and what is offered as evidence."""

from __future__ import annotations

import io
import zipfile

import pytest
from benchmarks.claims import valley
from benchmarks.claims.measure import SETS
from docx import Document
from tests.report.story import AGREED, published, session

from acquis import events as ev
from acquis.captions.word import LARGEST_TEXT
from acquis.claims.facts import facts
from acquis.claims.likely import likely_evidence
from acquis.claims.outside import (
    MAX_TEXT,
    MOST_SENTENCES,
    OutsideDraftError,
    origin_of,
    read_outside_draft,
)
from acquis.documents.formats import files
from acquis.i18n.unreadable import OUTSIDE_DRAFTS

MARKDOWN = """---
title: Summary
ai-disclosure: ai-generated
---
# Session 119

Prepared by a program

## Key takeaways
1. **Most voters** agreed that norms need a body
   that follows up. It was [voted on](https://example.org/votes).
2. Small states of the region asked for money and time, said Ms
Example in the second hour of the session.

## Call to action:
- The secretariat should publish a list by May.

### Something else
One more thing was said.
"""


def texts(source: bytes | str) -> list[tuple[str, str]]:
    return [(sentence.part, sentence.text) for sentence in read_outside_draft(source).sentences]


def test_markdown_is_cut_into_sentences_under_its_headings() -> None:
    draft = read_outside_draft(MARKDOWN)
    assert draft.disclosed == "ai-generated"
    assert [(sentence.part, sentence.text) for sentence in draft.sentences if sentence.is_prose] == [
        ("takeaways", "Most voters agreed that norms need a body that follows up."),
        ("takeaways", "It was voted on."),
        (
            "takeaways",
            "Small states of the region asked for money and time, said Ms Example in the second hour of the session.",
        ),
        ("calls_to_action", "The secretariat should publish a list by May."),
        ("", "One more thing was said."),
    ]
    assert [sentence.text for sentence in draft.sentences if not sentence.is_prose] == [
        "title: Summary",
        "Prepared by a program",
    ]


def test_a_plain_text_of_fixed_width_and_one_of_paragraphs_are_read() -> None:
    wrapped = "The room agreed that every school should\nhave a line of its own. It was put to the\nvote at noon.\n"
    assert [text for _, text in texts(wrapped)] == [
        "The room agreed that every school should have a line of its own.",
        "It was put to the vote at noon.",
    ]
    assert [text for _, text in texts("Summary\r\nThe room agreed.\r\nIt was late.")] == [
        "The room agreed.",
        "It was late.",
    ]
    assert texts("Ganz am Ende gab es Äpfel und Öl.".encode("utf-16"))[0][1].endswith("Äpfel und Öl.")


def test_the_fields_of_the_full_report_are_headings_too() -> None:
    draft = read_outside_draft("SESSION REPORT\n\nIt began late.", {"Session report": "field_session_report"})
    assert [sentence.part for sentence in draft.sentences] == ["field_session_report"]


def unpacking_to(size: int) -> bytes:
    """A Word document whose text has so many bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * size)
    return written.getvalue()


def word(*, disclosed: str = "") -> bytes:
    document = Document()
    document.add_heading("Key takeaways", 1)
    document.add_paragraph("The room agreed. It was late.")
    document.add_paragraph("More money for the small states of the region and for all of their schools", "List Bullet")
    document.add_paragraph("Nobody asked.")
    written = io.BytesIO()
    document.save(written)
    if disclosed:
        with zipfile.ZipFile(written, "a") as archive:
            archive.writestr(
                "docProps/custom.xml",
                '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
                'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property '
                f'fmtid="x" pid="2" name="AI-Disclosure"><vt:lpwstr>{disclosed}</vt:lpwstr></property></Properties>',
            )
    return written.getvalue()


def test_a_word_document_is_read_with_what_its_properties_disclose() -> None:
    draft = read_outside_draft(word(disclosed="ai-assisted"))
    assert [sentence.text for sentence in draft.sentences] == [
        "The room agreed.",
        "It was late.",
        "More money for the small states of the region and for all of their schools",
        "Nobody asked.",
    ]
    assert {sentence.part for sentence in draft.sentences} == {"takeaways"}
    assert draft.disclosed == "ai-assisted"
    assert read_outside_draft(word(disclosed="something")).disclosed == ""
    assert read_outside_draft(word()).disclosed == ""


@pytest.mark.parametrize(
    ("said", "chosen", "origin"),
    [
        ("none", "machine", "person"),
        ("ai-assisted", "", "both"),
        ("ai-generated", "person", "machine"),
        ("autonomous", "", "machine"),
        ("mixed", "", "both"),
        ("", "person", "person"),
    ],
)
def test_what_the_file_says_of_who_wrote_it_comes_first(said: str, chosen: str, origin: str) -> None:
    line = f'<meta name="ai-disclosure" content="{said}">\n' if said else ""
    assert origin_of(read_outside_draft(f"{line}The room agreed."), chosen) == origin


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("", "empty"),
        ("# Key takeaways\n\n---\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_text"),
        (b"PK\x03\x04 no archive", "not_text"),
        (unpacking_to(LARGEST_TEXT + 1), "too_large"),
        ("x" * (MAX_TEXT + 1), "too_large"),
        ("One was said.\n" * (MOST_SENTENCES + 1), "too_many_sentences"),
        (f"It was {'very ' * 1000}late.", "long_sentence"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(source: bytes | str, code: str) -> None:
    with pytest.raises(OutsideDraftError) as refused:
        read_outside_draft(source)
    assert refused.value.code == code
    assert "{" not in refused.value.sentence("en")


def test_a_draft_of_which_nobody_says_who_wrote_it_is_refused() -> None:
    with pytest.raises(OutsideDraftError, match="origin_missing"):
        origin_of(read_outside_draft("The room agreed."), "somebody")
    assert "origin_missing" in OUTSIDE_DRAFTS


@pytest.mark.parametrize("line", ["| | | |", "**", "[](", "_" * 5000 + ".", "*a" * 2000 + ".", "> " * 3000 + "x."])
def test_marks_of_any_number_are_read_in_time(line: str) -> None:
    try:
        read_outside_draft(f"{line}\nThe room agreed.")
    except OutsideDraftError as error:
        assert error.code == "long_sentence"  # noqa: PT017  # most of them are no error


# --- evidence -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in SETS if name not in ("made with the rules at hand", "delta")])
def test_the_evidence_of_most_sentences_is_among_those_offered(name: str) -> None:
    """In one of the other sets most sentences have no words of their own ("This point was rejected"), in the other some
    have other words."""
    cases, made = SETS[name]
    known = facts(made().state)
    there, hits = 0, 0
    for case in cases():
        pieces = [known.pieces[entry] for entry in case.cites if entry in known.pieces]
        cited = {piece.entry for piece in pieces if piece.kind != "commitment"}
        if cited:
            near = cited | {line for entry in cited for line in known.lines.get(entry, ())}
            near |= {known.pieces[entry].turn for entry in cited}
            there += 1
            hits += bool(near & {likely.entry for likely in likely_evidence(case.text, known)})
    assert there >= 300
    assert hits >= 0.95 * there


def test_evidence_is_offered_with_its_reason_and_only_where_there_is_some() -> None:
    known, entries = facts(valley.made().state), valley.made().entries
    (best, *_) = likely_evidence("Tactile paving ends at the municipal boundary, said Okonkwo.", known)
    assert best.entry == entries["t2"]
    assert {"tactile", "paving", "boundary"} <= set(best.words)
    assert likely_evidence("Lunch was served at noon.", known) == []
    assert likely_evidence("", known) == []


# --- on the record -------------------------------------------------------------------------------------------------


def test_every_document_says_who_wrote_the_draft_of_a_sentence() -> None:
    whole = published(
        session(),
        ev.Sentence("Norms need a body.", (AGREED,), origin="machine"),
        ev.Sentence("And money.", (AGREED,), origin="both"),
        ev.Sentence("And time.", (AGREED,)),
    )
    record = files(whole.entries, state=whole.state)
    for name in ("report.md", "report.html"):
        text = record[name].decode()
        assert text.count("From a draft that a machine wrote.") == 1, name
        assert text.count("From a draft that a person and a machine wrote.") == 1, name
    assert record["report.json"].count(b'"origin": "machine"') == 1
