"""The short list of statements that represents the voters of a session, and the audit of the questions that were put,
with its sentences."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

import msgspec
import numpy as np

from acquis.figures import GroupSlate, SlateFigure, UnputFigure
from acquis.i18n import N_, say
from acquis.opinion.slate import FEWEST, audited, even_weights, is_proportional, slate
from acquis.state import Question, State
from acquis.state.reading import public_question, public_statement
from acquis.statistics.opinion_map import Ballots, ballots, votes_of
from acquis.statistics.opinion_words import percent
from acquis.statistics.slate_words import (
    FEWEST_VOTERS,
    DeclaredGroups,
    Text,
    figure_of,
    group_slate,
    group_slates,
    is_shown,
)
from acquis.statistics.totals import KINDS, cast_votes, counted_votes
from acquis.text.caches import TextCache

_UNPUT = N_(
    "The largest group whose question was never put: {share}% of the people who supported a question "
    "({n} of {people}). They supported none of the questions that were put, but this one: “{text}”"
)
_ALL_PUT = N_(
    "No question that was never put to the panel has five or more supporters who supported none of the questions "
    "that were."
)


class DeclaredKind(msgspec.Struct, frozen=True):
    """The declared groups of one kind ("stakeholder") that are shown: their names, of each a byte for each voter, 1 for
    its members, and a byte for each statement, 1 where its votes are shown."""

    kind: str
    names: tuple[str, ...]
    members: tuple[bytes, ...]
    shown: tuple[bytes, ...]

    def groups(self) -> DeclaredGroups:
        """The same as arrays."""
        belongs, shown = (np.frombuffer(b"".join(rows), np.bool_) for rows in (self.members, self.shown))
        number = len(self.names)
        return DeclaredGroups(self.names, belongs.reshape(number, -1).T, shown.reshape(number, -1))


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
    figures, declared = {(figure.group, figure.statement) for figure in counted.figures}, []
    for attribute, kind, shown in zip(KINDS, counted.kinds, counted.shown, strict=True):
        members = tuple((kind.codes[rows] == code).tobytes() for code in shown)
        names = tuple(kind.names[code] for code in shown)
        on = tuple(bytes((name, seq) in figures for seq in statements) for name in names)
        declared.append(DeclaredKind(attribute.name, names, members, on))
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


def possible_groups(state: State, listed: Sequence[int]) -> set[GroupSlate]:
    """The audits of a list in all groups of the totals of a state, also those that are left out, with and without the
    statement outside the list."""
    read = voted(state)
    votes, numbers = votes_of(read.cast), read.cast.statements
    chosen = [numbers.index(entry) for entry in listed]
    audits = [
        group_slate(votes.of_people(inside), chosen, name, numbers)
        for kind in read.declared
        for name, inside in zip(kind.names, kind.groups().belongs.T, strict=True)
    ]
    return {*audits, *(msgspec.structs.replace(audit, outside=0, cast=0) for audit in audits)}


def _figure(read: SlateVotes, chosen: Sequence[int] | None = None) -> SlateFigure:
    """The figure of the list that is chosen, or of the best one."""
    votes, numbers = votes_of(read.cast), read.cast.statements
    there = np.diff(votes.start) > 0
    kinds = [kind.groups() for kind in read.declared]
    weights = {
        kind.kind: even_weights(groups.belongs, there)
        for kind, groups in zip(read.declared, kinds, strict=True)
        if len(kind.names) > 1
    }
    made = slate(votes, weights=[*weights.values()]) if chosen is None else audited(votes, chosen)
    groups = group_slates(votes, made.statements, kinds, numbers)
    return msgspec.structs.replace(
        figure_of(made, numbers),
        groups=tuple(itertools.chain.from_iterable(groups)),
        even=tuple(kind for kind, weight in weights.items() if is_proportional(votes, made.statements, weight)),
    )


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
