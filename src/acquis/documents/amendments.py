"""The changes of the programme after the opening, and of the team, as blocks: each with what was there before and its
reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from acquis import events as ev
from acquis.documents.blocks import Block, Heading, Paragraph
from acquis.i18n import N_, say
from acquis.i18n.vocabulary import word
from acquis.state import State
from acquis.state.measures import Amendment
from acquis.text.plain_text import one_line

_PEOPLE = (ev.TeamMemberReplaced, ev.SpeakerAdded, ev.SpeakerWithdrawn)
_NAMELESS: dict[type[ev.Event], str] = {
    ev.SpeakerAdded: N_("A speaker was added to the programme."),
    ev.SpeakerWithdrawn: N_("A speaker was removed from the programme."),
    ev.SpeakerCorrected: N_("The name or the organization of a speaker was corrected."),
}
"""What is said under the Chatham House Rule."""


def amendments(state: State, language: str) -> Iterator[Block]:
    """A sentence for each change; no block without any."""
    if made := state.measures.amendments:
        yield Heading(say(language, N_("Changes to the programme and the team")), anchor="amendments")
        yield from (Paragraph(amendment_sentence(language, state, change)) for change in made)


def changes_of_people(state: State, language: str) -> tuple[str, ...]:
    """A sentence, without its reason, for each person of the programme who was added, replaced or taken off it; none in
    a rehearsal, whose team is not named."""
    if state.programme.rehearsal:
        return ()
    changes = [change for change in state.measures.amendments if isinstance(change.event, _PEOPLE)]
    return tuple(_SENTENCES[type(change.event)](language, state, change.before, change.event, {}) for change in changes)


def amendment_sentence(language: str, state: State, change: Amendment, names: Mapping[str, str] | None = None) -> str:
    """A change in words: "The title of the session was corrected from “A” to “B”. Reason: a slip." `names`: those that
    the reader may see, by the id of the person."""
    event: Any = change.event
    sentence = _SENTENCES[type(event)](language, state, change.before, event, names or {})
    if not event.reason:
        return sentence
    return say(language, N_("{sentence} Reason: {reason}"), sentence=sentence, reason=one_line(event.reason))


def _speaker(message: str) -> Callable[..., str]:
    def made(language: str, state: State, before: str, event: Any, names: Mapping[str, str]) -> str:
        after = one_line(", ".join(filter(None, (getattr(event, "name", ""), getattr(event, "organization", "")))))
        if not (before or after):
            return say(language, _NAMELESS[type(event)])
        return say(language, message, before=one_line(before), after=after)

    return made


def _title(language: str, state: State, before: str, event: ev.TitleCorrected, names: Mapping[str, str]) -> str:
    message = N_("The title of the session was corrected from “{before}” to “{after}”.")
    return say(language, message, before=one_line(before), after=one_line(event.title))


def _segment_title(
    language: str, state: State, before: str, event: ev.SegmentTitleCorrected, names: Mapping[str, str]
) -> str:
    message = N_("The title of segment {number} was corrected from “{before}” to “{after}”.")
    return say(language, message, number=event.segment + 1, before=one_line(before), after=one_line(event.title))


def _segment_time(
    language: str, state: State, before: str, event: ev.SegmentTimeChanged, names: Mapping[str, str]
) -> str:
    message = N_("The time of segment {number} was changed from {before} to {after} min.")
    return say(language, message, number=event.segment + 1, before=before, after=event.minutes)


def _turn_time(language: str, state: State, before: str, event: ev.TurnTimeChanged, names: Mapping[str, str]) -> str:
    message = N_("The time limit of intervention {entry} was changed from {before} to {after} s.")
    return say(language, message, entry=event.turn, before=before, after=event.limit_s)


def _replaced(language: str, state: State, before: str, event: ev.TeamMemberReplaced, names: Mapping[str, str]) -> str:
    former = one_line(event.former) or names.get(event.person, "")
    present = one_line(event.name) or names.get(event.successor, "")
    facts = {"role": word(language, "role", event.role), "former": former, "present": present}
    if former and present:
        return say(language, N_("{present} replaced {former} ({role})."), **facts)
    return say(language, N_("Another person has taken over this role: {role}."), **facts)


_SENTENCES: dict[type[ev.Event], Callable[..., str]] = {
    ev.SpeakerAdded: _speaker(N_("{after} was added to the speakers.")),
    ev.SpeakerWithdrawn: _speaker(N_("{before} was removed from the programme.")),
    ev.SpeakerCorrected: _speaker(
        N_("The name and organization of a speaker were corrected from “{before}” to “{after}”.")
    ),
    ev.TitleCorrected: _title,
    ev.SegmentTitleCorrected: _segment_title,
    ev.SegmentTimeChanged: _segment_time,
    ev.TurnTimeChanged: _turn_time,
    ev.TeamMemberReplaced: _replaced,
}
"""Event of an amendment -> a function that gives its sentence."""
