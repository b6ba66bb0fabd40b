"""The report as a text document (Office Open XML) for further editing, with real headings, tables and lists."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from xml.sax.saxutils import quoteattr

from docx import Document
from docx.document import Document as Doc
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from acquis.documents.blocks import Block, Contents, Heading, Notes, Paragraph, Picture, Sentences, Table
from acquis.documents.contents import contents as contents_of
from acquis.documents.contents import dated
from acquis.documents.docx_cover import cover
from acquis.documents.docx_parts import (
    QUIET,
    SPACES,
    TIGHT,
    TWIPS,
    WIDTH_MM,
    hexed,
    paragraph,
    picture,
    plain,
    run,
    sized,
)
from acquis.documents.docx_styles import prepare
from acquis.documents.view import ReportView
from acquis.documents.widths import columns
from acquis.state import State
from acquis.text.scripts import right_to_left

_EPOCH = (1980, 1, 1, 0, 0, 0)


def docx(view: ReportView, state: State, language: str, address: str = "") -> bytes:
    """The report as .docx. `address`: of the page of the session, for the cover. The same view gives the same bytes on
    the same machine."""
    return docx_of(contents_of(view, state, language, address), dated(view, state), language, max(view.version, 1))


def docx_of(report: Contents, at: datetime, language: str, revision: int = 1) -> bytes:
    """A document as .docx, with its date and the number of its version."""
    document = Document()
    prepare(document, report, revision, at, language)
    parts = [cover(report, document, language), *(_block(block, document, language) for block in report.blocks)]
    _fill(document, "".join(parts))
    out = io.BytesIO()
    document.save(out)
    return _reproducible(out.getvalue())


def _fill(document: Doc, written: str) -> None:
    """The text of the document, which is parsed as a whole: to move elements from one tree to another takes time with
    the square of their number."""
    section = serialize_part_xml(document.element.body.sectPr).partition(b"?>")[2].decode()
    root: Any = parse_xml(f"<w:document {SPACES}><w:body>{written}{section}</w:body></w:document>")
    for number, drawn in enumerate(root.iter(qn("wp:docPr")), 1):
        drawn.set("id", str(number))
    part: Any = document.part
    part._element = root  # the library has no other way to give a part its content


def _reproducible(content: bytes) -> bytes:
    """The ZIP archive with fixed dates, so that its bytes do not depend on the time."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for info in made.infolist():
            kept.writestr(zipfile.ZipInfo(info.filename, _EPOCH), made.read(info), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _block(block: Block, document: Doc, language: str) -> str:
    match block:
        case Heading():
            return plain(block.text, language, f"Heading{block.level}")
        case Paragraph():
            return plain(block.text, language)
        case Sentences():
            return "".join(_sentences(block, document, language))
        case Notes():
            return "".join(_notes(block, language))
        case Table():
            return _table(block, language)
        case Picture():
            drawn = picture(block.svg, block.title, block.words, document, language, 0.64 * WIDTH_MM)
            return f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{drawn}</w:p>'


def _sentences(block: Sentences, document: Doc, language: str) -> Iterator[str]:
    style = "ListNumber" if block.numbered else "ListBullet"
    number = (
        f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{_numbering(document)}"/></w:numPr>' if block.numbered else ""
    )
    for said in block.said:
        links = "".join(
            f'<w:r><w:t xml:space="preserve"> </w:t></w:r><w:hyperlink w:anchor="note-{cited}" w:history="1">'
            f"<w:r><w:rPr>{sized(9, 'plum')}</w:rPr><w:t>[{cited}]</w:t></w:r></w:hyperlink>"
            for cited in said.cites
        )
        more, space = ("<w:keepNext/>", TIGHT) if said.remark else ("", '<w:spacing w:after="100"/>')
        last = f'{space}<w:contextualSpacing w:val="0"/>'
        text = run(said.text, language, sized(11), serif=True)
        yield paragraph(text + links, said.text, language, style, more + number, last)
        if said.remark:
            yield paragraph(run(said.remark, language, QUIET), said.remark, language, "ListContinue", last=TIGHT)


def _numbering(document: Doc) -> int:
    """A new list that begins with 1, in the form of the style of numbered lists."""
    numbers: Any = document.part.numbering_part.element
    styled: Any = document.styles["List Number"].element
    used = styled.find(f".//{qn('w:numId')}").get(qn("w:val"))
    form = next(
        number.find(qn("w:abstractNumId")).get(qn("w:val"))
        for number in numbers.findall(qn("w:num"))
        if number.get(qn("w:numId")) == used
    )
    new = 1 + max(int(number.get(qn("w:numId"))) for number in numbers.findall(qn("w:num")))
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    named = f'<w:num {nsdecls("w")} w:numId="{new}"><w:abstractNumId w:val="{form}"/>'
    numbers.append(parse_xml(f"{named}{restart}</w:num>"))
    return new


def _notes(block: Notes, language: str) -> Iterator[str]:
    """The evidence as a numbered list, with a bookmark at each number as the target of citations."""
    for note in block.notes:
        mark = (
            f'<w:bookmarkStart w:id="{note.number}" w:name="note-{note.number}"/>'
            + run(f"{note.number}. ", language, bold=True)
            + f'<w:bookmarkEnd w:id="{note.number}"/>'
        )
        yield paragraph(mark + run(note.what, language), note.what, language, more="<w:keepNext/>", last=TIGHT)
        if note.text:
            yield paragraph(run(note.text, language, serif=True), note.text, language, last=TIGHT)
        if note.facts:
            yield paragraph(run(note.facts, language, QUIET), note.facts, language, last=TIGHT)


def _table(block: Table, language: str) -> str:
    """A table whose header row is repeated on every page and whose rows are not split between pages."""
    fitted = columns(block, TWIPS / 20)
    widths = [round(20 * width) for width in fitted.widths]
    edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="{hexed("line")}"/>' for side in ("bottom", "insideH"))
    turned = "<w:bidiVisual/>" if right_to_left(language) else ""
    figures = block.figures  # of all rows, so that each row does not look through all
    head = _row(block.head, widths, figures, fitted.size, language, head=True)
    rows = "".join(_row(row, widths, figures, fitted.size, language) for row in block.rows)
    return (
        plain(block.caption, language, "Caption", "<w:keepNext/>")
        + f'<w:tbl><w:tblPr>{turned}<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        + '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="90" w:type="dxa"/><w:right w:w="90" w:type="dxa"/>'
        + '</w:tblCellMar><w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" '
        + f'w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val={quoteattr(block.caption)}/></w:tblPr><w:tblGrid>'
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        + f"</w:tblGrid>{head}{rows}</w:tbl><w:p/>"
    )


def _row(
    cells: Sequence[str],
    widths: Sequence[int],
    figures: Sequence[bool],
    size: float,
    language: str,
    *,
    head: bool = False,
) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    edge = f'<w:tcBorders><w:bottom w:val="single" w:sz="8" w:color="{hexed("ink")}"/></w:tcBorders>' if head else ""
    low = '<w:vAlign w:val="bottom"/>' if head else ""
    made = (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{edge}{low}</w:tcPr>'
        f"{''.join(_cell(cell, language, size, head, ends))}</w:tc>"
        for cell, width, ends in zip(cells, widths, figures, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(made)}</w:tr>"


def _cell(text: str, language: str, size: float, head: bool, ends: bool) -> Iterator[str]:
    for number, line in enumerate(text.split("\n")):
        props = sized(size - 0.5, "quiet") if number else sized(size)
        side = "end" if ends else ""
        yield paragraph(
            run(line, language, props, bold=head),
            line,
            language,
            last='<w:spacing w:before="40" w:after="40"/>',
            side=side,
        )
