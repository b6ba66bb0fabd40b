"""Smaller faults that a whole session through the pages showed, and what the pages do instead."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from acquis import demo
from acquis.attributes import Attributes
from acquis.command import CAPTIONER, ONSITE, ORGANIZER, PEOPLE, RAPPORTEUR, Actor
from acquis.events import Choice
from acquis.floor import questions, queue, segments, speech, statements
from acquis.floor.amending import ShowResults, WithdrawSpeaker
from acquis.floor.fairness import Pick
from acquis.floor.people import Join
from acquis.plan.check import check_programme
from acquis.plan.document import to_yaml
from acquis.plan.findings import finding_sentence
from acquis.reference import profile
from acquis.statistics.opinion_words import area_sentence, area_title
from acquis.statistics.statement_area import StatementArea
from acquis.web.http.application import Application
from acquis.web.words.phrases import minutes, times, why

from .client import BOSS, PROGRAMME, AppClient, app_client, form_with

CHOICES: tuple[Choice, ...] = ("agree", "disagree", "pass")
PERCENT = re.compile(r'<span class="(?:agree|disagree|pass)">[^<]*<b>(\d+)%</b>')
"""The shares of a tally; a chart of groups has others."""


@pytest.fixture
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    """A session in its open questions, which the client has joined as Ana."""
    with app_client(tmp_path_factory.mktemp("small")) as app:
        app.add("ws")
        app.do("ws", segments.OpenSession(), BOSS)
        app.do("ws", segments.StartSegment(1))
        app.client.post("/s/ws/join", data={**form_with(get(app, "")), "lane": "room", "name": "Ana"})
        yield app


def get(app: AppClient, path: str) -> str:
    return app.client.get(f"/s/ws{path}").text


def crowd(app: AppClient, count: int) -> list[Actor]:
    people = [Actor(f"p-{n}", f"v-{n}", PEOPLE, Attributes(lane="online")) for n in range(count)]
    app.all("ws", [(Join(lane="online"), one) for one in people])
    return people


def ask(app: AppClient, by: Actor, text: str) -> int:
    question = app.do("ws", questions.AskQuestion(text), by)
    app.do("ws", questions.ApproveQuestion(question))
    return question


@pytest.mark.parametrize("typed", ["#{n}", " {n} "])
def test_the_number_of_a_question_is_taken_as_it_is_shown(app: AppClient, typed: str) -> None:
    """W M10: "#30", as displayed, did not match the requested format."""
    one, two = crowd(app, 2)
    kept, gone = ask(app, one, "Who pays?"), ask(app, two, "Where is the map?")
    app.be(ONSITE, "ws")
    html = get(app, "/console")
    assert f'<span class="number">#{kept}</span>' in html
    written = typed.format(n=kept)
    pattern = re.search(r'name="into" inputmode="numeric" pattern="([^"]+)"', html)
    assert pattern is not None
    assert re.fullmatch(pattern[1], written)
    form = form_with(html, do="merge_questions", question=str(gone))
    app.client.post("/s/ws/do", data={**form, "into": written})
    assert app.state("ws").questions[gone].into == kept


def test_a_program_with_a_short_key_is_told_of_the_key_and_not_of_a_page(app: AppClient) -> None:
    """W M10: "This page is out of date. Load it again" was the answer to a captioning program."""
    app.be(CAPTIONER, "ws")
    refused = app.client.post("/s/ws/captions", json={"text": "Norms need a keeper.", "key": "1"}).json()
    assert refused["refused"] == "key_missing"
    assert "its own key" in refused["sentence"]
    assert "page" not in refused["sentence"]


def test_the_captioner_need_not_type_who_speaks(app: AppClient) -> None:
    """W M17: "Who speaks" was typed by hand although the floor knows. The field is empty, because a page that stays
    open would go on to state the speaker of the moment at which it was opened."""
    app.do("ws", queue.GiveFloorToSpeaker(1))
    app.clock.forward(60_000)
    app.be(CAPTIONER, "ws")
    form = form_with(get(app, "/captions"), do="caption_speech")
    assert form["speaker"] == ""
    answer = app.client.post("/s/ws/do", data={**form, "text": "Norms need a keeper."})
    assert '<b class="who"><bdi>Amara Specimen</bdi></b>' in answer.text


def test_results_are_on_phones_where_the_chair_shows_them(app: AppClient) -> None:
    """W m11: participants saw no results before the end. Only those of what one voted on, from five votes on."""
    people = crowd(app, 4)
    voted = app.do("ws", statements.SeedStatement("Norms need a keeper."))
    other = app.do("ws", statements.SeedStatement("Norms need money."))
    vote = form_with(get(app, "/vote"), do="cast_vote", statement=str(voted))
    app.client.post("/s/ws/do", data={**vote, "choice": "agree"})
    app.all("ws", [(statements.CastVote(voted, "disagree"), one) for one in people[:3]])
    assert "%</b>" not in get(app, "/vote")
    app.do("ws", ShowResults(shown=True))
    few = get(app, "/vote")
    assert f'id="r{voted}"' in few
    assert f'id="r{other}"' not in few
    assert PERCENT.findall(few) == ["0", "0", "0"], "hidden until five people have voted"
    app.do("ws", statements.CastVote(voted, "disagree"), people[3])
    assert PERCENT.findall(get(app, "/vote")) == ["20", "80", "0"]
    frame = app.client.get("/s/ws/live/participants?poll=-1").json()["html"]
    assert frame[f"r{voted}"] == "1:4:0", "an open page moves with the votes"
    assert frame[f"r{other}"] == "0:0:0"


def test_console_and_stage_show_the_same_shares(app: AppClient) -> None:
    """B rows 16 and 50: and they move with the votes, on the stage in steps of five voters."""
    people = crowd(app, 10)
    statement = app.do("ws", statements.SeedStatement("Norms need a keeper."))
    number = -1
    for count, shares, on_stage in (
        (3, ["33", "33", "33"], []),
        (5, ["40", "40", "20"], ["40", "40", "20"]),
        (7, ["43", "29", "29"], ["40", "40", "20"]),
        (10, ["40", "30", "30"], ["40", "30", "30"]),
    ):
        app.all("ws", [(statements.CastVote(statement, CHOICES[n % 3]), people[n]) for n in range(count)])
        assert PERCENT.findall(get(app, "/stage")) == on_stage
        app.be(ONSITE, "ws")
        assert PERCENT.findall(get(app, "/console")) == shares
        told: list[str] = []
        for _ in range(count):  # a frame may have been made between two of the votes
            frame = app.client.get(f"/s/ws/live/moderators?poll={number}").json()
            number = frame["number"]
            told = PERCENT.findall(frame["html"].get(f"s{statement}", "")) or told
            if told == shares:
                break
        assert told == shares


def test_the_desk_counts_the_questions_that_it_shows(app: AppClient) -> None:
    """W m12: "Questions 11" stood above 4."""
    people = crowd(app, 3)
    for one in people[:2]:
        ask(app, one, f"Who pays {one.person}?")
    app.do("ws", questions.AskQuestion("Waits to be read?"), people[2])
    app.be(RAPPORTEUR, "ws")
    html = get(app, "/desk")
    assert re.search(r'value="questions"[^>]*> Questions <span>2</span>', html)


def test_a_link_is_revoked_in_a_second_step(app: AppClient) -> None:
    """W m13: revoking was one click in the list."""
    app.be(ORGANIZER)
    app.client.post("/s/ws/passes", data={"act": "missing"})
    html = get(app, "/plan")
    folded = re.sub(r"<details.*?</details>", "", html[html.index('id="links"') :], flags=re.DOTALL)
    assert 'value="revoke"' in html
    assert "revoke" not in folded
    assert "rotate" not in folded


def test_the_demo_prints_one_organizers_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """W m14: the start printed a second one, because the demo made its own only afterwards."""
    known = []

    def started(app: Any, application: Application, bound: socket.socket, *_: Any) -> None:
        known.append(application.roster.has_organizer())
        bound.close()
        asyncio.run(application.board.record.close())
        application.roster.close()

    monkeypatch.setattr(demo, "run", started)
    demo.serve_demo(tmp_path, "plan", 5, 7, speed=4, host="127.0.0.1", port=0, tell=lambda line: None)
    assert known == [True]


def test_the_first_of_two_points_of_order_is_the_first(app: AppClient) -> None:
    """B row 2."""
    first, second = crowd(app, 2)
    for one in (first, second):
        app.do("ws", queue.RaiseHand("point_of_order"), one)
    app.be(ONSITE, "ws")
    frame = app.client.get("/s/ws/live/participants?poll=-1").json()["html"]
    assert [entry.split(":")[3] for entry in frame["order:lanes"].split()] == [first.person, second.person]


def test_nobody_is_left_on_the_stage_when_a_turn_is_over_and_nobody_waits(app: AppClient) -> None:
    """B row 11."""
    (one,) = crowd(app, 1)
    app.do("ws", queue.GiveFloor(app.do("ws", queue.RaiseHand(), one)))
    name = re.search(r'class="name[^"]*"><bdi>([^<]+)<', get(app, "/stage"))
    assert name is not None
    app.do("ws", queue.EndTurn(app.state("ws").turn))
    stage = get(app, "/stage")
    assert name[1] not in stage
    assert 'class="next"' not in stage


@pytest.mark.parametrize(
    "name", ["María José  de la Cruz", "O'Neill-Śliwa", "Dr. Ng (Kuala Lumpur)", "李 伟", "N@me, 2"]
)
def test_names_with_blanks_and_signs(app: AppClient, name: str) -> None:
    """B row 43. Several blanks become one."""
    app.client.post("/s/ws/join", data={**form_with(get(app, "?join=1")), "lane": "room", "name": name})
    app.client.post("/s/ws/do", data=form_with(get(app, ""), do="raise_hand", kind="turn"))
    assert " ".join(name.split()) in app.client.get("/s/ws/live/participants?poll=-1").text.replace("&#39;", "'")


def test_after_the_session_no_link_offers_to_change_a_vote(app: AppClient) -> None:
    """A link that cannot do what it says is not shown."""
    app.do("ws", statements.SeedStatement("The lights should stay on."))
    fields = {**form_with(get(app, "/vote"), do="cast_vote"), "choice": "agree"}
    assert app.client.post("/s/ws/do", data=fields).status_code == 200
    link = re.compile(r'<a class="undo plain"[^>]*?( hidden)?>')
    assert link.findall(get(app, "/vote")) == [""]
    app.do("ws", segments.CloseSession())
    assert link.findall(get(app, "/vote")) == [" hidden"]


def test_a_venue_in_utc_has_one_time() -> None:
    """W m1: "14:00 (UTC), 14:00 UTC" said the same time twice."""
    assert times("en", "2026-12-07T10:00", "UTC") == ("7 Dec 2026, 10:00 UTC", "", "2026-12-07T10:00:00Z")
    assert times("en", "2026-12-07T10:00+01:00", "Europe/Warsaw")[:2] == ("7 Dec 2026, 10:00", "09:00 UTC")


def test_the_floor_for_an_answer_is_given_to_a_speaker_who_is_there(app: AppClient) -> None:
    """The form named the whole panel, which was refused when it was sent as it stood; and a speaker who was taken off
    the programme is not offered."""
    asked = app.do("ws", questions.AskQuestion("Who pays for it?", to=0), *crowd(app, 1))
    app.do("ws", questions.ApproveQuestion(asked))
    app.do("ws", WithdrawSpeaker(1, "ill"))
    app.be(ONSITE, "ws")
    fields = form_with(get(app, "/console"), do="give_floor_to_speaker", question=str(asked))
    assert fields["seat"] == "2"
    app.clock.forward(2_000)
    answer = app.client.post("/s/ws/do", data=fields)
    assert answer.status_code == 200, re.findall(r'class="problem"[^>]*>([^<]*)', answer.text)
    state = app.state("ws")
    assert state.turns[state.turn].seat == 2


def test_the_state_of_the_connection_is_not_that_of_the_session(app: AppClient) -> None:
    """W m2: "Live" stood beside "not open yet"."""
    app.add("early")
    html = app.client.get("/s/early").text
    assert '<i data-w="live">Connected</i>' in html
    assert "Live" not in html.replace("data-live", "")


def test_numbers_have_their_words(app: AppClient) -> None:
    """W m3 and m22: "There are 1 speakers", "1 min 24 behind room", "about 1 minutes"."""
    programme = replace(PROGRAMME, speakers=PROGRAMME.speakers[:1])
    (few,) = (
        finding for finding in check_programme(programme, profile("igf-2021")) if finding.code == "too_few_speakers"
    )
    assert finding_sentence("en", few).startswith("Speakers: 1. ")
    behind = why("en", Pick(0, "online", 84_000, "room", True))
    assert "1 min 24" in behind
    assert "than the room." in behind
    assert minutes("en", 1) == "1 minute"
    area = StatementArea(1, 1.0, low=0.64, high=1.0, least="", of=5)
    assert (
        area_sentence("en", "consensus", area)
        == "100% agree (votes: 5). Within the range of uncertainty, at least 64%."
    )


def test_a_heading_of_areas_claims_nothing_of_groups_where_none_can_be_shown() -> None:
    """W M3: "Agreed in every group" stood where no group exists."""
    assert "group" in area_title("en", "consensus", groups=True)
    for kind in ("consensus", "concern", "unclear"):
        assert "group" not in area_title("en", kind, groups=False)


def test_somebody_who_waits_reads_in_which_group(app: AppClient) -> None:
    """W m4: "You are 1st in your group" did not say which."""
    app.client.post("/s/ws/do", data=form_with(get(app, ""), do="raise_hand"))
    (ahead,) = crowd(app, 1)
    app.do("ws", queue.RaiseHand(), ahead)
    html = get(app, "")
    assert re.search(r"Your group for the fairness rule</span> the room<", html)
    assert "1st" not in html


def test_the_field_for_somebody_at_the_microphone_says_what_to_do(app: AppClient) -> None:
    """W m5: "At the microphone: a name, or nothing"."""
    app.be(ONSITE, "ws")
    assert "Add a speaker (name optional)" in get(app, "/console")


def test_the_captions_are_opened_like_their_sisters(app: AppClient) -> None:
    """W m16: the summary stood in the middle, without the sign of the others."""
    opened = re.search(r'<details id="captions" class="([^"]*)"', get(app, ""))
    assert opened
    assert {"menu", "wide"} <= set(opened[1].split())


def test_a_page_with_captions_does_not_say_that_there_are_none(app: AppClient) -> None:
    """W M17: the line and "Nobody has written captions so far" stood on one page."""
    none = "There are no captions yet."
    assert none in get(app, "/captions")
    app.do("ws", speech.CaptionSpeech("Norms need a keeper.", "", 0, "en"), Actor("p-c", roles=frozenset({CAPTIONER})))
    assert "Norms need a keeper." in get(app, "/captions")
    assert none not in get(app, "/captions")


@pytest.mark.parametrize("path", ["", "/plan", "/handout", "/record", "/stage"])
def test_every_page_with_a_time_names_its_zone(app: AppClient, path: str) -> None:
    """B row 32: a time in UTC without a word about it. The session is at 09:30 in Warsaw, 08:30 UTC."""
    app.add("zone", replace(PROGRAMME, zone="Europe/Warsaw"))
    if path == "/plan":
        app.house.roster.save_draft("zone", to_yaml(replace(PROGRAMME, zone="Europe/Warsaw")))
        app.be(ORGANIZER)
    html = app.client.get(f"/s/zone{path}").text
    assert "Europe/Warsaw" in html
    assert re.search(r"09:30\D[^<]*\(?Europe/Warsaw|Europe/Warsaw[^<]*09:30", html)
