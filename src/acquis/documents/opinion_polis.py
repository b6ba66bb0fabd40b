"""The results of Polis for the same votes, as data and as lines of text, for comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec
import numpy as np

from acquis.i18n import N_, say
from acquis.opinion.arrays import Ints
from acquis.opinion.files import Conversation
from acquis.opinion.polis import PolisReading, polis_reading
from acquis.opinion.polis_lists import ConsensusEntry, Representing


class PolisLine(msgspec.Struct, frozen=True):
    """A statement in a list of Polis: whether by agreement or by disagreement, how many people voted so, of how many.
    share: with one pseudo-count on each side, as Polis computes it."""

    statement: str
    agree: bool
    success: int
    trials: int
    share: float


class PolisStatement(msgspec.Struct, frozen=True):
    """The figures of Polis for a statement: group-informed consensus (a product over the groups), the priority with
    which it is shown next, and the extremity on the map."""

    statement: str
    informed: float
    priority: float
    extremity: float


class PolisResult(msgspec.Struct, frozen=True):
    """What Polis would show. given: the groups are those of the export (`group-id`); otherwise they are those of a cold
    start. groups: their sizes. representative: a list for each group."""

    given: bool
    groups: list[int]
    agreed: list[PolisLine]
    disagreed: list[PolisLine]
    representative: list[list[PolisLine]]
    statements: list[PolisStatement]


def polis_result(source: Conversation) -> PolisResult:
    """The results of Polis for a conversation, with its own groups where the export holds them."""
    labels = _labels(source)
    reading = polis_reading(source.votes, source.moderated, source.meta, labels)
    return PolisResult(
        given=labels is not None,
        groups=[int((reading.label == g).sum()) for g in range(int(reading.label.max(initial=-1)) + 1)],
        agreed=[_line(reading, entry, agree=True) for entry in reading.agreed],
        disagreed=[_line(reading, entry, agree=False) for entry in reading.disagreed],
        representative=[[_line(reading, entry, agree=entry.agree) for entry in of] for of in reading.representative],
        statements=[
            PolisStatement(str(statement), float(informed), float(priority), float(extremity))
            for statement, informed, priority, extremity in zip(
                reading.statements, reading.consensus, reading.priority, reading.extremity
            )
        ],
    )


def _labels(source: Conversation) -> Ints | None:
    """(n,) the groups of the export in the order of their ids, -1 for none; None if it holds no groups."""
    if not source.polis_groups:
        return None
    names = sorted(set(source.polis_groups.values()), key=lambda name: (len(name), name))
    number = {name: place for place, name in enumerate(names)}
    return np.array([number.get(source.polis_groups.get(person, ""), -1) for person in source.votes.people], np.int64)


def _line(reading: PolisReading, entry: ConsensusEntry | Representing, *, agree: bool) -> PolisLine:
    return PolisLine(str(reading.statements[entry.statement]), agree, entry.success, entry.trials, entry.share)


def polis_lists(read: PolisResult, language: str) -> Iterable[tuple[str, Sequence[PolisLine]]]:
    """The titles and the lists of Polis that are not empty: of all people, then of each group."""
    lists = [(say(language, N_("Most people agree")), read.agreed)]
    lists.append((say(language, N_("Most people disagree")), read.disagreed))
    for number, (size, entries) in enumerate(zip(read.groups, read.representative), 1):
        title = N_("Statements that represent group {number} (people: {size})")
        lists.append((say(language, title, number=number, size=size), entries))
    return [(title, entries) for title, entries in lists if entries]


def polis_sentence(entry: PolisLine, language: str) -> str:
    """How many people voted so."""
    message = N_("Agree: {success} of {of}.") if entry.agree else N_("Disagree: {success} of {of}.")
    return say(language, message, success=entry.success, of=entry.trials)


def polis_origin(read: PolisResult, language: str) -> str:
    """Where the groups of this comparison come from."""
    return say(
        language,
        N_("The groups are those in the export of Polis.")
        if read.given
        else N_("The groups are computed from these votes alone. The groups that Polis showed can differ."),
    )


def polis_lines(read: PolisResult, named: Callable[[str], str], language: str) -> Iterable[str]:
    """The results in lines of text for a terminal. named: the id and the text of a statement."""
    yield say(language, N_("For comparison: the results of Polis"))
    yield polis_origin(read, language)
    for title, entries in polis_lists(read, language):
        yield f"{title} ({len(entries)})"
        for entry in entries:
            yield f"  {named(entry.statement)}\n      {polis_sentence(entry, language)}"
