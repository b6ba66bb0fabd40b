"""Commands for speakers who register before the session, and the order in which they will speak.

The order alternates between the groups that the session balances: the next place goes to the group with the fewest
places so far; of equals, to the one whose next person registered first. So of two groups that both still have somebody
left, none ever has two places more than the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Annotated, ClassVar, Self

from msgspec.structs import asdict, replace

from acquis import events as ev
from acquis.attributes import Lane, PublicAttributes, attributes_of
from acquis.command import (
    HOSTS,
    PEOPLE,
    UNTIL_OPENED,
    Actor,
    Command,
    KnownPerson,
    Of,
    Refused,
    SegmentNumber,
    Text,
    Word,
)
from acquis.floor.people import check_groups
from acquis.floor.queue import NAME_LIMIT
from acquis.floor.segments import groups
from acquis.state import Hand, State
from acquis.state.people import kept_attributes
from acquis.state.registration import registered


def balanced(people: Iterable[tuple[int, str]]) -> list[int]:
    """The order of registrations (entry, group)."""
    lines: dict[str, list[int]] = {}
    for entry, group in sorted(people):
        lines.setdefault(group, []).append(entry)
    places, order = dict.fromkeys(lines, 0), list[int]()
    while lines:
        group = min(lines, key=lambda group: (places[group], lines[group][0]))
        order.append(lines[group].pop(0))
        places[group] += 1
        if not lines[group]:
            del lines[group]
    return order


def speakers_list(state: State, segment: int) -> ev.SpeakersListPublished:
    """The list of a segment as its registrations give it now: as many as its minutes hold, the others in reserve."""
    part, named = state.segments[segment], groups(state)
    people = [(hand.seq, _group(state, hand, named)) for hand in registered(state, segment)]
    order = balanced(people)
    fit = part.minutes * 60 // part.turn_limit_s if part.turn_limit_s else len(order)
    return ev.SpeakersListPublished(segment, tuple(order[:fit]), tuple(order[fit:]))


def _group(state: State, hand: Hand, named: tuple[str, ...]) -> str:
    group: str = getattr(hand.attributes, state.settings.balance)
    return group if group in named else ev.OTHER


def _may_register(state: State, segment: int, person: str, stakeholder: str) -> None:
    part = state.segments[segment]
    if not part.registered:
        raise Refused("no_registration")
    if part.stakeholders and stakeholder not in part.stakeholders:
        raise Refused("not_in_this_segment", groups=list(part.stakeholders))
    if any(hand.person == person for hand in registered(state, segment)):
        raise Refused("registered_already")


_REGISTER = ("no_registration", "not_in_this_segment", "registered_already")


class RegisterSpeaker(Command, frozen=True, gc=False):
    """Register to speak in a segment (numbered from 0) that takes registrations, before the session."""

    roles: ClassVar = PEOPLE
    takes_part: ClassVar = True
    phases: ClassVar = UNTIL_OPENED
    refusals: ClassVar = (*_REGISTER, "not_joined")
    segment: Annotated[int, SegmentNumber]

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        _may_register(state, self.segment, by.person, by.attributes.stakeholder)
        if by.voice not in state.voice_numbers:
            raise Refused("not_joined")
        kept = kept_attributes(state, by.attributes)
        return ev.SpeakerRegistered(segment=self.segment, person=by.person, **asdict(kept))


class EnterSpeaker(Command, PublicAttributes, frozen=True, gc=False, kw_only=True):
    """Register somebody as the organizer. `name` goes into the roster and never into the log; `person` is their id,
    which the server makes from the key of the request."""

    roles: ClassVar = HOSTS
    phases: ClassVar = UNTIL_OPENED
    refusals: ClassVar = (*_REGISTER, "no_such_group")
    not_repeated: ClassVar = frozenset({"name"})
    segment: Annotated[int, SegmentNumber]
    name: Annotated[str, Text(NAME_LIMIT)]
    person: Annotated[str, Word(".+", 40, "bad_person")] = ""
    lane: Lane = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        _may_register(state, self.segment, self.person, self.stakeholder)
        check_groups(state, self)
        kept = kept_attributes(state, attributes_of(self))
        return ev.SpeakerRegistered(segment=self.segment, person=self.person, **asdict(kept))

    def keyed(self, key: str) -> Self:
        # A repeated request refers to the same person.
        return replace(self, person="p" + hashlib.sha256(key.encode()).hexdigest()[:12])

    def newcomer(self) -> KnownPerson | None:
        return KnownPerson(self.person, self.name.strip(), attributes_of(self))


class WithdrawRegistration(Command, frozen=True, gc=False):
    """Withdraw a registration: one's own, or as the organizer anybody's. The published order of the others stays."""

    roles: ClassVar = PEOPLE | HOSTS
    phases: ClassVar = UNTIL_OPENED
    refusals: ClassVar = ("not_yours",)
    hand: Annotated[int, Of("hands")]

    def rule(self, state: State, by: Actor, at: int, hand: Hand) -> ev.Event | None:
        if hand.person != by.person and not by.roles & HOSTS:
            raise Refused("not_yours")
        return ev.RegistrationWithdrawn(self.hand) if hand.fate == "registered" else None


class PublishSpeakersList(Command, frozen=True, gc=False):
    """Publish the order of those who registered for a segment: groups alternate, and who registered earlier comes first
    in the group. Publish it again after later registrations."""

    roles: ClassVar = HOSTS
    phases: ClassVar = UNTIL_OPENED
    refusals: ClassVar = ("no_registration", "nobody_registered")
    segment: Annotated[int, SegmentNumber]

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if not state.segments[self.segment].registered:
            raise Refused("no_registration")
        made = speakers_list(state, self.segment)
        if not made.order and not made.reserve:
            raise Refused("nobody_registered")
        return None if state.speakers.get(self.segment) == made else made


COMMANDS = (RegisterSpeaker, EnterSpeaker, WithdrawRegistration, PublishSpeakersList)
