"""How the same people voted at two moments of a session."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence

import numpy as np

from acquis.documents.blocks import Block, Heading, Paragraph
from acquis.documents.movement import movement_blocks
from acquis.events import MovedFigure
from acquis.i18n import N_, say
from acquis.opinion.movement import movement_of_counts

_TITLE = N_("Votes that were changed during the session")
_ABOUT = N_(
    "The first moment of a statement is when voting on it was closed or the next segment began, once five people had "
    "voted. The second moment is the end of the session. Statements are left out if their figures could reveal the "
    "votes of few people."
)


def two_moments(moved: Sequence[MovedFigure], texts: Mapping[Hashable, str], language: str) -> Iterator[Block]:
    """The picture and the table of the change, with the numbers of people who changed their votes; no block where no
    statement can be shown. texts: the statements of the session."""
    if not moved:
        return
    yield Heading(say(language, _TITLE), 2, anchor="moments")
    yield Paragraph(say(language, _ABOUT))
    agree = np.array([(figure.agree, figure.agree + figure.came - figure.left) for figure in moved], np.int64)
    voters = np.array([(figure.voters, figure.voters) for figure in moved], np.int64)
    turned = np.array([(figure.came, figure.left) for figure in moved], np.int64)
    pairs = [(figure.statement, figure.statement) for figure in moved]
    yield from movement_blocks(movement_of_counts(pairs, agree, voters, turned), texts, language, "turned")
