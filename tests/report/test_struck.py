"""Votes that are left out of what is published after the close, without telling whose they are or how they were."""

from __future__ import annotations

import asyncio
import itertools
import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis import events as ev
from acquis.command import THE_SERVER, Actor, Command
from acquis.documents.verifiers import verify as offline
from acquis.floor.moderation import RestoreVotes, StrikeVotes
from acquis.floor.people import Join
from acquis.floor.segments import CloseSession, OpenSession
from acquis.floor.statements import CastVote, SeedStatement, WithdrawVote
from acquis.floor.undoing import TakeBack
from acquis.plan.programme import PublishProgramme
from acquis.publication.public import public_entries
from acquis.publication.totals import publication
from acquis.publication.verify import verify_entries
from acquis.record import Draft, Entry
from acquis.record.lines import to_line
from acquis.record.sqlite import SqliteRecord
from acquis.session import Session
from acquis.state import State, counting
from acquis.state.counting import as_public
from acquis.statistics.measures import measures_words
from acquis.statistics.opinion_map import shown_ballots
from acquis.statistics.summary import figures
from acquis.statistics.totals import ballots_of, totals_of

HOSTS = Actor("p-host", roles=frozenset({"onsite_moderator", "organizer", "rapporteur"}))
T0, PEOPLE = 1_790_000_000_000, 12
LANES = ("room", "online")
Vote = tuple[int, int, ev.Choice | None]
"""A voter, the first or the second statement, and the choice; None: the vote is withdrawn."""
CHOICES: tuple[ev.Choice, ...] = ("agree", "disagree", "pass")
EVERYBODY: list[Vote] = [
    (voter, statement, CHOICES[(voter + statement) % 2]) for voter in range(PEOPLE) for statement in range(2)
]


def voter(number: int) -> Actor:
    return Actor(f"p{number}", f"v{number}", frozenset({"participant"}), ballot=f"{number * 7919 % 97:032x}")


def strike(number: int, reason: ev.PersonReason = "voted_twice") -> StrikeVotes:
    return StrikeVotes(f"p{number}", reason, f"v{number}")


class Held:
    """A session of twelve people and two statements, its log, and what is done in it."""

    def __init__(self, publish_ballots: bool = True) -> None:
        self.record = SqliteRecord(":memory:")
        self.session = Session(self.record, "log")
        self.clock = itertools.count(T0, 1000)
        self.publish_ballots = publish_ballots

    @property
    def state(self) -> State:
        return self.session.state

    async def do(self, command: Command, by: Actor = HOSTS, at: int = 0) -> int:
        key = f"key-{self.state.seq}-{next(self.clock)}"
        entry = await self.session.do(command, by, at or max(next(self.clock), self.state.at), key)
        return entry.seq if entry else 0

    async def opened(self) -> Held:
        segment = {"title": "Questions", "kind": "questions", "minutes": 5}
        asked = {"publish_ballots": self.publish_ballots}
        await self.do(PublishProgramme({"title": "A dialogue", "segments": [segment], "settings": asked}))
        await self.do(OpenSession())
        for text in ("Norms bind.", "Norms suffice."):
            await self.do(SeedStatement(text))
        for number in range(PEOPLE):
            await self.do(Join(lane=LANES[number % 2]), voter(number))  # type: ignore[arg-type]  # one of the lanes
        return self

    async def vote(self, votes: list[Vote]) -> None:
        statements = list(self.state.statements)
        for number, place, choice in votes:
            asked = CastVote(statements[place], choice) if choice else WithdrawVote(statements[place])
            await self.do(asked, voter(number))

    async def closed(self) -> None:
        await self.do(CloseSession())
        at = self.state.at + 20_000
        for command in publication(self.state):
            await self.do(command, THE_SERVER, at)

    @property
    def stored(self) -> list[Entry]:
        return list(self.record.read("log"))

    @property
    def public(self) -> list[Entry]:
        return list(public_entries(self.stored, self.state))


