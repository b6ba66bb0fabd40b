"""Every reader of transcripts is in the list and is recognised by its text."""

from __future__ import annotations

from typing import get_args

import pytest

from acquis.captions import READERS, Form, detect, read_captions
from acquis.captions.reader import TranscriptReader

SAMPLES: dict[Form, str] = {
    "webvtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ama Example>Hello.\n",
    "tei": '<?xml version="1.0"?>\n<TEI><text><u who="#p1">Hello.</u></text></TEI>',
    "srt": "1\n00:00:01,000 --> 00:00:02,000\nAMA EXAMPLE: Hello.\n",
    "sbv": "0:00:01.000,0:00:02.000\nAma Example: Hello.\n",
    "html": "<!doctype html><p><b>AMA EXAMPLE:</b> Hello.</p>",
    "markdown": "**Ama Example**: Hello.\n\n**Bao Sample**: Thanks.\n",
    "stamped": "Ama Example  0:03\nHello.\n\nBao Sample  0:09\nThanks.\n",
    "alternating": "Ama Example\n\nHello.\n\nBao Sample\n\nThanks.\n\nAma Example\n\nBye.\n",
    "igf": ">> AMA EXAMPLE: Hello.\n",
}


def test_every_form_has_one_reader_and_a_sample() -> None:
    assert [reader.form for reader in READERS] == list(SAMPLES)
    assert set(get_args(Form)) == set(SAMPLES)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.form)
def test_a_reader_is_found_by_its_sample_and_reads_it(reader: TranscriptReader) -> None:
    text = SAMPLES[reader.form]
    assert detect(text) == reader.form
    transcript = read_captions(text)
    assert transcript == reader.read(text, text.split("\n"))
    assert (transcript.form, transcript.turns[0].text) == (reader.form, "Hello.")


def test_utterances_within_others_are_read_once() -> None:
    """A document that nests them makes no more text than it has."""
    nested = "<TEI><text>" + "<u who='#a'>word\n" * 50 + "</u>" * 50 + "</text></TEI>"
    transcript = read_captions(nested)
    assert sum(turn.text.count("word") for turn in transcript.turns) <= 50


def test_a_heading_of_markdown_is_read_with_and_without_its_closing_marks() -> None:
    text = "# Ama Example\nHello.\n\n   ###   Bao Sample ###  \nThanks.\n\n####### No heading\n"
    assert [(turn.speaker, turn.text) for turn in read_captions(text, "markdown").turns] == [
        ("Ama Example", "Hello."),
        ("Bao Sample", "Thanks. ####### No heading"),
    ]
