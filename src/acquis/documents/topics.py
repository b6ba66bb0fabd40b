"""The items of the reference that a text is about, by their titles."""

from __future__ import annotations

from collections.abc import Iterable

from acquis.i18n import N_, say
from acquis.reference.library import library
from acquis.text.plain_text import one_line


def topics(ids: Iterable[str], language: str) -> str:
    """The titles of items in a line: "Topic: Report vulnerabilities responsibly, share remedies"; an unknown item by
    its id; empty without items."""
    find = library().find
    named = [record.title if (record := find(id)) else one_line(id) for id in ids]
    if not named:
        return ""
    message = N_("Topic: {titles}") if len(named) == 1 else N_("Topics: {titles}")
    return say(language, message, titles="; ".join(named))
