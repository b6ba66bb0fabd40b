"""The evidence of a sentence: the entries that it cites, as the public may see them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from acquis.events import Figure
from acquis.state import Question, State
from acquis.state.counting import support
from acquis.state.reading import (
    likely_speaker,
    public_answer,
    public_body,
    public_comment,
    public_note,
    public_text,
    seat_name,
    speaker_of,
)
from acquis.statistics.summary import figures


class Evidence(msgspec.Struct, frozen=True):
    """A cited entry. A turn has `who` (a speaker's name), lane, group, `seconds`, the rapporteur's note as `text`, and
    the `comment` of the person who had it. A spoken line has its text, speaker, or else its `likely` speaker, and
    `turn`; a question its text, fate, number of supporters and written answer; a statement its text and figures; a
    written contribution its text, and for whom it speaks as `who`. The text of an entry that is not public is empty."""

    seq: int
    kind: Literal["turn", "line", "question", "statement", "contribution"]
    text: str = ""
    who: str = ""
    lane: str = ""
    group: str = ""
    seconds: int = 0
    fate: str = ""
    supporters: int = 0
    figures: tuple[Figure, ...] = ()
    turn: int = 0
    likely: str = ""
    comment: str = ""
    answer: str = ""


def is_evidence(state: State, seq: int) -> bool:
    """Whether a sentence of the report may cite an entry: a turn, a spoken line, a question, a statement, a written
    contribution."""
    return any(seq in of for of in (state.turns, state.speech, state.questions, state.statements, state.contributions))


def cite(state: State, seqs: Iterable[int], listed: tuple[Figure, ...] | None = None) -> list[Evidence]:
    """The evidence of these entries, in their order; entries that cannot be cited are left out. `listed`: the figures
    of a published report, in place of the present ones."""
    shown: dict[int, list[Figure]] = {}
    for figure in figures(state) if listed is None else listed:
        shown.setdefault(figure.statement, []).append(figure)
    return [evidence for seq in seqs if (evidence := _evidence(state, seq, shown)) is not None]


def _evidence(state: State, seq: int, figures: dict[int, list[Figure]]) -> Evidence | None:
    if (turn := state.turns.get(seq)) is not None:
        who, seconds = seat_name(state, turn.seat), turn.used(state.at) // 1000
        lane, group = turn.attributes.lane, turn.attributes.stakeholder
        return Evidence(
            seq,
            "turn",
            text=public_note(state, turn),
            who=who,
            lane=lane,
            group=group,
            seconds=seconds,
            fate=turn.fate,
            comment=public_comment(state, turn),
        )
    if (line := state.speech.get(seq)) is not None:
        turn = state.turns.get(line.turn)
        lane, group = (turn.attributes.lane, turn.attributes.stakeholder) if turn else ("", "")
        return Evidence(
            seq,
            "line",
            line.text,
            speaker_of(state, line),
            lane,
            group,
            turn=line.turn,
            likely=likely_speaker(state, line),
        )
    if (question := state.questions.get(seq)) is not None:
        return _of_question(state, question)
    if (statement := state.statements.get(seq)) is not None:
        own = tuple(figures.get(seq, ()))
        return Evidence(seq, "statement", public_text(state, seq), fate=statement.fate, figures=own)
    if (written := state.contributions.get(seq)) is not None:
        lane, group = written.attributes.lane, written.attributes.stakeholder
        return Evidence(seq, "contribution", public_text(state, seq), public_body(state, seq), lane, group)
    return None


def _of_question(state: State, question: Question) -> Evidence:
    return Evidence(
        question.seq,
        "question",
        public_text(state, question.seq),
        lane=question.attributes.lane,
        group=question.attributes.stakeholder,
        fate=question.fate,
        supporters=support(state, question.seq),
        answer=public_answer(state, question),
    )
