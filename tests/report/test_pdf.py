"""The report as PDF: read again with another program and compared with the view."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache

import pytest
from tests.effort import EFFORT
from tests.work import calls

from acquis import events as ev
from acquis.documents.contents import heard_rows
from acquis.documents.docx import docx
from acquis.documents.page import page
from acquis.documents.pdf import LENT, Missing, Pdf, _families, missing_sentence, png, scripts_of, typeset
from acquis.statistics.concentration import dimension_sentences
from acquis.statistics.heard import account
from acquis.text.plain_text import one_line

from .sessions import ARABIC, CHINESE, HELD, HOSTILE, RUSSIAN, hostile, largest, session_in, view_of
from .story import HELD_BACK, PROPOSED, WAITING, Recorded, published, recorded, session
from .test_exports import reported

pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed: the PDF cannot be read again")
MADE: dict[str, Callable[[], Recorded]] = {
    "told": reported,
    "hostile": hostile,
    "ar": lambda: session_in(ARABIC),
    "zh": lambda: session_in(CHINESE),
    "ru": lambda: session_in(RUSSIAN),
}


@cache
def made(name: str, language: str = "en") -> Pdf:
    found = MADE[name]()
    return typeset(view_of(found), found.state, language)


@cache
def words(name: str) -> str:
    """The text of all pages, without the places where lines were broken."""
    pages = pdfium.PdfDocument(made(name).content)
    return tight("".join(one.get_textpage().get_text_bounded() for one in pages))


HEARD = ("In the room and online", "By stakeholder group", "By regional group", "By gender", "Timeline")


def tight(text: str) -> str:
    return "".join(text.replace("\u200b", "").replace("\ufffe", "").split())


def test_the_document_is_named_tagged_and_in_a_language() -> None:
    document = pdfium.PdfDocument(made("told").content)
    assert document.get_metadata_value("Title") == "Names & numbers <of> cyberspace"
    assert pdfium.raw.FPDFCatalog_IsTagged(document.raw)
    size = pdfium.raw.FPDFCatalog_GetLanguage(document.raw, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.raw.FPDFCatalog_GetLanguage(document.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    assert buffer.raw.decode("utf-16-le").rstrip("\0") == "en"


def test_it_says_that_it_keeps_to_the_standards() -> None:
    assert made("told").missing is None
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made("told").content
    assert b"<pdfaid:part>2</pdfaid:part>" in made("told").content


def said(read: Callable[..., int], *of: object) -> str:
    """A text that PDFium writes as UTF-16 into a buffer of the length that it asks for."""
    size = read(*of, None, 0)
    buffer = ctypes.create_string_buffer(size)
    read(*of, buffer, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def scope(element: object) -> str:
    """The scope of a head of a table; empty if the tag has none."""
    raw = pdfium.raw
    for number in range(raw.FPDF_StructElement_GetAttributeCount(element)):
        attributes = raw.FPDF_StructElement_GetAttributeAtIndex(element, number)
        if value := raw.FPDF_StructElement_Attr_GetValue(attributes, b"Scope"):
            buffer, size = ctypes.create_string_buffer(64), ctypes.c_ulong()
            raw.FPDF_StructElement_Attr_GetStringValue(value, buffer, 64, ctypes.byref(size))
            return buffer.raw[: size.value].decode("utf-16-le").rstrip("\0")
    return ""


def tagged_rows(content: bytes) -> list[list[str]]:
    """The rows of all tables, each as the tags of its cells: "TH Column", "TH Row", "TD". A row on two pages comes
    in two parts."""
    raw, rows = pdfium.raw, []

    def walk(element: object) -> None:
        children = [
            child
            for number in range(raw.FPDF_StructElement_CountChildren(element))
            if (child := raw.FPDF_StructElement_GetChildAtIndex(element, number))
        ]
        if said(raw.FPDF_StructElement_GetType, element) == "TR":
            rows.append([f"{said(raw.FPDF_StructElement_GetType, cell)} {scope(cell)}".strip() for cell in children])
        for child in children:
            walk(child)

    document = pdfium.PdfDocument(content)
    for sheet in document:
        tree = raw.FPDF_StructTree_GetForPage(sheet)
        for number in range(raw.FPDF_StructTree_CountChildren(tree)):
            walk(raw.FPDF_StructTree_GetChildAtIndex(tree, number))
        raw.FPDF_StructTree_Close(tree)
    return rows


@pytest.mark.parametrize("name", MADE)
def test_every_row_and_column_of_a_table_has_a_head(name: str) -> None:
    content = made(name).content
    whole, columns = 0, 0
    for row in tagged_rows(content):
        if set(row) == {"TH Column"}:
            columns = len(row)
        elif len(row) == columns:  # else the end of a row that began on the page before
            assert row == ["TH Row", *["TD"] * (columns - 1)]
            whole += 1
    assert whole > 10
    assert b"/O/Table/Headers[(" not in content


def test_the_bookmarks_are_the_headings() -> None:
    document = pdfium.PdfDocument(made("told").content)
    assert [(mark.level, mark.get_title()) for mark in document.get_toc()] == [
        (0, "Key takeaways"),
        (0, "What the report covers"),
        (0, "Speakers and organizers"),
        (0, "Results of the votes"),
        (1, "Agreement among the voters"),
        (0, "Who was heard"),
        *((1, title) for title in HEARD),
        *(
            (0, title)
            for title in (
                "The outcome of every input",
                "Questions and outcomes",
                "Statements and votes",
                "Moderation",
                "Evidence",
                "Versions",
                "Verify this record",
                "Annex: all statements in figures",
            )
        ),
    ]


def test_the_figures_are_those_of_the_view() -> None:
    view = view_of(reported())
    for figure in view.figures:
        counts = (figure.agree, figure.disagree, figure.passes)
        if figure.group:
            said = "agree {}, disagree {}, pass {}, total {}".format(*counts, sum(counts))
            assert tight(said) in words("told")
        else:
            assert f"{figure.statement}" in words("told")
            assert tight("all: agree {}, disagree {}, pass {}, total {}".format(*counts, sum(counts))) in words("told")
    for line in (line for line in view.questions if line.fate != "held_back"):
        to = f"To: {line.to}" if line.to else ""
        assert tight(f"{line.entry} {line.text or '(text not public)'} {to}") in words("told")
    found = reported().state
    heard = account(found, found.at)
    for dimension in heard.dimensions[:2]:
        assert [row for row in heard_rows(dimension, heard, "en") if tight("".join(row)) not in words("told")] == []
        assert all(tight(said) in words("told") for said in dimension_sentences("en", dimension))


def test_every_sentence_links_to_its_evidence() -> None:
    document = pdfium.PdfDocument(made("told").content)
    links = 0
    for one in document:
        position, link = ctypes.c_int(0), pdfium.raw.FPDF_LINK()
        while pdfium.raw.FPDFLink_Enumerate(one.raw, position, link):
            assert pdfium.raw.FPDFLink_GetDest(document.raw, link)
            links += 1
    assert links == 6


@pytest.mark.parametrize("secret", [WAITING, HELD_BACK, PROPOSED, HELD])
def test_no_text_that_was_not_let_through_is_in_it(secret: str) -> None:
    assert not any(tight(secret) in words(name) for name in ("told", "ru"))


def test_hostile_texts_are_set_as_they_are() -> None:
    # pdfium turns the order of what stands beside a mark for the writing from the right, and takes the first of two
    # dashes for the end of a line.
    texts, read = [one for one in HOSTILE if "\u200f" not in one], words("hostile").replace("--", "-")
    assert [one for one in texts if tight(one_line(one)).replace("--", "-") not in read] == []
    assert made("hostile").missing is None


def test_a_very_long_word_stays_on_the_paper() -> None:
    document = pdfium.PdfDocument(made("hostile").content)
    for one in document:
        text, (wide, _) = one.get_textpage(), one.get_size()
        assert all(right <= wide - 40 for _, _, right, _ in (text.get_rect(n) for n in range(text.count_rects())))


def test_the_same_view_gives_the_same_bytes() -> None:
    found = reported()
    assert typeset(view_of(found), found.state, "en") == made("told")


# --- what the fonts have not ---


def test_signs_that_no_font_has_are_said() -> None:
    found = published(session(), ev.Sentence("Signs that Unicode has not given away: \u0378\u0379.", (14,)))
    view = view_of(found)
    result = typeset(view, found.state, "en")
    assert result.missing is not None
    assert set("".join(result.missing.glyphs)) == {"\u0378", "\u0379"}
    assert result.missing.scripts == ("other signs",)
    first = tight(pdfium.PdfDocument(result.content)[0].get_textpage().get_text_bounded())
    assert tight(missing_sentence("en", result.missing)) in first
    assert b"<pdfuaid:part>" not in result.content


@pytest.mark.parametrize(("name", "script", "tag"), [("ar", "Arabic", "ar"), ("zh", "Chinese characters", "zh")])
def test_a_language_is_set_or_its_script_is_missed(name: str, script: str, tag: str) -> None:
    result = made(name, tag)
    if set(LENT[tag]) & set(_families(())):
        assert result.missing is None
    else:
        assert result.missing is not None
        assert script in result.missing.scripts


def test_russian_is_set_with_the_fonts_that_come_along() -> None:
    assert made("ru").missing is None
    assert tight(RUSSIAN[4][0]) in words("ru")


def test_scripts_are_named_once() -> None:
    assert scripts_of(["中", "文", "ب", "\U00010600"], "en") == ("Arabic", "Chinese characters", "other signs")
    said = missing_sentence("en", Missing(("中",), ("Chinese characters",)))
    assert "Chinese characters" in said
    assert "{" not in said


# --- pictures and size ---


def test_a_picture_becomes_dots() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 320" width="640" height="320"><path d="M0 0z"/></svg>'
    )
    made = png(svg)
    assert made.startswith(b"\x89PNG")
    assert (int.from_bytes(made[16:20]), int.from_bytes(made[20:24])) == (1280, 640)


def test_a_session_with_nothing_has_a_document() -> None:
    found = recorded([ev.ProgrammePublished("", ())])
    assert typeset(view_of(found), found.state, "en").missing is None


def written(part: int) -> tuple[int, int, int]:
    """A session with one in `part` of all that the largest has, as a document of each format: the calls for the view
    and for the documents, and the bytes of the smallest."""
    found = largest(500 // part, 200 // part, 1000 // part, 300 // part)
    view = view_of(found)
    made: list[bytes | str] = []

    def write() -> None:
        made.append(typeset(view, found.state, "en").content)
        made.extend((docx(view, found.state, "en"), page(view, found.state, "en")))

    viewing, writing = calls(lambda: view_of(found)), calls(write)
    assert (len(view.questions), len(view.statements), len(found.state.turns)) == (
        500 // part,
        200 // part,
        1000 // part,
    )
    return viewing, writing, min(map(len, made))


def test_the_work_grows_with_the_session() -> None:
    """A tenth of the largest session, and a twentieth; the whole in a thorough run."""
    (few_viewed, few_written, few_bytes), (viewed, wrote, size) = written(20), written(10)
    assert viewed < 2.2 * few_viewed
    assert wrote < 2.2 * few_written
    assert size > few_bytes
    assert wrote < 12_000_000 // 7


@pytest.mark.skipif(EFFORT != "thorough", reason="in a thorough run")
def test_the_largest_session_is_written_and_the_work_is_bounded() -> None:
    viewing, writing, size = written(1)
    assert viewing < 200_000
    assert writing < 12_000_000
    assert size > 100_000
