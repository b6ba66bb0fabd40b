"""Whether a text mentions a person by the whole name."""

from __future__ import annotations

import re
from collections.abc import Callable

from acquis.text.folding import folded
from acquis.text.full_text import spaced
from acquis.text.names import Names


def mentions_name(name: str) -> Callable[[str], bool]:
    """A function that says whether a text contains a name: all its words one after the other, also with the last word
    first. Case, accents and signs in between do not matter."""
    words = re.findall(r"\w+", folded(name))
    if not words:
        return lambda text: False
    orders = {r"\W+".join(map(re.escape, order)) for order in (words, [words[-1], *words[:-1]])}
    # Scripts without blanks between words have no boundaries to look for.
    pattern = re.compile("|".join(orders) if spaced(name) != name else rf"\b(?:{'|'.join(orders)})\b")
    return lambda text: pattern.search(folded(text)) is not None


def masked_by_name(name: str) -> Callable[[str], bool]:
    """A function that says whether a name is masked in a text under the Chatham House Rule, where each word of it
    counts."""
    named, nobody = Names([name]), Names([])
    return lambda text: named.masked(text) != nobody.masked(text)


def without_name(text: str, name: str, instead: str) -> str:
    """The text with `instead` in every place of the name, in any case."""
    return re.sub(re.escape(name), lambda _: instead, text, flags=re.IGNORECASE)
