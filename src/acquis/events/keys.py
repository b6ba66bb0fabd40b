"""The keys with which the server signs the checkpoints of a session, and those of its witnesses."""

from __future__ import annotations

from typing import ClassVar

from acquis.events.base import REGIONS, Event, Refreshes


class KeyAnnounced(Event, frozen=True, gc=False, omit_defaults=True):
    """The server signs the checkpoints of the session with this key from now on. `key`: a verifier key as C2SP writes
    it. `signature`: of a key that replaces another one, the Ed25519 signature of the former key over the text of the
    new one, in base64; empty if the former key was lost."""

    refreshes: ClassVar[Refreshes] = REGIONS
    key: str
    signature: str = ""


class WitnessNamed(Event, frozen=True, gc=False, omit_defaults=True):
    """The organizer named a witness, who follows the log from outside and signs checkpoints too. `witness`: a verifier
    key for cosignatures as C2SP writes it."""

    refreshes: ClassVar[Refreshes] = REGIONS
    witness: str
