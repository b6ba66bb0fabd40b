"""The result of a verification in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from acquis.i18n import N_, say
from acquis.publication.verify import Verification

_PROBLEMS: dict[str, str] = {
    "empty": N_("The log is empty."),
    "line": N_("Not verified: entry {entry} is damaged ({reason}). Valid entries before it: {good}."),
    "chain": N_(
        "Not verified: entry {entry} was changed, added or removed ({reason}). Entries before it that "
        "are correct: {good}."
    ),
    "event": N_("Not verified: entry {entry} records an action that was not possible at that point ({reason})."),
    "undoing": N_("Not verified: entry {entry} undoes an action that could no longer be undone."),
    "erasure": N_("Not verified: the text of entry {entry} is missing, and the record gives no reason ({reason})."),
    "head": N_(
        "Not verified: the log is consistent, but no entry has the fingerprint {reason}. It is a different log."
    ),
    "figures": N_("Not verified: figures that were published at entry {entry} do not match the votes ({reason})."),
}


ENTRIES_NAMED = 20
"""The most entries that a sentence names by their numbers."""


def sentence(language: str, verification: Verification) -> str:
    """The result of a verification in sentences: whether the log is verified, verified in part, or not verified."""
    if not verification.ok:
        return say(
            language,
            _PROBLEMS[verification.problem],
            entry=verification.first_bad or 0,
            reason=verification.reason,
            good=verification.entries,
        )
    return " ".join(_verified(language, verification))


def _verified(language: str, verification: Verification) -> Iterator[str]:
    facts = {"entries": verification.entries, "reports": verification.reports}
    if verification.complete:
        whole = N_("Verified. Entries: {entries}, none changed, added or removed. Reports recalculated: {reports}.")
        yield say(language, whole, **facts)
    else:
        part = N_(
            "Verified in part. Entries: {entries}, none added or removed. Reports recalculated: {reports}. These "
            "entries are shown with names masked, and only the operator of the server vouches for what they show: "
            "{unproved}."
        )
        yield say(language, part, unproved=numbers(language, verification.omissions.unproved), **facts)
    omissions = verification.omissions
    named = {
        N_("Texts erased on request, in entries: {entries}."): omissions.erased,
        N_("Texts withheld by the moderators or not published, in entries: {entries}."): omissions.withheld,
        N_("Names masked under the Chatham House Rule, in entries: {entries}."): omissions.masked,
    }
    for message, entries in named.items():
        if entries:
            yield say(language, message, entries=numbers(language, entries))
    if omissions.sealed:
        sealed = N_("Votes, support and joining, of which only the totals are public, entries: {n}.")
        yield say(language, sealed, n=omissions.sealed)
    yield say(language, N_("Fingerprint: {head}"), head=verification.head)
    if verification.seen_at:
        yield say(language, N_("The fingerprint you noted is that of entry {n}."), n=verification.seen_at)


def numbers(language: str, entries: Sequence[int]) -> str:
    """Numbers of entries in ascending order, runs in short form: "3, 7–9". Above `ENTRIES_NAMED` parts the rest is
    counted."""
    runs: list[list[int]] = []
    for entry in entries:
        if runs and entry == runs[-1][1] + 1:
            runs[-1][1] = entry
        else:
            runs.append([entry, entry])
    named = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs[:ENTRIES_NAMED])
    more = sum(last - first + 1 for first, last in runs[ENTRIES_NAMED:])
    return say(language, N_("{entries} and {n} more"), entries=named, n=more) if more else named
