"""The data from which all files of a record are computed: the public log only, so that anybody who has `log.jsonl` can
compute them again and compare (`checking`)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from acquis.documents.earlier import EarlierSession
from acquis.documents.signing import Signing
from acquis.documents.view import ReportView, report_view
from acquis.i18n import LANGUAGES
from acquis.publication.public import public_entries, public_state
from acquis.record import Entry
from acquis.state import State
from acquis.state.counting import as_public


class DocumentSource(msgspec.Struct, frozen=True):
    """The public log, its state, the view of a version, a language, the id of the session, and the address of its page
    ("": unknown)."""

    entries: tuple[Entry, ...]
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
    """The source for a log, in its stored or public form; version 0 is the newest.

    `state`: the state after `entries`, if it is already computed. `people`: the names that people gave, which are
    masked under the Chatham House Rule. Raises LookupError if there is no such version."""
    kept = list(entries)
    public = tuple(public_entries(kept, state if state is not None else public_state(kept), people))
    of_public = as_public(public_state(public))
    head = public[-1].link.hex() if public else ""
    view = report_view(of_public, head, version)
    return DocumentSource(public, of_public, view, language, session=session, address=address, signing=signing)
