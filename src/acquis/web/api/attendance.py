"""Attendance and turns as tables for the organizer, with the names that people gave."""

from __future__ import annotations

from collections import Counter

from starlette.responses import Response

from acquis.command import ORGANIZER, PARTICIPANT
from acquis.documents.rows import written
from acquis.i18n.dates import iso
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint

CSV = "text/csv; charset=utf-8"


@endpoint("GET", "/s/{session:slug}/attendance.csv", roles=frozenset({ORGANIZER}), reads=True)
async def attendance(context: RequestContext) -> Response:
    """Everybody who joined: name, how they take part, groups, when they joined, number and seconds of turns. Then the
    people of the attendance reports of meeting programs, with the time as the program wrote it and their minutes.

    Under the Chatham House Rule without what tells who somebody is or spoke."""
    state = context.session.state
    anonymous = state.settings.chatham
    turns, seconds = Counter[str](), Counter[str]()
    for turn in state.turns.values():
        if not turn.was_taken:
            continue
        turns[turn.person] += 1
        seconds[turn.person] += turn.used(context.now) // 1000
    rows = [
        (
            "" if anonymous else given.name,
            given.attributes.lane,
            "" if anonymous else given.attributes.stakeholder,
            "" if anonymous else given.attributes.region,
            iso(given.issued),
            "" if anonymous else turns[given.person],
            "" if anonymous else seconds[given.person],
        )
        for given in context.application.roster.passes(context.id)
        if not given.roles or PARTICIPANT in given.roles
    ]
    people = [] if anonymous else context.application.roster.attendees.of(context.id)
    here = [(*row, "", "") for row in rows]
    there = [(each.name, "online", "", "", each.joined, "", "", each.program, each.minutes) for each in people]
    head = ("name", "lane", "stakeholder-group", "regional-group", "joined", "turns", "seconds", "program", "minutes")
    return Response(written(head, [*here, *there]), 200, {"cache-control": "no-store"}, CSV)


@endpoint("GET", "/s/{session:slug}/turns-named.csv", roles=frozenset({ORGANIZER}), reads=True)
async def turns_named(context: RequestContext) -> Response:
    """Every turn of the floor with the name of who spoke; under the Chatham House Rule without names and groups."""
    state = context.session.state
    anonymous = state.settings.chatham
    names = {} if anonymous else context.application.roster.names(context.id)
    rows = []
    for turn in state.turns.values():
        if not turn.was_taken:
            continue
        name = state.seats[turn.seat - 1].name if turn.seat else names.get(turn.person, "")
        group = "" if anonymous else turn.attributes.stakeholder
        spoken = turn.used(context.now) // 1000
        rows.append((turn.seq, iso(turn.at), spoken, turn.kind, turn.attributes.lane, group, "" if anonymous else name))
    head = ("entry", "begins", "seconds", "kind", "lane", "stakeholder-group", "name")
    return Response(written(head, rows), 200, {"cache-control": "no-store"}, CSV)
