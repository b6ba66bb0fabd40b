"""The ballot of the reader: its number, whether it is in the published list with the reader's votes, and a file to
keep."""

from __future__ import annotations

import msgspec
from starlette.responses import Response

from acquis.command import PEOPLE, Refused
from acquis.record.notes import VerifierKey
from acquis.record.receipts import BallotReceipt, encode
from acquis.state import State
from acquis.state.counting import ID_DIGITS, MARKS, strike_of
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint

DIGITS = 4
"""The digits of a group in the number of a ballot as pages show it."""


class OwnBallot(msgspec.Struct, frozen=True):
    """The ballot of a person: its id, the votes as they are (statement, character), and once the ballots are published
    whether the list contains it with exactly these votes (`listed`). `left_out`: why the votes are left out; empty if
    they count."""

    id: str
    choices: tuple[tuple[int, str], ...]
    published: bool = False
    listed: bool = False
    left_out: str = ""

    @property
    def shown(self) -> str:
        """The id in groups of four digits."""
        return " ".join(self.id[place : place + DIGITS] for place in range(0, len(self.id), DIGITS))


def own_ballot(state: State, voice: str) -> OwnBallot | None:
    """The ballot of a voice; None if the voice has none, or if the session publishes no ballots."""
    number = state.voice_numbers.get(voice, -1)
    if number < 0 or not state.voices[number].ballot or not state.settings.publish_ballots:
        return None
    id = state.voices[number].ballot
    if strike := strike_of(state, voice):
        published = state.ballots is not None
        return OwnBallot(id, (), published, left_out=state.measures.struck[strike].reason)
    choices = tuple((seq, MARKS[votes[number]]) for seq, votes in state.votes.items() if votes[number])
    if state.ballots is None:
        return OwnBallot(id, choices)
    lines = [line[ID_DIGITS:] for line in state.ballots.ballots if line.startswith(id)]
    own = dict(choices)
    expected = "".join(own.get(seq, ".") for seq in state.ballots.statements)
    return OwnBallot(id, choices, published=True, listed=lines == [expected] if choices else not lines)


@endpoint("GET", "/s/{session:slug}/ballot.json", roles=PEOPLE, reads=True)
async def ballot_file(context: RequestContext) -> Response:
    """The receipt of the reader's ballot, which anybody can compare with the published list. Raises Refused before the
    list is published."""
    ballot = own_ballot(context.session.state, context.actor.voice)
    if ballot is None or not ballot.published or not ballot.choices:
        raise Refused("no_such_page")
    keys = context.session.state.keys
    origin = VerifierKey.parse(keys[-1]).name if keys else context.application.origin(context.id)
    receipt = BallotReceipt(origin, ballot.id, tuple(sorted(ballot.choices)))
    headers = {"cache-control": "no-store", "content-disposition": f'attachment; filename="{context.id}-ballot.json"'}
    return Response(encode(receipt), 200, headers, "application/json")
