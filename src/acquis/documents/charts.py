"""The pictures of a report as SVG: the opinion map, the time line of the turns. Who was heard has `heard_picture`."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator

from acquis.charts.bars import BAR, GAP, LINE, MARGIN, WIDTH, clean, framed
from acquis.charts.opinion_map import ALONE, STYLE
from acquis.documents import opinion
from acquis.i18n import N_, say, say_many
from acquis.i18n.vocabulary import word
from acquis.opinion.files import Conversation
from acquis.state import State, Turn
from acquis.state.reading import public_statement
from acquis.statistics.balance import Balance
from acquis.statistics.opinion_map import ballots, recorded_map, votes_of

MINUTE_MS = 60_000
ROWS = ("speaker", "room", "online", "", "point_of_order", "right_of_reply")
"""The rows of the time line: kinds of turns beside the queue and, for the queue, its lanes."""
_STEPS = (5, 10, 15, 30, 60, 120, 240, 480)
_VARIABLE = re.compile(r"var\(--[\w-]+,([^()]*)\)")
_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}")
WIDE = WIDTH - 2 * MARGIN
_FACE = "19px system-ui,sans-serif"


def minutes(ms: int) -> float:
    """Minutes with one decimal, as every form of the report gives them."""
    return round(ms / MINUTE_MS, 1)


def map_picture(state: State, language: str) -> str:
    """The opinion map as it stands on the record; empty without votes. Only texts that were let through are on it."""
    if not (cast := ballots(state)).cast:
        return ""
    found = recorded_map(cast)
    texts: dict[Hashable, str] = {seq: one.text for seq, one in state.statements.items() if public_statement(one)}
    read = opinion.result(found, Conversation(votes_of(cast), texts), None, language)
    return opinion.picture(found, read, language, alone=True)


def _words(text: str, y: float, x: float, side: str) -> str:
    return f'<text class="om-word" x="{x:.1f}" y="{y + 14:.1f}"{side}>{clean(text)}</text>'


def has_time_line(state: State) -> bool:
    """Whether there is a turn to draw."""
    return any(turn.fate != "not_responding" for turn in state.turns.values())


def time_line(state: State, heard: Balance, language: str, *, rtl: bool = False) -> str:
    """Every turn where it began and as long as it took, in one row for each lane and kind. Empty without turns. rtl:
    time runs from the right to the left, as the text does."""
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
        message = ("{who}: {n} turn, {minutes} min", "{who}: {n} turns, {minutes} min")
        who = word(language, "group", name) if name in heard.lane_turns else word(language, "turn", name, "plural")
        line = say_many(language, *message, len(rows[name]), who=who, minutes=minutes(ms))
        said.append(line)
        parts.append(_words(line, y, *((WIDTH - MARGIN, ' direction="rtl"') if rtl else (MARGIN, ""))))
        y += LINE
        parts.append(_row(_spans(rows[name], begin, end, state.at), y, ROWS.index(name), rtl))
        y += BAR + GAP
    parts.append(_ticks((end - begin) / MINUTE_MS, y, language, rtl))
    title = say(language, N_("The turns of the session, in minutes from its opening"))
    return framed("".join(parts), y + LINE + 4, title, ". ".join(said) + ".", alone=True)


def _spans(turns: Iterable[Turn], begin: int, end: int, at: int) -> Iterator[tuple[float, float]]:
    """Where each turn begins and how wide it is, in units of the picture from the opening."""
    for turn in turns:
        start = WIDE * min(turn.at - begin, end - begin) / (end - begin)
        # A turn of a moment is still to be seen; a hair of paper parts it from the next.
        yield start, max(min(WIDE * turn.used(at) / (end - begin), WIDE - start) - 0.6, 0.8)


def _row(spans: Iterable[tuple[float, float]], y: float, kind: int, rtl: bool) -> str:
    bars = [
        f"M{WIDTH - MARGIN - start - width if rtl else MARGIN + start:.1f} {y}h{width:.1f}v{BAR}h-{width:.1f}z"
        for start, width in spans
    ]
    return (
        f'<path class="om-axis" fill="none" d="M{MARGIN} {y + BAR}h{WIDE}"/>'
        f'<path class="om-g{kind % 5}" data-n="{len(bars)}" d="{"".join(bars)}"/>'
    )


def _ticks(length: float, y: float, language: str, rtl: bool) -> str:
    """Minutes under the rows: at most eight marks, of a length for the dial of a clock."""
    step = next((step for step in _STEPS if length / step <= 8), 480 * (int(length / 480 / 8) + 1))
    parts = [f'<path class="om-axis" fill="none" d="M{MARGIN} {y}h{WIDE}"/>']
    for number in range(int(length / step) + 1):
        along = WIDE * number * step / max(length, 1e-9)
        x = WIDTH - MARGIN - along if rtl else MARGIN + along
        side = ' text-anchor="middle"' if 60 < x < WIDTH - 60 else ' text-anchor="end"' if x > 60 else ""
        label = say(language, N_("{n} min"), n=number * step)
        parts.append(f'<path class="om-axis" d="M{x:.1f} {y - 4}v8"/>{_words(label, y + 6, x, side)}')
    return "".join(parts)


def fixed(svg: str, family: str = "sans-serif") -> str:
    """A picture for paper: its colours are written out and those for a dark screen are gone, since typesetters know
    neither variables nor media; words in `family`."""
    light = _MEDIA.sub("", _VARIABLE.sub(r"\1", svg))
    # Nor do they know that a line from the right begins at its right end.
    sided = light.replace(' direction="rtl"', ' text-anchor="end"')
    return sided.replace(f"font:{_FACE}", f"font-family:{family};font-size:19px")


def bare(svg: str) -> str:
    """A picture for a page that has the style of all pictures already."""
    size = re.sub(r'(<svg [^>]*?) width="\d+" height="\d+"', r"\1", svg, count=1)
    return size.replace(f"<style>{STYLE}{ALONE}</style>", "", 1)
