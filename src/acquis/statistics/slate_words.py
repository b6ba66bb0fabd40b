"""The figures of a short list of statements that represents the voters, and the sentences on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from acquis.attributes import LANE, STAKEHOLDER
from acquis.figures import GroupSlate, SlateFigure
from acquis.i18n import N_, say
from acquis.i18n.vocabulary import word
from acquis.opinion import Mask, Votes
from acquis.opinion.disclosure import SMALLEST, shown_beside
from acquis.opinion.slate import Slate, Unheard, audited, is_heard
from acquis.statistics.opinion_words import percent

FEWEST_VOTERS = 10
"""Of fewer voters no list is made: what is said of it would be about single people."""
TITLE = N_("Short list that represents the voters")
_EVERY = N_(
    "If more than one in {n} voters agree on a statement, at least one of them agrees with a statement in this list."
)
_HEARD = N_("{share}% of the voters agree with at least one of these statements ({n} of {people}).")
_NOBODY = N_("No other statement has five or more voters who agree with it and with none of this list.")
_UNHEARD = N_(
    "The largest group not represented in this list: {share}% of the voters ({n} of {people}). They agree with none of "
    "its statements, but with this one: “{text}”"
)
_MISSING = N_(
    "Not everyone voted on every statement. With an estimate for the missing votes, the largest such group has "
    "{expected}% of the voters. In the worst case, it has {worst}%."
)
_EVEN = {
    STAKEHOLDER.name: N_("This also holds if all stakeholder groups shown count the same, whatever their size."),
    LANE.name: N_("This also holds if the room and online participants count the same, whatever their number."),
}
_IN_GROUP = N_("{group}: {share}% agree with at least one of these statements ({n} of {of}).")
_PART = N_("{group}: {n} agree with none of these statements, but with this one: “{text}”")

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
    cast, expected, worst = map(_size, (audit.cast, audit.expected, audit.worst))
    return SlateFigure(listed, made.people, made.heard, outside, cast=cast, expected=expected, worst=worst)


def _size(unheard: Unheard) -> int:
    return round(unheard.people) if is_shown(unheard.people) else 0


@dataclass(frozen=True)
class DeclaredGroups:
    """The declared groups of one kind that are shown: their names, the people who count in each (n, groups), and the
    statements on which its votes are shown (groups, m)."""

    names: Sequence[str]
    belongs: Mask
    shown: Mask


def group_slates(
    votes: Votes, listed: Sequence[int], kinds: Sequence[DeclaredGroups], numbers: Sequence[int]
) -> list[list[GroupSlate]]:
    """For each kind the audits of a list in the groups where they can be shown.

    Whether a person is represented counts as a vote on one more statement (see `opinion.disclosure`), and one to four
    people of a group are never said to be represented, or not. The votes of the group have to be shown on each
    statement of the list, since otherwise they could follow, and the same holds of the statement outside it."""
    chosen, there = list(listed), np.diff(votes.start) > 0
    whole = [np.asarray(kind.belongs & kind.shown[:, chosen].all(1)) for kind in kinds]
    can_be_shown = shown_beside(whole, there, is_heard(votes, chosen))
    result = []
    for kind, groups in zip(kinds, can_be_shown, strict=True):
        of_kind = [
            (group, group_slate(votes.of_people(kind.belongs[:, group]), chosen, kind.names[group], numbers))
            for group in np.flatnonzero(groups).tolist()
        ]
        result.append(
            [_without_hidden(audit, kind.shown[group], numbers) for group, audit in of_kind if _is_large(audit)]
        )
    return result


def group_slate(own: Votes, listed: Sequence[int], name: str, numbers: Sequence[int]) -> GroupSlate:
    """The audit of a list in a group with these votes, whether or not it can be shown."""
    audit = figure_of(audited(own, listed), numbers)
    return GroupSlate(name, audit.people, audit.heard, audit.outside, audit.cast)


def _is_large(audit: GroupSlate) -> bool:
    """Whether nobody or at least five people of a group are represented, and nobody or five are not."""
    return not any(0 < part < SMALLEST for part in (audit.heard, audit.people - audit.heard))


def _without_hidden(audit: GroupSlate, shown: Mask, numbers: Sequence[int]) -> GroupSlate:
    """The audit without the statement outside the list, if the votes of the group on it are not shown."""
    seen = not audit.cast or shown[list(numbers).index(audit.outside)]
    return audit if seen else GroupSlate(audit.group, audit.people, audit.heard)


def slate_sentences(language: str, figure: SlateFigure, text: Text) -> Iterator[str]:
    """What a short list guarantees, how many people it represents, and the largest group that it does not."""
    of = {"people": figure.people}
    if figure.cast * (len(figure.statements) + 1) <= figure.people:
        yield say(language, _EVERY, n=len(figure.statements) + 1)
    yield from (say(language, _EVEN[kind]) for kind in figure.even if kind in _EVEN)
    yield heard_sentence(language, figure)
    if figure.cast:
        share, named = percent(figure.cast / figure.people), text(figure.outside)
        yield say(language, _UNHEARD, share=share, n=figure.cast, text=named, **of)
    else:
        yield say(language, _NOBODY)
    if figure.worst > figure.cast:
        expected, worst = (percent(size / figure.people) for size in (figure.expected, figure.worst))
        yield say(language, _MISSING, expected=expected, worst=worst)


def heard_sentence(language: str, figure: SlateFigure) -> str:
    """How many people a short list represents."""
    share = percent(figure.heard / max(figure.people, 1))
    return say(language, _HEARD, share=share, n=figure.heard, people=figure.people)


def parts_left(language: str, figure: SlateFigure, text: Text) -> Iterator[str]:
    """The largest part of each declared group that a short list does not represent."""
    for group in figure.groups:
        if group.cast:
            facts = {"group": word(language, "group", group.group), "text": text(group.outside)}
            yield say(language, _PART, n=group.cast, **facts)


def group_sentence(language: str, group: GroupSlate) -> str:
    """How many of a declared group a short list represents."""
    facts = {"group": word(language, "group", group.group), "n": group.heard, "of": group.people}
    return say(language, _IN_GROUP, share=percent(group.heard / max(group.people, 1)), **facts)
