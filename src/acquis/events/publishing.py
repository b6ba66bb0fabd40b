"""The event of publishing the report, with its sentences and figures."""

from __future__ import annotations

from typing import ClassVar, Literal

import msgspec

from acquis.events.base import Event

Origin = Literal["", "person", "machine", "both"]
"""Who wrote a draft that was made elsewhere; empty: it was written at the report desk."""


class Sentence(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A sentence of the report, the entries that are its evidence (turns, spoken lines, questions, statements), and the
    items of the reference ("norm-j") that it is about. `reason`: why it was published although the check of the report
    found that it does not agree with the record. `origin`: who wrote it, if it came with a draft from elsewhere."""

    text: str
    cites: tuple[int, ...] = ()
    about: tuple[str, ...] = ()
    reason: str = ""
    origin: Origin = ""


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


class Section(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A field of the full report, by its name in the profile ("session_report"), and its paragraphs."""

    field: str
    paragraphs: tuple[Sentence, ...] = ()


class ReportPublished(Event, frozen=True, gc=False, omit_defaults=True):
    """A version of the report was published. A later version corrects it and says what changed; all versions remain
    available. The figures were computed from the log up to entry `upto`."""

    identifies: ClassVar[tuple[str, ...]] = (
        "takeaways",
        "calls_to_action",
        "consensus",
        "concern",
        "correction",
        "sections",
    )
    takeaways: tuple[Sentence, ...] = ()
    calls_to_action: tuple[Sentence, ...] = ()
    consensus: tuple[Sentence, ...] = ()
    concern: tuple[Sentence, ...] = ()
    figures: tuple[Figure, ...] = ()
    upto: int = 0
    correction: str = ""
    opinion: OpinionFigure | None = None
    sections: tuple[Section, ...] = ()
    slate: SlateFigure | None = None
    unput: UnputFigure | None = None
    rest: str = ""
    """Why the inputs up to `upto` of which nothing else is said were not used: a code of the public list
    (`contributions/reasons.yaml`); empty: there were none."""
