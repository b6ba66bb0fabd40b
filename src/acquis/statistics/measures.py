"""How often moderators held something back or acted on a person, with the reasons: what everybody may know of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from acquis.i18n import N_, say
from acquis.i18n.vocabulary import word
from acquis.state import State

Kind: TypeAlias = Literal["questions", "statements", "texts", "names", "silenced", "votes"]

HELD_BACK: tuple[Kind, ...] = ("questions", "statements", "texts")
SENTENCES: dict[Kind, str] = {
    "questions": N_("Questions withheld by the moderators: {n} ({reasons})."),
    "statements": N_("Statements withheld by the moderators: {n} ({reasons})."),
    "texts": N_("Other texts withheld by the moderators: {n} ({reasons})."),
    "names": N_("Names changed or removed by the moderators: {n} ({reasons})."),
    "silenced": N_("People silenced by the moderators: {n} ({reasons})."),
    "votes": N_("People whose votes are left out of the published results: {n} ({reasons})."),
}


def measures_taken(state: State) -> dict[Kind, Counter[str]]:
    """Kind of measure -> reason -> how many are in force. Nothing in it is about one person."""
    return {
        "questions": Counter(q.reason for q in state.questions.values() if q.fate == "held_back"),
        "statements": Counter(s.reason for s in state.statements.values() if s.fate == "held_back"),
        "texts": Counter(reason for reason in state.measures.withheld.values() if reason),
        "names": Counter(state.measures.renamed.values()),
        "silenced": Counter(state.measures.silenced.values()),
        "votes": Counter(votes.reason for votes in state.measures.struck.values()),
    }


def measures_words(language: str, state: State, kinds: Iterable[Kind] = tuple(SENTENCES)) -> Iterator[str]:
    """A sentence for each of these kinds of measures that were taken."""
    taken = measures_taken(state)
    for kind in kinds:
        if counts := taken[kind]:
            reasons = ", ".join(f"{n} {word(language, 'reason', reason)}" for reason, n in counts.most_common())
            yield say(language, SENTENCES[kind], n=counts.total(), reasons=reasons)
