"""The commands by which a body is asked to answer a call, answers it, and by which the same call is joined."""

from __future__ import annotations

import hashlib
from typing import Annotated, ClassVar, Self

from msgspec.structs import replace

from acquis import events as ev
from acquis.attributes import NOT_SAID
from acquis.command import BODY, ENDED, ORGANIZER, Actor, Command, KnownPerson, Of, Refused, Successor, Text, Word
from acquis.followup.commitments import KEEPERS, NOTE_LIMIT, WHAT_LIMIT, Due
from acquis.state import Commitment, State
from acquis.text.visible import cleaned

SIGNER_LIMIT = 120
"""The most characters of the name, and of the function, of the person who signs an answer."""
ANSWERS_LIMIT = 50
"""The most answers to one call."""
SAME_LIMIT = 50
"""The most calls that one call is joined with."""
SESSION_ID = Word("[A-Za-z0-9_-]+", 40, "no_such_session")
_ID = Word(".+", 40, "bad_person", empty=True)


def _id(key: str) -> str:
    """An id of a person that a repeated request makes again."""
    return "p" + hashlib.sha256(key.encode()).hexdigest()[:12]


class AskBody(Command, frozen=True, gc=False):
    """Ask the body that a call names for its answer: its new link takes the place of an earlier one. `addressee` is the
    id of the holder of the link, which the server makes from the key of the request."""

    roles: ClassVar = frozenset({ORGANIZER})
    phases: ClassVar = ENDED
    commitment: Annotated[int, Of("commitments")]
    addressee: Annotated[str, _ID] = ""

    def rule(self, state: State, by: Actor, at: int, commitment: Commitment) -> ev.Event | None:
        if self.addressee and self.addressee == commitment.addressee:
            return None
        return ev.BodyAsked(self.commitment, self.addressee)

    def keyed(self, key: str) -> Self:
        return replace(self, addressee=_id(key))

    def hands_over(self) -> Successor:
        return Successor(BODY, "", self.addressee, "")


class AnswerCall(Command, frozen=True, gc=False):
    """Answer a call for the body that it names, by its link: "accepted", "amended" (accepted in the own words of the
    body, `what`, and by the date `due`, at least one of which differs from the call), "declined", or "replied" (a
    `note` that does neither). `office` is the function of the person who signs. `name` goes into the roster and not
    into the log, under the id `signer`, which the server makes from the key of the request. A later answer replaces an
    earlier one, which stays in the log."""

    roles: ClassVar = frozenset({BODY})
    phases: ClassVar = ENDED
    refusals: ClassVar = ("not_asked", "own_words_missing", "reply_missing", "too_many_answers")
    not_repeated: ClassVar = frozenset({"name"})
    commitment: Annotated[int, Of("commitments")]
    answer: ev.BodyAnswer
    name: Annotated[str, Text(SIGNER_LIMIT)]
    office: Annotated[str, Text(SIGNER_LIMIT)]
    what: Annotated[str, Text(WHAT_LIMIT, empty=True)] = ""
    due: Due = ""
    note: Annotated[str, Text(NOTE_LIMIT, empty=True)] = ""
    signer: Annotated[str, _ID] = ""

    def rule(self, state: State, by: Actor, at: int, commitment: Commitment) -> ev.Event | None:
        if not commitment.addressee or by.person != commitment.addressee:
            raise Refused("not_asked")
        if sum(isinstance(step.body, ev.CallAnswered) for step in commitment.steps) >= ANSWERS_LIMIT:
            raise Refused("too_many_answers", limit=ANSWERS_LIMIT)
        if self.answer == "amended" and (not self.what or (self.what, self.due) == (commitment.what, commitment.due)):
            raise Refused("own_words_missing").at("what")
        if self.answer == "replied" and not self.note:
            raise Refused("reply_missing").at("note")
        own = {"what": self.what, "due": self.due} if self.answer == "amended" else {}
        answered = ev.CallAnswered(self.commitment, self.answer, note=self.note, office=self.office, **own)
        latest = commitment.answer
        if latest is not None and replace(latest, signer="") == answered:
            return None
        return replace(answered, signer=self.signer)

    def keyed(self, key: str) -> Self:
        return replace(self, signer=_id(f"signer {key}"))

    def newcomer(self) -> KnownPerson:
        return KnownPerson(self.signer, cleaned(self.name), NOT_SAID, roles=self.roles)


class JoinCalls(Command, frozen=True, gc=False):
    """Confirm that a call is the same as another one of this server: `other` is its entry in the log of its
    `session`."""

    roles: ClassVar = KEEPERS
    phases: ClassVar = ENDED
    refusals: ClassVar = ("too_many_same_calls",)
    commitment: Annotated[int, Of("commitments")]
    session: Annotated[str, SESSION_ID]
    other: int

    def rule(self, state: State, by: Actor, at: int, commitment: Commitment) -> ev.Event | None:
        if (self.session, self.other) in commitment.same:
            return None
        if len(commitment.same) >= SAME_LIMIT:
            raise Refused("too_many_same_calls", limit=SAME_LIMIT)
        return ev.CallsJoined(self.commitment, self.session, self.other)


class PartCalls(Command, frozen=True, gc=False):
    """Undo `join_calls`: the two calls are followed apart again."""

    roles: ClassVar = KEEPERS
    phases: ClassVar = ENDED
    commitment: Annotated[int, Of("commitments")]
    session: Annotated[str, SESSION_ID]
    other: int

    def rule(self, state: State, by: Actor, at: int, commitment: Commitment) -> ev.Event | None:
        if (self.session, self.other) not in commitment.same:
            return None
        return ev.CallsParted(self.commitment, self.session, self.other)


COMMANDS = (AskBody, AnswerCall, JoinCalls, PartCalls)
