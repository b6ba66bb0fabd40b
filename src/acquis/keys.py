"""The commands that announce keys: that of the server, by itself, and those of witnesses, by the organizer."""

from __future__ import annotations

from typing import Annotated, ClassVar

from acquis import events as ev
from acquis.command import ONCE_OPENED, ONCE_PUBLISHED, ORGANIZER, SERVER, Actor, Command, Refused, Text
from acquis.record.notes import COSIGNATURE, NoteError, VerifierKey
from acquis.state import State


class AnnounceKey(Command, frozen=True, gc=False):
    """Announce the key with which the server signs from now on. Only the server itself gives this command."""

    roles: ClassVar = frozenset({SERVER})
    phases: ClassVar = ONCE_OPENED
    key: str
    signature: str = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        return None if state.keys and state.keys[-1] == self.key else ev.KeyAnnounced(self.key, self.signature)


KEY_LIMIT = 200
WITNESSES = 20
"""The most witnesses of a session."""


class NameWitness(Command, frozen=True, gc=False):
    """Name a witness: somebody who follows the log of the session from outside (`acquis witness`) and signs that it
    only grew. `witness` is the key that the program of the witness prints."""

    roles: ClassVar = frozenset({ORGANIZER})
    phases: ClassVar = ONCE_PUBLISHED
    refusals: ClassVar = ("not_a_witness_key", "too_many_witnesses")
    witness: Annotated[str, Text(KEY_LIMIT)]

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        try:
            key = VerifierKey.parse(self.witness)
        except NoteError as error:
            raise Refused("not_a_witness_key") from error
        if key.algorithm != COSIGNATURE:
            raise Refused("not_a_witness_key")
        if str(key) in state.witnesses:
            return None
        if len(state.witnesses) == WITNESSES:
            raise Refused("too_many_witnesses", most=WITNESSES)
        return ev.WitnessNamed(str(key))


COMMANDS = (NameWitness,)
