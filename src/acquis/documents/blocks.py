"""The blocks of a document, which all output formats render."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from acquis.claims.wording import SaidVerdict, check_line
from acquis.i18n import say

_FIGURE = re.compile(r"(?:\d+(?:\.\d+)?)?")


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
    a page can link; 0 for none. `about`: identifiers of items of the reference; `topics`: their titles in a line."""

    text: str
    note: str = ""
    cites: tuple[int, ...] = ()
    entry: int = 0
    about: tuple[str, ...] = ()
    topics: str = ""
    confirmed: ChairNote | None = None
    checked: tuple[SaidVerdict, ...] = ()
    """What the check of the report says of it."""
    reason: str = ""
    """Why it was published although it does not agree with the record, in words."""
    origin: str = ""
    """Who wrote the draft made elsewhere with which it came, in words."""

    @property
    def remark(self) -> str:
        """Everything that is noted beside the sentence, in one line."""
        confirmed = ""
        if self.confirmed:
            quoted = f" “{self.confirmed.text}”" if self.confirmed.text else ""
            confirmed = f"({self.confirmed.note}{quoted})"
        checked = f"({check_line(self.checked)})" if self.checked else ""
        return " ".join(filter(None, (self.topics, self.note, self.origin, confirmed, checked, self.reason)))


class Sentences(msgspec.Struct, frozen=True, tag_field="kind", tag="sentences"):
    """A list of the sentences of a report, each with the numbers of its evidence; numbered, or with bullets."""

    said: tuple[Said, ...]
    numbered: bool = False


class Table(msgspec.Struct, frozen=True, tag_field="kind", tag="table"):
    """A table. Every row is as long as `head`; a cell may have several lines; the first column is the row header.
    anchors: the identifier of each row in a page, "q12" for the question of entry 12; empty for none."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    anchors: tuple[str, ...] = ()

    @property
    def figures(self) -> tuple[bool, ...]:
        """Whether each column has only figures, which are aligned at their end; never the row headers."""
        columns = list(zip(*self.rows, strict=True))[1:] if self.rows else [()] * (len(self.head) - 1)
        return (False, *(any(column) and all(map(_FIGURE.fullmatch, column)) for column in columns))


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


def picture(svg: str) -> Picture:
    """A picture with the title and the description that its SVG contains."""
    return Picture(svg, _element_text(svg, "title"), _element_text(svg, "desc"))


def _element_text(svg: str, tag: str) -> str:
    text = svg.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


Block = Heading | Paragraph | Sentences | Table | Notes | Picture


class Seats(msgspec.Struct, frozen=True):
    """The arch of seats of a cover: a picture, what it shows in words to be read aloud, the figure in it with the words
    that say what is counted, and the key of its signs."""

    svg: str
    words: str
    number: str
    counted: str
    key: str = ""


class Check(msgspec.Struct, frozen=True):
    """How a reader verifies a document: sentences, the address of the record with its QR code as SVG (both empty if the
    address is not known), and a sentence on the log with its fingerprint in groups of digits."""

    text: str
    address: str
    qr: str
    log: str
    fingerprint: tuple[str, ...]


class Cover(msgspec.Struct, frozen=True):
    """The first page. `kind`: what the document is; `tag`: the mark of a rehearsal, or empty; `under`: event, time and
    place; `facts`: six pairs of a label and a value; `notes`: what a reader has to know first."""

    kind: str
    tag: str
    under: tuple[str, ...]
    seats: Seats | None
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    check: Check


class Contents(msgspec.Struct, frozen=True):
    """A whole document."""

    title: str
    cover: Cover
    blocks: tuple[Block, ...]


def as_data(block: Block) -> dict[str, Any]:
    """A block as templates read it: its fields and its kind, of each sentence also `remark`, and of a table also
    `figures`."""
    data: dict[str, Any] = msgspec.to_builtins(block)
    if isinstance(block, Table):
        data["figures"] = block.figures
    if isinstance(block, Sentences):
        for said, fields in zip(block.said, data["said"], strict=True):
            fields["remark"] = said.remark
    return data


def worded_table(
    language: str,
    caption: str,
    head: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    anchors: tuple[str, ...] = (),
) -> Table:
    """A table whose caption and columns are messages."""
    return Table(say(language, caption), tuple(say(language, name) for name in head), rows, anchors)
