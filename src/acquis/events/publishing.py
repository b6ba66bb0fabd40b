"""The event of publishing the report, with its sentences and figures."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from acquis.events.base import Event


class Sentence(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A sentence of the report, the entries that are its evidence (turns, spoken lines, questions, statements), and the
    items of the reference ("norm-j") that it is about."""

    text: str
    cites: tuple[int, ...] = ()
    about: tuple[str, ...] = ()


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
