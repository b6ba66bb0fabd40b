"""Votes are published under no name, time, order or group, and what is shown comes from what is published."""

from __future__ import annotations

import asyncio
import itertools

import msgspec
import pytest

from acquis import events as ev
from acquis.board import Board
from acquis.board.cards import card_of
from acquis.command import ROLES, THE_SERVER, Actor, Command, Refused
from acquis.commands import decode, from_form
from acquis.demo import play
from acquis.documents import tables
from acquis.documents.formats import BY_NAME
from acquis.documents.source import DocumentSource
from acquis.documents.view import report_view
from acquis.floor.people import Join
from acquis.floor.segments import CloseSession, OpenSession
from acquis.floor.statements import CastVote, SeedStatement
from acquis.floor.undoing import TakeBack
from acquis.plan.programme import PublishProgramme
from acquis.record import Entry
from acquis.record.sqlite import SqliteRecord
from acquis.report.publishing import PublishReport
from acquis.roster import Roster, SessionRow
from acquis.session import Session
from acquis.state import State, counting, fold
from acquis.statistics.attendance import attendance
from acquis.statistics.heard import account
from acquis.statistics.opinion_map import opinion_figure
from acquis.statistics.summary import areas, figures

from .story import unchanged

SEALED = (ev.ParticipantJoined, ev.VoteCast, ev.VoteWithdrawn, ev.QuestionSupported, ev.SupportWithdrawn)
T0 = 1_790_000_000_000


def played(people: int = 40, seed: int = 7) -> tuple[Session, list[Entry]]:
    """The demo with its report, and its log."""

    async def work() -> tuple[Session, list[Entry]]:
        record, roster = SqliteRecord(":memory:"), Roster(":memory:")
        session = await Session.open(record, "demo")
        await play(session, roster, "published", people, seed, T0)
        entries = list(record.read("demo"))
        await record.close()
        return session, entries

    return asyncio.run(work())


@pytest.fixture(scope="module")
def demo() -> tuple[State, State]:
    """The demo from its whole log, and from a log without the entries that are never public."""
    session, entries = played()
    rows = [(entry.seq, entry.at, entry.by, entry.body) for entry in entries]
    public = [row for row in rows if not isinstance(ev.from_body(row[3]), SEALED)]
    return session.state, fold(public)


def test_everything_shown_is_the_same_from_the_public_log(demo: tuple[State, State]) -> None:
    whole, public = demo
    assert public.voices == []
    assert figures(whole) == figures(public)
    assert areas(whole) == areas(public)
    assert account(whole, whole.at) == account(public, public.at)
    assert attendance(whole) == attendance(public)
    assert opinion_figure(whole) == opinion_figure(public)
    assert counting.joined(public) == len(whole.voices) == 40


def test_a_ballot_has_the_last_votes_of_a_voice(demo: tuple[State, State]) -> None:
    state, _ = demo
    assert state.ballots is not None
    listed = {ballot[:32]: ballot[32:] for ballot in state.ballots.ballots}
    assert list(listed) == sorted(listed)
    for number, voice in enumerate(state.voices):
        own = "".join(counting.MARKS[state.votes[seq][number]] for seq in state.ballots.statements)
        assert listed.get(voice.ballot, "." * len(own)) == own


HOSTS = Actor("p-host", roles=frozenset({"onsite_moderator", "organizer", "rapporteur"}))
TAKEAWAY = PublishReport((ev.Sentence("We follow up."),))


async def hold(session: Session, publish_ballots: bool = True) -> None:
    """A session of twelve people, of whom eleven vote on two statements, closed."""
    at = itertools.count(T0, 1000)

    async def do(command: Command, by: Actor = HOSTS) -> None:
        await session.do(command, by, next(at), f"key-{session.state.seq}-{by.person}")

    segment = {"title": "Questions", "kind": "questions", "minutes": 5}
    asked = {"publish_ballots": publish_ballots}
    await do(PublishProgramme({"title": "A dialogue", "segments": [segment], "settings": asked}))
    await do(OpenSession())
    for text in ("Norms bind.", "Norms suffice."):
        await do(SeedStatement(text))
    for number in range(12):
        person = Actor(f"p{number}", f"v{number}", frozenset({"participant"}), ballot=f"{number * 7919 % 97:032x}")
        await do(Join(lane="room"), person)
        for statement in session.state.statements:
            if number != 3:
                await do(CastVote(statement, "agree" if (number + statement) % 3 else "disagree"), person)
    await do(CloseSession())


