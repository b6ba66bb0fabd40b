"""The classes of the state for messages: their wordings, the objections and amendments, and what became of them."""

from __future__ import annotations

from collections.abc import Set
from typing import Literal

import msgspec

from acquis import events as ev
from acquis.attributes import NOT_SAID, Attributes

HOUR_MS = 3_600_000


class Wording(msgspec.Struct, frozen=True, gc=False):
    """A wording of a message, and the entry that brought it into force. `of`: the entry that contains its text;
    `amendment`: the one that it comes from, 0 for none; `erratum`: its number among the errata, 0 for none."""

    seq: int
    at: int
    of: int
    text: str
    why: str = ""
    amendment: int = 0
    erratum: int = 0


class Objection(msgspec.Struct, gc=False):
    """An objection to a message, or a reservation. `name` and `party` are those that the person wanted to be shown;
    without them it is known by the `voice` of the person, and not by `person`. `breaks`: whether it breaks a silence
    that runs."""

    seq: int
    at: int
    message: int
    person: str
    reservation: bool
    breaks: bool
    text: str
    name: str = ""
    party: str = ""
    voice: str = ""
    withdrawn: bool = False


class ProposedAmendment(msgspec.Struct, gc=False):
    """Another wording of a message that somebody proposed. `number`: among those of the message, from 1; `supporters`:
    numbers of voices; `base`: the wording (its entry) for which it was proposed."""

    seq: int
    at: int
    message: int
    person: str
    number: int
    text: str
    base: int
    supporters: Set[int] = frozenset()
    fate: Literal["proposed", "incorporated", "not_incorporated", "withdrawn"] = "proposed"
    why: str = ""
    settled: int = 0
    """The entry that settled it; 0: none."""
    attributes: Attributes = NOT_SAID

    @property
    def is_proposed(self) -> bool:
        """Whether nothing has become of it yet."""
        return self.fate == "proposed"


class StatedOutcome(msgspec.Struct, frozen=True, gc=False):
    """What the Chair stated of a message, and the entry."""

    seq: int
    at: int
    outcome: ev.MessageOutcome
    why: str = ""


class Silence(msgspec.Struct, frozen=True, gc=False):
    """A silence procedure on a message: its entry, when it began and ends (ms since 1970), and the parties that may
    object."""

    seq: int
    at: int
    ends_at: int
    parties: tuple[str, ...]


class Message(msgspec.Struct, gc=False):
    """A message: its wordings, the last of which is in force, and its history. `number`: from 1, over all messages;
    `tests`: the statements by which it was put to the vote."""

    seq: int
    at: int
    number: int
    part: ev.MessagePart
    wordings: list[Wording]
    tests: list[int] = msgspec.field(default_factory=list)
    outcomes: list[StatedOutcome] = msgspec.field(default_factory=list)
    silences: list[Silence] = msgspec.field(default_factory=list)

    @property
    def text(self) -> str:
        """The wording in force."""
        return self.wordings[-1].text

    @property
    def outcome(self) -> StatedOutcome | None:
        """The outcome in force; None if none was stated."""
        return self.outcomes[-1] if self.outcomes else None

    @property
    def silence(self) -> Silence | None:
        """The latest silence procedure; None if there was none."""
        return self.silences[-1] if self.silences else None

    @property
    def errata(self) -> int:
        """The number of errata."""
        return self.wordings[-1].erratum
