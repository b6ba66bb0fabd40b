"""Loads the reference and looks up records by id, kind and relation."""

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
    ProcessStep,
    Ref,
    ReferenceRecord,
    Source,
)
from acquis.text.folding import caseless

_R = TypeVar("_R", bound=ReferenceRecord)


class Library(msgspec.Struct, frozen=True):
    """All records by id, in the order of the files."""

    records: dict[str, ReferenceRecord]
    sources: dict[str, Source]
    names: dict[str, str]
    """Alias in lower case -> id. An alias of two records is left out."""

    def find(self, name: str) -> ReferenceRecord | None:
        """The record with this id or alias; for a paragraph ("doc:A/70/174#13.j") its document; None if there is
        none."""
        id = name.partition("#")[0]
        return self.records.get(id) or self.records.get(self.names.get(caseless(id), ""))

    def of(self, kind: type[_R]) -> tuple[_R, ...]:
        """All records of a class, such as `Meeting`."""
        return tuple(record for record in self.records.values() if isinstance(record, kind))

    def kind(self, kind: str) -> tuple[Item, ...]:
        """The items of the framework with this kind ("norm")."""
        return tuple(item for item in self.of(Item) if item.kind == kind)

    @property
    def processes(self) -> tuple[Process, ...]:
        """All processes of the reference, the oldest first."""
        return self.of(Process)

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents, in the order of the file."""
        return self.of(Document)

    def document(self, symbol: str) -> Document | None:
        """The document with this normalized symbol; None if it is not in the reference."""
        record = self.records.get(f"doc:{symbol}")
        return record if isinstance(record, Document) else None

    def meetings(self, process: str = "") -> tuple[Meeting, ...]:
        """The meetings of a process, or all if `process` is empty."""
        return tuple(meeting for meeting in self.of(Meeting) if process in ("", meeting.process))

    def steps(self, process: str) -> tuple[ProcessStep, ...]:
        """The steps for taking part in a process, by number."""
        return tuple(sorted((s for s in self.of(ProcessStep) if s.process == process), key=lambda step: step.number))

    def opportunities(self, process: str = "") -> tuple[Opportunity, ...]:
        """The opportunities of a process, or all if `process` is empty."""
        return tuple(chance for chance in self.of(Opportunity) if process in ("", chance.process))


def data(name: str) -> str:
    """The text of a data file such as "processes.yaml"."""
    return resources.files("acquis.reference").joinpath("data", name).read_text("utf-8")


def raw(name: str) -> list[object]:
    """The records of a data file such as "processes" as plain data; dates are `datetime.date`."""
    loaded = yaml.load(data(f"{name}.yaml"), Loader=yaml.CSafeLoader)
    records: list[object] = loaded["records"] if isinstance(loaded, dict) else loaded
    return records


@functools.cache
def library() -> Library:
    """The reference in the package, cached. Raises msgspec.ValidationError if a file does not fit the classes of
    `records`, ValueError if an id occurs twice."""
    records: dict[str, ReferenceRecord] = {}
    for name, kind in FILES.items():
        listed: list[ReferenceRecord] = msgspec.convert(raw(name), list[kind])  # type: ignore[valid-type]  # run time names it
        for record in listed:
            if record.id in records:
                raise ValueError(f"{name}.yaml: the id {record.id} stands twice")
            records[record.id] = record
    sources = {source.id: source for source in msgspec.convert(raw("sources"), list[Source])}
    return Library(records, sources, _aliases(records))


def _aliases(records: dict[str, ReferenceRecord]) -> dict[str, str]:
    names: dict[str, str] = {}
    for record in records.values():
        for alias in dict.fromkeys(caseless(alias) for alias in record.aliases):
            names[alias] = "" if alias in names else record.id
    return names


def facts(record: ReferenceRecord) -> Iterator[tuple[str, Fact | Outcome | Layer]]:
    """The parts of a record that have a status of their own, with the name of their field ("stakeholders.oral")."""
    for field in record.__struct_fields__:
        value = getattr(record, field)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Modalities):
                yield from ((f"{field}.{name}", getattr(inner, name)) for name in inner.__struct_fields__)
            elif isinstance(inner, Fact | Outcome | Layer):
                yield field, inner


def refs(record: ReferenceRecord) -> Iterator[Ref]:
    """All references of a record, including those of the facts inside it."""
    yield from record.refs
    for _, fact in facts(record):
        yield from fact.refs


def back(books: Library, id: str) -> list[ReferenceRecord]:
    """The records that refer to this one as related, as their process or as their predecessor."""
    linked = []
    for record in books.records.values():
        named = (*getattr(record, "related", ()), *getattr(record, "successor", ()), getattr(record, "process", ""))
        if id in named:
            linked.append(record)
    return linked
