"""Which roles may open which page. A route that is not in this table is refused, and a test fails on it.

What a *command* needs stands on the command; a page shows, and what it shows is decided here.
"""

from __future__ import annotations

from acquis.command import HOSTS, MODERATORS, ORGANIZER, RAPPORTEUR, ROLES

PUBLIC = frozenset({*ROLES, ""})
"""Everybody, also without a pass."""

PAGES: dict[str, frozenset[str]] = {
    "home": PUBLIC,
    "join_code": PUBLIC,
    "claim": PUBLIC,
    "join": PUBLIC,
    "do": PUBLIC,  # the command says who
    "floor": PUBLIC,
    "questions": PUBLIC,
    "vote": PUBLIC,
    "map": PUBLIC,
    "stage": PUBLIC,
    "record": PUBLIC,
    "audit": PUBLIC,
    "console": HOSTS,
    "desk": MODERATORS | {RAPPORTEUR, ORGANIZER},
    "desk_save": MODERATORS | {RAPPORTEUR, ORGANIZER},
    "organize": frozenset({ORGANIZER}),
    "organize_paste": frozenset({ORGANIZER}),
    "plan": frozenset({ORGANIZER}),
    "plan_save": frozenset({ORGANIZER}),
    "passes": frozenset({ORGANIZER}),
    "live_participants": PUBLIC,
    "live_stage": PUBLIC,
    "live_moderators": HOSTS | {RAPPORTEUR},
    "session_json": PUBLIC,
    "log": PUBLIC,
    "openapi": PUBLIC,
    "qr": PUBLIC,
    "export": PUBLIC,
    "static": PUBLIC,
}
