"""A document as Markdown (CommonMark with the tables of GitHub), rendered from its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from acquis.documents.blocks import Block, Contents, Heading, Note, Notes, Paragraph, Picture, Said, Sentences, Table

_BEGINS = re.compile(r"^(\d*)([.)#+=-])")
"""What would begin a heading or a list at the start of a text."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def markdown(document: Contents) -> str:
    """A document as Markdown. No text in it is taken for markup.

    A picture is left to its words, which are the table or the paragraph after it where there is one."""
    parts = [f"# {flat(document.title)}"]
    parts += [flat(document.lead)] if document.lead else []
    parts += ["\n".join(_facts(document))] if document.facts else []
    for block, following in zip_longest(document.blocks, document.blocks[1:]):
        parts += _block(block, following)
    return "\n\n".join(parts) + "\n"


def flat(text: str) -> str:
    """A text in one line that Markdown does not take for markup, also where it begins a line."""
    return _BEGINS.sub(r"\1\\\2", inline(text))


def inline(text: str) -> str:
    """A text in one line that Markdown does not take for markup inside a line."""
    return "".join("\\" + c if c in "\\`*_[]<>|~" else c for c in " ".join(text.split()))


def _facts(document: Contents) -> Iterator[str]:
    """The head of the form, a line for each label."""
    for label, values in document.facts:
        yield f"- {flat(label)}: {'; '.join(map(inline, values))}"


def _block(block: Block, following: Block | None) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * (level + 1)} {flat(text)}"
        case Paragraph(text):
            yield flat(text)
        case Sentences(said):
            yield "\n".join(f"- {_sentence(one)}" for one in said)
        case Notes(notes):
            yield "\n".join(f"{note.number}. {_note(note)}" for note in notes)
        case Table():
            yield flat(block.caption)
            yield "\n".join(_table(block))
        case Picture(words=words):
            if not isinstance(following, Table | Paragraph):
                yield flat(words)


def _sentence(said: Said) -> str:
    marks = "".join(f"[{number}]" for number in said.cites)
    return _with(" ".join(filter(None, (flat(said.text), marks))), said.note)


def _note(note: Note) -> str:
    return _with(": ".join(filter(None, (flat(note.what), inline(note.text)))), note.facts)


def _with(text: str, note: str) -> str:
    """A text with what is noted beside it, set off unless it stands in brackets."""
    if not note:
        return text
    return f"{text} {inline(note)}" if note.startswith("(") else f"{text} · {inline(note)}"


def _table(table: Table) -> Iterator[str]:
    """The lines of a table; columns of numbers are set to the right. The lines of a cell are set off with a dot."""
    columns = list(zip(*table.rows))[1:]
    numbers = [all(_NUMBER.fullmatch(cell) for cell in column) for column in columns]
    yield _row(map(inline, table.head))
    yield _row(["---", *("---:" if right else "---" for right in numbers)])
    for row in table.rows:
        yield _row(" · ".join(map(inline, cell.split("\n"))) for cell in row)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
