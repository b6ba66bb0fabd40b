"""Which roles may open which page. A route that is not in this table is refused, and a test fails on it.

What a *command* needs stands on the command; a page shows, and what it shows is decided here.
"""

from __future__ import annotations

from acquis.command import CAPTIONER, HOSTS, MODERATORS, ORGANIZER, PEOPLE, RAPPORTEUR, ROLES, WRITERS

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
    "record_compare": PUBLIC,
    "mine": PEOPLE,
    "audit": PUBLIC,
    "captions": PUBLIC,
    "captions_push": WRITERS | {CAPTIONER},
    "captions_transcript": WRITERS,
    "live_captions": PUBLIC,
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
    "followup": PUBLIC,
    "followup_board": PUBLIC,
    "followup_feed": PUBLIC,
    "gathering": PUBLIC,
    "gathering_compare": PUBLIC,
    "said": PUBLIC,
    "reference": PUBLIC,
    "reference_json": PUBLIC,
    "reference_schema": PUBLIC,
    "reference_processes": PUBLIC,
    "reference_process": PUBLIC,
    "reference_framework": PUBLIC,
    "reference_item": PUBLIC,
    "reference_documents": PUBLIC,
    "reference_document": PUBLIC,
    "reference_who": PUBLIC,
    "reference_sources": PUBLIC,
    "reference_take_part": PUBLIC,
    "reference_take_part_feed": PUBLIC,
    "reference_opportunities": PUBLIC,
    "static": PUBLIC,
}
