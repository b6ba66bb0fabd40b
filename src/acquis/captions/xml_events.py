"""Reads XML without its dangers: no document type with entities, nothing fetched, a limit on depth."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from acquis.captions.turns import CaptionsError

XML = "http://www.w3.org/XML/1998/namespace "
_DEEPEST = 200


class XmlEvents:
    """Calls a function for each start of an element, each end, and each text of a document.

    starts: with the name and the attributes, names as "namespace name"; ends: with the name; says: with the text."""

    def __init__(
        self, starts: Callable[[str, dict[str, str]], None], ends: Callable[[str], None], says: Callable[[str], None]
    ) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._starts, self._ends, self._depth = starts, ends, 0
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = says
        self._parser.EntityDeclHandler = self._entity
        self._parser.buffer_text = True

    @property
    def line(self) -> int:
        """The number of the line that is being read, from 1."""
        return self._parser.CurrentLineNumber

    def read(self, data: bytes) -> None:
        """Read a document. Raises CaptionsError: bad_xml (line, reason)."""
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            raise CaptionsError("bad_xml", line=error.lineno, reason=expat.ErrorString(error.code)) from error

    def _entity(self, *_: object) -> None:
        raise CaptionsError("bad_xml", line=self.line, reason="entities are not read")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise CaptionsError("bad_xml", line=self.line, reason="elements are nested too deeply")
        self._starts(name, attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._ends(name)
