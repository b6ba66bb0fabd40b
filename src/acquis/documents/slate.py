"""The short list of a conversation as data, sentences and lines, for `acquis opinion`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from acquis.i18n import N_, say
from acquis.i18n.vocabulary import word
from acquis.opinion import OpinionMap, Votes
from acquis.opinion.slate import FEWEST, Slate, Unheard, audited, model, slate
from acquis.statistics.opinion_words import percent
from acquis.statistics.slate import FEWEST_VOTERS, TITLE, figure_of, is_shown, slate_sentences
from acquis.statistics.suppression import SMALLEST


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
    it is fewer than five people. groups: the same in the declared groups. said: the sentences."""

    statements: list[str]
    people: int
    heard: int
    silent: int
    cast: UnheardLine | None
    expected: UnheardLine | None
    worst: UnheardLine | None
    groups: list[GroupHeard]
    said: list[str]


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
    made = slate(votes, model(votes, opinion.axes, opinion.positions))
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
        groups=list(_groups(opinion, votes, memberships, made, language)),
        said=list(slate_sentences(language, figure_of(made, range(len(ids))), text)),
    )


def _line(unheard: Unheard, ids: list[str]) -> UnheardLine | None:
    return UnheardLine(ids[unheard.statement], round(unheard.people, 3)) if is_shown(unheard.people) else None


def _groups(
    opinion: OpinionMap,
    votes: Votes,
    memberships: Mapping[str, Mapping[Any, Sequence[str]]],
    made: Slate,
    language: str,
) -> Iterator[GroupHeard]:
    """The declared groups whose votes are shown, unless one to four of their people are heard, or are not."""
    ids = [str(statement) for statement in votes.statements]
    for kind, read in opinion.constituencies.items():
        for name in read.names:
            inside = np.array([name in memberships[kind].get(person, ()) for person in votes.people], np.bool_)
            own = audited(votes.of_people(inside), made.statements)
            if any(0 < part < SMALLEST for part in (own.heard, own.people - own.heard)):
                continue
            shown = {"group": word(language, "group", name), "share": percent(own.heard / max(own.people, 1))}
            message = N_("{group}: {share}% agree with at least one of these statements (voters: {of}).")
            sentence = say(language, message, of=own.people, **shown)
            yield GroupHeard(kind, name, own.people, own.heard, _line(own.unheard.cast, ids), sentence)


def slate_lines(read: SlateResult | None, named: Callable[[str], str], language: str) -> Iterator[str]:
    """The short list in lines of text for a terminal."""
    if read is None:
        return
    yield ""
    yield f"{say(language, TITLE)} ({len(read.statements)})"
    yield from (f"  {named(statement)}" for statement in read.statements)
    yield from (f"  {sentence}" for sentence in read.said)
    yield from (f"    {group.sentence}" for group in read.groups)
