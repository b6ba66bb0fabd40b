"""The public edition of a session under the Chatham House Rule, attacked with all that somebody in the room knows.

What the edition tells of the authors of acts is what changes in it when other people are the authors of the same acts.
So each session is held twice: the second time every act has another author, chosen at random among those in the room or
online, other panellists answer, and moderators exclude and rename other people. Of two editions that are equal in all
but salts and commitments nobody can tell which is which, whatever else is known: so nobody is resolved."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest
from tests.effort import times
from tests.failing import failing

from acquis import events as ev
from acquis.attributes import Attributes, Lane
from acquis.documents.formats import FORMATS
from acquis.documents.source import source
from acquis.documents.view import report_view
from acquis.floor.audit import Audit, audit
from acquis.publication.public import public_rows
from acquis.publication.verify import verify_entries
from acquis.record.chain import is_apart

from . import story
from .story import Happened, Recorded, recorded, then
from .test_ballots import played

PEOPLE, SESSIONS = 25, 40
"""1,000 people: 40 sessions of 25 people, in each of which everybody has groups that nobody else has."""
SEATS = tuple(ev.Seat(f"Panellist {n}", stakeholder="Government") for n in range(3))
NAMES = tuple(f"Name Number{n:02}" for n in range(PEOPLE))
PACKED = (".pdf", ".docx", ".png", ".jpeg", ".zip", ".jsonl")
"""Files that are made of the same blocks as the others, or contain the log, which is compared by itself."""
LANES: tuple[Lane, Lane] = ("room", "online")


def groups_of(person: int, few: bool = False) -> dict[str, Any]:
    """Nobody else has them; every fifth person states none. `few`: only three people are online."""
    own = "" if person % 5 == 0 else str(person)
    lane = LANES[person % 2] if not few or person < 6 else "room"
    stated = Attributes(lane=lane, stakeholder=own and f"Group {own}", region=own and f"Region {own}")
    return {name: value for name, value in msgspec.structs.asdict(stated).items() if value}


class Meeting:
    """A session: `seed` determines what is done, and `casting` by whom and to whom. `few`: only three people are
    online, and each act can be anybody's."""

    def __init__(self, seed: int, casting: int, chatham: bool = True, few: bool = False) -> None:
        self.few = few
        self.what, self.who = random.Random(seed), random.Random(casting)
        self.happened: list[Happened] = []
        settings = ev.Settings(chatham=chatham, moderated=self.what.random() < 0.5)
        segments = (ev.Segment("Panel", "panel", 15), ev.Segment("Questions", "questions", 30))
        self.host(ev.ProgrammePublished("A dialogue", segments, seats=SEATS, settings=settings))
        for lane in (0, 1):
            person, stated = self.person(lane)
            self.act(person, ev.SpeakerRegistered(segment=1, person=person, **stated))
        self.host(ev.SessionOpened(chatham=chatham))
        self.host(ev.SegmentStarted(1, LANES))
        for n in range(PEOPLE):
            self.act(f"v-{n}", ev.ParticipantJoined(ballot=f"{seed:016x}{n:016x}", **groups_of(n, few)))
        self.statements = [self.host(ev.StatementSeeded("Norms bind."))]
        for _ in range(8):
            self.turn()
            self.texts()
            self.moderation()
        for n in range(PEOPLE):
            for each in self.statements:
                self.act(f"v-{n}", ev.VoteCast(each, self.what.choice(("agree", "disagree", "pass"))))
        self.host(ev.SessionClosed())

    def act(self, by: str, event: ev.Event) -> int:
        self.happened.append((by, event))
        return len(self.happened)

    def host(self, event: ev.Event) -> int:
        return self.act(f"p-host{self.who.randrange(3)}", event)

    def person(self, lane: int | None = None) -> tuple[str, dict[str, Any]]:
        """Somebody, in the room (0) or online (1) if that is asked: the id, and the groups."""
        person = self.who.choice([n for n in range(PEOPLE) if lane is None or self.few or n % 2 == lane])
        return f"p-person{person:02}", groups_of(person, self.few)

    def turn(self) -> None:
        """An intervention; somebody lowers a hand before, or is excluded during it."""
        by, stated = self.person(self.what.randrange(2))
        hand = self.act(by, ev.HandRaised(about="On reports.", **stated))
        if self.what.random() < 0.4:
            self.act(self.who.choice((by, "p-host0")), ev.HandLowered(hand))
            self.act(self.who.choice((by, "p-host0")), ev.HandRestored(hand))
        turn = self.host(ev.FloorGiven(hand, "other"))
        if self.what.random() < 0.3:
            self.host(ev.ParticipantSilenced(person=by, reason="abusive", turn=turn))
            self.host(ev.ParticipantUnsilenced(by))
        else:
            self.host(ev.TurnEnded(turn))
        self.host(ev.TurnNoted(turn, "Somebody should read them."))
        self.act(by, ev.TurnCommented(turn, "Everybody should."))

    def texts(self) -> None:
        """Questions with a name and without, one of them to a panellist, and a statement."""
        by, stated = self.person(self.what.randrange(2))
        seat = self.who.randrange(1, 4)
        to = self.what.random() < 0.5 and seat
        asked = self.act(by, ev.QuestionAsked("Who pays?", int(to), **stated))
        self.host(ev.QuestionApproved(asked))
        self.host(ev.QuestionAssigned(asked, seat))
        self.host(ev.TurnEnded(self.host(ev.SpeakerGivenFloor(seat, asked))))
        self.act("", ev.QuestionAsked("Who is afraid?"))
        by, _ = self.person()
        proposed = self.act(by, ev.StatementProposed("Norms suffice."))
        self.host(ev.StatementOpened(proposed))
        self.statements.append(self.act(by, ev.StatementProposed("Norms are enough.", replaces=proposed)))
        self.host(ev.StatementOpened(self.statements[-1]))
        self.statements.append(proposed)

    def moderation(self) -> None:
        """What moderators do to people: nobody may know to whom."""
        by, stated = self.person(self.what.randrange(2))
        self.host(ev.HandLowered(self.host(ev.HandEntered(person=by, **stated))))
        self.host(ev.ParticipantRenamed(person=self.person()[0], reason="impersonation"))
        self.host(ev.DeviceEnded(self.person()[0]))
        self.host(ev.TeamMemberReplaced("rapporteur", self.person()[0], self.person()[0], "Ill."))
        self.host(ev.AccessRevoked(self.person()[0]))
        silenced, _ = self.person()
        self.host(ev.ParticipantSilenced(person=silenced, reason="flooding"))
        self.host(ev.ParticipantUnsilenced(silenced))


