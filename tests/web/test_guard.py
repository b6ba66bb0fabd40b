"""The guard around every address, and the door as scripts use it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from acquis.attributes import Attributes
from acquis.command import ONSITE, ORGANIZER, PARTICIPANT
from acquis.record import RecordBroken, RecordFull
from acquis.web.http import passes
from acquis.web.http.headers import HEADERS
from acquis.web.live import regions as live

from .client import AppClient, app_client

KEY = {"idempotency-key": "a-key-of-a-phone-1"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("guard")) as app:
        app.hold("open", close=False)
        yield app


def do(app: AppClient, body: dict[str, Any] | bytes, session: str = "open", **headers: str) -> Any:
    kept = {**KEY, **{name.replace("_", "-"): value for name, value in headers.items()}}
    if isinstance(body, bytes):
        return app.client.post(f"/s/{session}/do", content=body, headers={"content-type": "application/json", **kept})
    return app.client.post(f"/s/{session}/do", json=body, headers=kept)


@pytest.mark.parametrize(
    "address",
    [
        "/", "/s/open", "/s/open/stage", "/s/open/record", "/s/open.json", "/s/open/log.jsonl", "/openapi.json",
        "/nothing", "/s/nothing", "/s/open/console", "/s/open/questions.csv", "/s/open/qr.svg", "/p/nothing",
        "/join?code=zzzz", "/s/open/live/participants?poll=-1", "/static/0/mark.svg", "/s/open/report.md?version=99",
    ],
)  # fmt: skip
def test_every_answer_carries_the_headers_of_the_guard(app: AppClient, address: str) -> None:
    app.be("")
    answer = app.client.get(address, follow_redirects=False)
    assert answer.status_code < 500
    stricter = {b"referrer-policy": b"no-referrer"} if address.startswith("/p/") else {}
    for name, value in (HEADERS | stricter).items():
        assert answer.headers[name.decode()] == value.decode()
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://testserver.elsewhere.example"},
    ],
)
def test_a_write_from_another_site_is_refused(app: AppClient, headers: dict[str, str]) -> None:
    app.be(ONSITE, "open")
    before = app.state("open").seq
    for answer in (
        do(app, {"do": "close_list"}, **{name.replace("-", "_"): value for name, value in headers.items()}),
        app.client.post("/s/open/do", data={"do": "close_list", "key": "k" * 10}, headers=headers),
        app.client.post("/s/open/join", data={"lane": "room"}, headers=headers),
        app.client.post("/organize", data={"pasted": "x"}, headers=headers),
    ):
        assert answer.status_code == 403
    assert app.state("open").seq == before


def test_a_write_from_our_own_pages_or_from_a_script_is_taken(app: AppClient) -> None:
    app.be(ONSITE, "open")
    for number, headers in enumerate(({"origin": "http://testserver"}, {"sec_fetch_site": "same-origin"}, {})):
        answer = do(app, {"do": "note_turn", "turn": 1, "text": "x"}, idempotency_key=f"own-pages-{number}", **headers)
        assert answer.status_code == 404  # no such turn: it was judged, not turned away


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(app: AppClient) -> None:
    app.be("")
    answer = app.joins("open")
    cookie = answer.headers["set-cookie"].lower()
    assert answer.status_code == 303
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/s/open" in cookie
    assert "secure" not in cookie  # plain HTTP here; over TLS see the next test
    secure = app.joins("open", "https://testserver")
    assert "; secure" in secure.headers["set-cookie"].lower()
    assert "max-age" in secure.headers["strict-transport-security"]


def test_over_tls_a_cookie_cannot_be_planted(app: AppClient) -> None:
    """Browsers take a name with these prefixes over TLS only, and `__Host-` from this very host only."""
    app.be("")
    https = "https://testserver"
    joined = app.joins("open", https)
    assert joined.headers["set-cookie"].startswith("__Secure-pass_open=")
    vote = {"do": "support_question", "question": 999}
    known = app.client.post(f"{https}/s/open/do", json=vote, headers=KEY)
    assert known.json()["refused"] == "no_such_question"  # it is somebody who takes part
    secret, _ = passes.issue(app.house, "", ORGANIZER)
    app.be("")
    claimed = app.client.get(f"{https}/p/{secret}", follow_redirects=False)
    assert claimed.headers["set-cookie"].startswith("__Host-pass=")
    assert "path=/;" in claimed.headers["set-cookie"].lower()
    assert app.client.get(f"{https}/organize").status_code == 200
    app.be("")
    app.client.cookies.set(passes.ORGANIZER_COOKIE, secret)  # planted under the plain name
    assert app.client.get(f"{https}/organize").status_code == 403


@pytest.mark.parametrize("link", ["", "mistyped"])
def test_a_pass_link_is_told_to_nobody(app: AppClient, link: str) -> None:
    app.be("")
    secret = link or passes.issue(app.house, "open", ONSITE)[0]
    answer = app.client.get(f"/p/{secret}", follow_redirects=False)
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert secret not in answer.text


def test_a_pass_link_leaves_the_address_at_the_first_visit(app: AppClient) -> None:
    app.be("")
    secret, _ = passes.issue(app.house, "", ORGANIZER)
    answer = app.client.get(f"/p/{secret}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/organize")
    assert answer.headers["cache-control"] == "no-store"
    page = app.client.get("/organize")
    assert page.status_code == 200
    assert secret not in page.text
    unknown = app.client.get("/p/" + "x" * 43)
    assert unknown.status_code == 404
    assert "<h1>" in unknown.text


def test_a_revoked_pass_is_worth_nothing_at_once(app: AppClient) -> None:
    app.be("")
    secret, given = passes.issue(app.house, "open", ONSITE)
    app.client.cookies.set(passes.cookie_name("open"), secret)
    assert app.client.get("/s/open/console").status_code == 200
    passes.revoke(app.house, "open", given.person)
    assert app.client.get("/s/open/console").status_code == 403


def test_the_door_answers_with_the_number_and_a_retry_is_the_same_entry(app: AppClient) -> None:
    app.be(ONSITE, "open")
    body = {"do": "seed_statement", "text": "One entry however often it is sent."}
    first = do(app, body, idempotency_key="retry-me-please")
    assert (first.status_code, set(first.json())) == (201, {"seq"})
    again = do(app, body, idempotency_key="retry-me-please")
    assert (again.status_code, again.json()) == (201, first.json())
    other = do(app, {**body, "text": "Other words."}, idempotency_key="retry-me-please")
    assert (other.status_code, other.json()["refused"]) == (422, "key_used")
    texts = [statement.text for statement in app.state("open").statements.values()]
    assert texts.count(body["text"]) == 1
    assert "Other words." not in texts


def test_a_form_posted_by_a_script_is_answered_as_json(app: AppClient) -> None:
    app.hold("scripted", close=False)
    app.be(ONSITE, "scripted")
    app.clock.pause()
    form = {"do": "start_segment", "segment": "0", "carry": "false", "key": "a-key-of-a-script"}
    asked = {"accept": "application/json"}
    kept = app.client.post("/s/scripted/do", data=form, headers=asked)
    assert (kept.status_code, kept.json()) == (201, {"seq": app.state("scripted").seq})
    again = app.client.post("/s/scripted/do", data={**form, "key": "another-key"}, headers=asked)
    assert (again.status_code, again.json()) == (200, {"seq": None})
    refused = app.client.post("/s/scripted/do", data={**form, "segment": "99", "key": "third-key"}, headers=asked)
    assert (refused.status_code, refused.json()["refused"]) == (404, "no_such_segment")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "bad_fields"),
        (b"{", 400, "bad_fields"),
        (b"[]", 400, "bad_fields"),
        (b"\xff\xfe", 400, "bad_fields"),
        (b'{"do":"fly"}', 400, "unknown_command"),
        (b'{"do":"close_list","votes":9}', 400, "bad_fields"),
        (b'{"do":"cast_vote","statement":"x","choice":"agree"}', 400, "bad_fields"),
        (b'{"do":"seed_statement","text":"  "}', 400, "text_empty"),
        (b'{"do":"seed_statement","text":"' + b"x" * 300 + b'"}', 400, "text_too_long"),
        (b'{"do":"seed_statement","text":"' + b"x" * 70_000 + b'"}', 413, "too_large"),
        (b'{"do":"close_statement","statement":99999999}', 404, "no_such_statement"),
        (b'{"do":"close_statement","statement":1e400}', 400, "bad_fields"),
        (b'{"do":"close_statement","statement":99999999999999999999999}', 404, "no_such_statement"),
        (b'{"do":"enter_hand","name":["x"]}', 400, "bad_fields"),
    ],
)
def test_bad_input_gets_a_code_and_a_sentence(app: AppClient, body: bytes, status: int, code: str) -> None:
    app.be(ONSITE, "open")
    before = app.state("open").seq
    answer = do(app, body)
    assert (answer.status_code, answer.json()["refused"]) == (status, code)
    assert len(answer.json()["sentence"]) > 15
    assert "Traceback" not in answer.text
    assert app.state("open").seq == before


def test_a_body_is_let_in_up_to_a_size_however_it_is_sent(app: AppClient) -> None:
    """A length can be left out or be a lie; what counts is what comes."""

    def pieces(megabytes: int) -> Iterator[bytes]:
        for _ in range(megabytes):
            yield b"x" * 1_000_000

    app.be(ORGANIZER)
    sent = {"content-type": "application/x-www-form-urlencoded"}
    answers = [
        app.client.post("/s/open/do", content=pieces(1), headers={**KEY, "content-type": "application/json"}),
        app.client.post("/s/open/join", content=pieces(1), headers=sent),
        app.client.post("/organize", content=pieces(20), headers={**sent, "accept": "application/json"}),
    ]
    assert [answer.status_code for answer in answers] == [413, 413, 413]
    assert answers[2].json()["refused"] == "too_large"
    for answer in answers:
        assert answer.headers["content-security-policy"]


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "with blank in it", "späterer-schlüssel"])
def test_a_key_is_needed_and_looks_like_one(app: AppClient, key: str) -> None:
    app.be(ONSITE, "open")
    headers = {"content-type": "application/json"} | ({"idempotency-key": key.encode()} if key else {})
    answer = app.client.post("/s/open/do", content=b'{"do":"close_list"}', headers=headers)  # type: ignore[arg-type]  # httpx2 takes bytes
    assert (answer.status_code, answer.json()["refused"]) == (400, "key_missing")


PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7771*13 }}",
    "javascript:alert(1)",
    "\u202egnp.exe",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_people_write_is_text_everywhere(app: AppClient, payload: str) -> None:
    session = f"x{PAYLOADS.index(payload)}"
    app.hold(session, close=False)
    app.be("")
    app.client.post(f"/s/{session}/join", data={"lane": "room", "name": payload})
    said: list[dict[str, Any]] = [
        {"do": "raise_hand", "about": payload},
        {"do": "ask_question", "text": payload},
        {"do": "propose_statement", "text": payload},
    ]
    for number, body in enumerate(said):
        assert do(app, body, session, idempotency_key=f"payload-{number}").status_code == 201
    app.be(ONSITE, session)
    shown = [
        app.client.get(f"/s/{session}{tail}").text for tail in ("", "/console", "/stage", "/record", "/desk", "/audit")
    ]
    frames = [
        app.client.get(f"/s/{session}/live/{kind}?poll=-1").json()["html"]
        for kind in ("participants", "moderators", "stage")
    ]
    for text in (*shown, *("".join(frame.values()) for frame in frames)):
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert not re.search(r'href="javascript:', text)
        assert "101023" not in text
    assert any("alert(1)" in text or "7771*13" in text or "gnp" in text for text in shown)


def test_a_question_without_a_name_carries_nobody(app: AppClient) -> None:
    app.hold("nameless", close=False)
    app.be(PARTICIPANT, "nameless")
    app.client.cookies.clear()
    app.client.post("/s/nameless/join", data={"lane": "online", "name": "Zoe Nobody", "stakeholder": "Civil Society"})
    answer = do(app, {"do": "ask_question", "text": "Whom do I ask?", "anonymous": True}, "nameless")
    question = app.state("nameless").questions[answer.json()["seq"]]
    assert (question.person, question.attributes) == ("", Attributes())
    entry = next(app.house.board.record.read("nameless", question.seq - 1, question.seq))
    assert entry.by == ""
    app.be(ONSITE, "nameless")
    frame = app.client.get("/s/nameless/live/moderators?poll=-1").json()["html"][f"q{question.seq}"]
    assert "Zoe" not in frame
    assert "anonymous" in frame.lower()


def test_haste_is_told_to_wait_by_pass_and_not_by_address(app: AppClient) -> None:
    app.hold("haste", close=False)
    app.be("")
    app.client.post("/s/haste/join", data={"lane": "room"})
    answers = [
        do(app, {"do": "withdraw_support", "question": 3}, "haste", idempotency_key=f"haste-{n:04d}") for n in range(90)
    ]
    slow = [answer for answer in answers if answer.status_code == 429]
    assert slow
    assert int(slow[0].headers["retry-after"]) >= 1
    assert slow[0].json()["refused"] == "too_fast"
    app.be("")
    app.client.post("/s/haste/join", data={"lane": "room"})
    assert do(app, {"do": "withdraw_support", "question": 3}, "haste").status_code != 429


def test_a_defect_of_ours_is_a_number_and_no_traceback(
    app: AppClient, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("secret inner thing")

    monkeypatch.setattr(live, "scene", fail)
    app.be("")
    answer = app.client.get("/s/open")
    assert answer.status_code == 500
    for name, value in HEADERS.items():
        assert answer.headers[name.decode()] == value.decode()
    assert app.client.get("/s/open", headers={"accept": "application/json"}).json()["refused"] == "internal"
    assert "secret inner thing" not in answer.text
    assert "Traceback" not in answer.text
    assert re.search(r"\b[0-9a-f]{8}\b", answer.text)
    assert "secret inner thing" in capsys.readouterr().err


def test_a_full_disk_is_said_reading_goes_on_and_writing_resumes(
    app: AppClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: Any, **__: Any) -> None:
        raise RecordFull("no room")

    app.be(ONSITE, "open")
    body = {"do": "seed_statement", "text": "Kept when there is room again."}
    before = app.state("open").seq
    with monkeypatch.context() as patched:
        patched.setattr(app.house.board.record, "append", full)
        refused = do(app, body, idempotency_key="full-disk-0001")
        assert (refused.status_code, refused.json()["refused"]) == (507, "disk_full")
        assert len(refused.json()["sentence"]) > 15
        form = app.client.post("/s/open/do", data={**body, "page": "console", "key": "full-disk-0002"})
        assert form.status_code == 507
        assert "Kept when there is room again." in form.text  # what was typed is still there
        assert app.client.get("/s/open").status_code == 200
    assert app.state("open").seq == before
    assert do(app, body, idempotency_key="full-disk-0001").status_code == 201


def test_a_broken_disk_is_503_and_may_be_asked_again(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: Any, **__: Any) -> None:
        raise RecordBroken("I/O error")

    app.be(ONSITE, "open")
    with monkeypatch.context() as patched:
        patched.setattr(app.house.board.record, "append", broken)
        answer = do(app, {"do": "seed_statement", "text": "Not known."}, idempotency_key="broken-disk-1")
    assert (answer.status_code, answer.json()["refused"]) == (503, "broken")


@pytest.mark.server
def test_a_server_whose_disk_is_broken_ends_with_one_line(tmp_path: Path) -> None:
    program = (
        "import pathlib, sys\n"
        "from acquis.web.app import create_app\n"
        "from acquis.web.http.application import open_application\n"
        "from acquis.web.http.serving import free_port, run\n"
        "house = open_application(pathlib.Path(sys.argv[1]))\n"
        "async def fail(base: str) -> None: house.board.record.end('the disk went away')\n"
        "run(create_app(house), house, free_port('127.0.0.1', 0), '', print, fail)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, timeout=120)
    assert ended.returncode == 74
    assert len([line for line in ended.stderr.splitlines() if '"log":"security"' not in line]) == 1
    assert "the disk went away" in ended.stderr
