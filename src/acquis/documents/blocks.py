"""What a document is made of, whatever it is written with."""

from __future__ import annotations

import msgspec


class Heading(msgspec.Struct, frozen=True, tag_field="kind", tag="heading"):
    """A heading of level 1 or 2 below the title."""

    text: str
    level: int = 1


class Paragraph(msgspec.Struct, frozen=True, tag_field="kind", tag="paragraph"):
    """Plain words."""

    text: str


class Said(msgspec.Struct, frozen=True):
    """A sentence, what is noted beside it, the numbers of the evidence that it rests on. `entry` is the one that it is
    about, to which a page can link; 0: none."""

    text: str
    note: str = ""
    cites: tuple[int, ...] = ()
    entry: int = 0


class Sentences(msgspec.Struct, frozen=True, tag_field="kind", tag="sentences"):
    """A list of sentences."""

    said: tuple[Said, ...]


class Table(msgspec.Struct, frozen=True, tag_field="kind", tag="table"):
    """A table: every row as long as `head`; a cell may have several lines. widths: parts of the line, one a column; the
    first column names its row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


class Note(msgspec.Struct, frozen=True):
    """A piece of evidence: its number in the report, what it is, its text, and what the record says of it."""

    number: int
    what: str
    text: str
    facts: str


class Notes(msgspec.Struct, frozen=True, tag_field="kind", tag="notes"):
    """The evidence, which sentences point at."""

    notes: tuple[Note, ...]


class Picture(msgspec.Struct, frozen=True, tag_field="kind", tag="picture"):
    """A picture, its title, and the same in words."""

    svg: str
    title: str
    words: str


Block = Heading | Paragraph | Sentences | Table | Notes | Picture


class Contents(msgspec.Struct, frozen=True):
    """A whole document. facts: label and lines, for its head."""

    title: str
    lead: str
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    blocks: tuple[Block, ...]
