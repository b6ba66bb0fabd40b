"""A message on the room screen is never smaller than what the back of a room can read: a long one has parts."""

from __future__ import annotations

import re

import pytest

from acquis.floor.messages import MESSAGE_LIMIT
from acquis.text.differences import Piece, word_by_word
from acquis.web.words.fitting import GROWTH, fits
from acquis.web.words.parts import HEIGHT, LEADING, READABLE, TALL_LEADING, WIDTH, parts_of

SENTENCES = {
    "short": "Norms need one body that follows up every year how they are kept. Who pays for it? ",
    "long": "Norms need one body that follows up, with all stakeholder groups and in each region, every year, "
    "how they are kept, by whom, at what cost and with which means of redress for those who were harmed, " * 4,
    "arabic": "تحتاج القواعد إلى هيئة واحدة تتابع كل عام مدى الالتزام بها. من يدفع ثمن ذلك؟ ",
    "chinese": "规范需要一个机构每年跟进其遵守情况。谁来付费？",
    "hindi": "मानदंडों को एक निकाय की आवश्यकता है जो हर साल उनका पालन करे। भुगतान कौन करता है? ",
    "one word": "W",
}


def size(text: str, *others: str) -> float:
    """The type that the style sheet gives to a text in the smallest box, in the unit of the screen."""
    classes = fits(text, *others)
    steps: dict[int, int] = {}
    for lines, step in re.findall(r"[mn](\d+)-(\d+)", classes):
        steps[int(lines)] = steps.get(int(lines), 0) + int(step)
    leading = TALL_LEADING if "tall" in classes else LEADING
    return max(min(WIDTH / GROWTH**step, HEIGHT / lines / leading) for lines, step in steps.items())


@pytest.mark.parametrize("kind", SENTENCES)
def test_a_message_of_any_length_is_readable_and_whole(kind: str) -> None:
    for length in (20, 400, 900, MESSAGE_LIMIT):
        text = (SENTENCES[kind] * length)[:length].strip()
        parts = ["".join(piece.text for piece in part) for part in parts_of([Piece(text, "same")])]
        assert "".join(parts) == text
        assert size(*parts) >= READABLE


def test_parts_end_with_sentences() -> None:
    for kind in ("short", "arabic", "chinese", "hindi"):
        text = (SENTENCES[kind] * 100)[:MESSAGE_LIMIT]
        parts = parts_of([Piece(text, "same")])
        assert len(parts) > 1
        assert all(part[-1].text.rstrip()[-1] in ".?؟।。？" for part in parts[:-1])


def test_a_message_of_250_words_has_few_parts_and_a_short_one_has_one() -> None:
    words = (SENTENCES["short"] * 20).split()[:250]
    assert len(parts_of([Piece(" ".join(words), "same")])) <= 3
    assert len(parts_of([Piece(SENTENCES["short"], "same")])) == 1


def test_the_difference_of_an_amendment_is_cut_with_its_marks() -> None:
    before = SENTENCES["short"] * 12
    pieces = word_by_word(before, before.replace("one body", "two bodies"))
    parts = parts_of(pieces)
    assert len(parts) > 1
    whole = [piece for part in parts for piece in part]
    for kind in ("removed", "added"):
        assert "".join(piece.text for piece in whole if piece.kind == kind) == "".join(
            piece.text for piece in pieces if piece.kind == kind
        )
    assert "".join(piece.text for piece in whole) == "".join(piece.text for piece in pieces)
