"""Markdown is rendered from the blocks of a document: every word of them is in it, and none is taken for markup."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis.documents.blocks import (
    Block,
    Check,
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
from acquis.documents.contents import contents
from acquis.documents.markdown import markdown

from .sessions import ARABIC, hostile, session_in, view_of
from .story import Recorded
from .test_exports import reported

SESSIONS: dict[str, Callable[[], Recorded]] = {"told": reported, "hostile": hostile, "ar": lambda: session_in(ARABIC)}


def document(session: Recorded) -> Contents:
    return contents(view_of(session), session.state, "en")


def words(found: Contents) -> list[str]:
    """Every text of a document but those of pictures, which the table or the paragraph after a picture has."""
    cover = found.cover
    texts = [found.title, cover.kind, *cover.under, *cover.notes, *(text for pair in cover.facts for text in pair)]
    for block in found.blocks:
        match block:
            case Heading(text) | Paragraph(text):
                texts.append(text)
            case Sentences(said):
                texts += [text for one in said for text in (one.text, one.remark)]
            case Notes(notes):
                texts += [text for note in notes for text in (note.what, note.text, note.facts)]
            case Table():
                cells = [line for row in block.rows for cell in row for line in cell.split("\n")]
                texts += [block.caption, *block.head, *cells]
    return texts


def bare(*blocks: Block) -> Contents:
    """A document whose cover says only "kind"."""
    check = Check(text="", address="", qr="", log="", fingerprint=())
    return Contents("x", Cover(kind="kind", tag="", under=(), seats=None, facts=(), notes=(), check=check), blocks)


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", SESSIONS)
def test_every_word_of_the_blocks_is_in_it(name: str) -> None:
    found = document(SESSIONS[name]())
    read = plain(re.sub(r"\\(.)", r"\1", markdown(found)))
    assert [text for text in words(found) if plain(text) not in read] == []


@given(st.text(), st.text(), st.text())
@settings(max_examples=times(200))
def test_a_block_stays_in_its_line(text: str, note: str, cell: str) -> None:
    blocks = (
        Heading(text),
        Paragraph(text),
        Sentences((Said(text, note, (1, 2)),)),
        Notes((Note(1, text, note, cell),)),
        Table(text, (note, "n"), ((cell.replace("\n", " "), "1"),)),
        Picture("<svg/>", text, note),
    )
    lines = markdown(bare(*blocks)).split("\n")
    assert len(lines) == 20
    assert lines[14].startswith("| ")


def test_a_picture_is_left_to_the_words_after_it() -> None:
    picture, table = Picture("<svg/>", "title", "In words."), Table("caption", ("a",), (("b",),))
    assert markdown(bare(picture)) == "# x\n\nkind\n\nIn words.\n"
    assert markdown(bare(picture, Paragraph("In words."))) == "# x\n\nkind\n\nIn words.\n"
    assert "In words." not in markdown(bare(picture, table))


def test_numbers_stand_to_the_right_and_lines_of_a_cell_side_by_side() -> None:
    table = Table("caption", ("what", "n"), (("a\nb", "1.5"), ("c", "20")))
    assert markdown(bare(table)).endswith("caption\n\n| what | n |\n| --- | ---: |\n| a · b | 1.5 |\n| c | 20 |\n")
