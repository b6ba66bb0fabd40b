"""The figures of votes and questions that a report publishes. The command line computes some of them of a file, which
needs no event."""

from __future__ import annotations

import msgspec


class Figure(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """The votes on a statement: of all people (`group` empty), or of one stakeholder group or lane."""

    statement: int
    # A count that is missing is 0; one that is 0 is written all the same: a factory is no default to be left out.
    agree: int = msgspec.field(default_factory=int)
    disagree: int = msgspec.field(default_factory=int)
    passes: int = msgspec.field(default_factory=int)
    group: str = ""


class OpinionFigure(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Figures of the opinion map: the sizes of the groups of opinion (one: no groups), the verdict on their firmness,
    the number of people who voted, the digest of the sums from which the map was computed, and the method by which
    groups were found. Method 1 cut the map (verdicts firm, loose, none, few); see `opinion.structure` for method 2
    (camps, spectrum, undecided, none, few)."""

    groups: int
    sizes: tuple[int, ...]
    firmness: str
    people: int
    digest: str
    method: int = 1


class GroupSlate(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The short list in a declared group. people: of the group who voted; heard: of these, who agree with at least one
    statement of the list. outside, cast: the statement on which the largest part of the group without a voice agrees,
    and its size; 0 if it is below five."""

    group: str
    people: int
    heard: int
    outside: int = 0
    cast: int = 0


class SlateFigure(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The short list that represents the voters, and its audit (`opinion.slate`). statements: their entries. people:
    who voted; heard: who agree with at least one of them. outside: the statement on which the largest group without a
    voice agrees; cast, expected, worst: the size of such a group by three readings of the votes that were not cast. A
    number is 0 if it is below five. groups: the same in the declared groups that are shown. even: the kinds of groups
    ("stakeholder") for which the list is also proportional if every group that is shown counts the same."""

    statements: tuple[int, ...]
    people: int
    heard: int
    outside: int = 0
    cast: int = 0
    expected: int = 0
    worst: int = 0
    groups: tuple[GroupSlate, ...] = ()
    even: tuple[str, ...] = ()


class UnputFigure(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Of the people who supported a question, the largest number who supported the same one, which was never put, and
    none of those that were: both 0 if they are fewer than five. supporters: all who supported a question."""

    supporters: int
    question: int = 0
    people: int = 0
