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
    "newer": N_(
        "Not verified: entry {entry} was made by a newer version of Acquis. Verify the record with that version. Valid "
        "entries before it: {good}."
    ),
    "event": N_("Not verified: entry {entry} records an action that was not possible at that point ({reason})."),
    "undoing": N_("Not verified: entry {entry} undoes an action that could no longer be undone."),
    "erasure": N_("Not verified: the text of entry {entry} is missing, and the record gives no reason ({reason})."),
    "key": N_("Not verified: the keys that the log announces are not in order ({reason})."),
    "head": N_(
        "Not verified: the log is consistent, but no entry has the fingerprint {reason}. It is a different log."
    ),
    "figures": N_("Not verified: figures that were published at entry {entry} do not match the votes ({reason})."),
}


ENTRIES_NAMED = 20
"""The most entries that a sentence names by their numbers."""


def sentence(language: str, verification: Verification) -> str:
    """The result of a verification in sentences."""
    return " ".join(sentences(language, verification))


def sentences(language: str, verification: Verification, aside: Sequence[str] = ()) -> Iterator[str]:
    """The result of a verification: first whether the log is verified, verified in part, or not verified; then what was
    not checked, each by its name; then what the log leaves out. `aside`: what was not checked beside the log."""
    if not verification.ok:
        yield say(
            language,
            _PROBLEMS[verification.problem],
            entry=verification.first_bad or 0,
            reason=verification.reason,
            good=verification.entries,
        )
        return
    unchecked = [*_unchecked(language, verification), *aside]
    facts = {"entries": verification.entries, "reports": verification.reports, "n": len(unchecked)}
    whole = N_("Verified. Entries: {entries}, none changed, added or removed. Reports recalculated: {reports}.")
    part = N_(
        "Verified in part. Entries: {entries}, none added or removed. Reports recalculated: {reports}. Parts that were "
        "not checked here: {n}."
    )
    yield say(language, part if unchecked else whole, **facts)
    for what in unchecked:
        yield say(language, N_("Not checked: {what}"), what=what)
    yield from _omission_lines(language, verification)


def _unchecked(language: str, verification: Verification) -> Iterator[str]:
    """What was not checked in the log, although somebody else can check it."""
    if unproved := verification.omissions.unproved:
        masked = N_(
            "Entries that are shown with names masked; only the operator of the server vouches for what they show: "
            "{entries}."
        )
        yield say(language, masked, entries=numbers(language, unproved))
    if verification.open_votes:
        open_ = N_("Votes, support and joining, because the log does not contain the totals yet. Entries: {n}.")
        yield say(language, open_, n=verification.open_votes)
    if verification.bare_totals:
        bare = N_("The totals, because the log contains no ballots. Whoever holds the sealed log can recalculate them.")
        yield say(language, bare)
    if verification.earlier_method:
        earlier = N_("The groups of opinion in reports, which an earlier version found by another method: {entries}.")
        yield say(language, earlier, entries=numbers(language, verification.earlier_method))
    for entry in verification.keys.lost:
        lost = N_("The key of entry {entry}, which the key before it did not sign. Ask the organizer for the reason.")
        yield say(language, lost, entry=entry)


def _omission_lines(language: str, verification: Verification) -> Iterator[str]:
    """What the log leaves out, and its fingerprint."""
    omissions = verification.omissions
    named = {
        N_("Texts erased on request, in entries: {entries}."): omissions.erased,
        N_("Texts withheld by the moderators or not published, in entries: {entries}."): omissions.withheld,
        N_("Names masked under the Chatham House Rule, in entries: {entries}."): omissions.masked,
    }
    for message, entries in named.items():
        if entries:
            yield say(language, message, entries=numbers(language, entries))
    if omissions.nameless:
        nameless = N_(
            "Entries that do not show whose act they are, under the Chatham House Rule: {n}. The order of speakers "
            "inside a group is stated by the server. Anyone who holds the sealed log can recalculate it."
        )
        yield say(language, nameless, n=omissions.nameless)
    if omissions.sealed:
        sealed = N_("Votes, support and joining, of which only the totals are public, entries: {n}.")
        yield say(language, sealed, n=omissions.sealed)
    if omissions.sealed and not verification.open_votes:
        attested = N_(
            "Figures of groups, people and supporters are stated by the server. Whoever holds the sealed log can "
            "recalculate them."
        )
        yield say(language, attested)
    if verification.recounted:
        yield say(language, N_("The log contains the votes. Ballots and totals were recalculated from them."))
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
