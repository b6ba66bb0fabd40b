"""Commands for objections to a message and reservations."""

from __future__ import annotations

from typing import Annotated, ClassVar

from acquis import events as ev
from acquis.command import HOSTS, ONCE_PUBLISHED, PEOPLE, Actor, Command, Of, Refused, Text
from acquis.floor.message_rules import RULED, allowed, must_have_joined
from acquis.messages.standing import objected, objections_to
from acquis.state import Message, Objection, State
from acquis.state.reading import seat_of

REASON_LIMIT, NAME_LIMIT = 400, 120


class MakeObjection(Command, frozen=True, gc=False):
    """Object to a message, or state a reservation, with or without words. Without a name its entry carries nobody's id,
    and nobody, moderators included, can see whose it is. It replaces an own one if both have a name or neither has one:
    otherwise the own one is withdrawn first, so that nothing links what has a name to what has none. Under a silence
    procedure it names the party for which it is made."""

    roles: ClassVar = PEOPLE | HOSTS
    takes_part: ClassVar = True
    phases: ClassVar = ONCE_PUBLISHED
    refusals: ClassVar = (
        *RULED,
        "not_joined",
        "chatham_names",
        "not_a_party",
        "objected_by_name",
        "objected_without_name",
    )
    message: Annotated[int, Of("messages")]
    reservation: bool = False
    text: Annotated[str, Text(REASON_LIMIT, empty=True)] = ""
    name: Annotated[str, Text(NAME_LIMIT, empty=True)] = ""
    party: Annotated[str, Text(NAME_LIMIT, empty=True)] = ""

    def rule(self, state: State, by: Actor, at: int, message: Message) -> ev.Event | None:
        allowed(state, by, at, "object")
        if state.settings.chatham and (self.name or self.party):
            raise Refused("chatham_names").at("name" if self.name else "party")
        if message.silence is not None:
            _speaks_for(state, by, message.silence.parties, self.party)
        else:
            must_have_joined(state, by)
        breaks = message.silence is not None and not self.reservation
        mine = next((own for own in objections_to(state, self.message) if _is_own(own, by, self.party)), None)
        if mine is not None and bool(mine.person) != bool(self.signed(by)):
            raise Refused("objected_by_name" if mine.person else "objected_without_name").at("name")
        event = ev.ObjectionMade(
            self.message,
            self.reservation,
            breaks,
            unread=bool(self.text) and state.settings.moderated,
            replaces=mine.seq if mine else 0,
            text=self.text,
            name=self.name,
            party=self.party,
            voice="" if self.signed(by) else by.voice,
        )
        return None if mine is not None and _says(mine) == _says(event) else event

    def signed(self, by: Actor) -> str:
        return by.person if self.name or self.party or not by.voice else ""


def _says(said: Objection | ev.ObjectionMade) -> tuple[bool, str, str, str]:
    return said.reservation, said.text, said.name, said.party


def _is_own(objection: Objection, by: Actor, party: str) -> bool:
    return objected(objection, by.person, by.voice) and objection.party == party


def _speaks_for(state: State, by: Actor, parties: tuple[str, ...], party: str) -> None:
    """Raises Refused("not_a_party") unless it is one of the parties, and the actor is its speaker in the programme or a
    moderator who enters its letter."""
    seat = seat_of(state, by.seat)
    is_speaker = seat is not None and party in (seat.name, seat.organization)
    if party not in parties or not (is_speaker or by.roles & HOSTS):
        raise Refused("not_a_party").at("party")


class WithdrawObjection(Command, frozen=True, gc=False):
    """Withdraw the objection or the reservation that one made."""

    roles: ClassVar = PEOPLE | HOSTS
    refusals: ClassVar = ("not_yours",)
    objection: Annotated[int, Of("objections")]

    def rule(self, state: State, by: Actor, at: int, objection: Objection) -> ev.Event | None:
        if not objected(objection, by.person, by.voice):
            raise Refused("not_yours")
        return None if objection.withdrawn else ev.ObjectionWithdrawn(self.objection)

    def signed(self, by: Actor) -> str:
        return ""


COMMANDS = (MakeObjection, WithdrawObjection)
