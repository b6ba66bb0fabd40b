"""The contributions to a session that the coverage of its report counts: interventions, questions, statements and
written contributions, each with the parts of the session to which it belongs. Only public texts count, and no erased
ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal, TypeAlias

import msgspec

from acquis.attributes import LANE, REGION, STAKEHOLDER, PublicAttributes
from acquis.state import Question, State, Turn
from acquis.state.inputs import WrittenContribution
from acquis.state.reading import (
    public_comment,
    public_note,
    public_question,
    public_statement,
    public_text,
    seat_of,
    speaker_of,
)
from acquis.state.spoken import SpeechLine

SPEAKER, LANGUAGE, THIRD = "speaker", "language", "third"
THIRDS = ("1", "2", "3")
WHEN, SOURCE = "when", "source"
"""When a contribution was sent, and who entered it."""
TIMES, SOURCES = ("before", "during", "after"), ("sent", "entered")
"""Relative to the session; sent by whoever wrote it, or entered by the team, and then nobody knows when."""

Place: TypeAlias = tuple[str, str]
"""Where something belongs: a dimension and its value, as ("third", "2")."""


class Contribution(msgspec.Struct, frozen=True):
    """Something that a report can cover by citing any of its `entries`. An intervention is counted once (`whole`), and
    once in each third, language, speaker and group to which its lines belong."""

    kind: Literal["intervention", "question", "statement", "contribution"]
    entries: frozenset[int]
    places: tuple[Place, ...]
    whole: bool = True


def contributions(state: State) -> Iterator[Contribution]:
    """All that was said, asked, proposed and written in public."""
    thirds = SessionThirds(state)
    for turn, lines in _speech(state):
        yield from _said(state, thirds, turn, lines)
    for question in state.questions.values():
        if public_question(question) and public_text(state, question.seq):
            places = (_third(thirds.at(question.at)), *_groups(state, question.attributes))
            yield Contribution("question", _with_merged(state, question), _known(places))
    for seq, statement in state.statements.items():
        if public_statement(statement) and public_text(state, seq):
            yield Contribution("statement", frozenset((seq,)), _known((_third(thirds.at(statement.at)),)))
    for seq, written in state.contributions.items():
        if written.is_public and public_text(state, seq):
            yield Contribution("contribution", frozenset((seq,)), _written(state, written))


def _written(state: State, written: WrittenContribution) -> tuple[Place, ...]:
    """The places of a written contribution. It has no lane and no third, because it was not made in the room or
    online."""
    if written.source:
        origin: tuple[Place, ...] = ((SOURCE, "entered"),)
    else:
        before = not state.opened_at or written.at < state.opened_at
        ended = state.closed_at and written.at > state.closed_at
        origin = (SOURCE, "sent"), (WHEN, "before" if before else "after" if ended else "during")
    return _known((*origin, (LANGUAGE, _language(written.language)), *_groups(state, written.attributes)[1:]))


class SessionThirds:
    """Assigns moments to thirds of the time from the opening to the close of the session."""

    def __init__(self, state: State) -> None:
        self._begins, self._ends = state.opened_at, state.closed_at or state.at
        lines = [line for line in state.speech.values() if line.text]
        self._length = max((max(line.starts_ms, line.ends_ms) for line in lines if line.starts_ms >= 0), default=0)
        untimed = [line.seq for line in lines if line.starts_ms < 0 and not self.at(line.at)]
        self._order = {seq: THIRDS[3 * place // len(untimed)] for place, seq in enumerate(untimed)}

    def at(self, at: int) -> str:
        """The third of a moment (ms since 1970); empty before the opening and after the close."""
        length = self._ends - self._begins
        if not self._begins or length <= 0 or not self._begins <= at <= self._ends:
            return ""
        return THIRDS[min(2, 3 * (at - self._begins) // length)]

    def of_line(self, line: SpeechLine) -> str:
        """The third of a line: by its time in the recording of a transcript or in the session, or else by its place
        among the lines without a time."""
        if line.starts_ms >= 0:
            return THIRDS[min(2, 3 * line.starts_ms // self._length)] if self._length else THIRDS[0]
        return self.at(line.at) or self._order.get(line.seq, "")


def _speech(state: State) -> Iterator[tuple[Turn | None, list[SpeechLine]]]:
    """Each turn with its lines, then the lines outside turns, those of one speaker in a row together."""
    lines = [line for line in state.speech.values() if line.text]
    within: dict[int, list[SpeechLine]] = {}
    for line in lines:
        within.setdefault(line.turn if line.turn in state.turns else 0, []).append(line)
    for turn in state.turns.values():
        listed = within.get(turn.seq, [])
        if turn.was_taken and not _is_erased(state, turn, listed):
            yield turn, listed
    for _, run in groupby(within.get(0, []), key=lambda line: (line.seat, line.speaker)):
        yield None, list(run)


def _is_erased(state: State, turn: Turn, lines: Sequence[SpeechLine]) -> bool:
    """Whether texts of a turn were erased and none is left."""
    if not state.erased or lines or public_note(state, turn) or public_comment(state, turn):
        return False
    texts = {
        turn.note_entry,
        turn.comment_entry,
        *(line.seq for line in state.speech.values() if line.turn == turn.seq),
    }
    return bool(texts & state.erased.keys())


def _said(
    state: State, thirds: SessionThirds, turn: Turn | None, lines: Sequence[SpeechLine]
) -> Iterator[Contribution]:
    own = [(turn.seq, _of_turn(state, thirds, turn))] if turn else []
    pieces = [*own, *((line.seq, _of_line(state, thirds, line, turn)) for line in lines)]
    lane = _known(((LANE.name, turn.attributes.lane),)) if turn else ()
    yield Contribution("intervention", frozenset(entry for entry, _ in pieces), lane)
    parts: dict[Place, list[int]] = {}
    for entry, places in pieces:
        for place in places:
            parts.setdefault(place, []).append(entry)
    for place, entries in parts.items():
        yield Contribution("intervention", frozenset(entries), (place,), whole=False)


def _of_turn(state: State, thirds: SessionThirds, turn: Turn) -> tuple[Place, ...]:
    seat = seat_of(state, turn.seat)
    name = seat.name if seat else ""
    return _known((_third(thirds.at(turn.at)), (SPEAKER, name), *_groups(state, seat or turn.attributes)[1:]))


def _of_line(state: State, thirds: SessionThirds, line: SpeechLine, turn: Turn | None) -> tuple[Place, ...]:
    """The places of a line: those of its own speaker, or else of the speaker of the turn."""
    if line.seat or turn is None:
        groups: PublicAttributes | None = seat_of(state, line.seat)
    else:
        groups = seat_of(state, turn.seat) or turn.attributes
    places = (_third(thirds.of_line(line)), (SPEAKER, speaker_of(state, line)), (LANGUAGE, _language(line.language)))
    return _known((*places, *(_groups(state, groups)[1:] if groups else ())))


def _language(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _third(third: str) -> Place:
    return THIRD, third


def _groups(state: State, attributes: PublicAttributes) -> tuple[Place, ...]:
    """Lane, stakeholder group and regional group, which the public log does not have under the Chatham House Rule."""
    region = "" if state.settings.chatham else attributes.region
    return (LANE.name, attributes.lane), (STAKEHOLDER.name, attributes.stakeholder), (REGION.name, region)


def _known(places: Sequence[Place]) -> tuple[Place, ...]:
    return tuple(place for place in places if place[1])


def _with_merged(state: State, question: Question) -> frozenset[int]:
    """A question and the questions that it was merged into: a sentence about these covers it too."""
    seen = [question.seq]
    while (into := state.questions[seen[-1]].into) in state.questions and into not in seen:
        seen.append(into)
    return frozenset(seen)
