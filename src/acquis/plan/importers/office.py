"""The text of a DOCX or PDF document, in lines."""

from __future__ import annotations

import io
import zipfile
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]  # it has no annotations
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]  # as above
from pypdf import PdfReader
from pypdf.errors import PyPdfError

MOST_XML = 20_000_000
"""The most bytes of the text of a DOCX after unpacking; more is refused before it is read."""
MOST_PAGES = 60
"""The most pages of a PDF."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class UnreadableDocument(ValueError):
    """A document is damaged, encrypted, or too large once unpacked."""


def docx_text(data: bytes) -> str:
    """The paragraphs of a DOCX, one line each; the cells of a row of a table are on one line. Raises
    UnreadableDocument."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            part = package.getinfo("word/document.xml")
            if part.file_size > MOST_XML:
                raise UnreadableDocument("too large")
            with package.open(part) as file:
                written = file.read(MOST_XML + 1)
        root = fromstring(written[: MOST_XML + 1], forbid_dtd=True)
    except (KeyError, zipfile.BadZipFile, ParseError, DefusedXmlException, RuntimeError, OSError, EOFError) as error:
        raise UnreadableDocument(str(error)) from error
    body = root.find(f"{_WORD}body")
    return "\n".join(_lines(body)) if body is not None else ""


def _lines(body: Element) -> list[str]:
    lines = []
    for child in body:
        if child.tag == f"{_WORD}tbl":
            for row in child.iter(f"{_WORD}tr"):
                cells = [" ".join(map(_paragraph, cell.iter(f"{_WORD}p"))).strip() for cell in row.iter(f"{_WORD}tc")]
                lines.append(" ".join(cells))
        else:
            lines += [_paragraph(paragraph) for paragraph in child.iter(f"{_WORD}p")]
    return lines


def _paragraph(paragraph: Element) -> str:
    """The text of a paragraph; a break is a line end."""
    signs = {f"{_WORD}tab": " ", f"{_WORD}br": "\n", f"{_WORD}cr": "\n"}
    return "".join(node.text or "" if node.tag == f"{_WORD}t" else signs.get(node.tag, "") for node in paragraph.iter())


def pdf_text(data: bytes) -> str:
    """The text of a PDF as it is laid out, page by page. Raises UnreadableDocument."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted or len(reader.pages) > MOST_PAGES:
            raise UnreadableDocument("encrypted" if reader.is_encrypted else "too many pages")
        return "\n".join(page.extract_text() for page in reader.pages)
    except UnreadableDocument:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError) as error:
        raise UnreadableDocument(str(error)) from error