def edition(happened: list[Happened]) -> Recorded:
    """The public edition of a session, with its report and everything that the server publishes."""
    found = story.published(recorded(happened), ev.Sentence("A reader is wanted."))
    return story.outside(story.masked(then(found, ev.CommitmentMade("Hosting", "Someone")), NAMES), NAMES)


def told(public: Recorded) -> list[object]:
    """The log without salts, commitments and links, which are random to whoever does not know the salts."""
    return [(entry.seq, [part.value for part in entry.parts]) for entry in public.entries]


def files(public: Recorded) -> dict[str, bytes]:
    """The files of the record, under a fingerprint that is always the same."""
    of = source(public.entries)
    of = msgspec.structs.replace(of, view=report_view(of.state, "00" * 32))
    return {one.name: one.content(of) for one in FORMATS if not one.name.endswith(PACKED)}


def _edition_is_the_same(seed: int) -> None:
    first, second = (edition(Meeting(seed, casting).happened) for casting in (seed, 1000 + seed))
    assert told(first) == told(second)
    assert first.state.hands
    verified = verify_entries(first.entries)
    assert verified.complete, verified.reason
    assert verified.omissions.nameless == sum(map(is_apart, first.entries)) > 200


def test_an_edition_is_the_same_whoever_did_what() -> None:
    assert failing(_edition_is_the_same, range(times(SESSIONS))) == []


