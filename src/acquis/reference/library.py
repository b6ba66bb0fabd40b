"""The reference as it is looked up: every record by its id, and what hangs together with what."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from importlib import resources
from typing import TypeVar

import msgspec
import yaml

from acquis.reference.records import (
    FILES,
    Document,
    Fact,
    Item,
    Layer,
    Meeting,
    Modalities,
    Opportunity,
    Outcome,
    Process,
    Record,
    Ref,
    Source,
    Step,
)

_R = TypeVar("_R", bound=Record)


class Library(msgspec.Struct, frozen=True):
    """All records, in the order of the files."""

    records: dict[str, Record]
    sources: dict[str, Source]
    names: dict[str, str]
    """Alias, in lower case -> id. An alias that two records have is no one's."""

    def find(self, name: str) -> Record | None:
        """The record of an id or an alias; of a paragraph ("doc:A/70/174#13.j") its document."""
        id = name.partition("#")[0]
        return self.records.get(id) or self.records.get(self.names.get(id.casefold(), ""))

    def of(self, kind: type[_R]) -> tuple[_R, ...]:
        """The records of one kind."""
        return tuple(record for record in self.records.values() if isinstance(record, kind))

    def kind(self, kind: str) -> tuple[Item, ...]:
        """The items of the framework of one kind ("norm")."""
        return tuple(item for item in self.of(Item) if item.kind == kind)

    @property
    def processes(self) -> tuple[Process, ...]:
        """The processes, the oldest first."""
        return self.of(Process)

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents."""
        return self.of(Document)

    def document(self, symbol: str) -> Document | None:
        """The document of a symbol."""
        found = self.records.get(f"doc:{symbol}")
        return found if isinstance(found, Document) else None

    def meetings(self, process: str = "") -> tuple[Meeting, ...]:
        """The meetings of a process, or all."""
        return tuple(meeting for meeting in self.of(Meeting) if process in ("", meeting.process))

    def steps(self, process: str) -> tuple[Step, ...]:
        """The steps on the way into a process, in their order."""
        return tuple(sorted((s for s in self.of(Step) if s.process == process), key=lambda step: step.number))

    def opportunities(self, process: str = "") -> tuple[Opportunity, ...]:
        """The opportunities of a process, or all."""
        return tuple(chance for chance in self.of(Opportunity) if process in ("", chance.process))


def data(name: str) -> str:
    """The text of a data file ("processes.yaml")."""
    return resources.files("acquis.reference").joinpath("data", name).read_text("utf-8")


def raw(name: str) -> list[object]:
    """The records of a data file ("processes") as plain data, dates as dates."""
    loaded = yaml.load(data(f"{name}.yaml"), Loader=yaml.CSafeLoader)
    found: list[object] = loaded["records"] if isinstance(loaded, dict) else loaded
    return found


@functools.cache
def library() -> Library:
    """The reference that is shipped. Raises msgspec.ValidationError where a file is not as `records` says, ValueError
    for an id that stands twice."""
    records: dict[str, Record] = {}
    for name, kind in FILES.items():
        listed: list[Record] = msgspec.convert(raw(name), list[kind])  # type: ignore[valid-type]  # run time names it
        for record in listed:
            if record.id in records:
                raise ValueError(f"{name}.yaml: the id {record.id} stands twice")
            records[record.id] = record
    sources = {source.id: source for source in msgspec.convert(raw("sources"), list[Source])}
    return Library(records, sources, _aliases(records))


def _aliases(records: dict[str, Record]) -> dict[str, str]:
    names: dict[str, str] = {}
    for record in records.values():
        for alias in dict.fromkeys(alias.casefold() for alias in record.aliases):
            names[alias] = "" if alias in names else record.id
    return names


def facts(record: Record) -> Iterator[tuple[str, Fact | Outcome | Layer]]:
    """Everything inside a record that carries its own status, with the name of its field ("stakeholders.oral")."""
    for field in record.__struct_fields__:
        value = getattr(record, field)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Modalities):
                yield from ((f"{field}.{name}", getattr(inner, name)) for name in inner.__struct_fields__)
            elif isinstance(inner, Fact | Outcome | Layer):
                yield field, inner


def refs(record: Record) -> Iterator[Ref]:
    """Every reference in a record, also of the facts inside it."""
    yield from record.refs
    for _, fact in facts(record):
        yield from fact.refs


def back(books: Library, id: str) -> list[Record]:
    """The records that name this one as related, as their process or as what they follow."""
    found = []
    for record in books.records.values():
        named = (*getattr(record, "related", ()), *getattr(record, "successor", ()), getattr(record, "process", ""))
        if id in named:
            found.append(record)
    return found
