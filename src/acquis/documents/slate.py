"""The short list of a conversation as data, sentences and lines, for `acquis opinion`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from acquis.i18n import N_, say
from acquis.opinion import OpinionMap, Votes
from acquis.opinion.constituencies import members, published
from acquis.opinion.slate import FEWEST, Slate, Unheard, even_weights, is_proportional, model, slate
from acquis.statistics.opinion_words import kind_title
from acquis.statistics.slate_words import (
    FEWEST_VOTERS,
    TITLE,
    DeclaredGroups,
    figure_of,
    group_sentence,
    group_slates,
    is_shown,
    slate_sentences,
)


class UnheardLine(msgspec.Struct, frozen=True):
    """A group without a voice: the statement on which it agrees, and the number of its people (expected numbers have
    decimals)."""

    statement: str
    people: float


class GroupHeard(msgspec.Struct, frozen=True):
    """Of the voters of a declared group, those who agree with at least one statement of the short list, and the largest
    part of it that is without a voice; None where it is fewer than five people."""

    kind: str
    group: str
    people: int
    heard: int
    cast: UnheardLine | None
    sentence: str


class SlateResult(msgspec.Struct, frozen=True):
    """The short list that represents the voters, and its audit. statements: their ids. people: voters; heard: those who
    agree with at least one of them; silent: those who agreed with nothing at all. cast, expected, worst: the largest
    group without a voice, by the votes as they were cast, in expectation over the missing ones, and at most; None where
    it is fewer than five people. groups: the same in the declared groups. even: the kinds of groups for which the list
    is also proportional if every group that is shown counts the same. said: the sentences."""

    statements: list[str]
    people: int
    heard: int
    silent: int
    cast: UnheardLine | None
    expected: UnheardLine | None
    worst: UnheardLine | None
    groups: list[GroupHeard]
    said: list[str]
    even: list[str] = []


def slate_result(
    opinion: OpinionMap,
    votes: Votes,
    memberships: Mapping[str, Mapping[Any, Sequence[str]]],
    texts: Mapping[Any, str],
    language: str,
) -> SlateResult | None:
    """The short list of the votes of a map; None of too few voters, and where there is nothing to choose from."""
    if np.count_nonzero(np.diff(votes.start)) < FEWEST_VOTERS or len(votes.statements) <= FEWEST:
        return None
    declared = {kind: read for kind, read in _declared(opinion, votes, memberships) if len(read.names)}
    there = np.diff(votes.start) > 0
    weights = {kind: even_weights(read.belongs, there) for kind, read in declared.items() if len(read.names) > 1}
    made = slate(votes, model(votes, opinion.axes, opinion.positions), [*weights.values()])
    even = [kind for kind, weight in weights.items() if is_proportional(votes, made.statements, weight)]
    ids = [str(statement) for statement in votes.statements]
    readings = made.unheard

    def text(number: int) -> str:
        return texts.get(votes.statements[number]) or ids[number]

    return SlateResult(
        [ids[number] for number in made.statements],
        people=made.people,
        heard=made.heard,
        silent=made.silent,
        cast=_line(readings.cast, ids),
        expected=_line(readings.expected, ids),
        worst=_line(readings.worst, ids),
        groups=list(_groups(votes, declared, made, language)),
        said=[*slate_sentences(language, figure_of(made, range(len(ids))), text), *_evenly(even, language)],
        even=even,
    )


def _declared(
    opinion: OpinionMap, votes: Votes, memberships: Mapping[str, Mapping[Any, Sequence[str]]]
) -> Iterator[tuple[str, DeclaredGroups]]:
    """For each kind the groups that are shown."""
    named = [members(votes.people, memberships[kind]) for kind in opinion.constituencies]
    for kind, (names, _), read in zip(opinion.constituencies, named, published(votes, [own for _, own in named])):
        kept = np.flatnonzero(read.shown.any(1))
        yield kind, DeclaredGroups([names[group] for group in kept], read.belongs[:, kept], read.shown[kept])


def _evenly(even: Sequence[str], language: str) -> Iterator[str]:
    for kind in even:
        message = N_("This also holds if all groups of “{kind}” count the same, whatever their size.")
        yield say(language, message, kind=kind_title(language, kind))


def _line(unheard: Unheard, ids: list[str]) -> UnheardLine | None:
    return UnheardLine(ids[unheard.statement], round(unheard.people, 3)) if is_shown(unheard.people) else None


def _groups(votes: Votes, declared: Mapping[str, DeclaredGroups], made: Slate, language: str) -> Iterator[GroupHeard]:
    """The audits in the declared groups where they can be shown."""
    ids = [str(statement) for statement in votes.statements]
    for kind, audits in zip(declared, group_slates(votes, made.statements, [*declared.values()], range(len(ids)))):
        for own in audits:
            left = _line(Unheard(own.outside, own.cast), ids)
            yield GroupHeard(kind, own.group, own.people, own.heard, left, group_sentence(language, own))


def slate_lines(read: SlateResult | None, named: Callable[[str], str], language: str) -> Iterator[str]:
    """The short list in lines of text for a terminal."""
    if read is None:
        return
    yield ""
    yield f"{say(language, TITLE)} ({len(read.statements)})"
    yield from (f"  {named(statement)}" for statement in read.statements)
    yield from (f"  {sentence}" for sentence in read.said)
    yield from (f"    {group.sentence}" for group in read.groups)
