"""The opinion map and the time line of a report as SVG. `heard_chart` has the third picture."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from msgspec.structs import replace

from acquis.charts import time_rows
from acquis.charts.opinion_map import no_map_svg
from acquis.charts.svg import BAR, GAP, LINE, MARGIN, WIDE, framed, words
from acquis.documents import opinion
from acquis.i18n import N_, N_plural, say, say_many
from acquis.i18n.vocabulary import word
from acquis.opinion.files import Conversation
from acquis.state import State, Turn
from acquis.state.reading import public_statement
from acquis.statistics.balance import Balance
from acquis.statistics.opinion_map import ballots, recorded_map, votes_of
from acquis.statistics.opinion_words import structure_sentence
from acquis.text.scripts import right_to_left

MINUTE_MS = 60_000
ROWS = ("speaker", "room", "online", "", "point_of_order", "right_of_reply")
"""The rows of the time line: the lanes of the queue, and the other kinds of turns."""


def minutes(ms: int) -> float:
    """Milliseconds as minutes with one decimal, as in every format of the report."""
    return round(ms / MINUTE_MS, 1)


def map_picture(state: State, language: str) -> str:
    """The opinion map of the record (`recorded_map`), or a picture that says in words why there is none; empty without
    votes. It contains only public texts."""
    if not (cast := ballots(state)).cast:
        return ""
    if cast.voters < opinion.FEWEST_DRAWN:
        reason = opinion.map_needs(language, cast.voters)
        return no_map_svg(say(language, N_("Opinion map")), reason, right_to_left(language))
    mapped = recorded_map(cast)
    public = (statement for statement in state.statements.values() if public_statement(statement))
    texts: dict[Hashable, str] = {statement.seq: statement.text for statement in public}
    read = replace(opinion.result(mapped, Conversation(votes_of(cast), texts), None, language), people=cast.voters)
    return opinion.picture(mapped, read, language, alone=True)


def map_or_sentence(state: State, language: str) -> tuple[str, str]:
    """The opinion map of the record, and the sentence on its groups. The map is empty where it would only show points
    without a structure; both are empty without votes."""
    if not (cast := ballots(state)).cast:
        return "", ""
    structure = recorded_map(cast).structure
    assert structure is not None, "camps are always looked for in a map on the record"
    return map_picture(state, language) if structure.structured else "", structure_sentence(language, structure)


def has_time_line(state: State) -> bool:
    """Whether a speaker took the floor at least once, so that the time line shows something."""
    return any(turn.fate != "not_responding" for turn in state.turns.values())


def time_line(state: State, heard: Balance, language: str, *, rtl: bool = False) -> str:
    """The turns as bars over the time since the opening, in one row for each lane and kind; empty without turns. rtl:
    time runs from right to left, as the text does."""
    if not has_time_line(state):
        return ""
    rows: dict[str, list[Turn]] = {}
    for turn in state.turns.values():
        if turn.fate != "not_responding":
            rows.setdefault(turn.attributes.lane if turn.kind == "turn" else turn.kind, []).append(turn)
    begin = min(state.opened_at or state.at, *(turn.at for row in rows.values() for turn in row), state.at)
    end = max(state.closed_at or state.at, begin + 1)
    parts: list[str] = []
    said: list[str] = []
    y = MARGIN
    for name in [row for row in ROWS if row in rows]:
        ms = heard.lane_ms.get(name, 0) if name in heard.lane_turns else heard.other_ms.get(name, 0)
        message = N_plural("{who}: {n} intervention, {minutes} min", "{who}: {n} interventions, {minutes} min")
        who = word(language, "group", name) if name in heard.lane_turns else word(language, "turn", name, "plural")
        line = say_many(language, *message, len(rows[name]), who=who, minutes=minutes(ms))
        said.append(line)
        parts.append(words(line, y, rtl))
        y += LINE
        parts.append(time_rows.row(_spans(rows[name], begin, end, state.at), y, ROWS.index(name), rtl))
        y += BAR + GAP
    length = (end - begin) / MINUTE_MS
    marks = {minute: say(language, N_("{n} min"), n=minute) for minute in time_rows.steps(length)}
    parts.append(time_rows.ticks(marks, length, y, rtl))
    title = say(language, N_("Interventions in the session, in minutes from its opening"))
    return framed("".join(parts), y + LINE + 4, title, ". ".join(said) + ".", alone=True)


def _spans(turns: Iterable[Turn], begin: int, end: int, at: int) -> Iterator[tuple[float, float]]:
    """Start and width of each turn in units of the picture, from the opening."""
    for turn in turns:
        start = WIDE * min(turn.at - begin, end - begin) / (end - begin)
        # A very short turn stays visible, and a narrow gap separates consecutive turns.
        yield start, max(min(WIDE * turn.used(at) / (end - begin), WIDE - start) - 0.6, 0.8)
