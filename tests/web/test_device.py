"""The passes of one browser, and moving to another device: nobody loses a pass, and nobody takes one over."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from tests.moved_clock import MovedClock

from acquis.command import ONLINE, PARTICIPANT, SPEAKER
from acquis.floor import segments, statements
from acquis.record.lines import from_line
from acquis.web.http import moving, passes
from acquis.web.http.limits import RateLimit

from .client import BOSS, AppClient, alert, app_client, form_with, forms


@pytest.fixture
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("device")) as app:
        app.add("s")
        app.do("s", segments.OpenSession(), BOSS)
        app.do("s", segments.StartSegment(1))
        yield app


def get(app: AppClient, path: str, status: int = 200) -> str:
    answer = app.client.get(path)
    assert answer.status_code == status, answer.text[:400]
    return answer.text


def me(app: AppClient) -> str:
    """The id of the person who is active in the browser."""
    found = re.search(r'<body[^>]* data-person="([^"]*)"', get(app, "/s/s?watch=1"))
    assert found
    return found[1]


def link(app: AppClient, role: str, name: str, seat: int = 0) -> tuple[str, str]:
    """The address of a link, and the person for whom it is."""
    secret, given = passes.issue(app.house, "s", role, seat, name)
    return f"/p/{secret}", given.person


def press(app: AppClient, act: str, **fields: str) -> str:
    form = {**form_with(get(app, "/s/s/device"), act=act), **fields}
    answer = app.client.post("/s/s/device", data=form)
    assert answer.status_code == 200, answer.text[:400]
    return answer.text


def joined(app: AppClient, name: str = "Ana Silva") -> str:
    app.client.post("/s/s/join", data={"lane": "room", "name": name})
    return me(app)


def test_a_link_where_there_is_no_pass_is_taken_at_once(app: AppClient) -> None:
    address, person = link(app, ONLINE, "Ewa")
    assert 'class="console"' in get(app, address)
    assert me(app) == person
    assert 'class="console"' in get(app, address)  # opened again


def test_a_link_asks_where_there_is_another_pass(app: AppClient) -> None:
    """B row 13, F12; security F11: whoever follows somebody's link loses nothing."""
    ana = joined(app)
    address, _ = link(app, PARTICIPANT, "Mallory")
    for method in ("HEAD", "GET"):
        app.client.request(method, address, headers={"sec-fetch-site": "cross-site"})
        assert me(app) == ana
    html = get(app, "/s/s/device")
    assert "Ana Silva</bdi></b>, participant" in html
    assert "Mallory</bdi></b>, participant" in html
    press(app, "stay")
    assert me(app) == ana
    assert "Mallory" not in get(app, "/s/s/device")


def test_both_are_kept_and_switched_by_a_link_in_the_header(app: AppClient) -> None:
    """B F12: a panellist who is online moderator needs one browser only."""
    first, speaker = link(app, SPEAKER, "Amara", 1)
    second, moderator = link(app, ONLINE, "Amara")
    get(app, first)
    assert "Switch" not in get(app, "/s/s")
    get(app, second)
    assert 'class="console"' in press(app, "keep")
    assert me(app) == moderator
    assert "You are here as online moderator. Switch" in get(app, "/s/s/console")
    press(app, "use")
    assert me(app) == speaker
    assert "You are here as speaker. Switch" in get(app, "/s/s/questions")
    get(app, "/s/s/console", 403)
    press(app, "use")
    assert me(app) == moderator


def test_the_other_pass_can_be_given_up(app: AppClient) -> None:
    joined(app)
    address, person = link(app, ONLINE, "Ewa")
    get(app, address)
    press(app, "replace")
    assert me(app) == person
    assert "Also on this device" not in get(app, "/s/s/device")


def test_a_moderator_who_joins_keeps_the_console(app: AppClient) -> None:
    """Security F11."""
    address, moderator = link(app, ONLINE, "Ewa")
    get(app, address)
    app.client.post("/s/s/join", data={"lane": "room", "name": "Ewa"})
    assert me(app) != moderator
    press(app, "use")
    assert me(app) == moderator


def code_of(html: str) -> str:
    code, *_ = re.findall(r'class="joincode">([^<]+)<', html)
    return str(code)


def test_a_code_moves_a_person_and_signs_the_old_device_out(app: AppClient) -> None:
    ana = joined(app)
    html = get(app, "/s/s")
    app.client.post("/s/s/do", data=form_with(html, do="raise_hand", kind="turn"))
    voices = len(app.state("s").voices)
    code = code_of(press(app, "code"))
    old = dict(app.client.cookies)
    app.client.cookies.clear()
    press(app, "move", code=code.lower().replace("-", " "))
    assert me(app) == ana
    assert "You are next to speak." in get(app, "/s/s")
    assert len(app.state("s").voices) == voices
    new = dict(app.client.cookies)
    app.client.cookies.clear()
    app.client.cookies.update(old)
    assert me(app) == ""
    assert "You are signed out on this device" in get(app, "/s/s")
    app.client.cookies.clear()
    app.client.cookies.update(new)
    assert me(app) == ana


