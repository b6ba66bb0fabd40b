"""The room screen: the number of questions shown, the areas of agreement, and the seats in the form of an arch."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import accumulate

import msgspec

from acquis import events as ev
from acquis.attributes import LANE
from acquis.charts.seats import FEWEST_APART, Attendance, seats_svg
from acquis.documents.opinion_result import Counted, Result
from acquis.i18n import N_, say, say_many
from acquis.plan.dates import zone_or_utc
from acquis.state import Question, State, Statement
from acquis.state.counting import joined_by
from acquis.statistics.slate_words import heard_sentence

QUESTIONS_SHOWN, LETTERS_SHOWN = 3, 260
"""The most questions in a list, and the most letters of all but the first together."""
WAITING_SHOWN = 3
"""The most points of order and replies that are shown while they wait."""
COUNTDOWN_MS = 2 * 60 * 60_000
"""How long before the start the countdown begins."""
FEWEST_SEATS, FREE_SEATS = 40, 1.25
"""Before the opening the arch has at least so many seats, and at least so many for each person who joined."""
_AREAS = ("consensus", "concern", "divided", "apart")
_DIFFERENCES = _AREAS[2:]


class ShownArea(msgspec.Struct, frozen=True):
    """A statement of an area of the opinion map: the kind of area, the entry of the statement, and its votes in each
    group, or by everybody where there are no groups."""

    kind: str
    statement: int
    votes: list[Counted]


def questions(state: State, asked: Sequence[Question]) -> tuple[Question | None, list[Question]]:
    """The question on the floor or the one that the present intervention answers, and the next ones, as many as can be
    read from the back of the room."""
    turn = state.turns.get(state.turn)
    answering = turn.question if turn else 0
    answered = state.questions.get(answering)
    put = answered if answered is not None and answered.awaits_answer else None
    if asked and asked[0].is_on_floor:
        put = asked[0]
    waiting = [q for q in asked[: QUESTIONS_SHOWN + 1] if q is not put][: QUESTIONS_SHOWN - (put is not None)]
    letters = accumulate(len(q.text) for q in waiting)
    readable = [q for place, (q, length) in enumerate(zip(waiting, letters)) if place == 0 or length <= LETTERS_SHOWN]
    return put, readable


def on_vote(state: State) -> list[Statement]:
    """The statements that are open for voting: first the one that moderators opened last, then the others from the
    newest."""
    open_ones = (statement for statement in state.statements.values() if statement.is_open)
    return sorted(open_ones, key=lambda statement: (statement.seq == state.put_to_vote, statement.seq), reverse=True)


def areas(read: Result) -> list[ShownArea]:
    """The first area of agreement (or else of concern) and the first statement on which groups are divided."""
    results = {result.statement: result for result in read.statements}
    shown: list[ShownArea] = []
    for kind in _AREAS:
        if read.areas[kind] and (not shown or kind in _DIFFERENCES):
            result = results[read.areas[kind][0].statement]
            shown.append(ShownArea(kind, int(result.statement), result.groups or [result.everybody]))
    return shown


def short_list(state: State, texts: Mapping[int, str]) -> list[str]:
    """The statements of the short list in the newest report; none before a report."""
    listed = state.reports[-1].body.slate if state.reports else None
    return [texts.get(entry, "") for entry in listed.statements] if listed else []


def represented(state: State, language: str) -> str:
    """How many voters the short list of the newest report represents."""
    listed = state.reports[-1].body.slate if state.reports else None
    return heard_sentence(language, listed) if listed else ""


def begins(programme: ev.ProgrammePublished) -> tuple[str, int] | None:
    """The start of a session: the time of day at the venue and the moment (ms since 1970); None if the programme does
    not give it."""
    try:
        start = datetime.fromisoformat(programme.starts)
    except ValueError:
        return None
    there = zone_or_utc(programme.zone)
    start = start.astimezone(there) if start.tzinfo else start.replace(tzinfo=there)
    return f"{start:%H:%M}", int(start.timestamp() * 1000)


def attendance(state: State) -> Attendance:
    """The numbers of people who joined and of those who had the floor; before the opening with free seats."""
    lanes = joined_by(state, LANE)
    spoke = {turn.person: turn.attributes.lane for turn in state.turns.values() if turn.person and turn.spent}
    heard = list(spoke.values()) if state.is_over else []
    expected = max(FEWEST_SEATS, 10 * math.ceil(FREE_SEATS * lanes.total() / 10)) if state.before_opening else 0
    return Attendance(lanes["room"], lanes["online"], heard.count("room"), heard.count("online"), expected)


def arch(state: State) -> str:
    """The arch of seats before and after a session, as SVG; empty while it is open or if nobody joined it."""
    return "" if state.is_open else seats_svg(attendance(state))


def counts(state: State, language: str) -> Iterable[tuple[str, str]]:
    """The sentences below the arch, each with its attendance: `room`, `online`, or empty for both. Small numbers are
    not divided."""
    if state.is_open:
        return
    there = attendance(state)
    if state.is_over:
        if there.people:
            yield "", say(language, N_("Spoke from the list: {n} of {people}"), n=there.spoke, people=there.people)
    elif min(there.room, there.online) >= FEWEST_APART:
        yield "room", say(language, N_("{n} in the room"), n=there.room)
        yield "online", say(language, N_("{n} online"), n=there.online)
    elif there.people:
        yield "", say_many(language, N_("{n} person has joined"), N_("{n} people have joined"), there.people)
