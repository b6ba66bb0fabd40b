"""Tells the names in a list of people from other words: bullets, several people in a line, prose, "to be confirmed"."""

from __future__ import annotations

import re

_BULLET = re.compile(r"^(?:[•●▪◦*·–-]+ *|\d{1,2}[.)] +)+")
_INNER_BULLET = re.compile(r" *[•●▪◦] *")
_NOBODY = re.compile(
    r"^\W*(?:n\.? ?/? ?a|tb[acd]|none|not applicable|to be (?:announced|confirmed|decided|determined))\W*$",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    {"al", "and", "av", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e"}
    | {"el", "en", "for", "ibn", "la", "le", "los", "of", "ten", "ter", "the", "van", "von", "y", "zu"}
)
_ORGANIZATION = re.compile(
    r"\b(?:agency|alliance|association|authority|bank|centre|center|coalition|commission|committee|company|council"
    r"|department|forum|foundation|government|group|inc|initiative|institute|ltd|ministry|network|office|organi[sz]ation"
    r"|secretariat|society|union|university)\b",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\(([^()]{1,40})\)")
_OPENING = "'\"(\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"
_MOST_WORDS = 7
"""A name with its titles has at most this many words."""

SEVERAL = "several people stand on the line; they were parted"


def is_nobody(text: str) -> bool:
    """Whether the text stands in for a name that is not known: `N/A`, `TBD`, `(tbc)`."""
    return bool(_NOBODY.match(text))


def is_name(text: str) -> bool:
    """Whether every word of the text may be part of a name, by its first letter. Scripts without capitals pass."""
    words = _REMARK.sub("", text).split()
    if not words or len(words) > _MOST_WORDS or re.search(r"[\d:;?!]", text):
        return False
    letters = [word.lstrip(_OPENING) for word in words]
    return not any(word[:1].islower() for word in letters if word not in _PARTICLES) and not is_nobody(text)


def is_organization(text: str) -> bool:
    """Whether a word of the text is one that organizations have in their names: "Ministry", "University"."""
    return bool(_ORGANIZATION.search(text))


def is_prose(text: str) -> bool:
    """Whether the text is a sentence and not an entry of a list of people."""
    first, _, rest = text.partition(",")
    small = [word for word in rest.split() if word[:1].islower() and word not in _PARTICLES]
    if len(text.split()) > 25 or text.endswith(("?", "!", ":")):
        return True
    last = text.split()[-1]
    ended = text.endswith(".") and (last[:1].islower() or len(last) > len("Corp."))
    return ended and (not is_name(first) or (len(first.split()) == 1 and len(small) * 2 > len(rest.split())))


def unbulleted(line: str) -> str:
    """The line without the bullet or number before it."""
    return _BULLET.sub("", line)


def entries(line: str) -> tuple[list[str], str]:
    """The people of a line, one text for each, and what is uncertain about it. `;` and bullets part people; `/`, `and`
    and full stops do only where a full name stands on both sides, and that is uncertain."""
    line = unbulleted(line)
    for pieces in (line.split(";"), _INNER_BULLET.split(line)):
        if len(parted := _stripped(pieces)) > 1 and all(map(_is_entry, parted)):
            return parted, ""
    for pattern in (r" ?/ ?", r"\. (?=\w+ \w)", r" (?:and|&) "):
        parted = _stripped(re.split(pattern, line))
        commas = {"," in piece for piece in parted}
        if commas == {False} and is_organization(parted[-1]):
            continue
        if len(parted) > 1 and len(commas) == 1 and all(map(_is_entry, parted)):
            return parted, SEVERAL
    return [line], ""


def _stripped(pieces: list[str]) -> list[str]:
    return [piece.strip(" .") for piece in pieces if piece.strip(" .")]


def _is_entry(piece: str) -> bool:
    name = piece.partition(",")[0]
    return is_name(name) and len(_REMARK.sub("", name).split()) > 1


def parted(text: str) -> tuple[str, str]:
    """(name, organization) of `Name, Organization`, `Name - Organization` or `Name (Organization)`; the organization is
    empty if there is none."""
    name, comma, organization = (part.strip() for part in text.partition(","))
    if not comma:
        for pattern in (r"^(?P<name>.+?)(?: [-–] ?|- )(?P<rest>.+)$", r"^(?P<name>[^()]+) \((?P<rest>[^()]+)\)$"):
            if (match := re.match(pattern, name)) and is_name(match["name"]) and is_organization(match["rest"]):
                return match["name"].strip(), match["rest"].strip()
    return name, organization


def without_remarks(text: str) -> tuple[str, list[str]]:
    """The text without what stands in brackets, and what that was: `Ama Example (main)`."""
    return " ".join(_REMARK.sub(" ", text).split()), _REMARK.findall(text)