def test_a_code_works_once_for_ten_minutes_and_for_its_session_only(app: AppClient) -> None:
    joined(app)
    first, code = code_of(press(app, "code")), code_of(press(app, "code"))
    app.client.cookies.clear()
    app.add("t")
    for address, typed in (("/s/s/device", first), ("/s/t/device", code), ("/s/s/device", "ZZZZ-ZZZZ")):
        answer = app.client.post(address, data={"act": "move", "code": typed})
        assert answer.status_code == 404
        assert typed in alert(answer.text)
        assert me(app) == ""
    press(app, "move", code=code)
    assert me(app)
    app.client.cookies.clear()
    assert app.client.post("/s/s/device", data={"act": "move", "code": code}).status_code == 404
    moves = moving.Moves()
    late = moves.code_for("s", "p-1", 0)
    assert moves.take("s", late, moving.CODE_MS + 1) == ""


def test_guesses_are_slowed_also_the_right_one(app: AppClient) -> None:
    app.house.clock = MovedClock("2026-12-07T08:30:00+00:00")
    app.house.moving = RateLimit(3, 0.001)
    joined(app)
    code = code_of(press(app, "code"))
    app.client.cookies.clear()
    for _ in range(3):
        assert app.client.post("/s/s/device", data={"act": "move", "code": "ZZZZ-ZZZZ"}).status_code == 404
    assert app.client.post("/s/s/device", data={"act": "move", "code": code}).status_code == 429
    assert me(app) == ""


def test_a_moderator_ends_a_lost_phone_and_gives_its_owner_a_code(app: AppClient) -> None:
    """Nothing is lost; the record says who did it, and the list tells neither when people joined nor how they vote."""
    zoe = joined(app, "Zoe")
    app.client.cookies.clear()
    ana = joined(app)
    lost = dict(app.client.cookies)
    app.client.cookies.clear()
    address, moderator = link(app, ONLINE, "Ewa")
    get(app, address)
    html = get(app, "/s/s/people")
    assert html.index("Ana Silva") < html.index("Zoe")
    assert "<strong><bdi>Ewa" not in html
    assert not any(voice.id in html for voice in app.state("s").voices)
    signing_out = next(one for one in forms(html) if one.keys() == {"person", "key"} and one["person"] == ana)
    answer = app.client.post("/s/s/people", data=signing_out)
    code = code_of(answer.text)
    app.client.cookies.clear()
    app.client.cookies.update(lost)
    assert me(app) == ""
    app.client.cookies.clear()
    press(app, "move", code=code)
    assert me(app) == ana != zoe
    log = app.client.get("/s/s/log.jsonl").text
    entries = [from_line(line) for line in log.encode().splitlines()]
    assert [e.body for e in entries if e.by == moderator][-1] == f'{{"event":"DeviceEnded","person":"{ana}"}}'.encode()


def test_whoever_uses_the_code_of_a_moderator_sees_the_votes_and_the_record_says_so(app: AppClient) -> None:
    """The page on what is not secret says it."""
    statement = app.do("s", statements.SeedStatement("Norms are kept."))
    ana = joined(app)
    voted = form_with(get(app, "/s/s/vote"), do="cast_vote", statement=str(statement)) | {"choice": "disagree"}
    assert app.client.post("/s/s/do", data=voted).status_code == 200
    app.client.cookies.clear()
    address, moderator = link(app, ONLINE, "Ewa")
    get(app, address)
    signing_out = next(one for one in forms(get(app, "/s/s/people")) if one.keys() == {"person", "key"})
    code = code_of(app.client.post("/s/s/people", data=signing_out).text)
    app.client.cookies.clear()
    press(app, "move", code=code)
    assert me(app) == ana
    assert f"/vote?statement={statement}" in get(app, "/s/s/vote")
    log = [from_line(line) for line in app.client.get("/s/s/log.jsonl").content.splitlines()]
    assert [(entry.by, ana.encode() in entry.body) for entry in log if b"DeviceEnded" in entry.body] == [
        (moderator, True)
    ]


def test_the_record_shows_who_proposed_a_statement_and_the_form_says_so(app: AppClient) -> None:
    ana = joined(app)
    html = get(app, "/s/s/vote")
    assert "the public record can show that it is yours" in html
    proposal = form_with(html, do="propose_statement") | {"text": "Norms need checks."}
    assert app.client.post("/s/s/do", data=proposal).status_code == 200
    log = [from_line(line) for line in app.client.get("/s/s/log.jsonl").content.splitlines()]
    assert [entry.by for entry in log if b"StatementProposed" in entry.body] == [ana]


def test_nobody_of_the_team_can_be_signed_out_so(app: AppClient) -> None:
    _, other = link(app, ONLINE, "Other")
    address, _ = link(app, ONLINE, "Ewa")
    get(app, address)
    for person in (other, "p-nobody"):
        answer = app.client.post("/s/s/people", data={"person": person, "key": "k" * 20})
        assert answer.status_code == 404
    assert any(one.person == other for one in app.house.roster.passes("s"))
