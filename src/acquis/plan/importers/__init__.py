"""Pages of other places become programmes. One module for each kind of page."""

from __future__ import annotations

from typing import Any


class ImportFailed(Exception):
    """Nothing could be imported: a code (empty, not_text, too_large, transcript, not_igf) and facts."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
