"""The event of publishing the report, with its sentences and figures."""

from __future__ import annotations

from typing import ClassVar, Literal

import msgspec

from acquis.events.base import Event
from acquis.figures import Figure, OpinionFigure, SlateFigure, UnputFigure

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
