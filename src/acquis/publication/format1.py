"""The public form of logs of format 1, and what explains the entries that are shown without salt in them.

An entry of format 1 has one salt, so what is left of it cannot be proved. What a voice does is not shown. An entry
whose text was removed stands without its text and without its salt; the log has to explain each of them: by a recorded
erasure, which contains the digest of the rest, or as a text that was never public. Under the Chatham House Rule entries
are shown with names masked and without salt, and only the operator of the server vouches for them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import msgspec

from acquis import events as ev
from acquis.publication.accounting import Omissions, Unexplained
from acquis.publication.chatham import may_lack_salt
from acquis.publication.conditions import is_public
from acquis.record import Entry, Part
from acquis.state import State


def public_entry(entry: Entry, state: State, without: Callable[[ev.Event], ev.Event] | None) -> Entry:
    """The public form of an entry of format 1."""
    if entry.is_sealed:
        return entry
    event = ev.from_body(entry.body)
    (part,) = entry.parts
    unproved = (Part(part.commitment),)
    if event.seals:
        return msgspec.structs.replace(entry, key="", body=b"", parts=unproved)
    # The record erases a text shortly after the entry that announces it; until then the text is hidden here.
    hidden = bool(event.texts) and (entry.seq in state.erased or not is_public(event, entry.seq, state))
    public = ev.redacted(event) if hidden else event
    public = without(public) if without else public
    if public is event or (public == event and not (hidden and part.salt is not None)):
        return msgspec.structs.replace(entry, key="")
    return msgspec.structs.replace(entry, key="", body=ev.to_body(public), parts=unproved)


class Accounting1:
    """Accounts for the entries of a log of format 1 that have no salt."""

    def __init__(self) -> None:
        self.sealed = 0
        self.ruled: bool | None = None
        """Whether the session is held under the Chatham House Rule, as the entry of its opening says."""
        self.bare: dict[int, str] = {}
        """Number of an entry without salt -> SHA-256 of its body, hexadecimal."""
        self.wordless: set[int] = set()
        """Entries of `bare` without any text."""
        self.nameless: set[int] = set()
        """Entries of `bare` that may be without salt under the Chatham House Rule."""
        self.declared: dict[int, ev.Event] = {}
        """Number of an entry of `bare` -> its event, whose class declares who may see its texts."""

    def seal(self) -> None:
        """Note an entry of which nothing is shown."""
        self.sealed += 1

    def take(self, entry: Entry, event: ev.Event) -> str:
        """Note an entry; the reason if it cannot be explained, whatever follows."""
        if entry.parts[0].salt is not None:
            if isinstance(event, ev.SessionOpened):
                self.ruled = event.chatham
            return ""
        self.bare[entry.seq] = hashlib.sha256(entry.body).hexdigest()
        self.declared[entry.seq] = event
        if event.texts and event == ev.redacted(event):
            self.wordless.add(entry.seq)
        if may_lack_salt(event):
            self.nameless.add(entry.seq)
        elif entry.seq not in self.wordless:
            return "without its salt, yet not without its text"
        return ""

    def omissions(self, state: State) -> Omissions | Unexplained:
        """What is missing in the whole log, whose state is given. A log whose opening does not say whether the session
        is held under the Chatham House Rule is taken at its word."""
        nameless = self.nameless if (state.settings.chatham if self.ruled is None else self.ruled) else set()
        for seq, left in self.bare.items():
            hidden = not is_public(self.declared[seq], seq, state)
            if seq not in self.wordless and (seq not in nameless or hidden or seq in state.erased):
                return Unexplained(seq, "without its salt, yet not without its text")
            if seq in nameless:
                continue
            if seq not in state.erased and not hidden:
                return Unexplained(seq, "no entry says that it was erased")
            if state.erased.get(seq, left) != left:
                return Unexplained(seq, "it was changed after its text was erased")
        erased = state.erased.keys() & self.bare.keys()
        return Omissions(
            self.sealed,
            erased=tuple(sorted(erased)),
            withheld=tuple(sorted(self.wordless - erased - nameless)),
            unproved=tuple(sorted(nameless - erased)),
        )
