"""What became of an entry for which somebody has a receipt, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from acquis.i18n import N_, say
from acquis.publication.signatures import LogOfLinks, SignedKeys
from acquis.record import Entry
from acquis.record.chain import BEFORE_FIRST
from acquis.record.notes import SignedNote
from acquis.record.receipts import BallotReceipt, Receipt
from acquis.state import State

Kind = Literal["unchanged", "erased", "merged", "sealed", "hidden"]


class ReceiptFate(msgspec.Struct, frozen=True):
    """What became of an entry: shown as it was recorded, erased for a reason, merged into another question, or shown
    in part or not at all."""

    entry: int
    kind: Kind
    reason: str = ""
    into: int = 0


def fate_of(whole: bytes, public: Entry, state: State) -> ReceiptFate:
    """What became of an entry, given its body as it was recorded, the entry as the public log shows it and the state
    after the log."""
    seq = public.seq
    if seq in state.erased:
        return ReceiptFate(seq, "erased", state.erasures.get(seq, ""))
    question = state.questions.get(seq)
    if question is not None and question.fate == "merged":
        return ReceiptFate(seq, "merged", into=question.into)
    if not public.body:
        return ReceiptFate(seq, "sealed")
    return ReceiptFate(seq, "hidden" if _left_out(whole, public.body) else "unchanged")


def _left_out(whole: bytes, public: bytes) -> bool:
    """Whether the public log leaves out a field that says something. (Time and person are not in a body.)"""
    recorded, shown = msgspec.json.decode(whole), msgspec.json.decode(public)
    return any(value for name, value in recorded.items() if name not in shown and name not in ("at", "by"))


class ReceiptProblem(ValueError):
    """A receipt is not one of this record, or the record is not the one of the receipt. The text says why."""


class VerifiedLog(msgspec.Struct, frozen=True):
    """A log that was verified, with what receipts are looked for in: the tree, the entries, the state, and the keys."""

    links: LogOfLinks
    entries: Sequence[Entry]
    state: State
    keys: SignedKeys

    def fate(self, receipt: Receipt) -> ReceiptFate:
        """What became of the entry of a receipt. Raises ReceiptProblem, SignatureError."""
        self._check_origin(receipt.origin)
        if receipt.checkpoint:
            self.links.check(SignedNote.parse(receipt.checkpoint), self.keys)
        if receipt.size > self.links.size:
            raise ReceiptProblem(f"the log has lost its end: the receipt is of a log of {receipt.size} entries")
        entry, before = self.entries[receipt.seq - 1], self._before(receipt.seq)
        if (before.hex(), entry.link.hex()) != (receipt.before, receipt.link):
            raise ReceiptProblem(f"not in this record. Entry {receipt.seq} is another one")
        if self.links.root(receipt.size).hex() != receipt.root:
            raise ReceiptProblem(f"the first {receipt.size} entries of the log are not those of the receipt")
        return fate_of(receipt.body, entry, self.state)

    def _before(self, seq: int) -> bytes:
        return self.entries[seq - 2].link if seq > 1 else BEFORE_FIRST[self.entries[0].format]

    def has_ballot(self, receipt: BallotReceipt) -> bool | None:
        """Whether the published ballots contain the one of a receipt; None if none are published. Raises
        ReceiptProblem."""
        self._check_origin(receipt.origin)
        published = self.state.ballots
        return None if published is None else receipt.is_listed(published.statements, published.ballots)

    def _check_origin(self, origin: str) -> None:
        if self.keys.server and origin != self.keys.server[0].name:
            raise ReceiptProblem(f"the receipt is one of another record, {origin}")


_SENTENCES: dict[Kind, str] = {
    "unchanged": N_("In the record as entry {n}, unchanged."),
    "erased": N_("In the record as entry {n}. Its text was erased: {reason}"),
    "merged": N_("In the record as entry {n}, merged into question {into}."),
    "sealed": N_(
        "In the record as entry {n}, unchanged. The public log shows only that it exists, because votes, support and "
        "joining are published without names."
    ),
    "hidden": N_("In the record as entry {n}, unchanged. The public log does not show all of it."),
}


def fate_sentence(language: str, fate: ReceiptFate) -> str:
    """The sentence for what became of an entry."""
    return say(language, _SENTENCES[fate.kind], n=fate.entry, reason=fate.reason or "–", into=fate.into)
