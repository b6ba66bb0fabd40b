"""What an import is unsure of: ranked by what it changes, and what is alike said once."""

from __future__ import annotations

import re

import msgspec

from acquis.plan.document import Programme

_RANKS = (
    ("page", "title", "starts", "ends", "zone"),
    ("speakers", "onsite_moderators", "online_moderators", "rapporteurs"),
    ("minutes", "segments", "room"),
    ("organizers", "policy_questions", "format", "sdgs"),
)
"""The fields by what depends on them: which session it is and when; who has a seat; how the time is spent; and what
readers see. Texts come last."""


class ImportDoubt(msgspec.Struct, frozen=True):
    """The fields about which the same is uncertain ("speakers[0]", "speakers[1]"), and what that is."""

    fields: tuple[str, ...]
    how: str


def doubts(programme: Programme) -> list[ImportDoubt]:
    """What a person should check, the most important first. Lines that were not understood are in `unparsed`."""
    by_how: dict[tuple[int, str], list[str]] = {}
    for mark in programme.inferred:
        by_how.setdefault((_rank(mark.field), mark.how), []).append(mark.field)
    ranked = sorted(by_how.items(), key=lambda item: (item[0][0], -len(item[1])))
    return [ImportDoubt(tuple(fields), how) for (_, how), fields in ranked]


def _rank(field: str) -> int:
    name = re.split(r"[.\[]", field)[0]
    return next((rank for rank, fields in enumerate(_RANKS) if name in fields), len(_RANKS))
