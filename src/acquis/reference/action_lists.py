"""The rows of public action lists that an organizer loads."""

from __future__ import annotations

import hashlib

import msgspec

from acquis.text.folding import caseless


class ListedAction(msgspec.Struct, frozen=True, gc=False):
    """A row of a public action list: the paragraph, the act that is asked, the body that is asked, the symbol or the
    title of the document, the address of the source (https), and the day of the document (ISO 8601)."""

    paragraph: str
    act: str
    body: str
    document: str
    source: str
    date: str

    @property
    def id(self) -> str:
        """What the row is known by: 16 hexadecimal digits of document, paragraph, act and body, without case. Another
        copy of the document, with another address, gives the same rows."""
        asked = "\n".join(map(caseless, (self.document, self.paragraph, self.act, self.body)))
        return hashlib.sha256(asked.encode()).hexdigest()[:16]
