"""Word documents for tests: as few parts as a reader needs."""

from __future__ import annotations

import html
import io
import zipfile

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_file(text: str, **parts: str) -> bytes:
    """A document with a paragraph for each line. parts: the XML inside of the roots of further parts, by name."""
    lines = "".join(
        f"<w:p><w:r><w:t xml:space='preserve'>{html.escape(line)}</w:t></w:r></w:p>" for line in text.split("\n")
    )
    return packed(f"<w:body>{lines}</w:body>", **parts)


def packed(body: str, **parts: str) -> bytes:
    """A document with this XML as its content."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in {"document": body, **parts}.items():
            archive.writestr(f"word/{name}.xml", f"<w:document xmlns:w='{SPACE}'>{inside}</w:document>")
    return file.getvalue()
