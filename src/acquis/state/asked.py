"""The class of the state for questions."""

from __future__ import annotations

from collections.abc import Set
from typing import Literal

import msgspec

from acquis.attributes import Attributes

QuestionFate = Literal[
    "waiting",  # for a moderator
    "approved",
    "merged",
    "on_floor",
    "answered_live",
    "answered_in_writing",
    "not_reached",
    "held_back",
    "withdrawn",
]
OPEN_FATES = frozenset({"waiting", "approved", "on_floor"})


class Question(msgspec.Struct, gc=False):
    """A question. `fate` is its status, `supporters` are numbers of voices, `into` is the question into which it was
    merged."""

    seq: int
    at: int
    person: str
    text: str
    to: int
    attributes: Attributes
    fate: QuestionFate = "waiting"
    public: bool = False
    """Whether it is public: a moderator approved it, or questions are not moderated."""
    reason: str = ""
    into: int = 0
    supporters: Set[int] = frozenset()
    answer: str = ""
    answer_entry: int = 0
    put_at: int = 0
    """When it was first put to the floor (ms since 1970); 0: never."""
    joined: int = 0
    """The question with which a moderator merged it; `into` may be another one that this was merged into."""
    brought: Set[int] = frozenset()
    """The supporters that `joined` has only because of the merge."""
    origin: str = ""
    """The meeting program in which it was asked; empty: here."""
    votes: int = 0
    """How many people voted for it there. They are no supporters, because nobody knows who they are."""

    @property
    def awaits_moderator(self) -> bool:
        """Whether no moderator has decided about it."""
        return self.fate == "waiting"

    @property
    def awaits_answer(self) -> bool:
        """Whether it is approved and nothing else has become of it."""
        return self.fate == "approved"

    @property
    def is_on_floor(self) -> bool:
        """Whether the panel answers it now (fate `on_floor`)."""
        return self.fate == "on_floor"

    @property
    def is_merged(self) -> bool:
        """Whether it was merged into another question."""
        return self.fate == "merged"
