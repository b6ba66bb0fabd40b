"""The Chatham House Rule: "neither the identity nor the affiliation of the speaker(s), nor that of any other
participant, may be revealed" (Chatham House, 2002 wording). What leaves the house of such a session says what was said
and not who said it: names and organizations are masked, speakers are not told apart, small groups are not named.

What is public is made from the public log alone, so it is enough that the log is without them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from msgspec.structs import replace

from acquis import events as ev
from acquis.attributes import ATTRIBUTES
from acquis.state import State
from acquis.statistics.summary import publishable_groups
from acquis.text.caches import text_cache
from acquis.text.names import MASK, Names
from acquis.text.speaker_names import is_role

__all__ = ["MASK", "Names", "may_leave", "names_of", "unnamed", "without_names"]

Told: TypeAlias = frozenset[tuple[str, str]]
"""Lane and stakeholder group of those whose group can be told."""

_PEOPLE = ("organizers", "speakers", "onsite_moderators", "online_moderators", "rapporteurs")
_KEPT = (
    "title",
    "number",
    "gathering",
    "type",
    "starts",
    "ends",
    "zone",
    "room",
    "profile",
    "policy_questions",
    "goals",
)
"""What remains of a programme's document: nothing that somebody wrote about people."""


def names_of(state: State, people: Iterable[str] = ()) -> Names:
    """The names and organizations of a session: of its programme, of its captions, and of `people` who gave theirs. The
    stand-ins of a rehearsal are nobody."""
    programme = state.programme or ev.ProgrammePublished("", ())
    listed = [one for role in _PEOPLE for one in programme.document.get(role) or () if isinstance(one, dict)]
    seats = () if programme.rehearsal else programme.seats
    spoke = {line.speaker for line in state.speech.values() if not is_role(line.speaker)}
    named = [*(seat.name for seat in seats), *(str(one.get("name", "")) for one in listed), *spoke, *people]
    bodies = [*(seat.organization for seat in seats), *(str(one.get("organization", "")) for one in listed)]
    groups = (*programme.stakeholder_groups, *programme.regional_groups)
    return _names(frozenset(named), frozenset(bodies), frozenset(groups))


@text_cache(32)
def _names(people: frozenset[str], organizations: frozenset[str], never: frozenset[str]) -> Names:
    return Names(people, organizations, never)


def without_names(state: State, people: Iterable[str] = ()) -> Callable[[ev.Event], ev.Event]:
    """What an event looks like outside of the house of a session under the rule. Groups are told only once nobody can
    join any more: from two looks at a growing log one could tell who is in the one that is left out."""
    names, told = names_of(state, people), publishable_groups(state) if state.closed_at else frozenset()
    return lambda event: unnamed(event, told, names)


def unnamed(event: ev.Event, groups: Told | None = None, names: Names | None = None) -> ev.Event:
    """An event without what tells people apart: names are masked, and groups not in `told` are blank (None: all are
    in it). Without `told` and `names` as far as that is known from the event alone: so an entry that has left the house
    says by itself that nothing of the kind is in it."""
    mask = (names or _NOBODY).masked
    bare: ev.Event = _BLANKS.get(type(event), _as_it_is)(event, groups, mask)
    texts = {text: mask(getattr(bare, text)) for text in bare.texts}
    return replace(bare, **texts) if any(getattr(bare, text) != new for text, new in texts.items()) else bare


def may_leave(event: ev.Event) -> bool:
    """Whether an entry of a session under the rule may leave without the salt that proves it: something of it was
    blanked or masked, and nothing is left that should have been."""
    return (type(event) in _BLANKED or MASK in ev.to_body(event).decode()) and event == unnamed(event)


_NOBODY = Names(())

Mask: TypeAlias = Callable[[str], str]


def _as_it_is(event: Any, groups: Told | None, mask: Mask) -> ev.Event:
    return event  # type: ignore[no-any-return]  # one of the events


def _programme(event: ev.ProgrammePublished, groups: Told | None, mask: Mask) -> ev.Event:
    kept = {field: _masked(event.document[field], mask) for field in _KEPT if field in event.document}
    return replace(
        event,
        title=mask(event.title),
        room=mask(event.room),
        seats=(ev.Seat(""),) if event.seats else (),
        document={**kept, "title": mask(event.title), "segments": []},
        segments=tuple(replace(one, title=mask(one.title)) for one in event.segments),
    )


def _masked(value: Any, mask: Mask) -> Any:
    """All texts of a piece of a document masked."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {key: _masked(inner, mask) for key, inner in value.items()}
    return [_masked(inner, mask) for inner in value] if isinstance(value, list | tuple) else value


def _groups(event: Any, groups: Told | None, mask: Mask) -> ev.Event:
    keeps = groups is None or (event.lane, event.stakeholder) in groups
    blank = {a.name: "" for a in ATTRIBUTES if not a.chatham and hasattr(event, a.name)}
    bare = replace(event, stakeholder=event.stakeholder if keeps else "", **blank)
    return bare  # type: ignore[no-any-return]  # one of the events


def _asked(event: ev.QuestionAsked, groups: Told | None, mask: Mask) -> ev.Event:
    return replace(_groups(event, groups, mask), to=min(event.to, 1))


def _seat(event: Any, groups: Told | None, mask: Mask) -> ev.Event:
    return replace(event, seat=min(event.seat, 1))  # type: ignore[no-any-return]  # one of the events


def _said(event: ev.SpeechCaptioned, groups: Told | None, mask: Mask) -> ev.Event:
    return replace(event, speaker="", seat=0)


def _matched(event: ev.SpeakerMatched, groups: Told | None, mask: Mask) -> ev.Event:
    return replace(event, seat=0)


def _imported(event: ev.TranscriptImported, groups: Told | None, mask: Mask) -> ev.Event:
    return replace(event, unparsed="")


def _confirmed(event: ev.SummaryConfirmed, groups: Told | None, mask: Mask) -> ev.Event:
    return ev.SummaryConfirmed(tuple(map(mask, event.consensus)), tuple(map(mask, event.concern)))


def _report(event: ev.ReportPublished, groups: Told | None, mask: Mask) -> ev.Event:
    """Who published it may not have known the name of everybody who joined."""

    def masked(sentences: tuple[ev.Sentence, ...]) -> tuple[ev.Sentence, ...]:
        return tuple(replace(one, text=mask(one.text)) for one in sentences)

    return replace(
        event,
        takeaways=masked(event.takeaways),
        calls_to_action=masked(event.calls_to_action),
        consensus=masked(event.consensus),
        concern=masked(event.concern),
        correction=mask(event.correction),
        sections=tuple(replace(one, paragraphs=masked(one.paragraphs)) for one in event.sections),
    )


_BLANKED: dict[type[ev.Event], Callable[[Any, Told | None, Mask], ev.Event]] = {
    ev.ProgrammePublished: _programme,
    ev.HandRaised: _groups,
    ev.HandEntered: _groups,
    ev.QuestionAsked: _asked,
    ev.QuestionAssigned: _seat,
    ev.SpeakerGivenFloor: _seat,
    ev.ParticipantJoined: _groups,
    ev.SpeechCaptioned: _said,
    ev.SpeakerMatched: _matched,
    ev.TranscriptImported: _imported,
}
"""Events of which fields are blanked, whatever stands in their texts."""
_BLANKS = _BLANKED | {ev.SummaryConfirmed: _confirmed, ev.ReportPublished: _report}
