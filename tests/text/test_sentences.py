"""Cutting a text into sentences."""

from __future__ import annotations

from acquis.text.sentences import sentence_ends, sentences


def test_a_text_is_cut_into_its_sentences() -> None:
    text = "Dr. Kos spoke. See para. 7 of A/70/174. “All is well.” Then\nthe end."
    assert list(sentences(text)) == ["Dr. Kos spoke.", "See para. 7 of A/70/174.", "“All is well.”", "Then", "the end."]


def test_the_ends_of_sentences_are_found_in_scripts_without_capital_letters() -> None:
    for text in ("Mr. Kos spoke. She did not.", "من يدفع؟ لا أحد.", "谁来付费？没有人。", "कौन देगा? कोई नहीं।"):
        first, end = sentence_ends(text)
        assert text[:first].rstrip()[-1] in ".?؟？"
        assert end == len(text)
