"""Four words that stand for a leaf of the tree, for people who note a receipt by hand.

The words are the English list of BIP 39 (https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki, MIT licence):
2,048 short, common words, in which the first four letters of a word are those of no other one. A word stands for 11
bits; four words for the first 44 bits of a hash.
"""

from __future__ import annotations

import functools
import re
from importlib import resources

WORDS = 4
WORD_BITS = 11
BITS = WORDS * WORD_BITS
_LETTERS = 4
"""The letters that tell a word of the list from all others."""


@functools.cache
def _list() -> tuple[str, ...]:
    return tuple(resources.files("acquis.record").joinpath("words.txt").read_text("ascii").split())


@functools.cache
def _places() -> dict[str, int]:
    return {word[:_LETTERS]: place for place, word in enumerate(_list())}


def words_of(leaf: bytes) -> str:
    """The four words of the hash of a leaf, separated by blanks."""
    bits = int.from_bytes(leaf) >> (8 * len(leaf) - BITS)
    places = (bits >> (BITS - WORD_BITS * n) & (1 << WORD_BITS) - 1 for n in range(1, WORDS + 1))
    return " ".join(_list()[place] for place in places)


def bits_of(typed: str) -> int | None:
    """The 44 bits of four words; None if these are not four words of the list. Case, punctuation and what follows the
    first four letters of a word do not matter."""
    words = re.findall(r"[a-z]+", typed.lower())
    places = [_places().get(word[:_LETTERS]) for word in words]
    if len(places) != WORDS:
        return None
    bits = 0
    for place in places:
        if place is None:
            return None
        bits = bits << WORD_BITS | place
    return bits
