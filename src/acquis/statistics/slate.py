"""The short list of statements that represents the voters of a session, the audit of the questions that were put, and
the sentences on both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from acquis.events import SlateFigure, UnputFigure
from acquis.i18n import N_, say
from acquis.opinion.slate import FEWEST, Slate, Unheard, audited, slate
from acquis.state import Question, State
from acquis.state.reading import public_question
from acquis.statistics.opinion_map import Ballots, ballots, votes_of
from acquis.statistics.opinion_words import percent
from acquis.statistics.suppression import SMALLEST

FEWEST_VOTERS = 10
"""Of fewer voters no list is made: what is said of it would be about single people."""
TITLE = N_("Short list that represents the voters")
_EVERY = N_("Every group of more than one in {n} voters who agree on a statement finds one in this list.")
_HEARD = N_("{share}% of the voters agree with at least one of these statements ({n} of {people}).")
_NOBODY = N_("No group of five or more voters agrees with another statement and with none of this list.")
_UNHEARD = N_(
    "The largest group not represented in this list: {share}% of the voters ({n} of {people}). They agree with none of "
    "its statements, but with this one: “{text}”"
)
_MISSING = N_(
    "Not everyone voted on every statement. With an estimate for the missing votes, the largest such group has "
    "{expected}% of the voters. In the worst case, it has {worst}%."
)
_UNPUT = N_(
    "The largest group whose question was never put: {share}% of the people who supported a question "
    "({n} of {people}). They supported none of the questions that were put, but this one: “{text}”"
)
_ALL_PUT = N_("No group of five or more people supported a question that was never put and none of those that were.")

Text = Callable[[int], str]
"""Gives the text of a statement or question by its number."""


def is_shown(people: float) -> bool:
    """Whether a group is large enough to be spoken of."""
    return people >= SMALLEST


def figure_of(made: Slate, numbers: Sequence[int]) -> SlateFigure:
    """A short list as it is published. `numbers`: those of the statements, in the order of the votes."""
    audit = made.unheard
    listed = tuple(numbers[place] for place in made.statements)
    outside = numbers[audit.cast.statement] if is_shown(audit.cast.people) else 0
    sizes = {"cast": _size(audit.cast), "expected": _size(audit.expected), "worst": _size(audit.worst)}
    return SlateFigure(listed, made.people, made.heard, outside, **sizes)


def _size(unheard: Unheard) -> int:
    return round(unheard.people) if is_shown(unheard.people) else 0


@lru_cache(maxsize=16)
def _made(statements: tuple[int, ...], cast: tuple[bytes, ...], voices: int) -> SlateFigure:
    copied = Ballots(statements, cast, (("", "", ""),) * voices, 0)
    return figure_of(slate(votes_of(copied)), statements)


def slate_figure(state: State) -> SlateFigure | None:
    """The short list of the ballots of a state; None of fewer than FEWEST_VOTERS voters, and where there is nothing to
    choose from. The last 16 results are kept."""
    copied = ballots(state)
    if len(copied.statements) <= FEWEST or copied.voters < FEWEST_VOTERS:
        return None
    return _made(copied.statements, copied.cast, len(copied.declared))


def audited_figure(state: State, listed: Sequence[int]) -> SlateFigure | None:
    """The audit of any list of statements by the ballots of a state; None if one of them has no votes there."""
    copied = ballots(state)
    if not set(listed) <= set(copied.statements):
        return None
    places = [copied.statements.index(entry) for entry in listed]
    return figure_of(audited(votes_of(copied), places), copied.statements)


def slate_sentences(language: str, figure: SlateFigure, text: Text) -> Iterator[str]:
    """What a short list guarantees, how many people it represents, and the largest group that it does not."""
    of = {"people": figure.people}
    yield say(language, _EVERY, n=len(figure.statements) + 1)
    yield say(language, _HEARD, share=percent(figure.heard / figure.people), n=figure.heard, **of)
    if figure.cast:
        share, named = percent(figure.cast / figure.people), text(figure.outside)
        yield say(language, _UNHEARD, share=share, n=figure.cast, text=named, **of)
    else:
        yield say(language, _NOBODY)
    if figure.worst > figure.cast:
        expected, worst = (percent(size / figure.people) for size in (figure.expected, figure.worst))
        yield say(language, _MISSING, expected=expected, worst=worst)


# --- Questions --------------------------------------------------------------------------------------------------------


def unput_figure(state: State) -> UnputFigure | None:
    """The largest group of supporters of a question that was never put, of whom nobody supported one that was; None
    where no voices are known or nobody supported a question. Withheld, withdrawn and merged questions do not count, and
    a question that was answered in writing counts as put."""
    asked = [q for q in state.questions.values() if public_question(q) and q.fate not in ("merged", "withdrawn")]
    everybody = set[int]().union(*(question.supporters for question in asked))
    if not everybody:
        return None
    heard = set[int]().union(*(question.supporters for question in asked if was_put(question)))
    sizes = Counter({q.seq: len(q.supporters - heard) for q in asked if not was_put(q)})
    question, people = max(sizes.items(), key=lambda item: (item[1], -item[0]), default=(0, 0))
    return UnputFigure(len(everybody), question, people) if is_shown(people) else UnputFigure(len(everybody))


def was_put(question: Question) -> bool:
    """Whether a question was put to the floor, or answered in writing."""
    return question.put_at > 0 or question.fate in ("answered_live", "answered_in_writing", "on_floor")


def unput_sentence(language: str, figure: UnputFigure, text: Text) -> str:
    """The largest group whose question was never put, or that there is none."""
    if not figure.people:
        return say(language, _ALL_PUT)
    share = percent(figure.people / figure.supporters)
    facts = {"n": figure.people, "people": figure.supporters, "text": text(figure.question)}
    return say(language, _UNPUT, share=share, **facts)
