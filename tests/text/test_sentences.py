"""Cutting a text into sentences."""

from __future__ import annotations

from acquis.text.sentences import sentences


def test_a_text_is_cut_into_its_sentences() -> None:
    text = "Dr. Kos spoke. See para. 7 of A/70/174. “All is well.” Then\nthe end."
    assert list(sentences(text)) == ["Dr. Kos spoke.", "See para. 7 of A/70/174.", "“All is well.”", "Then", "the end."]
