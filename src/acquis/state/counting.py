"""Counts of people, votes and support, each computed only here.

They have two sources. Once the server has published the totals, everything is counted from these and from the published
ballots, as everybody can. Before that, and in logs of earlier versions, it is counted from the voices. The public log
contains no voices, so whatever is shown of them after the close has to be asked for here."""

from __future__ import annotations

from collections import Counter

import msgspec

from acquis.attributes import Attribute
from acquis.state.model import AGREE, DISAGREE, NONE, PASS, State

ID_DIGITS = 32
"""The length of the id of a ballot, which stands before its votes."""
MARKS = {AGREE: "+", DISAGREE: "-", PASS: "0", NONE: "."}
"""A vote -> its character in a published ballot."""
_READ = bytes.maketrans("".join(MARKS.values()).encode(), bytes(MARKS))
_WRITE = bytes.maketrans(bytes(MARKS), "".join(MARKS.values()).encode())


class Tally(msgspec.Struct, frozen=True):
    """How many voters agree, disagree and pass on a statement."""

    agree: int = 0
    disagree: int = 0
    passes: int = 0

    @property
    def total(self) -> int:
        """The number of people who voted on the statement, passes included."""
        return self.agree + self.disagree + self.passes


def tally(state: State, statement: int) -> Tally:
    """The tally of a statement, by the number of its entry. Raises KeyError if there is none."""
    votes = state.votes[statement]
    if state.totals is None:
        return Tally(votes.count(AGREE), votes.count(DISAGREE), votes.count(PASS))
    for figure in state.totals.figures:
        if figure.statement == statement and not figure.group:
            return Tally(figure.agree, figure.disagree, figure.passes)
    return Tally()


def joined(state: State) -> int:
    """The number of people who joined."""
    if state.totals is None:
        return len(state.voices)
    return next((count.people for count in state.totals.people if not count.attribute), 0)


def joined_by(state: State, attribute: Attribute) -> Counter[str]:
    """Value of an attribute -> number of people who joined. The people who did not say, and those of whom the totals do
    not show what they said, are under ""."""
    if state.totals is None:
        return Counter(attribute.of(voice.attributes) for voice in state.voices)
    sizes = Counter({count.value: count.people for count in state.totals.people if count.attribute == attribute.name})
    rest = joined(state) - sizes.total()
    return sizes + Counter({"": rest})


def support(state: State, question: int) -> int:
    """How many people supported a question, by the number of its entry. Raises KeyError if there is none."""
    if state.totals is None:
        return len(state.questions[question].supporters)
    return next((count.people for count in state.totals.supporters if count.question == question), 0)


def cast(state: State) -> dict[int, bytes]:
    """Statement that has votes -> one byte for each voter, NONE, AGREE, DISAGREE or PASS: in the order of the published
    ballots, or else of the voices. Empty if only totals are published."""
    if state.totals is None:
        return {seq: bytes(votes) for seq, votes in state.votes.items() if any(votes)}
    if state.ballots is None:
        return {}
    wide = len(state.ballots.statements)
    table = "".join([ballot[ID_DIGITS:] for ballot in state.ballots.ballots]).encode().translate(_READ)
    return {seq: table[place::wide] for place, seq in enumerate(state.ballots.statements)}


def has_ballots(state: State) -> bool:
    """Whether anybody joined with a ballot. In logs of earlier versions nobody did."""
    return any(voice.ballot for voice in state.voices)


def public_cast(state: State) -> dict[int, bytes]:
    """As `cast`, for tables that everybody can read: nothing before the ballots are published. Logs of earlier versions
    show each vote from the beginning."""
    return {} if state.totals is None and has_ballots(state) else cast(state)


def written_ballot(id: str, votes: bytes) -> str:
    """A ballot as it is published: its id and a character for each vote."""
    return id + votes.translate(_WRITE).decode()
