"""A document as Markdown (CommonMark with the tables of GitHub), rendered from its blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from acquis.documents.blocks import (
    Block,
    Contents,
    Cover,
    Heading,
    Note,
    Notes,
    Paragraph,
    Picture,
    Said,
    Sentences,
    Table,
)
from acquis.text.plain_text import markdown_inline, markdown_line


def markdown(document: Contents) -> str:
    """A document as Markdown. All its texts are escaped.

    A picture is replaced by its description, unless a table or paragraph with the same content follows."""
    parts = [f"# {markdown_line(document.title)}", *_cover(document.cover)]
    for block, following in zip_longest(document.blocks, document.blocks[1:]):
        parts += _block(block, following)
    return "\n\n".join(parts) + "\n"


def _cover(cover: Cover) -> Iterator[str]:
    """What the cover says, without its pictures."""
    yield from map(markdown_line, (cover.kind, *cover.under, *cover.notes))
    if cover.facts:
        yield "\n".join(f"- {markdown_line(label)}: {markdown_inline(value)}" for label, value in cover.facts)
    if cover.check.address:
        yield f"{markdown_line(cover.check.text)} {markdown_inline(cover.check.address)}"


def _block(block: Block, following: Block | None) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * (level + 1)} {markdown_line(text)}"
        case Paragraph(text):
            yield markdown_line(text)
        case Sentences(said, numbered):
            marks = (f"{number}." if numbered else "-" for number in range(1, len(said) + 1))
            yield "\n".join(f"{mark} {_sentence(sentence)}" for mark, sentence in zip(marks, said, strict=True))
        case Notes(notes):
            yield "\n".join(f"{note.number}. {_note(note)}" for note in notes)
        case Table():
            yield markdown_line(block.caption)
            yield "\n".join(_table(block))
        case Picture(words=words):
            if not isinstance(following, Table | Paragraph):
                yield markdown_line(words)


def _sentence(said: Said) -> str:
    marks = "".join(f"[{number}]" for number in said.cites)
    return _with(" ".join(filter(None, (markdown_line(said.text), marks))), said.remark)


def _note(note: Note) -> str:
    return _with(": ".join(filter(None, (markdown_line(note.what), markdown_inline(note.text)))), note.facts)


def _with(text: str, note: str) -> str:
    """A text and a note, separated by a dot unless the note is in brackets."""
    if not note:
        return text
    return f"{text} {markdown_inline(note)}" if note.startswith("(") else f"{text} · {markdown_inline(note)}"


def _table(table: Table) -> Iterator[str]:
    """The lines of a table. Columns of numbers are aligned right; the lines of a cell are separated by a dot."""
    yield _row(map(markdown_inline, table.head))
    yield _row("---:" if figures else "---" for figures in table.figures)
    for row in table.rows:
        yield _row(" · ".join(map(markdown_inline, cell.split("\n"))) for cell in row)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
