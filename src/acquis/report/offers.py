"""Entries that the desk offers the rapporteur as evidence, with the reasons, and the proposed first sentences of a
report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from acquis.events import Figure
from acquis.i18n import N_, say, say_many
from acquis.i18n.vocabulary import word
from acquis.state import Question, State
from acquis.state.counting import support, tally
from acquis.state.reading import public_question, seat_of
from acquis.statistics.opinion_words import area_sentence
from acquis.statistics.statement_area import StatementArea
from acquis.statistics.summary import StatementAreas, areas, figures

Kind = Literal["consensus", "concern", "most_agree", "most_oppose", "unclear", "divided", "question", "noted"]
HEADS: dict[Kind, tuple[str, str]] = {
    "consensus": (
        N_("Areas of consensus"),
        N_("More than half agree in every group that can be shown, even at the low end of the range of uncertainty."),
    ),
    "most_agree": (
        N_("Agreed by most, but not an area of consensus"),
        N_("More than half of the votes so far agree. The range of uncertainty is too wide to say more."),
    ),
    "concern": (
        N_("Areas of concern"),
        N_("More than half disagree in every group that can be shown, even at the low end of the uncertainty."),
    ),
    "most_oppose": (
        N_("Opposed by most, but not an area of concern"),
        N_("More than half of the votes so far disagree. The range of uncertainty is too wide to say more."),
    ),
    "divided": (
        N_("Divided opinions"),
        N_("Two groups differ by more than chance, or many people agree while many others disagree."),
    ),
    "unclear": (
        N_("Passed by many"),
        N_("At least a third pass in every group that can be shown, even at the low end of the range of uncertainty."),
    ),
    "question": (N_("Questions with the most support"), ""),
    "noted": (N_("Interventions with a note"), ""),
}
"""Kind -> its heading and its rule in words, in the order of the desk. A heading says no more than the opinion map."""
_AREAS: dict[str, str] = {"most_agree": "consensus", "most_oppose": "concern"}
MOST = 8
"""The most offers of each kind."""
FIRST = {"takeaways": 2, "consensus": 3, "concern": 3, "calls_to_action": 1}
"""Part of a report -> the most sentences proposed for its beginning."""


class Offer(msgspec.Struct, frozen=True):
    """An entry that a sentence could cite, its kind, and the reason: a sentence with the figures."""

    entry: int
    kind: Kind
    because: str


def offers(
    state: State,
    language: str,
    most: int = MOST,
    listed: tuple[Figure, ...] | None = None,
    read: tuple[StatementAreas, StatementAreas] | None = None,
) -> list[Offer]:
    """Statements with most consensus, concern (or passes) and division, and those that most agree with or oppose
    without more; the most supported questions with any fate; turns with a note. At most `most` of each, the strongest
    first. `listed`: the figures; `read`: their areas, and those that are not firm; if they were computed before."""
    if read is None:
        listed = figures(state) if listed is None else listed
        read = areas(state, listed), areas(state, listed, firm=False)
    shared, loose = read
    settled = {area.statement for area in (*shared.consensus, *shared.concern, *shared.divided)}
    offered = [
        *_of_areas(state, "consensus", shared.consensus[:most], language),
        *_of_areas(state, "most_agree", _without(settled, loose.consensus)[:most], language),
        *_of_areas(state, "concern", shared.concern[:most], language),
        *_of_areas(state, "most_oppose", _without(settled, loose.concern)[:most], language),
        *_of_areas(state, "unclear", shared.unclear[: max(most - len(shared.concern), 0)], language),
        *_of_areas(state, "divided", shared.divided[:most], language),
        *_questions(state, language, most),
    ]
    noted = [turn.seq for turn in state.turns.values() if turn.note][:most]
    return [*offered, *(Offer(seq, "noted", say(language, N_("noted by the rapporteur"))) for seq in noted)]


def _without(statements: set[int], areas: list[StatementArea]) -> list[StatementArea]:
    return [area for area in areas if area.statement not in statements]


def _of_areas(state: State, kind: Kind, areas: Iterable[StatementArea], language: str) -> Iterator[Offer]:
    for area in areas:
        votes = say_many(language, N_("{n} vote"), N_("{n} votes"), tally(state, area.statement).total)
        yield Offer(area.statement, kind, f"{area_sentence(language, _AREAS.get(kind, kind), area)} {votes}.")


def _questions(state: State, language: str, most: int) -> Iterator[Offer]:
    asked = sorted(
        (q for q in state.questions.values() if public_question(q) and q.fate != "merged"),
        key=lambda question: (-support(state, question.seq), question.seq),
    )
    for question in asked[:most]:
        yield Offer(question.seq, "question", _why(state, question, language))


def _why(state: State, question: Question, language: str) -> str:
    """A question's number of supporters, its fate, and the number of groups concerned, in words."""
    people = say_many(language, N_("{n} person"), N_("{n} people"), support(state, question.seq))
    fate = word(language, "fate", question.fate)
    because = say(language, N_("supported by {people}, {fate}"), people=people, fate=fate)
    groups = len(concerned(state, question))
    if groups < 2:
        return because
    return (
        because
        + "; "
        + say_many(language, N_("raised or discussed by {n} group"), N_("raised or discussed by {n} groups"), groups)
    )


def concerned(state: State, question: Question) -> frozenset[str]:
    """The stakeholder groups of the people who asked the question or one merged into it, and of those who spoke on it.
    People who gave no group are left out."""
    same = {question.seq, *(merged.seq for merged in state.questions.values() if merged.into == question.seq)}
    asked = (state.questions[seq].attributes.stakeholder for seq in same)
    turns = [turn for turn in state.turns.values() if turn.question in same]
    seated = (seat.stakeholder for turn in turns if (seat := seat_of(state, turn.seat)))
    return frozenset(filter(None, (*asked, *(turn.attributes.stakeholder for turn in turns), *seated)))


def proposals(state: State, language: str, listed: list[Offer] | None = None) -> dict[str, list[Offer]]:
    """Part of the report -> proposed first sentences, from the votes and the questions. Parts that already have a
    sentence are left out. `listed`: the offers, if they were computed before."""
    offered = offers(state, language) if listed is None else listed
    by_kind: dict[str, list[Offer]] = {}
    for offer in offered:
        by_kind.setdefault(offer.kind, []).append(offer)
    asked = (state.questions[offer.entry] for offer in by_kind.get("question", []))
    unanswered = {question.seq for question in asked if question.fate == "not_reached" and support(state, question.seq)}
    pending = [offer for offer in by_kind.get("question", []) if offer.entry in unanswered]
    first = {
        "takeaways": by_kind.get("consensus", []),
        "calls_to_action": pending,
        "consensus": by_kind.get("consensus", []),
        "concern": [*by_kind.get("concern", []), *by_kind.get("unclear", []), *by_kind.get("divided", [])],
    }
    return {part: proposed[: FIRST[part]] for part, proposed in first.items() if not state.draft.get(part)}
