"""Frames: pure, small, with nothing in them that is somebody's own or not for everybody."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from tests.effort import SHARE

from acquis import events as ev
from acquis.floor.segments import groups
from acquis.state import State
from acquis.text.caches import clear_texts
from acquis.web.http.declaration import Kind
from acquis.web.live.audiences import WATCHING, Audience
from acquis.web.live.regions import next_hand, regions
from acquis.web.live.view import View

from ..core.cases import CASES  # noqa: TID252  # tests are no installed package: there is no absolute name
from ..core.story import Happened, covering  # noqa: TID252  # the same

KINDS: tuple[Kind, ...] = ("participants", "moderators", "stage")


class Log:
    """A state that is made of events."""

    def __init__(self) -> None:
        self.state, self.at = State(), 1_800_000_000_000

    def add(self, by: str, event: ev.Event, after: int = 1000) -> int:
        self.at += after
        self.state.apply(self.state.seq + 1, self.at, by, event)
        return self.state.seq

    def view(self, **more: Any) -> View:
        names = {"p-ana": "Ana"}
        return View(
            self.state,
            names,
            at=self.at,
            head="ab" * 32,
            log="ws1",
            code="ABCD1234",
            base_url="http://house",
            presence=3,
            **more,
        )

    def frame(self, kind: Audience = "participants") -> dict[str, str]:
        return regions(kind, self.view())


@pytest.fixture
def log() -> Log:
    log = Log()
    seats = (ev.Seat("Speaker One", "House", stakeholder="Government"),)
    parts = (ev.Segment("Opening", "opening", 15, 300, False, False), ev.Segment("Questions", "questions", 45))
    log.add("o", ev.ProgrammePublished("Title", parts, seats=seats))
    log.add("o", ev.SessionOpened())
    log.add("m", ev.SegmentStarted(1, groups(log.state)))
    for number in range(6):
        log.add(f"v{number}", ev.ParticipantJoined(lane="online" if number % 2 else "room"))
    return log


def changed(before: dict[str, str], after: dict[str, str]) -> dict[str, str]:
    return {name: html for name, html in after.items() if before.get(name) != html}


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_view_gives_the_same_frame(log: Log, kind: Kind) -> None:
    log.add("p-ana", ev.HandRaised(lane="room"))
    assert log.frame(kind) == log.frame(kind)
    assert all(type(html) is str for html in log.frame(kind).values())


@pytest.mark.parametrize("kind", KINDS)
def test_a_frame_before_the_programme_has_parts_is_no_error(kind: Kind) -> None:
    log = Log()
    log.add("o", ev.ProgrammePublished("Title", ()))
    assert json.loads(log.frame(kind)["facts"])["phase"] == "published"


def test_a_support_costs_a_phone_a_few_bytes(log: Log) -> None:
    asked = [log.add("p-ana", ev.QuestionAsked(f"Question {number}?")) for number in range(40)]
    for seq in asked:
        log.add("m", ev.QuestionApproved(seq))
    before = log.frame()
    log.add("v1", ev.QuestionSupported(asked[-1]))
    difference = changed(before, log.frame())
    assert set(difference) == {"order:asked"}
    assert difference["order:asked"].startswith(f"{asked[-1]}:1 {asked[0]}:0")
    assert sum(map(len, difference.values())) < 400


@pytest.mark.parametrize("audience", WATCHING)
@pytest.mark.parametrize("shown", [False, True])
def test_votes_change_numbers_and_no_card(log: Log, audience: Audience, shown: bool) -> None:
    """1,000 votes a second change every statement in every frame, and everybody's phone has all of them."""
    statements = [log.add("m", ev.StatementSeeded(f"Claim {number}.")) for number in range(20)]
    log.add("m", ev.ResultsShown(shown))
    for statement in statements:
        for number in range(5):
            log.add(f"v{number}", ev.VoteCast(statement, "agree"))
    before = log.frame(audience)
    for statement in statements:
        log.add("v5", ev.VoteCast(statement, "pass"))
    counts = {f"r{statement}": "5:0:1" for statement in statements if shown}
    numbers = {"order:cards": " ".join(f"{statement}:6" for statement in statements)}
    assert changed(before, log.frame(audience)) == numbers | counts
    assert len(json.dumps(numbers | counts)) < 600


def test_everybody_finds_their_place_far_down_the_list(log: Log) -> None:
    """W m6: while the floor is free, the next person does not wait."""
    for number in range(45):
        log.add(f"p-{number}", ev.HandRaised(lane="online" if number % 3 else "room"))
    frame = log.frame()
    assert len(frame["order:queue"].split()) == 30
    line = [one.split(":") for one in f"{frame['order:queue']} {frame['order:later']}".split()]
    assert len(line) == 45
    assert "15 more are not shown." in frame["more_line"]
    assert sum(bool(re.fullmatch(r"h\d+", name)) for name in frame) == 30
    places = {person: (place, int(minutes)) for _, place, minutes, person in line}
    assert places["p-0"] == ("1", 0)
    assert places["p-44"][0] == "30"
    waits = [int(minutes) for _, _, minutes, _ in line]
    assert waits == sorted(waits)


