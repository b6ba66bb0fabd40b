"""The command that publishes a programme."""

from __future__ import annotations

from typing import Any, ClassVar

from acquis import events as ev
from acquis.attributes import AskedAttributes, Gender
from acquis.command import ORGANIZER, UNTIL_OPENED, Actor, Command, Refused
from acquis.i18n.rehearsals import stand_in
from acquis.plan.document import Person, PlannedSegment, Programme, ProgrammeError, from_data, to_data
from acquis.reference import Profile, profile
from acquis.state import State
from acquis.text.folding import caseless


class PublishProgramme(Command, frozen=True, gc=False):
    """Publish the programme: `document` is the programme as data. Until the session opens it can be published again."""

    roles: ClassVar = frozenset({ORGANIZER})
    phases: ClassVar = UNTIL_OPENED
    refusals: ClassVar = ("bad_programme", "no_segments", "no_such_profile")
    document: dict[str, Any]

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        try:
            programme = from_data(self.document)
        except ProgrammeError as error:
            raise Refused(error.code, **error.facts) from error
        try:
            rules = profile(programme.profile)
        except LookupError as error:
            raise Refused("no_such_profile", profile=programme.profile[:60]) from error
        if not programme.segments:
            raise Refused("no_segments")
        event = published(programme, rules)
        return None if event == state.programme and not state.cancelled_at else event


class CancelSession(Command, frozen=True, gc=False):
    """Cancel a published session: whoever comes to it is told. Publishing the programme again announces it again."""

    roles: ClassVar = frozenset({ORGANIZER})
    phases: ClassVar = UNTIL_OPENED
    refusals: ClassVar = ("not_published",)

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if state.is_draft:
            raise Refused("not_published")
        return None if state.cancelled_at else ev.SessionCancelled()


def published(programme: Programme, profile: Profile) -> ev.ProgrammePublished:
    """The event that publishes a programme, with the groups and deadlines of its profile."""
    return ev.ProgrammePublished(
        title=programme.title,
        segments=tuple(_segment(part, profile) for part in programme.segments),
        starts=programme.starts,
        ends=programme.ends,
        zone=programme.zone,
        room=programme.room,
        profile=programme.profile,
        seats=tuple(_seat(number, person, programme) for number, person in enumerate(programme.speakers, 1)),
        settings=ev.Settings(
            # Under the Chatham House Rule groups are not recorded on the floor, so it cannot be balanced by group.
            balance="lane" if programme.settings.chatham_house_rule else programme.settings.balance,
            moderated=programme.settings.moderated,
            anonymous=programme.settings.anonymous_questions,
            report_due_min=profile.report.due_minutes,
            **{name: getattr(programme.settings, name) for name in AskedAttributes.__struct_fields__},
            chatham=programme.settings.chatham_house_rule,
            publish_ballots=programme.settings.publish_ballots,
        ),
        stakeholder_groups=tuple(profile.stakeholder_groups),
        regional_groups=tuple(profile.regional_groups),
        rehearsal=programme.rehearsal,
        practice=programme.practice,
        document=to_data(programme),
    )


def _segment(part: PlannedSegment, profile: Profile) -> ev.Segment:
    defaults = profile.segments[part.kind]
    return ev.Segment(
        title=part.title,
        kind=part.kind,
        minutes=part.minutes,
        turn_limit_s=part.turn_limit_s if part.turn_limit_s is not None else defaults.turn_limit_s,
        # The published order of those who registered is balanced already.
        fair=not part.registered and (part.fair if part.fair is not None else defaults.fair),
        open_floor=part.open_floor if part.open_floor is not None else defaults.open_floor,
        stakeholders=part.stakeholders,
        registered=part.registered,
    )


def _seat(number: int, person: Person, programme: Programme) -> ev.Seat:
    groups: dict[str, Any] = {"stakeholder": person.stakeholder_group, "region": person.regional_group}
    if programme.rehearsal:
        return ev.Seat(stand_in(number, programme), **groups)
    gender = _GENDERS.get(caseless(person.gender.strip()), "another" if person.gender.strip() else "")
    return ev.Seat(person.name, person.organization, gender=gender, **groups)


_GENDERS: dict[str, Gender] = {
    "female": "woman",
    "woman": "woman",
    "f": "woman",
    "male": "man",
    "man": "man",
    "m": "man",
}


COMMANDS = (PublishProgramme, CancelSession)
