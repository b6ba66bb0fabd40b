"""The items of the reference that a text is about, by their titles."""

from __future__ import annotations

from collections.abc import Iterable

from acquis.i18n import N_, say
from acquis.reference.library import library
from acquis.text.plain_text import one_line


def topics(ids: Iterable[str], language: str) -> str:
    """The titles of items in a line: "Topic: Report vulnerabilities responsibly, share remedies"; an unknown item by
    its id; empty without items."""
    named = list(map(item_title, ids))
    if not named:
        return ""
    message = N_("Topic: {titles}") if len(named) == 1 else N_("Topics: {titles}")
    return say(language, message, titles="; ".join(named))


def item_title(id: str) -> str:
    """The title of an item; its id if it is unknown."""
    record = library().find(id)
    return record.title if record else one_line(id)
