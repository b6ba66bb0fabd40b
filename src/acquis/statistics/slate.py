"""The short list of statements that represents the voters of a session, the audit of the questions that were put, and
the sentences on both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import msgspec
import numpy as np

from acquis.attributes import LANE, STAKEHOLDER
from acquis.events import GroupSlate, SlateFigure, UnputFigure
from acquis.i18n import N_, say
from acquis.i18n.vocabulary import word
from acquis.opinion import Mask, Votes
from acquis.opinion.slate import FEWEST, Slate, Unheard, audited, even_weights, is_proportional, slate
from acquis.state import Question, State
from acquis.state.reading import public_question, public_statement
from acquis.statistics.opinion_map import Ballots, ballots, votes_of
from acquis.statistics.opinion_words import percent
from acquis.statistics.suppression import SMALLEST
from acquis.statistics.totals import KINDS, cast_votes, counted_votes
from acquis.text.caches import TextCache

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
_EVEN = {
    STAKEHOLDER.name: N_("This also holds if all stakeholder groups shown count the same, whatever their size."),
    LANE.name: N_("This also holds if the room and online participants count the same, whatever their number."),
}
_IN_GROUP = N_("{group}: {share}% agree with at least one of these statements ({n} of {of}).")
_PART = N_("{group}: {n} agree with none of these statements, but with this one: “{text}”")
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
    cast, expected, worst = map(_size, (audit.cast, audit.expected, audit.worst))
    return SlateFigure(listed, made.people, made.heard, outside, cast=cast, expected=expected, worst=worst)


def _size(unheard: Unheard) -> int:
    return round(unheard.people) if is_shown(unheard.people) else 0


class DeclaredKind(msgspec.Struct, frozen=True):
    """The declared groups of one kind ("stakeholder") that are shown: their names, and of each a byte for each voter,
    1 for its members."""

    kind: str
    names: tuple[str, ...]
    members: tuple[bytes, ...]

    def belongs(self) -> Mask:
        """(n, groups): who belongs to which."""
        return np.frombuffer(b"".join(self.members), np.bool_).reshape(len(self.names), -1).T


class SlateVotes(msgspec.Struct, frozen=True):
    """The votes from which a list is made and audited, and the declared groups. A public log has the ballots, and no
    groups."""

    cast: Ballots
    declared: tuple[DeclaredKind, ...] = ()


_figures: TextCache[object, SlateFigure] = TextCache(16, None)


def voted(state: State) -> SlateVotes:
    """The votes of a state, with the groups that are published if it is known who belongs to them."""
    if not state.voices:
        return SlateVotes(ballots(state))
    cast = cast_votes(state)
    counted = counted_votes(cast)
    public = [place for place, seq in enumerate(cast.statements) if public_statement(state.statements[seq])]
    rows = cast.table[:, public].any(1)
    columns = tuple(cast.table[rows, place].tobytes() for place in public)
    nobody = (("", "", ""),) * int(np.count_nonzero(rows))
    statements = tuple(cast.statements[place] for place in public)
    declared = []
    for attribute, kind, shown in zip(KINDS, counted.kinds, counted.shown, strict=True):
        members = tuple((kind.codes[rows] == code).tobytes() for code in shown)
        declared.append(DeclaredKind(attribute.name, tuple(kind.names[code] for code in shown), members))
    return SlateVotes(Ballots(statements, columns, nobody, 0), tuple(kind for kind in declared if kind.names))


def slate_figure(state: State) -> SlateFigure | None:
    """The short list of the votes of a state; None of fewer than FEWEST_VOTERS voters, and where there is nothing to
    choose from. The last 16 results are kept."""
    read = voted(state)
    if len(read.cast.statements) <= FEWEST or read.cast.voters < FEWEST_VOTERS:
        return None
    key = read.cast.statements, read.cast.cast, read.declared
    return _figures.get(key, lambda: _figure(read))


def audited_figure(state: State, listed: Sequence[int]) -> SlateFigure | None:
    """The audit of any list of statements by the votes of a state; None if one of them has no votes there."""
    read = voted(state)
    if not set(listed) <= set(read.cast.statements):
        return None
    return _figure(read, [read.cast.statements.index(entry) for entry in listed])


def _figure(read: SlateVotes, chosen: Sequence[int] | None = None) -> SlateFigure:
    """The figure of the list that is chosen, or of the best one."""
    votes, numbers = votes_of(read.cast), read.cast.statements
    there = np.diff(votes.start) > 0
    weights = {kind.kind: even_weights(kind.belongs(), there) for kind in read.declared if len(kind.names) > 1}
    made = slate(votes, weights=[*weights.values()]) if chosen is None else audited(votes, chosen)
    groups = (
        group_slate(votes.of_people(inside), made.statements, name, numbers)
        for kind in read.declared
        for name, inside in zip(kind.names, kind.belongs().T, strict=True)
    )
    return msgspec.structs.replace(
        figure_of(made, numbers),
        groups=tuple(group for group in groups if group is not None),
        even=tuple(kind for kind, weight in weights.items() if is_proportional(votes, made.statements, weight)),
    )


def group_slate(own: Votes, listed: Sequence[int], name: str, numbers: Sequence[int]) -> GroupSlate | None:
    """The audit of a list in a group with these votes; None if one to four of its people are represented, or are
    not."""
    audit = figure_of(audited(own, listed), numbers)
    if any(0 < part < SMALLEST for part in (audit.heard, audit.people - audit.heard)):
        return None
    return GroupSlate(name, audit.people, audit.heard, audit.outside, audit.cast)


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
