"""The published report: its sentences and its figures."""

from __future__ import annotations

import msgspec

from acquis.events.base import Event


class Sentence(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One sentence of the report, the entries (turns, questions, statements) it rests on, and the items of the
    reference ("norm-j") that it is about."""

    text: str
    cites: tuple[int, ...] = ()
    about: tuple[str, ...] = ()


class Figure(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The votes on a statement: of everybody (`group` empty), or of one stakeholder group or lane."""

    statement: int
    agree: int
    disagree: int
    passes: int
    group: str = ""


class OpinionFigure(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What the votes show as a whole: the number of groups of opinion and how many people are in each (one: no groups),
    the verdict on their firmness, the people who voted, and the digest of the sums that all of it was read from."""

    groups: int
    sizes: tuple[int, ...]
    firmness: str
    people: int
    digest: str


class Section(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A field of the longer report, by its name in the profile ("session_report"), and its paragraphs."""

    field: str
    paragraphs: tuple[Sentence, ...] = ()


class ReportPublished(Event, frozen=True, gc=False, omit_defaults=True):
    """The report is out. A later one corrects it and says what changed; every version stays readable. The figures
    were computed from the log up to entry `upto`."""

    takeaways: tuple[Sentence, ...] = ()
    calls_to_action: tuple[Sentence, ...] = ()
    consensus: tuple[Sentence, ...] = ()
    concern: tuple[Sentence, ...] = ()
    figures: tuple[Figure, ...] = ()
    upto: int = 0
    correction: str = ""
    opinion: OpinionFigure | None = None
    sections: tuple[Section, ...] = ()
