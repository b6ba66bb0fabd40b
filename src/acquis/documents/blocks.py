"""The blocks of a document, which all output formats render."""

from __future__ import annotations

from typing import Any

import msgspec


class Heading(msgspec.Struct, frozen=True, tag_field="kind", tag="heading"):
    """A heading of level 1 or 2 below the title. `anchor` is the identifier of its section in a page; empty: none."""

    text: str
    level: int = 1
    anchor: str = ""


class Paragraph(msgspec.Struct, frozen=True, tag_field="kind", tag="paragraph"):
    """A paragraph of plain text, without marks for headings, links or emphasis."""

    text: str


class ChairNote(msgspec.Struct, frozen=True):
    """How a sentence compares with what the chair confirmed: in words, the text as it was confirmed where it differs,
    and whether the two are the same."""

    note: str
    text: str = ""
    same: bool = True


class Said(msgspec.Struct, frozen=True):
    """A sentence, a note on it, and the numbers of its notes of evidence. `entry`: the entry that it is about, to which
    a page can link; 0 for none. `about`: identifiers of items of the reference."""

    text: str
    note: str = ""
    cites: tuple[int, ...] = ()
    entry: int = 0
    about: tuple[str, ...] = ()
    confirmed: ChairNote | None = None

    @property
    def remark(self) -> str:
        """Everything that is noted beside the sentence, in one line."""
        about = f"({', '.join(self.about)})" if self.about else ""
        confirmed = ""
        if self.confirmed:
            quoted = f" “{self.confirmed.text}”" if self.confirmed.text else ""
            confirmed = f"({self.confirmed.note}{quoted})"
        return " ".join(filter(None, (about, self.note, confirmed)))


class Sentences(msgspec.Struct, frozen=True, tag_field="kind", tag="sentences"):
    """A bulleted list of the sentences of a report, each with the numbers of its evidence."""

    said: tuple[Said, ...]


class Table(msgspec.Struct, frozen=True, tag_field="kind", tag="table"):
    """A table. Every row is as long as `head`; a cell may have several lines; the first column is the row header.
    widths: relative width of each column. anchors: the identifier of each row in a page, "q12" for the question of
    entry 12; empty for none."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    anchors: tuple[str, ...] = ()


class Note(msgspec.Struct, frozen=True):
    """A piece of evidence: its number in the report, its kind in words, its text, and facts from the record."""

    number: int
    what: str
    text: str
    facts: str


class Notes(msgspec.Struct, frozen=True, tag_field="kind", tag="notes"):
    """The evidence that the sentences cite, in the order of its numbers."""

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


def as_data(block: Block) -> dict[str, Any]:
    """A block as templates read it: its fields and its kind, and of each sentence also `remark`."""
    data: dict[str, Any] = msgspec.to_builtins(block)
    if isinstance(block, Sentences):
        for said, fields in zip(block.said, data["said"], strict=True):
            fields["remark"] = said.remark
    return data
