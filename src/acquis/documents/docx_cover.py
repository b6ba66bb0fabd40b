"""The cover of a text document: title, brass line, the arch of seats, six facts, and how the document is verified."""

from __future__ import annotations

from docx.document import Document as Doc

from acquis.documents.blocks import Check, Contents, Seats
from acquis.documents.design import MARK
from acquis.documents.docx_parts import QUIET, TWIPS, hexed, paragraph, picture, run, sized
from acquis.i18n import N_, say
from acquis.text.scripts import right_to_left

LINE_TWIPS, SEATS_MM, CODE_MM, CODE_TWIPS = 1928, 62, 25, 1800
"""The length of the brass line; the widths of the arch and of the QR code; the width of the column of the QR code."""
_NEXT_PAGE = (
    '<w:p><w:pPr><w:pageBreakBefore/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
)
_GAP = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="200" w:lineRule="exact"/></w:pPr></w:p>'
_MARGINS = (
    '<w:tblCellMar><w:top w:w="80" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:right w:w="170" w:type="dxa"/>'
    "</w:tblCellMar>"
)
_CLOSE = '<w:spacing w:before="0" w:after="40"/>'


def cover(contents: Contents, document: Doc, language: str) -> str:
    """The first page as paragraphs and two tables without borders; what follows begins on the next page."""
    first = contents.cover
    under = "".join(
        paragraph(run(line, language, sized(11, "quiet")), line, language, last=_CLOSE) for line in first.under
    )
    return "".join(
        (
            _brand(first.tag, document, language),
            paragraph(run(contents.title, language, serif=True), contents.title, language, "Title"),
            _brass_line(contents.title, language),
            paragraph(run(first.kind, language, sized(12), bold=True), first.kind, language, last=_CLOSE),
            under,
            _seats(first.seats, document, language) if first.seats else "",
            _facts(first.facts, language),
            _verify(first.check, first.notes, document, language),
            _NEXT_PAGE,
        )
    )


def _brand(tag: str, document: Doc, language: str) -> str:
    mark = picture(MARK, "Acquis", "", document, language, 7)
    runs = f"{mark}{run(' Acquis', 'en', sized(14), bold=True, serif=True)}"
    if tag:
        border = f'{sized(10)}<w:bdr w:val="dashed" w:sz="6" w:space="4" w:color="{hexed("ink")}"/>'
        runs += f"<w:r><w:tab/></w:r>{run(tag, language, border, bold=True)}"
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{TWIPS - 120}"/></w:tabs>'
    return paragraph(runs, "", language, more=tabs, last='<w:spacing w:after="480"/>')


def _brass_line(title: str, language: str) -> str:
    """A short line below the title: the lower border of an empty paragraph that is indented at its end."""
    border = f'<w:pBdr><w:bottom w:val="single" w:sz="36" w:space="1" w:color="{hexed("brass")}"/></w:pBdr>'
    room = TWIPS - LINE_TWIPS
    # The indent is that of the side where lines end, except for a left-to-right line in a right-to-left document.
    opposite = right_to_left(language)
    ends = f'w:left="{room}"' if opposite else f'w:right="{room}"'
    spacing = f'<w:spacing w:before="0" w:after="280" w:line="120" w:lineRule="exact"/><w:ind {ends}/>'
    return f"<w:p><w:pPr>{border}{spacing}</w:pPr></w:p>"


def _seats(seats: Seats, document: Doc, language: str) -> str:
    drawn = picture(seats.svg, seats.words, "", document, language, SEATS_MM)
    number = run(seats.number, language, sized(22, "plum"), serif=True)
    counted = run(f" {seats.counted}", language, sized(10, "quiet"))
    lines = [
        paragraph(
            drawn, "", language, more="<w:keepNext/>", last='<w:spacing w:before="240" w:after="60"/>', side="center"
        ),
        paragraph(number + counted, seats.counted, language, last=_CLOSE, side="center"),
    ]
    if seats.key:
        lines.append(paragraph(run(seats.key, language, QUIET), seats.key, language, last=_CLOSE, side="center"))
    return "".join(lines)


def _facts(facts: tuple[tuple[str, str], ...], language: str) -> str:
    cells = [
        paragraph(run(name, language, QUIET), name, language, last='<w:spacing w:before="160" w:after="0"/>')
        + paragraph(run(value, language, sized(10), bold=True), value, language, last='<w:spacing w:after="60"/>')
        for name, value in facts
    ]
    cells += ["<w:p/>"] * (-len(cells) % 3)
    rows = [cells[start : start + 3] for start in range(0, len(cells), 3)]
    return _GAP + _layout(rows, [TWIPS // 3] * 3, language)


def _verify(check: Check, notes: tuple[str, ...], document: Doc, language: str) -> str:
    lines = [paragraph(run(note, language, sized(9.5), bold=True), note, language, last=_CLOSE) for note in notes]
    if check.text:
        lines.append(paragraph(run(check.text, language, QUIET), check.text, language, last=_CLOSE))
    if check.address:
        lines.append(paragraph(run(check.address, "en", sized(9, "plum")), check.address, language, last=_CLOSE))
    if check.fingerprint:
        digits = "\u200b ".join(check.fingerprint)
        mono = f'<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>{sized(8)}'
        lines.append(paragraph(run(check.log, language, QUIET), check.log, language, last=_CLOSE))
        lines.append(paragraph(run(digits, "en", mono), digits, language, last=_CLOSE))
    words = "".join(lines) or "<w:p/>"
    rule = f'<w:tblBorders><w:top w:val="single" w:sz="8" w:color="{hexed("ink")}"/></w:tblBorders>'
    if not check.qr:
        return _GAP + _layout([[words]], [TWIPS], language, rule)
    title = say(language, N_("QR code that opens the session record"))
    code = paragraph(picture(check.qr, title, "", document, language, CODE_MM), "", language)
    return _GAP + _layout([[code, words]], [CODE_TWIPS, TWIPS - CODE_TWIPS], language, rule)


def _layout(rows: list[list[str]], widths: list[int], language: str, borders: str = "") -> str:
    """Cells of paragraphs side by side, as a table that is only layout: without a head and without borders."""
    turned = "<w:bidiVisual/>" if right_to_left(language) else ""
    place = f'<w:vAlign w:val="{"center" if borders else "top"}"/>'
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    made = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{place}</w:tcPr>{cell}</w:tc>'
            for cell, width in zip(row, widths, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    return (
        f'<w:tbl><w:tblPr>{turned}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/>'
        f"{_MARGINS}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>"
    )
