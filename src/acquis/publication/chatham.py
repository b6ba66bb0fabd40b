"""The Chatham House Rule: "neither the identity nor the affiliation of the speaker(s), nor that of any other
participant, may be revealed" (Chatham House, 2002 wording). The public log of such a session masks names and
organizations, does not distinguish speakers, and does not name small groups.

All public documents are computed from the public log, so it is sufficient to change the log.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from msgspec.structs import replace

from acquis import events as ev
from acquis.attributes import ATTRIBUTES, LANE
from acquis.state import State
from acquis.statistics.summary import publishable_groups
from acquis.statistics.suppression import SMALLEST
from acquis.text.caches import text_cache
from acquis.text.names import MASK, Names
from acquis.text.speaker_names import is_role

__all__ = ["LANES", "MASK", "Names", "may_lack_salt", "names_of", "shown_groups", "unnamed", "without_names"]

Groups: TypeAlias = frozenset[tuple[str, str]]
"""The pairs of lane and stakeholder group that can be shown; with the group "", the lane alone."""

LANES: Groups = frozenset((lane, "") for lane in ("", *LANE.values))
"""All lanes, and no group."""

_PEOPLE = ("organizers", "speakers", "onsite_moderators", "online_moderators", "rapporteurs")
_KEPT = (
    "title",
    "number",
    "gathering",
    "series",
    "type",
    "starts",
    "ends",
    "zone",
    "room",
    "profile",
    "policy_questions",
    "goals",
)
"""The fields of a programme's document that are kept: those that do not describe people."""


def names_of(state: State, people: Iterable[str] = ()) -> Names:
    """The names and organizations of a session: of its programme, of its captions, and of `people` who gave theirs. The
    invented speakers of a rehearsal are left out."""
    programme = state.programme
    entries = (entry for role in _PEOPLE for entry in programme.document.get(role) or ())
    listed = [entry for entry in entries if isinstance(entry, dict)]
    seats = () if programme.rehearsal else programme.seats
    spoke = {line.speaker for line in state.speech.values() if not is_role(line.speaker)}
    changes = [change.event for change in state.measures.amendments]
    replaced = [change.former for change in changes if isinstance(change, ev.TeamMemberReplaced)]
    named = [*(seat.name for seat in seats), *(str(entry.get("name", "")) for entry in listed), *spoke]
    named += [*replaced, *people]
    bodies = [*(seat.organization for seat in seats), *(str(entry.get("organization", "")) for entry in listed)]
    groups = (*programme.stakeholder_groups, *programme.regional_groups)
    return _names(frozenset(named), frozenset(bodies), frozenset(groups))


@text_cache(32)
def _names(people: frozenset[str], organizations: frozenset[str], never: frozenset[str]) -> Names:
    return Names(people, organizations, never)


def without_names(state: State, people: Iterable[str] = (), groups: Groups = LANES) -> Callable[[ev.Event], ev.Event]:
    """A function that gives the form of an event of a session under the rule in which nobody can be recognized: names
    are masked, and only these groups are shown."""
    names = names_of(state, people)
    return lambda event: unnamed(event, groups, names)


def shown_groups(state: State) -> Groups:
    """The lanes and groups that are shown under the rule: none before the session has closed, because people join until
    then, and two copies of a growing log would reveal the group of somebody who joined in between; and none if fewer
    than five people are in a lane, because acts with the same lane would be of the same few people."""
    lanes = Counter(voice.attributes.lane for voice in state.voices)
    shown = state.closed_at and min(lanes.values(), default=0) >= SMALLEST
    return publishable_groups(state) | LANES if shown else frozenset()


def unnamed(event: ev.Event, groups: Groups | None = None, names: Names | None = None) -> ev.Event:
    """The event without what identifies people: `names` are masked, and groups that are not in `groups` are blank
    (None: all are kept). Without both arguments it removes what can be recognized in the event alone, so that a public
    entry can be checked without knowing the names."""
    mask = (names or _NOBODY).masked
    bare: ev.Event = _BLANKS.get(type(event), _unchanged)(event, groups, mask)
    texts = {text: mask(getattr(bare, text)) for text in bare.texts}
    return replace(bare, **texts) if any(getattr(bare, text) != new for text, new in texts.items()) else bare


def may_lack_salt(event: ev.Event) -> bool:
    """Whether the public entry of this event may be without its salt under the rule: something in it was blanked or
    masked, and nothing is left that should have been."""
    return (type(event) in _BLANKED or MASK in ev.to_body(event).decode()) and event == unnamed(event)


_NOBODY = Names(())

Mask: TypeAlias = Callable[[str], str]


def _unchanged(event: Any, groups: Groups | None, mask: Mask) -> ev.Event:
    return event  # type: ignore[no-any-return]  # one of the events


def _programme(event: ev.ProgrammePublished, groups: Groups | None, mask: Mask) -> ev.Event:
    kept = {field: _masked(event.document[field], mask) for field in _KEPT if field in event.document}
    return replace(
        event,
        title=mask(event.title),
        room=mask(event.room),
        seats=(ev.Seat(""),) if event.seats else (),
        document={**kept, "title": mask(event.title), "segments": []},
        segments=tuple(replace(segment, title=mask(segment.title)) for segment in event.segments),
    )


