"""How a command is refused."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """A command was refused: a code and facts. `acquis.i18n.refusals` has a sentence for each code."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
