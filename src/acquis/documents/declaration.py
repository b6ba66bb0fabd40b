"""The declaration of an output file of a session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

import msgspec

from acquis.documents.source import DocumentSource
from acquis.state import State

Group: TypeAlias = Literal["report", "session", "tables", "pictures", "speech", "record"]


def _always(state: State) -> bool:
    return True


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """An output file.

    `title`: a message for readers; `purpose`: the line in docs/documents.md; `write`: gives the content; `exists`:
    whether a state has content for the file, which is otherwise left out everywhere; `fits`: whether the state is small
    enough for the file, which is otherwise not made, and readers are told so; `form`: the name for `acquis report
    --format`."""

    name: str
    media_type: str
    group: Group
    title: str
    purpose: str
    write: Callable[[DocumentSource], bytes]
    exists: Callable[[State], bool] = _always
    fits: Callable[[State], bool] = _always
    form: str = ""
    bundled: bool = True
    versioned: bool = False
    """Whether each version of the report has its own file (`?version=1`)."""
    saved: bool = False
    """Whether it is sent as an attachment, because the security policy of the application forbids its inline style."""
    depends_on_fonts: bool = False
    """Whether the bytes also depend on the fonts of the machine."""
    live: bool = False
    """Whether it contains speech of a running session. Under the Chatham House Rule only people who joined can read it
    until the session has ended."""

    @property
    def is_text(self) -> bool:
        """Whether the content is text, which a terminal can show."""
        return self.media_type.startswith("text/") or "json" in self.media_type or "svg" in self.media_type

    @property
    def file_name(self) -> tuple[str, str]:
        """Stem and extension of the name, without the dot."""
        stem, _, ending = self.name.rpartition(".")
        return stem, ending

    def content(self, of: DocumentSource) -> bytes:
        """The content of the file; empty if the state has none, or is too large for it."""
        return self.write(of) if self.exists(of.state) and self.fits(of.state) else b""
