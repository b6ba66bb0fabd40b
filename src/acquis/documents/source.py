"""The data from which all files of a record are computed: the public log only, so that anybody who has `log.jsonl` can
compute them again and compare (`checking`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

import msgspec

from acquis.documents.earlier import EarlierSession
from acquis.documents.signing import Signing
from acquis.documents.view import ReportView, report_view
from acquis.i18n import LANGUAGES
from acquis.publication.public import PublicForm, public_form, public_state
from acquis.record import Entry
from acquis.state import State
from acquis.state.counting import as_public


class ReadableLog(Protocol):
    """The entries of a log, which are read anew each time, because there may be a million of them."""

    def __iter__(self) -> Iterator[Entry]:
        """All entries, in their order."""

    def unsealed(self) -> Iterator[Entry]:
        """Those of which something is public."""

    def state(self) -> State:
        """The state after the last one."""

    def head(self) -> str:
        """The link of the last one, in hexadecimal; empty for none."""


class LoadedLog:
    """A log that is in memory."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = list(entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def unsealed(self) -> Iterator[Entry]:
        return (entry for entry in self._entries if not entry.is_sealed)

    def state(self) -> State:
        return public_state(self._entries)

    def head(self) -> str:
        return self._entries[-1].link.hex() if self._entries else ""


class PublicEntries:
    """The entries of a log as everybody may read them, made anew each time."""

    def __init__(self, log: ReadableLog, public: PublicForm) -> None:
        self._log, self._public = log, public

    def __iter__(self) -> Iterator[Entry]:
        return map(self._public, self._log)

    def unsealed(self) -> Iterator[Entry]:
        """Those of which something is public."""
        return (entry for entry in map(self._public, self._log.unsealed()) if not entry.is_sealed)


class DocumentSource(msgspec.Struct, frozen=True):
    """The public log, its state, the view of a version, a language, the id of the session, and the address of its page
    ("": unknown)."""

    entries: PublicEntries
    state: State
    view: ReportView
    language: str
    session: str = ""
    address: str = ""
    signing: Signing | None = None
    """What the server adds to the archive of all files."""

    def compared(self, earlier: EarlierSession | None) -> DocumentSource:
        """The source with the votes of an earlier session, with which the files compare those of this one."""
        return msgspec.structs.replace(self, view=msgspec.structs.replace(self.view, earlier=earlier))


def source(
    entries: Iterable[Entry],
    language: str = LANGUAGES[0],
    version: int = 0,
    *,
    state: State | None = None,
    people: Iterable[str] = (),
    session: str = "",
    address: str = "",
    signing: Signing | None = None,
) -> DocumentSource:
    """The source for a log in memory, in its stored or public form; otherwise as `source_of`."""
    return source_of(
        LoadedLog(entries),
        language,
        version,
        state=state,
        people=people,
        session=session,
        address=address,
        signing=signing,
    )


def source_of(
    log: ReadableLog,
    language: str,
    version: int = 0,
    *,
    state: State | None = None,
    people: Iterable[str] = (),
    session: str = "",
    address: str = "",
    signing: Signing | None = None,
) -> DocumentSource:
    """The source for a log; version 0 is the newest.

    `state`: the state after its entries, if it is already computed. `people`: the names that people gave, which are
    masked under the Chatham House Rule. Raises LookupError if there is no such version."""
    whole = log.state() if state is None else state
    public = PublicEntries(log, public_form(whole, people))
    of_public = public_state(public.unsealed())
    of_public.seq = whole.seq
    of_public = as_public(of_public)
    view = report_view(of_public, log.head(), version)
    return DocumentSource(public, of_public, view, language, session=session, address=address, signing=signing)
