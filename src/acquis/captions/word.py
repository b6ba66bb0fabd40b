"""The text of a Word document, as Teams, Otter and Google Docs export transcripts: one line for each paragraph and each
line break, also those in tables, content controls and tracked insertions."""

from __future__ import annotations

import io
import re
import zipfile

from acquis.captions.turns import CaptionsError
from acquis.captions.xml_events import XmlEvents

SIGNATURE = b"PK\x03\x04"
_LARGEST = 100 * 1024 * 1024
LARGEST_TEXT = 20 * 1024 * 1024
"""The most bytes, after unpacking, of a document that is no transcript."""
_MOST_FILES = 5_000
_BODY = "word/document.xml"
_ASIDE = re.compile(r"word/(?:header|footer|footnotes|endnotes|comments)\d*\.xml")
_TAGS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_CUT = frozenset(("delText", "instrText", "posOffset", "Fallback", "del", "moveFrom"))
"""Elements whose text is not part of the document: deletions, fields, positions, and a second form of a drawing."""


def word_text(data: bytes, largest: int = _LARGEST) -> tuple[str, list[str]]:
    """The text of the body of a document, and the lines that stand in headers, footers, notes and comments. `largest`:
    the most bytes after unpacking.

    Raises CaptionsError: not_text (no Word document), too_large (limit), bad_xml (line, reason)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {info.filename: info for info in archive.infolist()[:_MOST_FILES]}
            if _BODY not in parts:
                raise CaptionsError("not_text")
            names = [_BODY, *sorted(name for name in parts if _ASIDE.fullmatch(name))]
            if sum(parts[name].file_size for name in names) > largest:
                raise CaptionsError("too_large", limit=largest)
            texts = [_text(archive.read(name)) for name in names]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise CaptionsError("not_text") from error
    return texts[0], [line for text in texts[1:] for line in text.split("\n") if line.strip()]


def _text(data: bytes) -> str:
    reader = _WordReader()
    reader.xml.read(data)
    return "".join(reader.parts)


class _WordReader:
    """The text of a part of a document."""

    def __init__(self) -> None:
        self.xml = XmlEvents(self._start, self._end, self._say)
        self.parts: list[str] = []
        self._in_text = self._cut = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        self._cut += tag in _CUT
        self._in_text += tag == "t"
        if not self._cut and tag in _TAGS and self._inside_a_run(attributes):
            self.parts.append(_TAGS[tag])

    @staticmethod
    def _inside_a_run(attributes: dict[str, str]) -> bool:
        """Whether a tab is one of the text, and not the place of a tab stop."""
        return not any(key.endswith((" pos", " leader")) for key in attributes)

    def _end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        self._cut -= tag in _CUT
        self._in_text -= tag == "t"
        if tag == "p":
            self.parts.append("\n")

    def _say(self, text: str) -> None:
        if self._in_text and not self._cut:
            self.parts.append(text)