def _masked(value: Any, mask: Mask) -> Any:
    """A value of a programme's document with all its texts masked."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {key: _masked(inner, mask) for key, inner in value.items()}
    return [_masked(inner, mask) for inner in value] if isinstance(value, list | tuple) else value


def _groups(event: Any, groups: Groups | None, mask: Mask) -> ev.Event:
    keeps = groups is None or (event.lane, event.stakeholder) in groups
    lane = event.lane if groups is None or (event.lane, "") in groups else ""
    blank = {a.name: "" for a in ATTRIBUTES if not a.chatham and hasattr(event, a.name)}
    bare = replace(event, lane=lane, stakeholder=event.stakeholder if keeps else "", **blank)
    return bare  # type: ignore[no-any-return]  # one of the events


def _objected(event: ev.ObjectionMade, groups: Groups | None, mask: Mask) -> ev.Event:
    return replace(event, name="", party="")


def _asked(event: ev.QuestionAsked, groups: Groups | None, mask: Mask) -> ev.Event:
    return replace(_groups(event, groups, mask), to=min(event.to, 1))


def _contributed(event: ev.ContributionWritten, groups: Groups | None, mask: Mask) -> ev.Event:
    return replace(_groups(event, groups, mask), on_behalf_of="")


def _fates(event: ev.FatesStated, groups: Groups | None, mask: Mask) -> ev.Event:
    return replace(event, who="")


def _seat(event: Any, groups: Groups | None, mask: Mask) -> ev.Event:
    return replace(event, seat=min(event.seat, 1))  # type: ignore[no-any-return]  # one of the events


def _said(event: ev.SpeechCaptioned, groups: Groups | None, mask: Mask) -> ev.Event:
    return replace(event, speaker="", seat=0)


def _matched(event: ev.SpeakerMatched, groups: Groups | None, mask: Mask) -> ev.Event:
    return replace(event, seat=0)


def _imported(event: ev.TranscriptImported, groups: Groups | None, mask: Mask) -> ev.Event:
    return replace(event, unparsed="")


def _confirmed(event: ev.SummaryConfirmed, groups: Groups | None, mask: Mask) -> ev.Event:
    return ev.SummaryConfirmed(tuple(map(mask, event.consensus)), tuple(map(mask, event.concern)))


def _report(event: ev.ReportPublished, groups: Groups | None, mask: Mask) -> ev.Event:
    """The report with all texts masked: its author may not have known the names of all who joined."""

    def masked(sentences: tuple[ev.Sentence, ...]) -> tuple[ev.Sentence, ...]:
        return tuple(replace(sentence, text=mask(sentence.text)) for sentence in sentences)

    return replace(
        event,
        takeaways=masked(event.takeaways),
        calls_to_action=masked(event.calls_to_action),
        consensus=masked(event.consensus),
        concern=masked(event.concern),
        correction=mask(event.correction),
        sections=tuple(replace(section, paragraphs=masked(section.paragraphs)) for section in event.sections),
    )


def _added(event: ev.SpeakerAdded, groups: Groups | None, mask: Mask) -> ev.Event:
    return replace(_groups(event, groups, mask), name="", organization="", reason="", stakeholder="")


def _withdrawn(event: ev.SpeakerWithdrawn, groups: Groups | None, mask: Mask) -> ev.Event:
    return replace(event, seat=min(event.seat, 1), reason="")


def _corrected(event: ev.SpeakerCorrected, groups: Groups | None, mask: Mask) -> ev.Event:
    return replace(event, seat=min(event.seat, 1), name="", organization="", reason="")


def _bare(event: Any, groups: Groups | None, mask: Mask) -> ev.Event:
    return replace(event, reason="")  # type: ignore[no-any-return]  # one of the events


def _replaced(event: ev.TeamMemberReplaced, groups: Groups | None, mask: Mask) -> ev.Event:
    return replace(event, reason="", former="", name="")


def _answered(event: ev.CallAnswered, groups: Groups | None, mask: Mask) -> ev.Event:
    return replace(event, office="")


def _retitled(event: Any, groups: Groups | None, mask: Mask) -> ev.Event:
    return replace(event, title=mask(event.title), reason="")  # type: ignore[no-any-return]  # one of the events


_BLANKED: dict[type[ev.Event], Callable[[Any, Groups | None, Mask], ev.Event]] = {
    ev.ProgrammePublished: _programme,
    ev.HandRaised: _groups,
    ev.HandEntered: _groups,
    ev.SpeakerRegistered: _groups,
    ev.QuestionAsked: _asked,
    ev.ContributionWritten: _contributed,
    ev.FatesStated: _fates,
    ev.ObjectionMade: _objected,
    ev.AmendmentProposed: _groups,
    ev.QuestionAssigned: _seat,
    ev.SpeakerGivenFloor: _seat,
    ev.ParticipantJoined: _groups,
    ev.SpeechCaptioned: _said,
    ev.SpeakerMatched: _matched,
    ev.TranscriptImported: _imported,
    ev.SpeakerAdded: _added,
    ev.SpeakerWithdrawn: _withdrawn,
    ev.SpeakerCorrected: _corrected,
    ev.SegmentTimeChanged: _bare,
    ev.TurnTimeChanged: _bare,
    ev.TitleCorrected: _retitled,
    ev.SegmentTitleCorrected: _retitled,
    ev.TeamMemberReplaced: _replaced,
    ev.AccessRevoked: _bare,
    ev.CallAnswered: _answered,
}
"""Class of event -> function that blanks its fields, whatever its texts are."""
_BLANKS = _BLANKED | {ev.SummaryConfirmed: _confirmed, ev.ReportPublished: _report}
