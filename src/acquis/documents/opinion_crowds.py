"""Accounts that vote nearly alike, and what the result would be without them, as data and as sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

import numpy as np

from acquis.documents.opinion_result import CrowdLine, CrowdsResult, ListChange, Result
from acquis.i18n import N_, N_plural, say, say_many
from acquis.opinion import OpinionMap, Votes, comparable, crowds, opinion_map, removed
from acquis.opinion.crowds import COMPARED, FEWEST_ACCOUNTS
from acquis.opinion.files import Conversation
from acquis.statistics.opinion_words import structure_sentence

LISTED = 10
_CHANGES = {
    "consensus": (
        N_("Agreed in any list: {before}. Without these accounts: {after}."),
        N_("Agreed only without these accounts"),
        N_("Agreed only with these accounts"),
    ),
    "concern": (
        N_("Opposed in any list: {before}. Without these accounts: {after}."),
        N_("Opposed only without these accounts"),
        N_("Opposed only with these accounts"),
    ),
    "divided": (
        N_("Divided in any list: {before}. Without these accounts: {after}."),
        N_("Divided only without these accounts"),
        N_("Divided only with these accounts"),
    ),
}


def crowds_result(opinion: OpinionMap, source: Conversation, votes: Votes, language: str) -> CrowdsResult | None:
    """The crowds in the `votes` of a map, and the map without them; None if the votes are not here."""
    if not len(votes.people):
        return None
    compared, listed = comparable(votes), crowds(votes)
    if not listed:
        return CrowdsResult(compared)
    accounts = np.array(sorted(chain.from_iterable(crowd.people for crowd in listed)), np.int64)
    left = removed(votes, accounts)
    rest = opinion_map(left, memberships=source.memberships, least_difference=opinion.least_difference)
    assert rest.structure is not None, "camps are looked for unless it is said otherwise"
    return CrowdsResult(
        compared,
        [CrowdLine([str(votes.people[number]) for number in crowd.people], crowd.equal) for crowd in listed],
        verdict=rest.structure.verdict,
        k=rest.k,
        said=structure_sentence(language, rest.structure),
        changes=[_change(kind, opinion, rest) for kind in _CHANGES],
    )


def _change(kind: str, opinion: OpinionMap, rest: OpinionMap) -> ListChange:
    # Opinion groups do not divide a statement, so that "divided" compares the declared groups, if one map has some.
    declared = kind == "divided" and (opinion.k > 1) != (rest.k > 1)
    before, after = (_in_any(kind, read, declared=declared) for read in (opinion, rest))
    gained, lost = (
        [str(opinion.statements[j]) for j in sorted(several)] for several in (after - before, before - after)
    )
    return ListChange(kind, len(before), len(after), gained, lost)


def _in_any(kind: str, opinion: OpinionMap, *, declared: bool) -> set[int]:
    """The statements (numbers) in a list over the declared groups of any kind, or (not `declared`) over the discovered
    ones or everybody too."""
    readings = [of_kind.areas for of_kind in opinion.constituencies.values()]
    return {
        area.statement
        for read in (readings if declared else [opinion.areas, *readings])
        for area in getattr(read, kind)
    }


def crowd_sentences(read: Result, language: str) -> list[str]:
    """The warning beside the verdict; empty if no accounts vote nearly alike. It names nobody."""
    if read.crowds is None or not read.crowds.crowds:
        return []
    message = N_plural(
        "{n} account votes nearly alike. Check that they are different people.",
        "{n} accounts vote nearly alike. Check that they are different people.",
    )
    warned = [say_many(language, *message, len(crowd.people)) for crowd in read.crowds.crowds]
    changes = (
        say(language, _CHANGES[change.kind][0], before=change.before, after=change.after)
        for change in read.crowds.changes
        if change.before or change.after
    )
    return [*warned, say(language, N_("Without them: {said}"), said=read.crowds.said), *changes]


def crowd_lists(read: Result, language: str) -> Iterator[tuple[str, Sequence[str]]]:
    """The statements (ids) that change their list without the accounts, with a title for each list."""
    for change in read.crowds.changes if read.crowds else ():
        _, gained, lost = _CHANGES[change.kind]
        yield from (
            (say(language, title), listed) for title, listed in ((gained, change.gained), (lost, change.lost)) if listed
        )


def uncompared(read: Result, language: str) -> str:
    """That accounts were not compared, because they have too few votes; empty otherwise."""
    if read.crowds is None or read.crowds.compared >= FEWEST_ACCOUNTS:
        return ""
    message = N_("Accounts were not compared with each other, because too few have {needed} or more votes.")
    return say(language, message, needed=COMPARED)


def crowd_text(read: Result, named: Callable[[str], str], language: str) -> Iterable[str]:
    """The warning and the statements that change, in lines of text for a terminal."""
    yield from crowd_sentences(read, language)
    for title, listed in crowd_lists(read, language):
        yield f"{title} ({len(listed)})"
        yield from (f"  {named(statement)}" for statement in listed[:LISTED])
    if sentence := uncompared(read, language):
        yield sentence
