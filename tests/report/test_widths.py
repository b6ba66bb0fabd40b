"""Heads of tables: no word is broken, in any format. Widths are measured with the letters of a wide bold font."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from tests.report.sessions import hostile, view_of
from tests.report.story import Recorded
from tests.report.test_exports import reported

from acquis.documents.blocks import Table
from acquis.documents.contents import contents
from acquis.documents.docx import docx
from acquis.documents.pdf import pdf
from acquis.documents.widths import LEAST, PADDING, SIZE, columns

pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed: the PDF cannot be read again")
WIDE = 470.0
EMS = {
    **dict.fromkeys("ijlI.,:;'|", 0.38),
    **dict.fromkeys("frt()/- ", 0.5),
    **dict.fromkeys("mwM", 1.05),
    **dict.fromkeys("W", 1.11),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ", 0.83),
}
"""The widths of the letters of DejaVu Sans Bold, and 0.72 for all others."""
LETTERS = st.text("abcdefghijklmnopqrstuvwxyzABC", min_size=1, max_size=13)


def width(word: str, size: float) -> float:
    return size * sum(EMS.get(letter, 0.72) for letter in word)


def tables(found: Recorded) -> list[Table]:
    document = contents(view_of(found), found.state, "en")
    return [block for block in document.blocks if isinstance(block, Table)]


@given(st.lists(LETTERS, min_size=1, max_size=9), st.text(max_size=400))
def test_the_columns_fill_the_page_and_hold_their_heads(heads: list[str], text: str) -> None:
    table = Table("x", ("Group", *heads), ((text, *("0" for _ in heads)),))
    fitted = columns(table, WIDE)
    assert sum(fitted.widths) == pytest.approx(WIDE, abs=0.5)
    assert LEAST <= fitted.size <= SIZE
    if fitted.size > LEAST:
        for head, column in zip(table.head, fitted.widths, strict=True):
            assert width(head, fitted.size) <= column - PADDING / 2


def test_figures_stand_at_the_end_of_their_column() -> None:
    rows = (("12", "x", "1.5", ""), ("7", "9 x", "20", ""))
    assert Table("c", ("n", "what", "of", "none"), rows).figures == (False, False, True, False)


@pytest.mark.parametrize("found", [reported(), hostile()])
def test_no_word_of_a_head_is_wider_than_its_column_in_the_text_document(found: Recorded) -> None:
    document = Document(io.BytesIO(docx(view_of(found), found.state, "en")))
    heads = [table.rows[0] for table in document.tables if table._tbl.tblPr.find(qn("w:tblCaption")) is not None]
    assert len(heads) == len(tables(found)) > 4
    for row in heads:
        for cell in row.cells:
            twips = int(next(cell._tc.iter(qn("w:tcW"))).get(qn("w:w")))
            half_points = int(next(cell._tc.iter(qn("w:sz"))).get(qn("w:val")))
            for word in cell.text.split():
                assert width(word, half_points / 2) <= twips / 20 - PADDING / 2, word


@pytest.mark.parametrize("found", [reported(), hostile()])
def test_every_word_of_a_head_is_whole_in_the_pdf(found: Recorded) -> None:
    pages = pdfium.PdfDocument(pdf(view_of(found), found.state, "en"))
    words = {word for sheet in pages for word in sheet.get_textpage().get_text_bounded().split()}
    heads = {word for table in tables(found) for name in table.head for word in name.split()}
    assert heads - words == set()
