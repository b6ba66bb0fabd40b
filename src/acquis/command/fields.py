"""Declarations of the fields of commands: `text: Annotated[str, Text(400)]`.

A declaration checks a value against the state, describes it for `/openapi.json`, `docs/actions.md` and forms, and gives
sample values that a person could fill in. A declaration that `resolves` turns a number or id into an object,
which the rule of the command receives as an argument; any other gives the value that is stored in the field.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol

import msgspec

from acquis.command.refused import Refused
from acquis.reference.library import library
from acquis.text.visible import cleaned

if TYPE_CHECKING:
    from acquis.state import State

REFERENCES_LIMIT, REFERENCE_LIMIT = 12, 60
"""The most ids of a list of references, and the most characters of one id."""
REFERENCES_TEXT_LIMIT = REFERENCES_LIMIT * (REFERENCE_LIMIT + 1)
"""The most characters of a list of references."""
_SAMPLE = "\N{REPLACEMENT CHARACTER}"


class Declaration(Protocol):
    """Checks and describes the values of a field."""

    resolves: ClassVar[bool]

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes of `Refused` that `take` raises."""

    @property
    def words(self) -> str:
        """The limits in words, to follow the type: "at most 400 characters"."""

    def take(self, value: Any, state: State) -> Any:
        """The value to store, or the object that it identifies. Raises Refused."""

    def schema(self) -> dict[str, Any]:
        """The limits as JSON Schema keywords ("maxLength")."""

    def samples(self, state: State) -> Iterable[Any]:
        """Values that a person could fill in, to test whether a command with one of them would be accepted."""


class Text(msgspec.Struct, frozen=True):
    """A text of at most `limit` characters after `cleaned`; it may be empty only with `empty`."""

    limit: int
    empty: bool = False
    resolves: ClassVar = False

    @property
    def codes(self) -> tuple[str, ...]:
        return ("text_too_long",) if self.empty else ("text_empty", "text_too_long")

    @property
    def words(self) -> str:
        return f"at most {self.limit} characters"

    def take(self, value: str, state: State) -> str:
        text = cleaned(value)
        if not text and not self.empty:
            raise Refused("text_empty")
        check_length(text, self.limit)
        return text

    def schema(self) -> dict[str, Any]:
        return {"maxLength": self.limit} if self.empty else {"minLength": 1, "maxLength": self.limit}

    def samples(self, state: State) -> Iterable[str]:
        return (_SAMPLE,)


def check_length(text: str, limit: int) -> None:
    """Raises Refused("text_too_long", limit, length) if the text has more than `limit` characters after stripping."""
    length = len(text.strip())
    if length > limit:
        raise Refused("text_too_long", limit=limit, length=length)


class Word(msgspec.Struct, frozen=True):
    """A text of at most `limit` characters that matches `pattern`; with `empty` it may also be empty. Otherwise it is
    refused with `code` and, if `fact` is given, with a fact of that name: its first 40 characters."""

    pattern: str
    limit: int
    code: str
    fact: str = ""
    empty: bool = False
    resolves: ClassVar = False

    @property
    def codes(self) -> tuple[str, ...]:
        return (self.code,)

    @property
    def words(self) -> str:
        return f"at most {self.limit} characters"

    def take(self, value: str, state: State) -> str:
        if not (self.empty and not value) and (len(value) > self.limit or not re.fullmatch(self.pattern, value)):
            raise Refused(self.code, **({self.fact: value[:40]} if self.fact else {}))
        return value

    def schema(self) -> dict[str, Any]:
        pattern = f"^({self.pattern})?$" if self.empty else f"^({self.pattern})$"
        return {"maxLength": self.limit, "pattern": pattern}

    def samples(self, state: State) -> Iterable[str]:
        return ("",) if self.empty else ()


class Written(msgspec.Struct, frozen=True):
    """A text with its own syntax, such as a date or the symbol of a document; it may be empty. `read` gives its normal
    form and raises Refused with one of `refusals`. `values`: all valid texts, if they can be listed. `limit`: the most
    characters after stripping, 0 if there is no limit."""

    read: Callable[[str], str]
    refusals: tuple[str, ...]
    words: str
    values: tuple[str, ...] = ()
    limit: int = 0
    resolves: ClassVar = False

    @property
    def codes(self) -> tuple[str, ...]:
        return (*self.refusals, "text_too_long") if self.limit else self.refusals

    def take(self, value: str, state: State) -> str:
        if self.limit:
            check_length(value, self.limit)
        return self.read(value)

    def schema(self) -> dict[str, Any]:
        limits = {"maxLength": self.limit} if self.limit else {}
        return limits | ({"enum": ["", *self.values]} if self.values else {})

    def samples(self, state: State) -> Iterable[str]:
        return ("",)


