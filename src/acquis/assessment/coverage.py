"""What an assessment covers: for each item nothing, a measure, or a measure with evidence. Data and a text table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, get_args

import msgspec

from acquis.assessment.check import shows
from acquis.assessment.shape import PARTS, Answer, Assessment, answers, part_of
from acquis.i18n import N_, say

State = Literal["nothing", "measure", "evidence"]
STATES: tuple[State, ...] = get_args(State)
WORDS: dict[State, str] = {
    "nothing": N_("nothing"),
    "measure": N_("measure"),
    "evidence": N_("measure with evidence"),
}
MARKS: dict[State, str] = {"nothing": "○", "measure": "◐", "evidence": "●"}
"""Marks that differ in shape, always beside their word."""
TITLES: dict[str, str] = {
    "law": N_("International law"),
    "norms": N_("Norms"),
    "cbms": N_("Confidence-building measures"),
    "capacity": N_("Capacity building"),
}
MEANING = N_("“Nothing” means that nothing is answered here, not that nothing is done.")


class Covered(msgspec.Struct, frozen=True):
    """One item: id, title, part, and what is answered."""

    item: str
    title: str
    part: str
    state: State


def state_of(answer: Answer) -> State:
    """What an answer amounts to. A measure without words, or evidence that names nothing, is none."""
    measures = [measure for measure in answer.measures if measure.text.strip()]
    if any(shows(evidence) for measure in measures for evidence in measure.evidence):
        return "evidence"
    return "measure" if measures else "nothing"


def coverage(assessment: Assessment, items: Mapping[str, str]) -> list[Covered]:
    """Every item (id -> title) with its state, part by part. Answers on unknown items come last in their part: nothing
    is left out of the picture. Private answers count: ask for `shared(assessment)` where others look."""
    found = answers(assessment)
    known = {**items, **{item: item for item in found if item not in items}}
    rows = [
        Covered(item, title, _part(assessment, item), state_of(found.get(item, Answer())))
        for item, title in known.items()
    ]
    return sorted(rows, key=lambda row: list(PARTS).index(row.part))


def _part(assessment: Assessment, item: str) -> str:
    """The part of an item: by its id, else where it stands."""
    return part_of(item) or next((part for part in PARTS if item in getattr(assessment, part)), next(iter(PARTS)))


def by_part(rows: Sequence[Covered]) -> dict[str, list[Covered]]:
    """The rows of each part that has any."""
    parts = {part: [row for row in rows if row.part == part] for part in PARTS}
    return {part: found for part, found in parts.items() if found}


def counted(rows: Sequence[Covered], language: str = "en") -> str:
    """The rows in one sentence."""
    number = Counter(row.state for row in rows)
    return say(
        language,
        N_("Of {items} items: {evidence} measure with evidence, {measure} measure only, {nothing} nothing."),
        items=len(rows),
        **{state: number[state] for state in STATES},
    )


def table(rows: Sequence[Covered], language: str = "en") -> Iterator[str]:
    """The picture as lines of text: mark, state in words, item and title."""
    words = {state: say(language, word) for state, word in WORDS.items()}
    wide = max(map(len, words.values()))
    long = max((len(row.item) for row in rows), default=0)
    for part, found in by_part(rows).items():
        yield f"{say(language, TITLES[part])}. {counted(found, language)}"
        for row in found:
            yield f"  {MARKS[row.state]} {words[row.state]:<{wide}}  {row.item:<{long}}  {row.title}"