@pytest.mark.parametrize("seed", range(4))
def test_an_edition_does_not_tell_the_few_who_are_online(seed: int) -> None:
    first, second = (edition(Meeting(seed, casting, few=True).happened) for casting in (seed, 1000 + seed))
    assert told(first) == told(second)
    assert {hand.attributes.lane for hand in first.state.hands.values()} == {""}
    assert {hand.attributes.lane for hand in edition(Meeting(seed, seed).happened).state.hands.values()} == {*LANES}


@pytest.mark.parametrize("seed", range(4))
def test_the_files_are_the_same_whoever_did_what(seed: int) -> None:
    first, second = (files(edition(Meeting(seed, casting).happened)) for casting in (seed, 1000 + seed))
    assert first == second
    assert {"report.json", "report.html", "votes.csv"} <= first.keys()


@pytest.mark.parametrize("seed", range(4))
def test_the_attack_resolves_people_where_the_rule_does_not_hold(seed: int) -> None:
    first, second = (edition(Meeting(seed, casting, chatham=False).happened) for casting in (seed, 1000 + seed))
    assert told(first) != told(second)
    shown = str(told(first))
    assert sum(f"p-person{n:02}" in shown for n in range(PEOPLE)) > PEOPLE // 2


@pytest.mark.parametrize(("people", "seed"), [(25, 1), (40, 7)])
def test_the_demo_under_the_rule_is_the_same_whoever_did_what(people: int, seed: int) -> None:
    """The demo, told again under the rule; the second time by people who exchanged their places in each lane."""
    _, entries = played(people, seed)
    rows = [(entry.by, ev.from_body(entry.body)) for entry in entries]
    lanes: dict[str, list[str]] = {}
    for by, event in rows:
        if isinstance(event, ev.HandRaised | ev.QuestionAsked) and by not in lanes.setdefault(event.lane, []):
            lanes[event.lane].append(by)
    others = {by: other for lane in lanes.values() for by, other in zip(lane, [*lane[1:], lane[0]], strict=True)}

    def ruled(others: dict[str, str]) -> list[Happened]:
        happened: list[Happened] = []
        for by, event in rows:
            if isinstance(event, ev.ProgrammePublished):
                settings = msgspec.structs.replace(event.settings, chatham=True)
                event = msgspec.structs.replace(event, settings=settings)
            if isinstance(event, ev.SessionClosed):
                return [*happened, (by, event)]
            happened.append((others.get(by, by), event))
        raise AssertionError("the demo is closed")

    first, second = edition(ruled({})), edition(ruled(others))
    assert others
    assert told(first) == told(second)
    assert not [by for by in others if f'"{by}"' in str(told(first))]
    assert verify_entries(first.entries).complete


def test_whoever_holds_the_log_checks_the_floor_and_others_its_groups() -> None:
    began: list[Happened] = [
        ev.ProgrammePublished("x", (ev.Segment("Questions", "questions", 30),), settings=ev.Settings(chatham=True)),
        ev.SessionOpened(chatham=True),
        ev.SegmentStarted(0, LANES),
        *((f"v-{n}", ev.ParticipantJoined(lane=LANES[n % 2])) for n in range(10)),
        ("p-ann", ev.HandRaised(lane="room")),
        ev.FloorGiven(14),
        ev.TurnEnded(15),
        ("p-ann", ev.HandRaised(lane="room")),
        ("p-cy", ev.HandRaised(lane="room")),
    ]

    def public(*happened: Happened) -> Audit:
        found = story.masked(recorded([*began, *happened, ev.SessionClosed()]))
        assert audit((e.seq, e.at, e.by, e.body) for e in found.entries).wrong == (len(began) + len(happened),)
        return audit(public_rows(story.outside(found).entries))

    inside = public(ev.FloorGiven(17))  # this person has spoken, and the other one has not
    assert (inside.wrong, inside.by_rule, inside.nameless, inside.unchecked) == ((), 2, True, 0)
    dee = "p-dee", ev.HandRaised(lane="online")
    between = public(dee, ev.FloorGiven(18), ev.TurnEnded(20), ev.FloorGiven(17))
    assert between.wrong == (22,), "the group that has had less comes first"
    excluded = public(ev.AccessRevoked("p-bo"), ev.FloorGiven(17))
    assert (excluded.wrong, excluded.by_rule, excluded.unchecked) == ((), 1, 1)


