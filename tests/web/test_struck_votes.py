"""Votes that are left out, as the moderators, the person and everybody see it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from acquis.command import ONSITE
from acquis.floor import segments, statements
from acquis.state import counting

from .client import BOSS, AppClient, alert, app_client
from .test_moderation import anywhere, be_holder, enter, press


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as client:
        yield client


def test_the_votes_of_a_person_are_left_out_and_only_the_person_is_told(app: AppClient) -> None:
    """F8: with a question before it and a reason; nobody sees whose votes they are, and the person still speaks."""
    said = app.hold("struck", close=False)
    cookie, person = enter(app, "struck", "Twice")
    holder = app.house.roster.holder(cookie)
    assert holder is not None
    app.do("struck", statements.CastVote(said["statement"], "disagree"), holder.actor())
    app.be(ONSITE, "struck")
    html = app.client.get("/s/struck/people").text
    assert "Leave the votes of Twice out of the published results?" in html
    assert holder.voice not in html
    html = press(app, "struck", "people", "strike_votes", person=person, reason="voted_twice")
    assert "Votes left out: voted more than once" in html
    assert [votes.voice for votes in app.state("struck").measures.struck.values()] == [holder.voice]
    assert "Votes left out (1)" in html
    assert f'id="{person}"' in app.client.get("/s/struck/people?show=left_out").text

    be_holder(app, "struck", cookie)
    sentence = (
        "A moderator has left your votes out of the published results (voted more than once); you can no longer vote"
    )
    for page in ("", "/questions", "/vote"):
        assert sentence in app.client.get(f"/s/struck{page}").text
    vote = {"do": "cast_vote", "statement": str(said["statement"]), "choice": "agree", "key": "key-of-a-struck-vote"}
    answer = app.client.post("/s/struck/do", data=vote)
    assert answer.status_code == 409
    assert "Your votes are left out of the published results, so you cannot vote." in alert(answer.text)
    hand = {"do": "raise_hand", "key": "key-of-a-struck-hand"}
    assert app.client.post("/s/struck/do", data=hand).status_code == 200
    assert anywhere(app, "struck", holder.voice) == []
    assert anywhere(app, "struck", "your votes") == []
    assert anywhere(app, "struck", "left out of the published results: 1 (1 voted more than once)") == [
        "/record",
        "/audit",
        "/report.md",
        "/report.html",
    ]

    app.do("struck", segments.CloseSession(), BOSS)
    app.publish_votes()
    assert '{"reason":"voted_twice"' not in app.client.get("/s/struck/log.jsonl").text, "the reason is in the act"
    be_holder(app, "struck", cookie)
    html = app.client.get("/s/struck/mine").text
    assert "Your votes are left out of the published results (voted more than once), so no ballot is published" in html
    assert app.client.get("/s/struck/ballot.json").status_code == 404
    app.be(ONSITE, "struck")
    assert 'value="restore_votes"' not in app.client.get("/s/struck/people").text
    late = {"do": "restore_votes", "person": person, "page": "people", "key": "key-of-a-late-restore"}
    answer = app.client.post("/s/struck/do", data=late)
    assert answer.status_code == 409
    assert "The votes are published and can no longer be changed." in alert(answer.text)
    tally = counting.tally(app.state("struck"), said["statement"])
    assert (tally.agree, tally.disagree) == (10, 2), "twelve of thirteen votes"


def test_the_votes_of_a_person_are_counted_again(app: AppClient) -> None:
    said = app.hold("again", close=False)
    cookie, person = enter(app, "again", "Once")
    holder = app.house.roster.holder(cookie)
    assert holder is not None
    app.be(ONSITE, "again")
    press(app, "again", "people", "strike_votes", person=person, reason="other")
    html = press(app, "again", "people", "restore_votes", person=person)
    assert "Votes left out:" not in html
    vote = statements.CastVote(said["statement"], "agree")
    app.do("again", vote, holder.actor())
    app.do("again", segments.CloseSession(), BOSS)
    app.publish_votes()
    assert counting.tally(app.state("again"), said["statement"]).agree == 11


def test_nobody_chooses_a_voice(app: AppClient) -> None:
    """The server fills it in: who knows one, or tries some, cannot have its votes left out."""
    app.hold("voice", close=False)
    _, person = enter(app, "voice", "Ana")
    app.be(ONSITE, "voice")
    asked = {"do": "strike_votes", "person": person, "voice": "v-3", "reason": "other", "key": "key-of-a-voice"}
    assert app.client.post("/s/voice/do", data=asked).status_code == 200
    (struck,) = app.state("voice").measures.struck.values()
    assert struck.voice not in ("v-3", "")
    asked |= {"person": "p-3", "key": "key-of-a-voice-2"}
    assert "Participant not found" in alert(app.client.post("/s/voice/do", data=asked).text)
