"""The short list of statements that represents the voters of a session, and the sentences on it and its audit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from acquis.i18n import N_, say
from acquis.opinion.slate import FEWEST, Readings, Slate, Unheard, slate
from acquis.statistics.opinion_map import Ballots, votes_of
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


@lru_cache(maxsize=16)
def _made(statements: tuple[int, ...], cast: tuple[bytes, ...], voices: int) -> Slate:
    return slate(votes_of(Ballots(statements, cast, (("", "", ""),) * voices, 0)))


def recorded_slate(ballots: Ballots) -> Slate | None:
    """The short list of these ballots, in which statements have the numbers of their places; None of fewer than
    FEWEST_VOTERS voters, and where there is nothing to choose from. The last 16 results are kept."""
    if ballots.voters < FEWEST_VOTERS or len(ballots.statements) <= FEWEST:
        return None
    return _made(ballots.statements, ballots.cast, len(ballots.declared))


def is_shown(unheard: Unheard) -> bool:
    """Whether a group without a voice is large enough to be spoken of."""
    return unheard.people >= SMALLEST


def slate_sentences(language: str, listed: Slate, text: Callable[[int], str]) -> Iterator[str]:
    """What a short list guarantees, how many people it represents, and the largest group that it does not. `text`:
    gives the text of a statement by its number."""
    yield say(language, _EVERY, n=len(listed.statements) + 1)
    yield say(language, _HEARD, share=percent(listed.heard / listed.people), n=listed.heard, people=listed.people)
    yield from unheard_sentences(language, listed.unheard, listed.people, text)


def unheard_sentences(language: str, unheard: Readings, people: int, text: Callable[[int], str]) -> Iterator[str]:
    """The largest of the groups that a list of statements leaves out, by the votes and by what the missing ones may
    be."""
    cast, expected, worst = unheard.cast, unheard.expected.people / people, unheard.worst.people / people
    if is_shown(cast):
        facts = {"n": round(cast.people), "people": people, "text": text(cast.statement)}
        yield say(language, _UNHEARD, share=percent(cast.people / people), **facts)
    else:
        yield say(language, _NOBODY)
    if is_shown(unheard.worst) and unheard.worst.people > cast.people:
        yield say(language, _MISSING, expected=percent(expected), worst=percent(worst))
