"""A transcript as it is shown before it enters the record: its form and encoding, the names, and what is doubtful."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from acquis.captions import READERS, Form, Spoken, Transcript
from acquis.captions.match import Match
from acquis.floor.transcripts import Entering

TURNS_SHOWN, LINES_SHOWN, NAMES_SHOWN = 200, 200, 300
ENCODINGS = (
    "utf-8",
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1256",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_kr",
)
"""The encodings that can be chosen: those in which files without Unicode are mostly written."""


class TranscriptPreview(msgspec.Struct, frozen=True):
    """A transcript and its names, or none if it could not be read; form, encoding: as chosen, or empty; guesses: the
    encodings that are possible."""

    form: Form | None
    encoding: str
    transcript: Transcript | None = None
    matches: tuple[Match, ...] = ()
    guesses: tuple[str, ...] = ()
    offers: Mapping[str, int] = {}
    """Offered speaker -> number of the turns of which the file does not say who speaks, the most first."""
    confirmed: frozenset[str] = frozenset()
    """The offered speakers that were confirmed."""
    begun: bool = False
    """Whether this is only the beginning of a file, of which the rest is still being sent."""

    @property
    def format(self) -> str:
        """The name of the form, as a message."""
        form = self.transcript.form if self.transcript else None
        return next((reader.accepts for reader in READERS if reader.form == form), "")

    @property
    def turns(self) -> list[Spoken]:
        """The doubtful turns and the first of the others, in their order."""
        turns = self.transcript.turns if self.transcript else ()
        doubtful = [n for n, turn in enumerate(turns) if not turn.speaker][:TURNS_SHOWN]
        shown = sorted({*doubtful, *range(min(len(turns), TURNS_SHOWN))})
        return [turns[n] for n in shown[: 2 * TURNS_SHOWN]]

    @property
    def doubtful(self) -> int:
        """The number of turns whose speaker is unknown or only offered."""
        return sum(not turn.speaker for turn in self.transcript.turns) if self.transcript else 0

    @property
    def counts(self) -> Mapping[str, int]:
        """Name -> number of its turns."""
        counts: dict[str, int] = {}
        for turn in self.transcript.turns if self.transcript else ():
            counts[turn.speaker] = counts.get(turn.speaker, 0) + 1
        return counts

    @property
    def encodings(self) -> tuple[str, ...]:
        """The encodings to choose from, the possible ones first."""
        return tuple(dict.fromkeys((*self.guesses, *ENCODINGS)))


def preview_of(form: Form | None, encoding: str, transcript: Transcript, entry: Entering) -> TranscriptPreview:
    """The preview of a transcript that could be read."""
    return TranscriptPreview(form, encoding, transcript, entry.matches[:NAMES_SHOWN])
