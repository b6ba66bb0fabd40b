"""The elements of a text document (Office Open XML) as text: runs, paragraphs and pictures, each with its language."""

from __future__ import annotations

import io
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document as Doc
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls

from acquis.charts.svg import fixed
from acquis.documents.design import LIGHT
from acquis.documents.pdf import png
from acquis.i18n import N_, say
from acquis.text.scripts import language_of, right_to_left

WIDTH_MM, TWIPS, EMU = 166, 9411, 36_000
"""The width between the margins in millimetres and in twips (1/20 pt); EMU per millimetre."""
TAGS = {"en": "en-GB", "ar": "ar-SA", "zh": "zh-CN", "fr": "fr-FR", "ru": "ru-RU", "es": "es-ES"}
EAST = {"zh": ("Microsoft YaHei", "SimSun"), "ja": ("Yu Gothic", "Yu Mincho"), "ko": ("Malgun Gothic", "Batang")}
"""Language -> the font of its characters, and the one for what people said."""
FACE, SERIF = "Calibri", "Palatino Linotype"
"""The fonts: what the software says, and what people said and agreed."""
TIGHT = '<w:spacing w:after="60"/>'
SPACES = f'{nsdecls("w", "wp", "a", "pic", "r")} xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'


def hexed(colour: str) -> str:
    """The colour of a design token as Office Open XML writes it."""
    return LIGHT[colour].removeprefix("#").upper()


def sized(points: float, colour: str = "ink") -> str:
    """The properties of a run: colour (a design token) and size."""
    half = round(2 * points)
    return f'<w:color w:val="{hexed(colour)}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


QUIET = sized(9, "quiet")


def lang(language: str, spaces: str = "") -> str:
    """The language tag of a run."""
    plain = language.partition("-")[0]
    place = "bidi" if right_to_left(plain) else "eastAsia" if plain in EAST else "val"
    return f"<w:lang {spaces} w:{place}={quoteattr(TAGS.get(plain, language))}/>"


def run(text: str, language: str, props: str = "", *, bold: bool = False, serif: bool = False) -> str:
    """A run of text with its language tag; a line feed in the text becomes a line break."""
    tag = language_of(text, language)
    faces = f'w:ascii="{SERIF}" w:hAnsi="{SERIF}" ' if serif else ""
    faces += f'w:eastAsia="{EAST[tag][serif]}" w:hint="eastAsia"' if tag in EAST else ""
    face = f"<w:rFonts {faces}/>" if faces else ""
    strong = "<w:b/><w:bCs/>" if bold else ""
    turned = "<w:rtl/>" if right_to_left(tag) else ""
    words = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r><w:rPr>{face}{strong}{props}{turned}{lang(tag)}</w:rPr>{words}</w:r>"


def paragraph(
    runs: str, text: str, language: str, style: str = "", more: str = "", last: str = "", side: str = ""
) -> str:
    """A paragraph, aligned by the direction of the language of its text. more, last: properties that the schema
    requires before and after the direction; side: another alignment ("center", "end")."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    turned = right_to_left(language_of(text, language))
    # In a right-to-left document, left-to-right paragraphs are aligned to the right too. For a right-to-left paragraph
    # "right" is the side where its lines end.
    opposite = right_to_left(language) and not turned
    if side == "end":
        side = "" if opposite else "right"
    elif opposite and not side:
        side = "right"
    placed = f'<w:jc w:val="{side}"/>' if side else ""
    return f"<w:p><w:pPr>{named}{more}{'<w:bidi/>' if turned else ''}{last}{placed}</w:pPr>{runs}</w:p>"


def plain(text: str, language: str, style: str = "", more: str = "") -> str:
    """A paragraph of plain text."""
    return paragraph(run(text, language), text, language, style, more)


def picture(svg: str, title: str, words: str, document: Doc, language: str, wide_mm: float) -> str:
    """A run with a picture as SVG with a PNG fallback, `wide_mm` millimetres wide; its title and description are the
    alternative text."""
    part: Any = document.part
    dots, image = part.get_or_add_image(io.BytesIO(png(svg)))
    number = sum(1 for _ in part.package.iter_parts())
    drawn = Part(PackURI(f"/word/media/drawn{number}.svg"), "image/svg+xml", fixed(svg).encode(), part.package)
    vector = part.relate_to(drawn, RELATIONSHIP_TYPE.IMAGE)
    wide = round(wide_mm * EMU)
    high = round(wide * image.px_height / image.px_width)
    alternative = quoteattr(f"{title}. {words}" if words else title)
    name = quoteattr(say(language, N_("Picture")))
    size = f'cx="{wide}" cy="{high}"'
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:docPr id="0" name={name} title={quoteattr(title)} descr={alternative}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="0" name={name} descr={alternative}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{dots}"><a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
        f'<asvg:svgBlip r:embed="{vector}"/></a:ext></a:extLst></a:blip>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
