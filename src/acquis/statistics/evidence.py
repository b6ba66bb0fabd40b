"""What a sentence rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

import msgspec

from acquis.events import Figure
from acquis.state import Question, State
from acquis.state.reading import public_answer, public_text, seat_name, speaker_of
from acquis.statistics.summary import figures, showable


class Evidence(msgspec.Struct, frozen=True):
    """An entry that is cited. Of a turn: who (a speaker's name, or the lane and group), for how long, the rapporteur's
    note, and what whoever had the turn says to it. Of a spoken line: its text, who said it, the turn it was said in. Of
    a question: its text, fate, supporters and answer in writing. Of a statement: its text and figures. A text that was
    not let through is empty, and so is a count of fewer than five people of a group."""

    seq: int
    kind: Literal["turn", "line", "question", "statement"]
    text: str = ""
    who: str = ""
    lane: str = ""
    group: str = ""
    seconds: int = 0
    fate: str = ""
    supporters: int = 0
    supporters_by_lane: dict[str, int] = {}
    supporters_by_group: dict[str, int] = {}
    figures: tuple[Figure, ...] = ()
    turn: int = 0
    comment: str = ""
    answer: str = ""


def is_evidence(state: State, seq: int) -> bool:
    """Whether a sentence of the report may cite an entry: a turn, a spoken line, a question, a statement."""
    return seq in state.turns or seq in state.speech or seq in state.questions or seq in state.statements


def cite(state: State, seqs: Iterable[int], listed: tuple[Figure, ...] | None = None) -> list[Evidence]:
    """The evidence of these entries, in their order; numbers that are no evidence are left out."""
    shown = figures(state) if listed is None else listed
    return [evidence for seq in seqs if (evidence := _evidence(state, seq, shown)) is not None]


def _evidence(state: State, seq: int, figures: tuple[Figure, ...]) -> Evidence | None:
    if (turn := state.turns.get(seq)) is not None:
        who, seconds = seat_name(state, turn.seat), turn.used(state.at) // 1000
        lane, group = turn.attributes.lane, turn.attributes.stakeholder
        return Evidence(
            seq,
            "turn",
            text=turn.note,
            who=who,
            lane=lane,
            group=group,
            seconds=seconds,
            fate=turn.fate,
            comment=turn.comment,
        )
    if (line := state.speech.get(seq)) is not None:
        turn = state.turns.get(line.turn)
        lane, group = (turn.attributes.lane, turn.attributes.stakeholder) if turn else ("", "")
        return Evidence(seq, "line", line.text, speaker_of(state, line), lane, group, turn=line.turn)
    if (question := state.questions.get(seq)) is not None:
        return _of_question(state, question)
    if (statement := state.statements.get(seq)) is not None:
        own = tuple(figure for figure in figures if figure.statement == seq)
        return Evidence(seq, "statement", public_text(state, seq), fate=statement.fate, figures=own)
    return None


def _of_question(state: State, question: Question) -> Evidence:
    supporters = [state.voices[number] for number in question.supporters]
    return Evidence(
        question.seq,
        "question",
        public_text(state, question.seq),
        lane=question.attributes.lane,
        group=question.attributes.stakeholder,
        fate=question.fate,
        supporters=len(supporters),
        supporters_by_lane=_by(voice.attributes.lane for voice in supporters),
        supporters_by_group=_by(voice.attributes.stakeholder for voice in supporters),
        answer=public_answer(question),
    )


def _by(labels: Iterable[str]) -> dict[str, int]:
    sizes = Counter(labels)
    return {name: sizes[name] for name in sorted(showable(sizes))}
