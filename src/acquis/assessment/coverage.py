"""The coverage of an assessment: for each item nothing, a measure, or a measure with evidence; as data and as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, get_args

import msgspec

from acquis.assessment.check import names_a_source
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
"""Marks that differ in shape; they are always shown together with the word."""
TITLES: dict[str, str] = {
    "law": N_("International law"),
    "norms": N_("Norms"),
    "cbms": N_("Confidence-building measures"),
    "capacity": N_("Capacity-building"),
}
MEANING = N_("“Nothing” means that this file has no answer. It does not mean that nothing is done.")


class Covered(msgspec.Struct, frozen=True):
    """An item with its id, title, part, and the state of its answer."""

    item: str
    title: str
    part: str
    state: State


def state_of(answer: Answer) -> State:
    """The state of an answer. A measure without text, or evidence that names no source, does not count."""
    measures = [measure for measure in answer.measures if measure.text.strip()]
    if any(names_a_source(evidence) for measure in measures for evidence in measure.evidence):
        return "evidence"
    return "measure" if measures else "nothing"


def coverage(assessment: Assessment, items: Mapping[str, str]) -> list[Covered]:
    """Every item (id -> title) with its state, part by part. Answers on unknown items come last in their part. Private
    answers are included; pass `shared(assessment)` if others will see the result."""
    given = answers(assessment)
    known = {**items, **{item: item for item in given if item not in items}}
    rows = [
        Covered(item, title, _part(assessment, item), state_of(given.get(item, Answer())))
        for item, title in known.items()
    ]
    return sorted(rows, key=lambda row: list(PARTS).index(row.part))


def _part(assessment: Assessment, item: str) -> str:
    """The part of an item by its id; for an unknown id the part that contains its answer."""
    return part_of(item) or next((part for part in PARTS if item in getattr(assessment, part)), next(iter(PARTS)))


def by_part(rows: Sequence[Covered]) -> dict[str, list[Covered]]:
    """Part -> its rows, for parts that have rows."""
    parts = {part: [row for row in rows if row.part == part] for part in PARTS}
    return {part: covered for part, covered in parts.items() if covered}


def counted(rows: Sequence[Covered], language: str = "en") -> str:
    """A sentence with the number of rows in each state."""
    number = Counter(row.state for row in rows)
    return say(
        language,
        N_("Items: {items}. Measure with evidence: {evidence}. Measure only: {measure}. Nothing: {nothing}."),
        items=len(rows),
        **{state: number[state] for state in STATES},
    )


def table(rows: Sequence[Covered], language: str = "en") -> Iterator[str]:
    """The coverage as lines of text: mark, state in words, item and title."""
    words = {state: say(language, word) for state, word in WORDS.items()}
    wide = max(map(len, words.values()))
    long = max((len(row.item) for row in rows), default=0)
    for part, covered in by_part(rows).items():
        yield f"{say(language, TITLES[part])}. {counted(covered, language)}"
        for row in covered:
            yield f"  {MARKS[row.state]} {words[row.state]:<{wide}}  {row.item:<{long}}  {row.title}"
