"""Matches names in a transcript with people of the programme. Accents, order, titles and initials are allowed to
differ; a name that fits two people, or is in another script, is not matched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from acquis.text.folding import folded
from acquis.text.speaker_names import is_role

Why = Literal["exact", "reordered", "initials", "partly", "near", "role", "ambiguous", "none"]
CONFIDENCE: dict[Why, float] = {
    "exact": 1.0,
    "reordered": 0.95,
    "initials": 0.8,
    "partly": 0.7,
    "near": 0.6,
    "role": 0.5,
    "ambiguous": 0.0,
    "none": 0.0,
}
"""Reason of a match -> confidence. The values are our own ranking, not probabilities."""
_TITLES = re.compile(
    r"^(?:h\.?e\.?|his excellency|her excellency|mr|mrs|ms|miss|dr|prof|professor|ambassador|amb|sir|dame|honou?rable|"
    r"hon|minister|chair|moderator)\.?\s+"
)
_LONGEST = 200
"""Characters of a name that are compared."""
_ROLE = re.compile(
    r"^(?:the )?(online |onsite |on-site |remote |co-)?(moderator|chair(?:man|woman|person)?|rapporteur)$"
)


class Known(msgspec.Struct, frozen=True):
    """A person to match with: an id, a name, and a role ("moderator") or an empty text."""

    id: str
    name: str
    role: str = ""


class Match(msgspec.Struct, frozen=True):
    """The result for a name: the id of the person (empty for none), the reason, the confidence, and the ids of the
    candidates if it is ambiguous."""

    name: str
    id: str
    why: Why
    confidence: float
    rivals: tuple[str, ...] = ()


def match_speakers(names: Iterable[str], people: Sequence[Known]) -> list[Match]:
    """The match of each distinct name, in the order of first mention."""
    return [_match(name, people) for name in dict.fromkeys(names) if name]


def _match(name: str, people: Sequence[Known]) -> Match:
    said = name_words(name)
    exact = [person for person in people if said and name_words(person.name) == said]
    if is_role(name) and not exact:
        return _by_role(name, people)
    tests: tuple[tuple[Why, list[Known]], ...] = (
        ("exact", exact),
        ("reordered", [person for person in people if said and sorted(name_words(person.name)) == sorted(said)]),
        ("initials", [person for person in people if _initials(said, name_words(person.name))]),
        ("partly", [person for person in people if _partly(said, name_words(person.name))]),
        ("near", [person for person in people if _near(said, name_words(person.name))]),
    )
    why, people_found = next(((why, people_found) for why, people_found in tests if people_found), ("none", []))
    if len(people_found) == 1:
        return Match(name, people_found[0].id, why, CONFIDENCE[why])
    return Match(name, "", "ambiguous" if people_found else "none", 0.0, tuple(person.id for person in people_found))


def _by_role(name: str, people: Sequence[Known]) -> Match:
    """The match of a role, which identifies a person only if exactly one person holds it."""
    role = _ROLE.match(folded(name).strip())
    holders = [person for person in people if role and person.role == role[2]]
    if len(holders) == 1:
        return Match(name, holders[0].id, "role", CONFIDENCE["role"])
    return Match(name, "", "ambiguous" if holders else "none", 0.0, tuple(person.id for person in holders))


def name_words(name: str) -> list[str]:
    """The words of a name, folded, without titles and text in brackets."""
    plain = re.sub(r"\([^()]*+\)", " ", folded(name[:_LONGEST]))
    while (shorter := _TITLES.sub("", plain.strip())) != plain:
        plain = shorter
    return [word for word in re.split(r"[\s,.]+", plain) if word]


def _initials(said: list[str], known: list[str]) -> bool:
    """`A. Example` and `Ama Example`: the same number of words, each the same or the first letter of the other."""
    if len(said) != len(known) or len(said) < 2 or said[-1] != known[-1]:
        return False
    pairs = list(zip(said[:-1], known[:-1], strict=True))
    return all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in pairs)


def _partly(said: list[str], known: list[str]) -> bool:
    """`EXAMPLE`, or `AMA EXAMPLE` for Ama Maria Example: all words said are in the name, and one is long enough."""
    return bool(said) and set(said) < set(known) and any(len(word) > 3 for word in said)


def _near(said: list[str], known: list[str]) -> bool:
    """Whether the names differ by one letter in one word."""
    if len(said) != len(known) or not said:
        return False
    wrong = [(a, b) for a, b in zip(said, known, strict=True) if a != b]
    return len(wrong) == 1 and min(map(len, wrong[0])) > 3 and _one_letter(*wrong[0])


def _one_letter(a: str, b: str) -> bool:
    """Whether one letter is changed, added or missing, or two adjacent letters are swapped."""
    short, long = sorted((a, b), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((n for n, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    rest = short[at + 1 :] if len(short) == len(long) else short[at:]
    swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return rest == long[at + 1 :] or swapped
