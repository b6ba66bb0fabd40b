"""The security log: what happens to passes, codes and erasures, without anything that would open or tell something."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.web.test_sign_ins import address_in

from acquis.cli import main
from acquis.command import ONLINE, ORGANIZER, SPEAKER
from acquis.floor.segments import OpenSession
from acquis.web.http import passes
from acquis.web.http.security_log import SecurityLog

from .client import BOSS, AppClient, app_client, form_with

LINK = re.compile(r'value="http://testserver(/p/[^"]+)"')


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        app.add("s")
        app.do("s", OpenSession(), BOSS)
        yield app


def post(app: AppClient, path: str, **fields: str) -> str:
    return app.client.post(path, data=fields).text


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def test_every_step_of_a_pass_is_told_and_no_secret(
    app: AppClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secrets: list[str] = []
    organizer, boss = passes.issue(app.house, "", ORGANIZER, name="Lin Example")
    app.client.get(f"/p/{organizer}")
    for fields in (
        {"act": "give", "role": ONLINE, "name": "Ewa Example"},
        {"act": "give", "role": SPEAKER, "seat": "1"},
    ):
        secrets += LINK.findall(post(app, "/s/s/passes", **fields))
    ewa = next(given for given in app.house.roster.passes("s") if given.name)
    secrets += LINK.findall(post(app, "/s/s/passes", act="rotate", person=ewa.person))
    post(app, "/s/s/passes", act="until", person=ewa.person, until="2099-12-31")
    post(app, "/s/s/code")
    post(app, "/s/s/passes", **form_with(app.client.get("/s/s/plan").text, act="revoke", person=ewa.person))
    app.client.cookies.clear()
    app.client.get("/p/no-such-secret-no-such-secret")
    app.client.request("POST", "/s/s/join", data={"lane": "room", "code": "ZZZZ-ZZZZ"})
    post(app, "/s/s/join", lane="room", name="Ana Silva")
    secrets.append(app.client.cookies[passes.cookie_name("s")])
    asked = app.client.post(
        "/s/s/do",
        json={"do": "ask_question", "text": "A private matter"},
        headers={"idempotency-key": "key-of-a-question"},
    )
    (ana,) = (given for given in app.house.roster.passes("s") if given.name == "Ana Silva")
    post(app, "/s/s/device", act="leave")
    app.client.get(f"/p/{organizer}")
    post(app, "/s/s/do", do="erase_text", entry=str(asked.json()["seq"]), reason="asked for", key="key-of-an-erasure")
    post(app, "/s/s/forget", person=ana.person, sure="on")
    told = CliRunner().invoke(main, ["pass", "rotate", boss.person, "--data", str(tmp_path)]).output
    secrets.append(address_in(told))
    app.client.get("/organize")

    logged = capsys.readouterr().err
    lines = lines_of(logged)
    events = [line["event"] for line in lines]
    assert {
        "pass_issued", "pass_first_used", "pass_replaced", "pass_limited", "pass_revoked", "pass_failed",
        "code_failed", "code_replaced", "signed_out", "text_erased", "person_erased",
    } == set(events)  # fmt: skip
    assert all(line["log"] == "security" and line["time"].endswith("+00:00") for line in lines)
    revoked = next(line for line in lines if line["event"] == "pass_revoked" and line["session"] == "s")
    assert (revoked["person"], revoked["by"]) == (ewa.person, boss.person)
    assert any(line.get("by") == "acquis pass" for line in lines)
    joined = next(line for line in lines if line["event"] == "pass_issued" and line["role"] == "participant")
    assert "person" not in joined, "the order of joining would show whose voice it is"

    row = app.house.roster.session("s")
    assert row is not None
    hidden = {
        organizer, *(secret.removeprefix("/p/") for secret in secrets), row.code, "ZZZZ", "SXXX", "Lin Example",
        "Ewa Example", "Ana Silva", "A private matter", "testclient", ana.voice, ewa.voice,
    }  # fmt: skip
    assert len(hidden) > 12
    assert [word for word in hidden if word in logged] == []
    assert not re.search(r"[\w-]{40,}", "\n".join(line for line in logged.splitlines() if line.startswith("{")))


def test_a_flood_of_failures_does_not_fill_the_log() -> None:
    now, written = [0], list[str]()
    log = SecurityLog(lambda: now[0], written.append)
    for _ in range(500):
        log.tell("code_failed", "s")
    assert len(written) == 60
    now[0] += 1000
    log.tell("pass_failed")
    assert json.loads(written[-1])["left_out"] == 440
    log.tell("code_replaced", "s")
    assert len(written) == 62
