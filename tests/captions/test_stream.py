"""Captions that are read while they are written: what is complete, who says it, and that no word is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis.captions.stream import CaptionStream


def read(text: str) -> list[tuple[str, str]]:
    stream = CaptionStream()
    said = [caption for line in text.splitlines() for caption in stream.take(line)]
    return [(caption.speaker, caption.text) for caption in (*said, *stream.end())]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", []),
        ("Norms need a keeper.\n\n  Who   pays?\n", [("", "Norms need a keeper."), ("", "Who pays?")]),
        ("12\n", [("", "12")]),
        ("12\nis the number.\n", [("", "12"), ("", "is the number.")]),
        (
            ">> AMA EXAMPLE: Hello.\nAnd welcome.\n>> Thanks.\nMODERATOR: Next.\n",
            [("AMA EXAMPLE", "Hello."), ("AMA EXAMPLE", "And welcome."), ("", "Thanks."), ("MODERATOR", "Next.")],
        ),
        (
            "1\n00:00:01,000 --> 00:00:02,000\nAMA EXAMPLE: Hello.\n\n2\n00:00:02,000 --> 00:00:03,000\nAnd welcome.\n",
            [("AMA EXAMPLE", "Hello."), ("AMA EXAMPLE", "And welcome.")],
        ),
        (
            "\ufeffWEBVTT\nKind: captions\n\nNOTE who\n\n00:01.000 --> 00:02.000\n<v Ama Example>Yes.\n\n"
            "00:02.000 --> 00:03.000\n<v Bao Sample>Yes.\n\n00:03.000 --> 00:04.000\nYes.\n",
            [("Ama Example", "Yes."), ("Bao Sample", "Yes."), ("", "Yes.")],
        ),
        (
            "WEBVTT\n\n00:01.000 --> 00:02.000\nNorms need\n\n00:02.000 --> 00:03.000\nNorms need\na keeper.\n\n"
            "00:03.000 --> 00:04.000\na keeper.\nWho pays?\n",
            [("", "Norms need"), ("", "a keeper."), ("", "Who pays?")],
        ),
    ],
)
def test_what_a_stream_says(text: str, said: list[tuple[str, str]]) -> None:
    assert read(text) == said


def test_a_cue_is_given_when_it_is_complete() -> None:
    stream = CaptionStream()
    for line in ("WEBVTT", "", "00:01.000 --> 00:02.000", "Norms need"):
        assert stream.take(line) == []
    assert stream.take("") == [("", "Norms need")]


@given(
    st.lists(st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters=":："), max_size=30), max_size=9)
)
@settings(max_examples=times(100))
def test_no_letter_of_a_text_is_lost(lines: list[str]) -> None:
    texts = [f"said {line}" for line in lines]
    found = [said for text in texts for said in text.split()]
    assert [word for _, text in read("\n".join(texts)) for word in text.split()] == found


@given(st.text("ab \n", max_size=3000))
@settings(max_examples=times(60))
def test_no_letter_of_a_cue_is_lost(text: str) -> None:
    cue = "\n".join(line for line in text.splitlines() if line.strip()) or "x"
    said = read(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{cue}\n")
    assert "".join("".join(text.split()) for _, text in said) == "".join(cue.split())
