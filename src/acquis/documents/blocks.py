"""The blocks of a document, which all output formats render."""

from __future__ import annotations

import msgspec


class Heading(msgspec.Struct, frozen=True, tag_field="kind", tag="heading"):
    """A heading of level 1 or 2 below the title."""

    text: str
    level: int = 1


class Paragraph(msgspec.Struct, frozen=True, tag_field="kind", tag="paragraph"):
    """A paragraph of plain text."""

    text: str


class Said(msgspec.Struct, frozen=True):
    """A sentence, a note on it, and the numbers of its notes of evidence. `entry`: the entry that it is about, to which
    a page can link; 0 for none."""

    text: str
    note: str = ""
    cites: tuple[int, ...] = ()
    entry: int = 0


class Sentences(msgspec.Struct, frozen=True, tag_field="kind", tag="sentences"):
    """A bulleted list of sentences."""

    said: tuple[Said, ...]


class Table(msgspec.Struct, frozen=True, tag_field="kind", tag="table"):
    """A table. Every row is as long as `head`; a cell may have several lines; the first column is the row header.
    widths: relative width of each column."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


class Note(msgspec.Struct, frozen=True):
    """A piece of evidence: its number in the report, its kind in words, its text, and facts from the record."""

    number: int
    what: str
    text: str
    facts: str


class Notes(msgspec.Struct, frozen=True, tag_field="kind", tag="notes"):
    """The evidence that sentences cite."""

    notes: tuple[Note, ...]


class Picture(msgspec.Struct, frozen=True, tag_field="kind", tag="picture"):
    """A picture, its title, and its description in words."""

    svg: str
    title: str
    words: str


Block = Heading | Paragraph | Sentences | Table | Notes | Picture


class Contents(msgspec.Struct, frozen=True):
    """A whole document. facts: pairs of a label and its lines, for the head."""

    title: str
    lead: str
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    blocks: tuple[Block, ...]
