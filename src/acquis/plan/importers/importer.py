"""What an importer of programmes declares, and how it fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from acquis.plan.document import Programme
from acquis.reference import Profile


class ImportFailed(Exception):
    """Nothing could be imported: a code (empty, not_text, too_large, transcript, not_igf) and facts."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True)
class ProgrammeImporter:
    """One kind of text that can become a programme.

    `name` is the verb of `acquis import`; `accepts` says to people what it reads (a message); `endings` are those of
    its files. `recognises` looks at the whole text. `read` raises ImportFailed or ProgrammeError."""

    name: str
    accepts: str
    endings: tuple[str, ...]
    recognises: Callable[[str], bool]
    read: Callable[[str, Profile], Programme]
