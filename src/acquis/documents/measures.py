"""What moderators held back and whom they acted on, as blocks: numbers with reasons, and nothing of the texts."""

from __future__ import annotations

from collections.abc import Iterator

from acquis.documents.blocks import Block, Heading, Paragraph
from acquis.i18n import N_, say
from acquis.state import State
from acquis.statistics.measures import measures_words


def moderation(state: State, language: str) -> Iterator[Block]:
    """A sentence for each kind of measure that moderators took; no block without any."""
    if sentences := list(measures_words(language, state)):
        yield Heading(say(language, N_("Moderation")), anchor="moderation")
        yield from map(Paragraph, sentences)
