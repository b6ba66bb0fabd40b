"""Labels and phrases of commitments."""

from __future__ import annotations

from collections.abc import Mapping

from acquis.followup.tracking import FINISHED, CommitmentChange, Tracked
from acquis.followup.words import ANSWER_OF, ANSWERS, DUE_BEFORE, OTHER_CALL, OWN_DUE, OWN_WORDS, STATUSES
from acquis.i18n import N_, say
from acquis.i18n.dates import days_away
from acquis.i18n.vocabulary import word
from acquis.web.words.reference import ACTORS, date_words

__all__ = ["ANSWERS", "STATUSES"]

CHANGE_KINDS = {
    **STATUSES,
    "made": N_("call recorded"),
    "amended": N_("wording changed"),
    "asked": N_("the body was asked"),
    "body_accepted": N_("the body accepted the call"),
    "body_amended": N_("the body accepted it in its own words"),
    "body_declined": N_("the body declined the call"),
    "body_replied": N_("the body replied"),
    "joined": N_("joined with the same call"),
    "parted": N_("no longer joined"),
}
LISTED = N_("asked in a public list")
"""The status of a row of a public action list."""
DUES = {
    "past": N_("The day has passed"),
    "soon": N_("Within 30 days"),
    "later": N_("In more than 30 days"),
    "none": N_("No known day"),
}
"""When a row of the board is due."""
CHOICES = {
    "accepted": N_("We accept it"),
    "amended": N_("We accept it in our own words"),
    "declined": N_("We decline"),
    "replied": N_("We only reply"),
}
"""The answers that a body can give."""
AUTHORS = ("organizer", "rapporteur", "onsite_moderator", "online_moderator", "body")
"""Roles that sign a change, the first one first."""


def due_words(language: str, tracked: Tracked) -> str:
    """The due date in a phrase: "Due 11 December 2026, in 18 days", with the first one if it was moved; empty if there
    is none."""
    present = _due_words(language, tracked)
    if tracked.first_due_on in ("", tracked.due_on):
        return present
    first = say(language, N_("first due {day}"), day=date_words(language, tracked.first_due_on))
    return " · ".join(filter(None, (present, first)))


def _due_words(language: str, tracked: Tracked) -> str:
    day = date_words(language, tracked.due_on)
    if not tracked.due_on:
        return say(language, N_("Due: {words}"), words=tracked.due_words) if tracked.due_words else ""
    if tracked.status in FINISHED or tracked.days is None:
        return say(language, N_("Was due {day}"), day=day)
    if tracked.days == 0:
        return say(language, N_("Due today, {day}"), day=day)
    sentence = N_("Was due {day}, {away}") if tracked.days < 0 else N_("Due {day}, {away}")
    return say(language, sentence, day=day, away=days_away(language, tracked.days))


def who(language: str, tracked: Tracked) -> str:
    """The actor of a commitment: the named body, the kind of actor, or everybody."""
    actor = say(language, ACTORS[tracked.actor]) if tracked.actor in ACTORS else ""
    if tracked.who and actor:
        return f"{tracked.who} ({actor})"
    return tracked.who or actor or say(language, N_("All participants"))


def due_before(language: str, change: CommitmentChange) -> str:
    """The due date that an amendment moved, in a phrase; empty if it moved none."""
    if "due" not in change.before and "due_words" not in change.before:
        return ""
    day = date_words(language, change.due_before) or change.before.get("due_words", "")
    return say(language, DUE_BEFORE, day=day) if day else say(language, N_("There was no due date before."))


def author(language: str, roles: frozenset[str], simulated: bool) -> str:
    """The role of those who changed a commitment, in words. A rehearsal says that it is one."""
    named = next((word(language, "role", role, "clause") for role in AUTHORS if role in roles), "")
    if simulated:
        return say(language, N_("Entered in a rehearsal"))
    return (
        say(language, N_("Entered by {who}"), who=named) if named else say(language, N_("Entered by the session team"))
    )


def answer_of(language: str, tracked: Tracked) -> str:
    """What the body that a call names said, in a phrase."""
    return say(language, ANSWER_OF, answer=say(language, ANSWERS[tracked.answer]))


def own_words(language: str, change: CommitmentChange) -> str:
    """What a body says itself that it will do, and by when; empty if it said neither."""
    parts = []
    if change.what:
        parts.append(say(language, OWN_WORDS, text=change.what))
    if change.due_on:
        parts.append(say(language, OWN_DUE, day=date_words(language, change.due_on)))
    return " · ".join(parts)


def other_call(language: str, change: CommitmentChange, titles: Mapping[str, str]) -> str:
    """With which call a change joined this one, or from which it parted it; empty for another change.
    titles: session -> its title."""
    if not change.session:
        return ""
    return say(language, OTHER_CALL, title=titles.get(change.session, change.session), seq=change.other)


def entry_text(language: str, tracked: Tracked, change: CommitmentChange, titles: Mapping[str, str]) -> str:
    """The text of a change of a commitment in the feed: the commitment, the change and its evidence."""
    parts = [
        say(language, CHANGE_KINDS.get(change.kind, change.kind)),
        other_call(language, change, titles),
        own_words(language, change),
        change.note,
        due_before(language, change),
        change.symbol,
        change.url,
        change.on,
    ]
    return ". ".join(filter(None, [tracked.what, *parts]))
