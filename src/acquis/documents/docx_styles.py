"""The paper, the properties, the styles and the page numbers of a text document."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from docx.document import Document as Doc
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from acquis.documents.blocks import Contents
from acquis.documents.docx_parts import FACE, SERIF, TAGS, lang, sized

_TITLES = ((48, 28), (100, 24), (200, 18))
"""The most characters of a title, and its size in points; a longer one has 12 points."""
_STYLES = {"Heading 1": (15, 360, 100), "Heading 2": (11.5, 240, 60), "Caption": (9.5, 200, 60)}
"""Style -> size in points, and the space before and after in twips."""


def prepare(document: Doc, contents: Contents, revision: int, at: datetime, language: str) -> None:
    """Sets the paper size, the properties, the language, the styles and the footer with page numbers."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(22)
    section.different_first_page_header_footer = True
    properties = document.core_properties
    properties.title, properties.language = contents.title[:255], TAGS.get(language, language)
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.subject = " ".join(contents.cover.notes)[:255]
    properties.created = properties.modified = at.replace(tzinfo=None)
    properties.revision = revision
    defaults = document.styles.element.find(".//" + qn("w:rPrDefault") + "//" + qn("w:lang"))
    if defaults is not None:
        defaults.getparent().replace(defaults, parse_xml(lang(language, nsdecls("w"))))
    document.styles["Normal"].font.size, document.styles["Normal"].font.name = Pt(10.5), FACE
    title = next((size for most, size in _TITLES if len(contents.title) <= most), 12)
    _styled(document, "Title", title, 0, 120, bold=False)
    for name, (size, before, after) in _STYLES.items():
        _styled(document, name, size, before, after, serif=name != "Caption")
    _numbered(section)
    _without_leftovers(document)


def _styled(
    document: Doc, name: str, points: float, before: int, after: int, *, bold: bool = True, serif: bool = True
) -> None:
    """Gives a style its face, size, colour and spaces instead of those of the template. Letter spacing, which would
    break the joined letters of Arabic, is not among them."""
    element: Any = document.styles[name].element
    for part in ("w:rPr", "w:pPr"):
        if (old := element.find(qn(part))) is not None:
            element.remove(old)
    level = f'<w:outlineLvl w:val="{int(name[-1]) - 1}"/>' if name.startswith("Heading") else ""
    keep = "" if name == "Title" else "<w:keepNext/><w:keepLines/>"
    face = SERIF if serif else FACE
    strong = "<w:b/><w:bCs/>" if bold else ""
    spaces = nsdecls("w")
    room = f'<w:spacing w:before="{before}" w:after="{after}" w:line="252" w:lineRule="auto"/>'
    letters = f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}"/>{strong}{sized(points)}'
    element.append(parse_xml(f"<w:pPr {spaces}>{keep}{room}{level}</w:pPr>"))
    element.append(parse_xml(f"<w:rPr {spaces}>{letters}</w:rPr>"))


def _numbered(section: Any) -> None:
    """Page numbers in the footer of every page but the cover."""
    footer = section.footer.paragraphs[0]._p
    fields = "<w:r><w:t xml:space='preserve'> / </w:t></w:r>".join(
        f'<w:fldSimple w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>' for name in ("PAGE", "NUMPAGES")
    )
    paragraph = f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="center"/></w:pPr>{fields}</w:p>'
    footer.getparent().replace(footer, parse_xml(paragraph))


def _without_leftovers(document: Doc) -> None:
    """Removes the parts of the template of python-docx that are not of this document: a preview picture, and a second
    set of styles."""
    package: Any = document.part.package
    for rels in (package.rels, document.part.rels):
        for id in [id for id, rel in rels.items() if rel.reltype.endswith(("/thumbnail", "/stylesWithEffects"))]:
            del rels[id]
