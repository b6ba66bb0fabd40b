"""What every file of a record is made from.

It is made from the public log alone, also where more is known. Whoever has only `log.jsonl` can therefore make every
file again and compare (`checking`)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from acquis.documents.view import ReportView, report_view
from acquis.i18n import LANGUAGES
from acquis.publication.public import public_entries
from acquis.record import Entry
from acquis.state import State, fold


class DocumentSource(msgspec.Struct, frozen=True):
    """The public log, its state, the view of a version, a language, and the id of the session where it is known."""

    entries: tuple[Entry, ...]
    state: State
    view: ReportView
    language: str
    session: str = ""


def source(
    entries: Iterable[Entry],
    language: str = LANGUAGES[0],
    version: int = 0,
    *,
    state: State | None = None,
    people: Iterable[str] = (),
    session: str = "",
) -> DocumentSource:
    """The source of a log, as it is kept or as it is public; version 0 is the newest.

    `state` is that of the newest of `entries` and saves a fold where it is at hand. `people` are the names that people
    gave, which a session under the Chatham House Rule does not tell. Raises LookupError where there is no such
    version."""
    kept = list(entries)
    public = tuple(public_entries(kept, state if state is not None else _folded(kept), people))
    of_public = _folded(public)
    head = public[-1].link.hex() if public else ""
    return DocumentSource(public, of_public, report_view(of_public, head, version), language, session)


def _folded(entries: Iterable[Entry]) -> State:
    return fold((entry.seq, entry.at, entry.by, entry.body) for entry in entries)
