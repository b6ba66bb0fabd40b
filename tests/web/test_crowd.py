"""Joining needs the code or a link, goes as fast as a hall needs, and can be watched and stopped."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.moved_clock import MovedClock

from acquis.command import ONSITE, ORGANIZER, PARTICIPANT, SPEAKER
from acquis.floor.moderation import CloseIntake
from acquis.plan.document import FloorSettings
from acquis.web.http import joins, passes
from acquis.web.http.joins import AT_ONCE, EACH_MS, LONGEST_MS, MINUTE_MS, Joins, Sources
from acquis.web.http.limits import RateLimit
from acquis.web.http.newcomers import JOINING

from .client import PROGRAMME, AppClient, alert, app_client, form_with

CODE = "SXXX-XXXX"
TEN_MINUTES_MS = 600_000


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        app.add("s")
        app.house.clock = app.clock = MovedClock("2026-12-07T08:30:00+00:00")
        yield app


def sent(app: AppClient, **fields: str) -> Any:
    """The answer to a joining with these fields and no others."""
    return app.client.request("POST", "/s/s/join", data={"lane": "room", **fields})


def voices(app: AppClient) -> int:
    return len(app.state("s").voices)


@pytest.mark.parametrize("chatham", [False, True])
def test_nobody_joins_without_the_code_or_a_link(tmp_path: Path, chatham: bool) -> None:
    """S F8, F12: ids of sessions are on the first page."""
    with app_client(tmp_path) as app:
        app.add("s", replace(PROGRAMME, settings=FloorSettings(chatham_house_rule=chatham)))
        for code, status, sentence in (("", 403, "Enter the session code"), ("ZZZZ-ZZZZ", 403, "ZZZZ-ZZZZ")):
            answer = sent(app, code=code)
            assert answer.status_code == status
            assert sentence in alert(answer.text)
            assert form_with(answer.text, lane="room")["code"] == code
        assert voices(app) == 0
        assert list(app.house.roster.passes("s")) == []
        assert sent(app, code="sxxx xxxx").status_code == 200
        assert voices(app) == 1
        app.client.cookies.clear()
        assert sent(app).status_code == 403
        for role in (SPEAKER, ONSITE):
            app.be(role, "s")
            assert sent(app).status_code == 200
        assert voices(app) == 3


def test_the_code_comes_with_the_address_and_is_not_asked_for(app: AppClient) -> None:
    address = app.client.get("/join", params={"code": CODE}, follow_redirects=False).headers["location"]
    assert address == f"/s/s?code={CODE}"
    html = app.client.get(address).text
    assert 'type="hidden" name="code"' in html
    assert sent(app, **form_with(html, code=CODE) | {"lane": "room"}).status_code == 200
    assert voices(app) == 1


@pytest.mark.parametrize("path", ["", "/stage", "/handout", "/invitation", "/qr.svg", "/questions", ".json"])
def test_the_code_is_shown_to_nobody_who_does_not_have_it(app: AppClient, path: str) -> None:
    for shown, query, role in ((False, "", ""), (False, "?code=ZZZZ-ZZZZ", ""), (True, f"?code={CODE}", "")):
        app.be(role)
        html = app.client.get(f"/s/s{path}{query}").text.replace("<wbr>", "")
        if not shown or path not in ("/qr.svg", "/questions", ".json"):  # a page may repeat the code of its own address
            assert (CODE in html) == shown
    plain, coded = (app.client.get(f"/s/s/qr.svg{query}").text for query in ("", f"?code={CODE}"))
    assert plain != coded


@pytest.mark.parametrize("role", [ORGANIZER, ONSITE, PARTICIPANT])
def test_whoever_has_a_pass_can_pass_the_code_on(app: AppClient, role: str) -> None:
    app.be(role, "s")
    for path in ("/stage", "/invitation", "/handout"):
        assert CODE in app.client.get(f"/s/s{path}").text.replace("<wbr>", "")


def test_wrong_codes_are_slowed_and_the_right_one_is_not(app: AppClient) -> None:
    """A hall shares one address: whoever guesses in it must not keep the others out."""
    app.house.claims = RateLimit(30, 0.001)
    answers = [sent(app, code="ZZZZ-ZZZZ").status_code for _ in range(40)]
    assert answers.count(403) == 30
    assert answers[30:] == [429] * 10
    assert sent(app, code=CODE).status_code == 200


def test_no_address_is_kept(app: AppClient) -> None:
    """S F8: joins and guesses are counted by a hash whose key ends with the process."""
    host = "198.51.100.77"
    for fields in ({"code": "ZZZZ-ZZZZ"}, {"code": CODE}):
        scope_of(app, host)
        sent(app, **fields)
    gc.collect()
    kept = [app.house.joins._counted, app.house.joins._full, app.house.claims._buckets, app.house.moving._buckets]
    assert app.house.joins.rate("s", app.house.clock.now()).one_network == 1
    assert host not in repr(kept)
    assert Sources().of(host) != Sources().of(host)
    one = Sources()
    assert one.of("2001:db8::1") == one.of("2001:db8::2") != one.of("2001:db8:0:1::1")


def scope_of(app: AppClient, host: str) -> None:
    """Let the requests of the client come from an address."""
    app.client._transport.client = (host, 50_000)  # type: ignore[attr-defined]  # of Starlette's transport


# --- the queue ---


@given(st.lists(st.integers(0, 3000), max_size=60))
def test_turns_are_in_order_and_never_faster_than_the_hall_needs(steps: list[int]) -> None:
    door, now, turns = Joins(), 0, list[int]()
    door._full["s"] = (AT_ONCE - 1) * EACH_MS  # a hall has just joined
    for step in steps:
        now += step
        turn = door.turn("s", now)
        assert turn >= now
        turns.append(turn)
    assert turns == sorted(turns)
    for begin in turns:
        assert sum(begin <= turn < begin + MINUTE_MS for turn in turns) <= MINUTE_MS // EACH_MS + AT_ONCE


def test_a_hall_joins_at_once_and_others_wait_their_turn() -> None:
    door = Joins()
    assert {door.turn("s", 1000) for _ in range(AT_ONCE)} == {1000}
    assert [door.turn("s", 1000) for _ in range(3)] == [1000 + n * EACH_MS for n in (1, 2, 3)]
    assert door.turn("t", 1000) == 1000
    assert door.rate("s", 1000).waiting == 3
    for _ in range(LONGEST_MS // EACH_MS):
        door.turn("s", 1000)
    assert door.turn("s", 1000) == 0
    assert door.turn("s", 1000 + MINUTE_MS) > 0


@pytest.fixture
def crowded(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> AppClient:
    """A session that takes two people at once, and then one in ten minutes."""
    monkeypatch.setattr(joins, "AT_ONCE", 2)
    monkeypatch.setattr(joins, "EACH_MS", TEN_MINUTES_MS)
    for _ in range(2):
        app.client.cookies.clear()
        sent(app, code=CODE)
    app.client.cookies.clear()
    return app


def test_who_waits_gets_a_page_that_joins_by_itself_without_a_script(crowded: AppClient) -> None:
    answer = sent(crowded, code=CODE, name="Ana Silva", stakeholder="Government")
    assert (answer.status_code, answer.url.path) == (200, "/s/s/join")
    assert re.search(r"You will join in about ([6-9]|10) min\.", answer.text)
    assert answer.headers["refresh"] == "20"
    assert "<script" not in answer.text
    assert voices(crowded) == 2
    again = sent(crowded, code=CODE, name="Ana Silva", stakeholder="Government")
    assert re.search("about ([6-9]|10) min", again.text), "pressed twice, it is the same place"
    crowded.clock.forward(TEN_MINUTES_MS // 2)
    assert re.search("about [1-5] min", crowded.client.get("/s/s/join").text)
    crowded.clock.forward(TEN_MINUTES_MS // 2)
    assert crowded.client.head("/s/s/join").status_code == 200
    assert voices(crowded) == 2
    joined = crowded.client.get("/s/s/join")
    assert (joined.status_code, joined.url.path) == (200, "/s/s")
    assert voices(crowded) == 3
    assert crowded.state("s").voices[-1].attributes.stakeholder == "Government"
    assert "Ana Silva" in crowded.house.roster.names("s").values()
    assert crowded.house.waiting == {}


def test_who_waited_when_joining_was_stopped_gets_the_form_with_a_sentence(crowded: AppClient) -> None:
    sent(crowded, code=CODE, name="Ana Silva")
    crowded.do("s", CloseIntake("joining"))
    crowded.clock.forward(TEN_MINUTES_MS)
    answer = crowded.client.get("/s/s/join")
    assert "The moderators have stopped new people from joining" in answer.text
    assert voices(crowded) == 2


def test_after_a_restart_the_queue_leads_back_to_the_form(crowded: AppClient) -> None:
    sent(crowded, code=CODE)
    crowded.house.waiting.clear()
    answer = crowded.client.get("/s/s/join")
    assert (answer.url.path, answer.status_code) == ("/s/s", 200)
    assert 'class="join"' in answer.text


def test_a_queue_that_is_too_long_says_so(crowded: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joins, "LONGEST_MS", 5000)
    answer = sent(crowded, code=CODE, name="Ana Silva")
    assert answer.status_code == 503
    assert "Try again in a few minutes" in alert(answer.text)
    assert form_with(answer.text, name="Ana Silva")


def test_a_person_with_a_link_does_not_wait(crowded: AppClient) -> None:
    crowded.be(SPEAKER, "s")
    sent(crowded)
    assert voices(crowded) == 3


# --- watching and stopping ---


def test_the_rate_is_shown_where_joining_can_be_stopped(app: AppClient) -> None:
    for host in ("198.51.100.1", "198.51.100.1", "198.51.100.2"):
        app.client.cookies.clear()
        scope_of(app, host)
        sent(app, code=CODE)
    app.be(ONSITE, "s")
    html = app.client.get("/s/s/people").text
    assert "3 people joined in the last minute." in html
    assert "2 of them from one network" in html
    app.clock.forward(MINUTE_MS + 1)
    assert "0 people joined in the last minute. 3 in the last 10 minutes." in app.client.get("/s/s/people").text
    app.client.post("/s/s/do", data=form_with(html, do="close_intake", intake="joining"))
    app.client.cookies.clear()
    assert sent(app, code=CODE).status_code == 409
    assert voices(app) == 3


def test_a_new_code_takes_the_place_of_the_old_one(app: AppClient) -> None:
    app.be(ONSITE, "s")
    html = app.client.post("/s/s/code").text
    assert "The session has a new code." in html
    (new,) = re.findall(r'class="joincode">([0-9A-Z]{4}-[0-9A-Z]{4})<', html)
    app.client.cookies.clear()
    assert sent(app, code=CODE).status_code == 403
    assert sent(app, code=new).status_code == 200
    assert app.client.get("/join", params={"code": CODE}).status_code == 404
    assert passes.cookie_name("s", kind=JOINING) not in app.client.cookies


def test_a_name_that_looks_like_that_of_a_panellist_is_marked(app: AppClient) -> None:
    """S M3: anybody could join as somebody of the panel, and nothing showed it."""
    for name in ("\u0410mara Specimen", "Bruno Muster", "Zoe"):
        app.client.cookies.clear()
        sent(app, code=CODE, name=name)
    app.be(ONSITE, "s")
    rows = app.client.get("/s/s/people").text.split('<li id="p')[1:]
    marked = {
        name: [mark in row for mark in ("same name as", "looks like the name of")]
        for row in rows
        for name in re.findall(r"<strong><bdi>([^<]+)", row)
    }
    assert marked == {
        "\u0410mara Specimen": [False, True],
        "Bruno Muster (not verified)": [True, False],
        "Zoe": [False, False],
    }
