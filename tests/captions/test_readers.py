"""Every reader of transcripts is in the list and is recognised by its text."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from acquis.captions import READERS, Form, detected, read_captions
from acquis.captions.reader import TranscriptReader, table

ROOT = Path(__file__).resolve().parents[2]


def test_every_form_has_one_reader() -> None:
    forms = [reader.form for reader in READERS]
    assert len(forms) == len(set(forms))
    assert set(get_args(Form)) == set(forms)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.form)
def test_a_reader_is_found_by_its_example_and_reads_it(reader: TranscriptReader) -> None:
    assert detected(reader.example) is reader
    transcript = read_captions(reader.example)
    assert (transcript.form, transcript.sign, transcript.turns[0].text) == (reader.form, reader.sign, "Hello.")
    named = read_captions(reader.example, form=reader.form)
    assert (named.turns, named.unparsed, named.sign) == (transcript.turns, transcript.unparsed, "")


def test_the_table_of_forms_is_that_of_the_declarations() -> None:
    assert table(READERS) in (ROOT / "docs/captions.md").read_text("utf-8")


def test_utterances_within_others_are_read_once() -> None:
    """A document that nests them makes no more text than it has."""
    nested = "<TEI><text>" + "<u who='#a'>word\n" * 50 + "</u>" * 50 + "</text></TEI>"
    transcript = read_captions(nested)
    assert sum(turn.text.count("word") for turn in transcript.turns) <= 50


def test_names_in_headings_speak_only_where_nobody_is_named_otherwise() -> None:
    """Two names that come back as headings are speakers, with and without closing marks. Topics are not."""
    text = "# Ama Example\nHello.\n\n   ###   Bao Sample ###  \nThanks.\n\n"
    assert [
        (turn.speaker, turn.text) for turn in read_captions(2 * text + "####### No heading\n", "markdown").turns
    ] == [
        ("Ama Example", "Hello."),
        ("Bao Sample", "Thanks."),
        ("Ama Example", "Hello."),
        ("Bao Sample", "Thanks. ####### No heading"),
    ]
    topics = "## Harbour Lamps\nWords.\n\n## Next Steps\nMore.\n"
    assert read_captions(topics, "markdown").turns == ()
