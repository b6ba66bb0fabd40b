"""What a record says of statements that were voted on in an earlier session too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import msgspec
import pytest

from acquis.attributes import Attributes
from acquis.board.cards import Card, Line
from acquis.board.earlier import carried_from
from acquis.command import PARTICIPANT, Actor
from acquis.erasure import EraseText
from acquis.floor.people import Join
from acquis.floor.segments import CloseSession, OpenSession
from acquis.floor.statements import CastVote, CloseStatement, OpenStatement, SeedStatement

from .client import BOSS, PROGRAMME, AppClient, app_client

TEXTS = ("Norms need a keeper.", "Hospitals come first.", "Nobody else said this.")


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        yield app


def held(app: AppClient, session: str, agree: dict[str, int], people: int = 30) -> dict[str, int]:
    """A session in which so many of its people agree with each statement; the entries of the statements."""
    app.add(session, msgspec.structs.replace(PROGRAMME, title=session.title()))
    app.do(session, OpenSession(), BOSS)
    voices = [
        Actor(f"{session}{n}", f"{session}-v{n}", frozenset({PARTICIPANT}), Attributes(lane="room"))
        for n in range(people)
    ]
    app.all(session, [(Join(lane="room"), voice) for voice in voices])
    entries = {text: app.do(session, SeedStatement(text)) for text in agree}
    for text, entry in entries.items():
        votes = [(CastVote(entry, "agree" if n < agree[text] else "disagree"), voice) for n, voice in enumerate(voices)]
        app.all(session, [*votes])
    app.do(session, CloseSession(), BOSS)
    app.publish_votes()
    app.clock.forward(60_000)
    return entries


def words(app: AppClient, session: str, language: str = "en") -> str:
    answer = app.client.get(f"/s/{session}/record", headers={"accept-language": language})
    assert answer.status_code == 200
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", answer.text).split()))


def test_the_record_shows_how_agreement_changed_since_an_earlier_session(app: AppClient) -> None:
    first = held(app, "monday", {TEXTS[0]: 6, TEXTS[1]: 15})
    held(app, "friday", {TEXTS[1].upper(): 16, TEXTS[0]: 24, TEXTS[2]: 30})
    said = words(app, "friday")
    assert "Compared with an earlier session in which people voted on the same statements: Monday" in said
    assert "Statements compared: 2. Agreement changed by more than chance: 1." in said
    assert "The two groups of voters are compared as different people." in said
    assert re.search(r"Norms need a keeper\. 20% \(30\) before, 80% \(30\) after \+60 \(\+4\d to \+7\d\) Yes", said)
    assert re.search(r"HOSPITALS COME FIRST\. 50% \(30\) before, 53% \(30\) after \+3 \(\u22121\d to \+2\d\) No", said)
    assert "Compared with an earlier session" not in words(app, "monday")
    app.do("monday", EraseText(first[TEXTS[0]], "asked to"), BOSS)
    assert "Statements compared: 1." in words(app, "friday")


def test_the_record_shows_how_the_same_people_voted_again(app: AppClient) -> None:
    app.add("room", PROGRAMME)
    app.do("room", OpenSession(), BOSS)
    voices = [Actor(f"p{n}", f"v{n}", frozenset({PARTICIPANT}), Attributes(lane="room")) for n in range(20)]
    app.all("room", [(Join(lane="room"), voice) for voice in voices])
    entry = app.do("room", SeedStatement(TEXTS[0]))
    for agree in (5, 14):
        votes = [(CastVote(entry, "agree" if n < agree else "disagree"), voice) for n, voice in enumerate(voices)]
        app.all("room", [*votes])
        app.do("room", CloseStatement(entry))
        app.do("room", OpenStatement(entry))
    app.do("room", CloseSession(), BOSS)
    app.publish_votes()
    said = words(app, "room")
    assert "Votes that were changed during the session" in said
    assert "25% (20) before, 70% (20) after Came to agree: 9. No longer agree: 0." in said


def test_nothing_is_said_of_few_votes_or_of_other_statements(app: AppClient) -> None:
    held(app, "few", {TEXTS[0]: 2}, people=4)
    held(app, "other", {TEXTS[0]: 8, TEXTS[1]: 8})
    held(app, "last", {TEXTS[2]: 8})
    assert "Compared with an earlier session" not in words(app, "other")
    assert "Compared with an earlier session" not in words(app, "last")


def test_the_session_with_most_of_the_statements_is_compared(app: AppClient) -> None:
    held(app, "now", {TEXTS[0]: 8, TEXTS[1]: 8})
    state = app.state("now")

    def card(id: str, texts: tuple[str, ...], closed_at: int = 1000, rehearsal: bool = False) -> Card:
        lines = tuple(Line(id, id, "", kind="statement", entry=n, text=text) for n, text in enumerate(texts, 1))
        return Card(id, 9, "", closed_at=closed_at, rehearsal=rehearsal, lines=lines, votes_published=True)

    def named(*cards: Card) -> str:
        carried = carried_from(state, "now", cards)
        return carried.card.id if carried else ""

    two, newer = card("two", TEXTS[:2]), card("newer", TEXTS[:1], closed_at=2000)
    assert named(newer, two) == "two"
    assert named(newer, card("older", TEXTS[1:2])) == "newer"
    assert named(card("now", TEXTS)) == ""
    assert named(card("later", TEXTS, closed_at=state.opened_at + 1)) == ""
    assert named(card("open", TEXTS, closed_at=0)) == ""
    assert named(card("tried", TEXTS, rehearsal=True)) == ""
    assert named(msgspec.structs.replace(two, votes_published=False)) == ""
