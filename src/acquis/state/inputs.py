"""The classes of the state for what people contributed in writing, and for what was stated to have become of inputs."""

from __future__ import annotations

from typing import Literal

import msgspec

from acquis import events as ev
from acquis.attributes import Attributes

ContributionFate = Literal["waiting", "approved", "held_back", "withdrawn"]


class WrittenContribution(msgspec.Struct, gc=False):
    """A written contribution. `person` is empty if the team entered it, from `source`. `fate` is its status: waiting
    for a moderator, public ("approved"), held back for a `reason`, or withdrawn."""

    seq: int
    at: int
    person: str
    text: str
    on_behalf_of: str
    language: str
    attributes: Attributes
    source: str = ""
    fate: ContributionFate = "waiting"
    reason: str = ""

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return self.fate == "approved"


class Inputs(msgspec.Struct):
    """What was invited, and what was stated about inputs."""

    until: int = 0
    """Until when written contributions are accepted (ms since 1970); 0: none are."""
    sources: set[str] = msgspec.field(default_factory=set)
    """The files and rows from which contributions were entered."""
    statements: dict[int, ev.FatesStated] = msgspec.field(default_factory=dict)
    """Entry -> what it states about inputs."""
    stated: dict[int, tuple[tuple[int, int], ...]] = msgspec.field(default_factory=dict)
    """Input -> the entries that state what became of it, each with the input into which it was merged (0: none)."""