def held(votes: list[Vote], *then: Command, publish_ballots: bool = True) -> Held:
    """A session with these votes, what moderators do then, and the close with the publication."""

    async def work() -> Held:
        made = await Held(publish_ballots).opened()
        await made.vote(votes)
        for command in then:
            await made.do(command)
        await made.closed()
        return made

    return asyncio.run(work())


def shown(state: State) -> tuple[object, ...]:
    """What is shown of the votes before the close, to everybody and to moderators."""
    everybody = as_public(state)
    return (
        [counting.tally(everybody, statement) for statement in state.statements],
        [counting.tally(state, statement) for statement in state.statements],
        figures(state),
        figures(everybody),
        shown_ballots(state).cast,
        counting.joined(everybody),
    )


def test_the_ballots_and_totals_are_without_the_votes_that_were_left_out() -> None:
    one = held(EVERYBODY, strike(4), strike(7, "flooding"))
    without = held([vote for vote in EVERYBODY if vote[0] not in (4, 7)])
    assert one.state.ballots is not None
    assert one.state.totals is not None
    assert without.state.totals is not None
    assert len(one.state.ballots.ballots) == PEOPLE - 2
    assert one.state.ballots == without.state.ballots
    assert one.state.totals.body.figures == without.state.totals.body.figures
    assert one.state.totals.body.people == without.state.totals.body.people, "twelve joined, ten voted"
    sentence = (
        "People whose votes are left out of the published results: 2 (1 voted more than once, 1 too many at once)."
    )
    assert list(measures_words("en", one.state, ["votes"])) == [sentence]


def test_where_only_totals_are_published_they_are_without_these_votes_too() -> None:
    one = held(EVERYBODY, strike(4), publish_ballots=False)
    without = held([vote for vote in EVERYBODY if vote[0] != 4], publish_ballots=False)
    assert one.state.ballots is None
    assert one.state.totals is not None
    assert without.state.totals is not None
    assert one.state.totals.body.figures == without.state.totals.body.figures
    public = verify_entries(one.public)
    assert (public.ok, public.bare_totals) == (True, True)
    assert verify_entries(one.stored).complete


def test_everybody_can_verify_how_many_were_left_out_and_why(tmp_path: Path) -> None:
    made = held(EVERYBODY, strike(4), strike(5, "other"), RestoreVotes("p5", "v5"), strike(6), TakeBack(44))
    assert isinstance(ev.from_body(made.stored[43].body), ev.VotesStruck)
    assert made.state.taken_back.keys() == {44}
    for entries in (made.stored, made.public):
        found = verify_entries(entries)
        assert (found.ok, found.complete, found.reason) == (True, True, "")
    file = tmp_path / "log.jsonl"
    file.write_bytes(b"".join(to_line(entry) + b"\n" for entry in made.public))
    status, said = offline.answer(offline.AskedRecord(str(file)))
    assert status == 0
    assert ("struck", {"n": 1}) in said


@pytest.mark.parametrize(
    ("before", "late", "reason"),
    [
        ([], [ev.VotesStruck("other", "v5")], "after they were published"),
        ([], [ev.VotesRestored(41)], "after they were published"),
        ([], [ev.ActTakenBack(41)], ""),
        ([ev.VotesRestored(5)], [], "the votes of entry 5 are not left out"),
        ([ev.VotesStruck("other", "v-nobody")], [], "more ballots than people"),
    ],
)
def test_a_server_that_changes_it_otherwise_is_found_out(
    before: list[ev.Event], late: list[ev.Event], reason: str
) -> None:
    """Whoever writes the log can write anything into it; in the log that everybody has, this is seen."""

    async def work() -> list[Entry]:
        made = await Held().opened()
        await made.vote(EVERYBODY)
        assert await made.do(strike(4)) == 41

        async def write(event: ev.Event) -> None:
            body, cuts = ev.to_parts(event)
            await made.record.append("log", [Draft(body, HOSTS.person, made.state.at, f"late-{body!r}", cuts)])
            made.session = Session(made.record, "log")

        for event in before:
            await write(event)
        await made.closed()
        for event in late:
            await write(event)
        return made.public

    found = verify_entries(asyncio.run(work()))
    assert not found.ok
    assert reason in found.reason