def test_a_session_that_an_earlier_version_began_goes_on_without_ids() -> None:
    """Entries of both forms stand in one log. The people of the earlier ones are known, and nobody else is."""
    began: list[Happened] = [
        ev.ProgrammePublished("x", (ev.Segment("Questions", "questions", 30),), settings=ev.Settings(chatham=True)),
        ev.SessionOpened(chatham=True),
        ev.SegmentStarted(0, LANES),
        ("p-ann", ev.HandRaised(lane="room")),
        ("p-ben", ev.HandRaised(lane="room")),
        ev.FloorGiven(4),
        ev.TurnEnded(6),
    ]
    earlier = [
        story.entry(story.T0 + story.STEP * n, by, event, bytes([n]) * 16, f"k{n}")
        for n, (by, event) in enumerate(one if isinstance(one, tuple) else ("p-host", one) for one in began)
    ]
    assert not any(map(is_apart, earlier))
    later: list[tuple[str, ev.Event]] = [
        ("p-ben", ev.HandLowered(5)),
        ("p-cy", ev.HandRaised(lane="room")),
        ("p-ann", ev.HandRaised(lane="room")),
        ("p-host", ev.FloorGiven(9)),
        ("p-host", ev.SessionClosed()),
    ]
    entries = story.chained(earlier)
    for n, (by, event) in enumerate(later, len(entries)):
        made = story.entry(story.T0 + story.STEP * n, by, event, bytes([n]) * 16, f"k{n}", True)
        entries = story.chained([*entries, made])
    public = story.outside(story.masked(story.of(entries)))
    verified = verify_entries(public.entries)
    assert verified.complete, verified.reason
    assert [hand.person for hand in public.state.hands.values()] == ["p-ann", "p-ben", "", ""]
    judged = audit(public_rows(public.entries))
    assert (judged.wrong, judged.by_rule, judged.nameless) == ((), 2, True)


@pytest.mark.parametrize("own", [4, 5])
def test_what_a_moderator_took_back_has_no_effect_where_nobody_sees_who_it_was(own: int) -> None:
    """Whether a hand was lowered by its person cannot be seen; that it was taken back says that it was not."""
    began: list[Happened] = [
        ev.ProgrammePublished("x", (ev.Segment("Questions", "questions", 30),), settings=ev.Settings(chatham=True)),
        ev.SessionOpened(chatham=True),
        ev.SegmentStarted(0, LANES),
        ("p-ann", ev.HandRaised()),
        ("p-ben", ev.HandRaised()),
    ]
    other = 9 - own
    lowered: tuple[tuple[str, ev.Event], ...] = (
        ("p-host", ev.HandLowered(other)),
        ("p-ann" if own == 4 else "p-ben", ev.HandLowered(own)),
        ("p-host", ev.ActTakenBack(6)),
    )
    entries = story.after([], *began)
    for n, (by, event) in enumerate(lowered):
        at = entries[-1].at + 1000 if n else entries[-1].at + 60_000
        entries = story.chained([*entries, story.entry(at, by, event, bytes([n]) * 16, f"late-{n}", True)])
    found = story.masked(then(story.of(entries), ev.SessionClosed()))
    assert {seq: hand.fate for seq, hand in found.state.hands.items()} == {own: "lowered", other: "not_reached"}
    public = story.outside(found)
    verified = verify_entries(public.entries)
    assert verified.complete, verified.reason
    assert {seq: hand.fate for seq, hand in public.state.hands.items()} == {own: "lowered", other: "not_reached"}