def test_the_next_one_is_whom_the_rule_names_while_a_turn_runs(log: Log) -> None:
    first = log.add("p-1", ev.HandRaised(lane="room"))
    second = log.add("p-2", ev.HandRaised(lane="room"))
    third = log.add("p-ana", ev.HandRaised(lane="online"))
    log.add("m", ev.FloorGiven(first))
    log.at += 90_000
    assert next_hand(log.state, log.at) == third
    frame = log.frame()
    assert frame["order:queue"].split(":")[0] == str(third)
    assert json.loads(frame["facts"])["next"] == "p-ana"
    assert "Online: 1 min 30 s less speaking time than the room." in frame["next"]
    assert second in log.state.waiting


def test_texts_that_are_not_public_are_in_no_public_frame(log: Log) -> None:
    waiting = log.add("p-ana", ev.QuestionAsked("Waits to be read"))
    held = log.add("p-ana", ev.QuestionAsked("Was held back"))
    log.add("m", ev.QuestionHeldBack(held, "abusive"))
    log.add("p-ana", ev.StatementProposed("Only proposed"))
    for kind in ("participants", "stage"):
        everything = "".join(log.frame(kind).values())
        assert not any(text in everything for text in ("Waits to be read", "Was held back", "Only proposed"))
    public = log.frame()
    assert f"q{waiting}" not in public
    assert f"q{held}" not in public, "no blank line for it (W M15)"
    assert "Questions withheld by the moderators: 1 (1 abusive)." in public["withheld"]
    assert "Waits to be read" in log.frame("moderators")[f"q{waiting}"]


def test_nothing_in_a_frame_is_anybodys_own(log: Log) -> None:
    statement = log.add("m", ev.StatementSeeded("A claim."))
    question = log.add("p-ana", ev.QuestionAsked("Why?"))
    log.add("m", ev.QuestionApproved(question))
    log.add("v1", ev.VoteCast(statement, "agree"))
    log.add("v1", ev.QuestionSupported(question))
    everything = "".join(log.frame().values())
    assert 'aria-pressed="true"' not in everything
    assert "v1" not in everything


def test_a_clock_is_told_once_and_counted_by_the_screen(log: Log) -> None:
    hand = log.add("p-ana", ev.HandRaised(lane="room"))
    log.add("m", ev.FloorGiven(hand))
    before = log.frame()
    log.at += 10_000
    assert changed(before, log.frame()) == {}
    assert f'data-ends="{log.state.turns[log.state.turn].at + 180_000}"' in before["now"]


def test_an_erased_text_leaves_the_screen(log: Log) -> None:
    question = log.add("p-ana", ev.QuestionAsked("My address is 1 Road"))
    log.add("m", ev.QuestionApproved(question))
    assert "1 Road" in log.frame()[f"q{question}"]
    log.add("o", ev.TextErased(question, "00"))
    assert "1 Road" not in "".join(log.frame().values())
    assert "1 Road" not in "".join(log.frame("moderators").values())


def test_facts_cannot_end_a_script(log: Log) -> None:
    names = {"p-ana": "</script><b>"}
    hand = log.add("p-ana", ev.HandRaised(lane="room"))
    log.add("m", ev.FloorGiven(hand))
    facts = regions("stage", View(log.state, names, log.at, log="ws1"))["facts"]
    assert "<" not in facts
    assert "</script><b>" in json.loads(facts)["say"]


def test_another_language_is_another_frame(log: Log) -> None:
    log.add("p-ana", ev.HandRaised(lane="room"))
    english, other = log.frame(), regions("participants", log.view(lang="en-XA"))
    assert "Next" in english["next"]
    assert "Ñéxt" in other["next"] or "[" in other["next"]
    assert "<bdi>Ana</bdi>" in other["next"]


ROWS: tuple[Audience, ...] = ("participants", "readers", "moderators", "organizers")


def _stories(audience: Audience) -> list[tuple[Happened, ...]]:
    """Logs of the scenarios in which every kind of event occurs, and a share of the others."""
    logs = list({repr(case.given): case.given for case in CASES if len(case.given) < 100}.values())
    return [*covering(logs), *logs[ROWS.index(audience) % SHARE :: SHARE]]


@pytest.mark.parametrize("audience", ROWS)
def test_rows_that_are_kept_are_those_that_would_be_rendered_now(audience: Audience) -> None:
    """Rows are kept with what they depend on; a thing that is missing there would leave a screen stale. What several
    logs of the scenarios have in common at their beginning is rendered once."""
    rendered, known = 0, set[str]()
    for happened in _stories(audience):
        log, story, rows_of_before = Log(), "", False
        for item in happened:
            story += repr(item)
            if isinstance(item, int):
                log.at += item
                continue
            by, event = item if isinstance(item, tuple) else ("p-host", item)
            is_known = story in known
            if not is_known and not rows_of_before and log.state.seq:
                log.frame(audience)
            log.add(by, event)
            rows_of_before = not is_known
            if is_known:
                continue
            known.add(story)
            kept = log.frame(audience)
            clear_texts()
            assert kept == log.frame(audience), (audience, event)
            rendered += len(kept)
    assert rendered > 1000