def kinds(record: SqliteRecord) -> list[str]:
    return [type(ev.from_body(entry.body)).__name__ for entry in record.read("log")]


def test_a_report_right_after_the_close_publishes_the_votes_first() -> None:
    async def work() -> None:
        record = SqliteRecord(":memory:")
        session = Session(record, "log")
        await hold(session)
        await session.do(TAKEAWAY, HOSTS, session.state.at + 1000, "report-1")
        assert kinds(record)[-4:] == ["SessionClosed", "BallotsPublished", "TotalsPublished", "ReportPublished"]
        ballots, totals = list(record.read("log"))[-3:-1]
        assert (ballots.by, totals.by) == ("", "")
        assert ballots.at == totals.at, "they are one transaction"
        assert session.state.ballots is not None
        assert len(session.state.ballots.ballots) == 11, "somebody did not vote"
        assert session.state.totals is not None
        assert (session.state.totals.body.upto, session.state.totals.body.sealed) == (ballots.seq, 12 + 22)
        assert set(session.state.reports[0].body.figures) <= set(session.state.totals.body.figures)
        close = next(e.seq for e in record.read("log") if b"SessionClosed" in e.body)
        with pytest.raises(Refused, match=r"act_used|act_overtaken"):
            await session.do(TakeBack(close), HOSTS, session.state.at + 1000, "take-back")

    asyncio.run(work())


def test_the_server_publishes_once_and_only_after_the_close_is_final() -> None:
    async def work() -> None:
        record = SqliteRecord(":memory:")
        session = Session(record, "log")
        await hold(session)
        roster = Roster(":memory:")
        roster.add_session(SessionRow("log", "ABCDEFGH", 1, ""))
        board = Board(record, roster)
        closed = session.state.closed_at
        await board.publish_votes(closed + 60_000)
        assert kinds(record)[-1] == "SessionClosed", "no session is open here yet"
        await board.open_unpublished(closed)
        await board.publish_votes(closed + 10_000)
        assert kinds(record)[-1] == "SessionClosed", "the close can still be taken back"
        for _ in range(2):
            await board.publish_votes(closed + 20_000)
        assert kinds(record)[-3:] == ["SessionClosed", "BallotsPublished", "TotalsPublished"]

    asyncio.run(work())


def test_a_session_without_ballots_publishes_totals_only() -> None:
    async def work() -> None:
        record = SqliteRecord(":memory:")
        session = Session(record, "log")
        await hold(session, publish_ballots=False)
        await session.do(TAKEAWAY, HOSTS, session.state.at + 1000, "report-1")
        assert kinds(record)[-3:] == ["SessionClosed", "TotalsPublished", "ReportPublished"]
        assert session.state.reports[0].body.opinion is None
        assert [counting.tally(session.state, seq).total for seq in session.state.statements] == [11, 11]
        rows = tables.participants_votes(session.state).splitlines()
        assert len(rows) == 1, "only the head"

    asyncio.run(work())


def test_nobody_can_ask_for_the_publication() -> None:
    with pytest.raises(Refused, match="unknown_command"):
        decode(b'{"do":"publish_votes"}')
    with pytest.raises(Refused, match="unknown_command"):
        from_form({"do": "publish_votes"})
    assert THE_SERVER.roles.isdisjoint(ROLES)


def test_the_files_of_the_record_are_the_same_from_the_public_log(demo: tuple[State, State]) -> None:
    def written(state: State) -> dict[str, bytes]:
        view = report_view(state, "0" * 64, 0)
        of = DocumentSource(unchanged(), msgspec.structs.replace(state, seq=0), view, "en")
        names = ("report.md", "report.json", "questions.csv", "votes.csv", "comments.csv", "participants-votes.csv")
        return {name: BY_NAME[name].content(of) for name in (*names, "turns.csv", "report.html")}

    whole, public = demo
    assert written(whole) == written(public)
    assert card_of("demo", whole, "") == card_of("demo", public, "")
