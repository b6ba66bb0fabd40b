"""What is wrong with data that cannot be decoded, in words for the people who wrote it."""

from __future__ import annotations

import re

import msgspec

_WORDS = (
    (r"Object missing required field `(.*)`", "the field “{}” is missing"),
    (r"Object contains unknown field `(.*)`", "there is no field “{}”; check its spelling"),
    (r"Invalid (?:enum )?value '?(.*?)'?", "“{}” is not one of the values that are possible here"),
    (r"Expected `int` <= (.*)", "this has to be at most {}"),
    (r"Expected `int` >= (.*)", "this has to be at least {}"),
    (r"Expected `int(?: \| null)?`.*", "this has to be a whole number"),
    (r"Expected `bool(?: \| null)?`.*", "this has to be true or false"),
    (r"Expected `array` of length <= (.*)", "there can be at most {} of them"),
    (r"Expected `str`.*", "this has to be a text"),
    (r"Expected `array`.*", "this has to be a list"),
    (r"Expected `object`.*", "this has to have named fields, such as “title: …”"),
)
"""What msgspec says, and the same in words."""
_OTHER = "this cannot be read"


def undecodable(error: Exception) -> tuple[str, str]:
    """Where data cannot be decoded and why: the path of the value ("segments[0].minutes"; "" for the whole), and the
    reason in words, which never repeat the decoder."""
    said, _, where = str(error).partition(" - at `$")
    reason = _OTHER
    if isinstance(error, msgspec.ValidationError):
        matches = ((re.fullmatch(pattern, said), words) for pattern, words in _WORDS)
        reason = next((words.format(*match.groups()) for match, words in matches if match), _OTHER)
    return where.strip("`."), reason
