"""Whether a text mentions a person by the whole name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from acquis.text.folding import folded
from acquis.text.full_text import mapped, spaced
from acquis.text.names import Names


def _pattern(name: str, between: str) -> re.Pattern[str] | None:
    """Finds a name in a folded text: all its words one after the other, also with the last word first or the first one
    last. None for a name without words. between: the pattern of what stands between them."""
    words = re.findall(r"\w+", folded(name))
    if not words:
        return None
    turned = (words, [words[-1], *words[:-1]], [*words[1:], words[0]])
    orders = "|".join(sorted({between.join(map(re.escape, order)) for order in turned}))
    # Scripts without blanks between words have no boundaries to look for.
    return re.compile(orders if spaced(name) != name else rf"\b(?:{orders})\b")


def mentions_name(name: str) -> Callable[[str], bool]:
    """A function that says whether a text contains a name: all its words one after the other, also with the last word
    first or the first one last. Case, accents and signs in between do not matter."""
    pattern = _pattern(name, r"\W+")
    return lambda text: pattern is not None and pattern.search(folded(text)) is not None


def masked_by_name(name: str) -> Callable[[str], bool]:
    """A function that says whether a name is masked in a text under the Chatham House Rule, where each word of it
    counts."""
    named, nobody = Names([name]), Names([])
    return lambda text: named.masked(text) != nobody.masked(text)


def without_name(text: str, name: str, instead: str) -> str:
    """The text with `instead` in every place of the name as `mentions_name` finds it, apart from lines that begin with
    a sign between two words. A name without words is replaced as it is written."""
    pattern = _pattern(name, r"(?:[^\w\n]+|[^\w\n]*\n[^\S\n]+)")
    if pattern is None:
        return text.replace(name, instead) if name else text
    text = unicodedata.normalize("NFC", text) if mentions_name(name)(text) else text
    plain, places = mapped(text)
    pieces: list[str] = []
    end = 0
    for match in pattern.finditer(plain):
        pieces += text[end : places[match.start()]], instead
        end = places[match.end() - 1] + 1
    return "".join([*pieces, text[end:]])