@given(
    st.lists(st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, 1), st.sampled_from([*CHOICES, None])), max_size=40),
    st.lists(st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, 1), st.sampled_from([*CHOICES, None])), max_size=8),
    st.integers(0, PEOPLE - 1),
    st.booleans(),
)
@settings(max_examples=times(20), deadline=None)
def test_left_out_and_counted_again_is_as_if_nothing_had_happened(
    votes: list[Vote], later: list[Vote], number: int, undone: bool
) -> None:
    """With the command, and with the undo; and before the close no tally, figure or map moves at all."""

    async def work() -> None:
        made = await Held().opened()
        await made.vote(votes)
        before = shown(made.state)
        struck = await made.do(strike(number))
        assert shown(made.state) == before
        await made.do(TakeBack(struck) if undone else RestoreVotes(f"p{number}", f"v{number}"))
        assert shown(made.state) == before
        await made.vote(later)
        other = await Held().opened()
        await other.vote(votes + later)
        assert shown(made.state) == shown(other.state)
        await made.closed()
        await other.closed()
        assert made.state.ballots == other.state.ballots
        assert made.state.totals is not None
        assert other.state.totals is not None
        assert made.state.totals.tallies == other.state.totals.tallies
        assert made.state.totals.body.people == other.state.totals.body.people
        assert not made.state.measures.struck

    asyncio.run(work())


@given(st.lists(st.sampled_from([*CHOICES, None]), min_size=2, max_size=2))
@settings(max_examples=times(20), deadline=None)
def test_the_public_log_does_not_depend_on_how_the_person_voted(choices: list[ev.Choice | None]) -> None:
    """Whatever the person voted, everything that the log shows is the same: a change of a vote is one entry as well."""

    def read(own: list[ev.Choice | None]) -> list[tuple[int, bytes, int]]:
        votes: list[Vote] = [(number, place, choice) for number, place, choice in EVERYBODY if number != 4]
        cast: list[Vote] = [(4, place, "pass") for place in range(2)]
        changed: list[Vote] = [(4, place, choice or "disagree") for place, choice in enumerate(own)]
        changed = [vote if vote[2] != "pass" else (vote[0], vote[1], None) for vote in changed]
        made = held([*cast, *changed, *votes], strike(4))
        return [(entry.at, entry.body, len(entry.parts)) for entry in made.public]

    assert read(choices) == read(["agree", "disagree"])


def test_the_voice_is_in_no_public_entry() -> None:
    made = held(EVERYBODY, strike(4), RestoreVotes("p4", "v4"), strike(4))
    lines = [json.loads(to_line(entry)) for entry in made.public]
    acts = [msgspec.json.decode(entry.body) for entry in made.public if b"VotesStruck" in entry.body]
    assert [set(act) for act in acts] == [{"event", "reason"}] * 2
    assert not any('"v4"' in json.dumps(line) for line in lines)
    hidden = [line["parts"][1] for line in lines if "VotesStruck" in json.dumps(line)]
    assert len(set(hidden)) == 2, "the same voice has another commitment each time"
    assert all(isinstance(part, str) for part in hidden)


def test_between_the_close_and_the_publication_votes_can_still_be_left_out() -> None:
    async def work() -> None:
        made = await Held().opened()
        await made.vote(EVERYBODY)
        await made.do(CloseSession())
        await made.do(strike(4))
        assert len(ballots_of(made.state).ballots) == PEOPLE - 1
        assert totals_of(made.state).people[0].voters == PEOPLE - 1
        await made.do(RestoreVotes("p4", "v4"))
        assert len(ballots_of(made.state).ballots) == PEOPLE

    asyncio.run(work())
