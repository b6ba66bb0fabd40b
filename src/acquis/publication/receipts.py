"""What became of an entry for which somebody has a receipt, in one sentence."""

from __future__ import annotations

from typing import Literal

import msgspec

from acquis.i18n import N_, say
from acquis.record import Entry
from acquis.state import State

Kind = Literal["unchanged", "erased", "merged", "sealed", "hidden"]


class ReceiptFate(msgspec.Struct, frozen=True):
    """What became of an entry: shown as it was recorded, erased for a reason, merged into another question, or shown
    in part or not at all."""

    entry: int
    kind: Kind
    reason: str = ""
    into: int = 0


def fate_of(stored: Entry, public: Entry, state: State) -> ReceiptFate:
    """What became of a stored entry, given the entry as the public log shows it and the state after the log."""
    seq = stored.seq
    if seq in state.erased:
        return ReceiptFate(seq, "erased", state.erasures.get(seq, ""))
    question = state.questions.get(seq)
    if question is not None and question.fate == "merged":
        return ReceiptFate(seq, "merged", into=question.into)
    if not public.body:
        return ReceiptFate(seq, "sealed")
    return ReceiptFate(seq, "hidden" if _left_out(stored, public) else "unchanged")


def _left_out(stored: Entry, public: Entry) -> bool:
    """Whether the public log leaves out a field that says something."""
    whole, shown = msgspec.json.decode(stored.body), msgspec.json.decode(public.body)
    return any(value for name, value in whole.items() if name not in shown)


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
