"""The audiences of live screens, and the actor for whom the forms of each are rendered."""

from __future__ import annotations

from typing import Literal, TypeAlias

from acquis.command import MODERATORS, ORGANIZER, PEOPLE, Actor
from acquis.state import State
from acquis.web.http.declaration import Kind
from acquis.web.http.forms import ANY_PARTICIPANT

Audience: TypeAlias = Literal[
    "participants", "readers", "framed", "framed_readers", "moderators", "organizers", "stage", "captions"
]
"""Those who have not joined, or were silenced, see what participants see, and an organizer who is no moderator what
moderators see, each without the forms of the others. The framed see the same, with forms for a frame of another
site."""

_READER = Actor("")
STANDS_FOR: dict[Audience, Actor] = {
    "participants": ANY_PARTICIPANT,
    "readers": _READER,
    "framed": ANY_PARTICIPANT,
    "framed_readers": _READER,
    "moderators": Actor("", roles=MODERATORS),
    "organizers": Actor("", roles=frozenset({ORGANIZER})),
    "stage": _READER,
    "captions": _READER,
}
"""Audience -> the actor for whom its regions are rendered, once for all its members."""
KIND_OF: dict[Audience, Kind] = {
    "participants": "participants",
    "readers": "participants",
    "framed": "participants",
    "framed_readers": "participants",
    "moderators": "moderators",
    "organizers": "moderators",
    "stage": "stage",
    "captions": "captions",
}
"""Audience -> the kind of its screen."""


FRAMED: tuple[Audience, ...] = ("framed", "framed_readers")
WATCHING: tuple[Audience, ...] = ("participants", "readers", *FRAMED)
"""The audiences of the screens of participants."""


def audience_of(kind: Kind, state: State, by: Actor, framed: bool = False) -> Audience:
    """The audience of a kind of screen to which an actor belongs. `framed`: the page is in a frame of another site."""
    if kind == "participants":
        joined = by.roles & PEOPLE and by.voice in state.voice_numbers
        reads = not joined or by.person in state.measures.silenced
        if framed:
            return "framed_readers" if reads else "framed"
        return "readers" if reads else "participants"
    if kind == "moderators" and not by.roles & MODERATORS:
        return "organizers"
    return kind
