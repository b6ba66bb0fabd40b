"""The declaration of a reader of transcripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from acquis.captions.turns import Form, Transcript


@dataclass(frozen=True, kw_only=True)
class TranscriptReader:
    """A reader of one form of transcript. The page, the command line, and the table in docs/captions.md are made from
    these declarations.

    `form` is its name, also for `acquis import captions --form`; `accepts` is a message that names the format, and
    `sign` one that says how it is recognized. `example`, `kept` and `doubtful` are for the table: a short text in the
    form, what enters the turns beyond the words, and where no speaker is stated. `recognises` is called with the first
    20,000 characters without leading blanks. `read` is called with the whole text, with line ends normalized, and with
    its lines; it raises CaptionsError."""

    form: Form
    accepts: str
    sign: str
    example: str
    kept: str
    doubtful: str
    recognises: Callable[[str], bool]
    read: Callable[[str, list[str]], Transcript]


def table(readers: Iterable[TranscriptReader]) -> str:
    """The declarations as a table in Markdown, for docs/captions.md."""
    rows = [("form", "example", "recognized by", "what is kept", "what is doubtful"), ("---",) * 5]
    for reader in readers:
        example = "<br>".join(f"`{line}`" for line in reader.example.split("\n") if line)
        rows.append((f"`{reader.form}`: {reader.accepts}", example, reader.sign, reader.kept, reader.doubtful))
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |\n" for row in rows)
