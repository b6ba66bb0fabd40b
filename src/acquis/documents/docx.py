"""The report as a text document (Office Open XML) for further editing, with real headings, tables and lists."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.document import Document as Doc
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from acquis.charts.svg import fixed
from acquis.documents.blocks import Block, Contents, Heading, Notes, Paragraph, Picture, Sentences, Table
from acquis.documents.contents import contents as contents_of
from acquis.documents.contents import dated
from acquis.documents.pdf import png
from acquis.documents.view import ReportView
from acquis.i18n import N_, say
from acquis.state import State
from acquis.text.scripts import language_of, right_to_left

WIDTH_MM, TWIPS, EMU = 166, 9411, 36_000
"""The width between the margins in millimetres and in twips (1/20 pt); EMU per millimetre."""
_TAGS = {"en": "en-GB", "ar": "ar-SA", "zh": "zh-CN", "fr": "fr-FR", "ru": "ru-RU", "es": "es-ES"}
_EAST = {"zh": "Microsoft YaHei", "ja": "Yu Gothic", "ko": "Malgun Gothic"}
FACE = "Calibri"
_QUIET = '<w:color w:val="555555"/><w:sz w:val="18"/><w:szCs w:val="18"/>'
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SPACES = f'{nsdecls("w", "wp", "a", "pic", "r")} xmlns:asvg="{_SVG}"'
_TIGHT = '<w:spacing w:after="60"/>'
_EPOCH = (1980, 1, 1, 0, 0, 0)


def docx(view: ReportView, state: State, language: str) -> bytes:
    """The report as .docx. The same view gives the same bytes on the same machine."""
    report = contents_of(view, state, language)
    document = Document()
    _prepare(document, report, view, dated(view, state), language)
    body = document.element.body
    section = body.sectPr
    parts = [_head(report, language), *(_block(block, document, language) for block in report.blocks)]
    for element in list(parse_xml(f"<w:body {_SPACES}>{''.join(parts)}</w:body>")):
        section.addprevious(element)
    for number, drawn in enumerate(body.iter(qn("wp:docPr")), 1):
        drawn.set("id", str(number))
    out = io.BytesIO()
    document.save(out)
    return _reproducible(out.getvalue())


def _prepare(document: Doc, contents: Contents, view: ReportView, at: datetime, language: str) -> None:
    """Sets the paper size, the properties, the language, the styles and the footer with page numbers."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(22)
    properties = document.core_properties
    properties.title, properties.language = contents.title[:255], _TAGS.get(language, language)
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.subject = contents.lead[:255]
    properties.created = properties.modified = at.replace(tzinfo=None)
    properties.revision = max(view.version, 1)
    defaults = document.styles.element.find(".//" + qn("w:rPrDefault") + "//" + qn("w:lang"))
    if defaults is not None:
        defaults.getparent().replace(defaults, parse_xml(_lang(language, nsdecls("w"))))
    for style, points in (("Normal", 10.5), ("Title", 20)):
        document.styles[style].font.size = Pt(points)
        document.styles[style].font.name = FACE
    # Complex scripts such as Arabic have a separate font size, which python-docx does not set.
    for size in document.styles["Title"].element.iter(qn("w:szCs")):
        size.set(qn("w:val"), "40")
    # Letter spacing would break the joined letters of Arabic.
    spread = document.styles["Title"].element.find(".//" + qn("w:rPr") + "/" + qn("w:spacing"))
    if spread is not None:
        spread.getparent().remove(spread)
    footer = section.footer.paragraphs[0]._p
    fields = "<w:r><w:t xml:space='preserve'> / </w:t></w:r>".join(
        f'<w:fldSimple w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>' for name in ("PAGE", "NUMPAGES")
    )
    paragraph = f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="center"/></w:pPr>{fields}</w:p>'
    footer.getparent().replace(footer, parse_xml(paragraph))


def _reproducible(content: bytes) -> bytes:
    """The ZIP archive with fixed dates, so that its bytes do not depend on the time."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for info in made.infolist():
            kept.writestr(zipfile.ZipInfo(info.filename, _EPOCH), made.read(info), zipfile.ZIP_DEFLATED)
    return out.getvalue()


# --- words ---


def _lang(language: str, spaces: str = "") -> str:
    plain = language.partition("-")[0]
    place = "bidi" if right_to_left(plain) else "eastAsia" if plain in _EAST else "val"
    return f"<w:lang {spaces} w:{place}={quoteattr(_TAGS.get(plain, language))}/>"


def _run(text: str, language: str, props: str = "", bold: bool = False) -> str:
    """A run of text with its language tag; a line feed in the text becomes a line break."""
    tag = language_of(text, language)
    face = f'<w:rFonts w:eastAsia="{_EAST[tag]}" w:hint="eastAsia"/>' if tag in _EAST else ""
    strong = "<w:b/><w:bCs/>" if bold else ""
    turned = "<w:rtl/>" if right_to_left(tag) else ""
    words = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r><w:rPr>{face}{strong}{props}{turned}{_lang(tag)}</w:rPr>{words}</w:r>"


def _paragraph(runs: str, text: str, language: str, style: str = "", more: str = "", last: str = "") -> str:
    """A paragraph, aligned by the direction of the language of its text. more, last: properties that the schema
    requires before and after the direction."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    turned = "<w:bidi/>" if right_to_left(language_of(text, language)) else ""
    # In a right-to-left document, left-to-right paragraphs are aligned to the right too.
    side = '<w:jc w:val="right"/>' if right_to_left(language) and not turned else ""
    return f"<w:p><w:pPr>{named}{more}{turned}{last}{side}</w:pPr>{runs}</w:p>"