_MISSING = {
    "hands": ("no_such_hand", "hand"),
    "turns": ("no_such_turn", "turn"),
    "speech": ("no_such_line", "line"),
    "questions": ("no_such_question", "question"),
    "statements": ("no_such_statement", "statement"),
    "contributions": ("no_such_contribution", "contribution"),
    "commitments": ("no_such_commitment", "commitment"),
    "messages": ("no_such_message", "message"),
    "objections": ("no_such_objection", "objection"),
    "amendments": ("no_such_amendment", "amendment"),
}
"""Collection of the state -> the code of the refusal if there is no such object, and the noun for an object."""


class Of(msgspec.Struct, frozen=True):
    """The number of the entry that created an object of a collection; with `optional`, 0 means none. Resolves to the
    object or None; refused with no_such_hand (hand), no_such_question (question) and so on. Samples are only objects
    with one of `fates`, if these are given."""

    collection: Literal[
        "hands",
        "turns",
        "speech",
        "questions",
        "statements",
        "contributions",
        "commitments",
        "messages",
        "objections",
        "amendments",
    ]
    optional: bool = False
    fates: tuple[str, ...] = ()
    resolves: ClassVar = True

    @property
    def codes(self) -> tuple[str, ...]:
        return (_MISSING[self.collection][0],)

    @property
    def words(self) -> str:
        return f"the entry of a {_MISSING[self.collection][1]}" + (", 0 for none" if self.optional else "")

    def take(self, value: int, state: State) -> Any:
        item = getattr(state, self.collection).get(value)
        if item is None and not (self.optional and value == 0):
            code, noun = _MISSING[self.collection]
            raise Refused(code, **{noun: value})
        return item

    def schema(self) -> dict[str, Any]:
        return {"minimum": 0 if self.optional else 1}

    def samples(self, state: State) -> Iterable[int]:
        items = getattr(state, self.collection)
        some = (seq for seq in reversed(items) if not self.fates or items[seq].fate in self.fates)
        return itertools.chain(some, (0,) if self.optional else ())


class SeatNumber(msgspec.Struct, frozen=True):
    """The number of a speaker in the programme, from 1; with `optional`, 0 means no particular speaker. Refused with
    no_such_seat (seat) and, with `present`, with speaker_withdrawn (name) for somebody who was taken off."""

    optional: bool = False
    present: bool = False
    resolves: ClassVar = False

    @property
    def codes(self) -> tuple[str, ...]:
        return ("no_such_seat", "speaker_withdrawn") if self.present else ("no_such_seat",)

    @property
    def words(self) -> str:
        return "a speaker of the programme, from 1" + (", 0 for none" if self.optional else "")

    def take(self, value: int, state: State) -> int:
        seats = len(state.seats)
        if not (0 if self.optional else 1) <= value <= seats:
            raise Refused("no_such_seat", seat=value)
        if self.present and value and state.seats[value - 1].withdrawn:
            raise Refused("speaker_withdrawn", name=state.seats[value - 1].name)
        return value

    def schema(self) -> dict[str, Any]:
        return {"minimum": 0 if self.optional else 1}

    def samples(self, state: State) -> Iterable[int]:
        return range(0 if self.optional else 1, len(state.seats) + 1)


class SegmentNumber(msgspec.Struct, frozen=True):
    """The number of a segment of the programme, from 0; refused with no_such_segment (segment)."""

    resolves: ClassVar = False
    codes: ClassVar = ("no_such_segment",)
    words: ClassVar = "a segment of the programme, from 0"

    def take(self, value: int, state: State) -> int:
        if not 0 <= value < len(state.segments):
            raise Refused("no_such_segment", segment=value)
        return value

    def schema(self) -> dict[str, Any]:
        return {"minimum": 0}

    def samples(self, state: State) -> Iterable[int]:
        return range(len(state.segments))


class References(msgspec.Struct, frozen=True):
    """Ids of the reference, separated by blanks or commas ("norm-j cbm-8"). Resolves to the distinct ids."""

    resolves: ClassVar = True
    codes: ClassVar = ("text_too_long", "no_such_reference", "too_many_references")
    words: ClassVar = f"at most {REFERENCES_LIMIT} ids with blanks between, at most {REFERENCES_TEXT_LIMIT} characters"

    def take(self, value: str, state: State) -> tuple[str, ...]:
        return references(value)

    def schema(self) -> dict[str, Any]:
        return {"maxLength": REFERENCES_TEXT_LIMIT}

    def samples(self, state: State) -> Iterable[str]:
        return ("", *itertools.islice(library().records, 1))


def references(written: str) -> tuple[str, ...]:
    """The distinct ids of the reference in a text in which blanks or commas separate them ("norm-j cbm-8"). Raises
    Refused: text_too_long (limit, length), no_such_reference (id), too_many_references (limit)."""
    check_length(written, REFERENCES_TEXT_LIMIT)
    ids = tuple(dict.fromkeys(written.replace(",", " ").split()))
    if len(ids) > REFERENCES_LIMIT:
        raise Refused("too_many_references", limit=REFERENCES_LIMIT)
    for id in ids:
        if library().find(id) is None:
            raise Refused("no_such_reference", id=id[:REFERENCE_LIMIT])
    return ids