def _plain(text: str, language: str, style: str = "", more: str = "") -> str:
    return _paragraph(_run(text, language), text, language, style, more)


def _head(contents: Contents, language: str) -> str:
    parts = [_plain(contents.title, language, "Title")]
    if contents.lead:
        parts.append(_paragraph(_run(contents.lead, language, bold=True), contents.lead, language))
    for name, values in contents.facts:
        words = _run(f"{name}: ", language, bold=True) + "<w:r><w:br/></w:r>".join(
            _run(value, language) for value in values
        )
        parts.append(_paragraph(words, name, language, last=_TIGHT))
    return "".join(parts)


# --- blocks ---


def _block(block: Block, document: Doc, language: str) -> str:
    match block:
        case Heading():
            return _plain(block.text, language, f"Heading{block.level}")
        case Paragraph():
            return _plain(block.text, language)
        case Sentences():
            return "".join(_sentences(block, language))
        case Notes():
            return "".join(_notes(block, language))
        case Table():
            return _table(block, language)
        case Picture():
            return _picture(block, document, language)


def _sentences(block: Sentences, language: str) -> Iterator[str]:
    for said in block.said:
        links = "".join(
            f'<w:r><w:t xml:space="preserve"> </w:t></w:r><w:hyperlink w:anchor="note-{number}" w:history="1">'
            f'<w:r><w:rPr><w:color w:val="1F5FBF"/><w:u w:val="single"/></w:rPr>'
            f"<w:t>[{number}]</w:t></w:r></w:hyperlink>"
            for number in said.cites
        )
        more, last = ("<w:keepNext/>", _TIGHT) if said.remark else ("", "")
        yield _paragraph(_run(said.text, language) + links, said.text, language, "ListBullet", more, last)
        if said.remark:
            yield _paragraph(_run(said.remark, language, _QUIET), said.remark, language, "ListContinue", last=_TIGHT)


def _notes(block: Notes, language: str) -> Iterator[str]:
    """The evidence as a numbered list, with a bookmark at each number as the target of citations."""
    for note in block.notes:
        mark = (
            f'<w:bookmarkStart w:id="{note.number}" w:name="note-{note.number}"/>'
            + _run(f"{note.number}. ", language, bold=True)
            + f'<w:bookmarkEnd w:id="{note.number}"/>'
        )
        lines = ((note.text, ""), (note.facts, _QUIET))
        yield _paragraph(mark + _run(note.what, language), note.what, language, more="<w:keepNext/>", last=_TIGHT)
        for text, props in lines:
            if text:
                yield _paragraph(_run(text, language, props), text, language, last=_TIGHT)


def _table(block: Table, language: str) -> str:
    """A table whose header row is repeated on every page and whose rows are not split between pages."""
    unit = TWIPS / sum(block.widths)
    widths = [round(unit * width) for width in block.widths]
    edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="BFBFBF"/>' for side in ("top", "bottom", "insideH"))
    turned = "<w:bidiVisual/>" if right_to_left(language) else ""
    head = _row(block.head, widths, language, head=True)
    rows = "".join(_row(row, widths, language) for row in block.rows)
    return (
        _plain(block.caption, language, "Caption", "<w:keepNext/>")
        + f'<w:tbl><w:tblPr>{turned}<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        + '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'
        + '</w:tblCellMar><w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" '
        + f'w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val={quoteattr(block.caption)}/></w:tblPr><w:tblGrid>'
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        + f"</w:tblGrid>{head}{rows}</w:tbl><w:p/>"
    )


def _row(cells: Sequence[str], widths: Sequence[int], language: str, head: bool = False) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    made = (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(_cell(cell, language, head))}</w:tc>'
        for cell, width in zip(cells, widths)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(made)}</w:tr>"


def _cell(text: str, language: str, head: bool) -> Iterator[str]:
    small = '<w:sz w:val="18"/><w:szCs w:val="18"/>'
    for number, line in enumerate(text.split("\n")):
        run = _run(line, language, _QUIET if number else small, bold=head)
        yield _paragraph(run, line, language, last='<w:spacing w:before="20" w:after="20"/>')


def _picture(block: Picture, document: Doc, language: str) -> str:
    """The picture as SVG with a PNG fallback; its title and description are the alternative text."""
    part: Any = document.part
    svg = fixed(block.svg)
    dots, image = part.get_or_add_image(io.BytesIO(png(block.svg)))
    number = sum(1 for _ in part.package.iter_parts())
    drawn = Part(PackURI(f"/word/media/drawn{number}.svg"), "image/svg+xml", svg.encode(), part.package)
    vector = part.relate_to(drawn, RELATIONSHIP_TYPE.IMAGE)
    wide = round(0.64 * WIDTH_MM * EMU)
    high = round(wide * image.px_height / image.px_width)
    words = quoteattr(f"{block.title}. {block.words}" if block.words else block.title)
    name = quoteattr(say(language, N_("Picture")))
    size = f'cx="{wide}" cy="{high}"'
    return (
        '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:docPr id="0" name={name} title={quoteattr(block.title)} descr={words}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="0" name={name} descr={words}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{dots}"><a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
        f'<asvg:svgBlip r:embed="{vector}"/></a:ext></a:extLst></a:blip>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
