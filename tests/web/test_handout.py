"""The handout to print, and attendance and turns for the organizer."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from acquis.command import ONSITE, ORGANIZER
from acquis.plan.document import FloorSettings

from .client import PROGRAMME, AppClient, app_client


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        yield app


def table(app: AppClient, name: str) -> list[dict[str, str]]:
    answer = app.client.get(f"/s/grid/{name}.csv")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("settings", "told", "untold"),
    [
        (FloorSettings(), "room or online", "Chatham"),
        (FloorSettings(balance="stakeholder"), "stakeholder group with the least speaking time", "regional"),
        (FloorSettings(balance="region", anonymous_questions=False), "regional group", "without your name"),
        (FloorSettings(moderated=False), "support those of others", "review questions"),
        (FloorSettings(chatham_house_rule=True), "you may not reveal who said it", "stakeholder group that"),
    ],
)
def test_the_handout_says_the_rules_of_this_session(
    app: AppClient, settings: FloorSettings, told: str, untold: str
) -> None:
    app.add("grid", replace(PROGRAMME, settings=settings))
    html = app.client.get("/s/grid/handout?code=GRID-XXXX").text
    for part in (told, "Who keeps the lights on", "Open Q&amp;A", "GRID-XXXX", "testserver/s/grid"):
        assert part in html
    assert untold not in html
    rules = re.findall(r"<li>(.*?)</li>", html.partition('class="rules"')[2])
    assert len(rules) == len(set(rules)) > 5
    assert ("Amara Specimen" in html) is not settings.chatham_house_rule


def test_attendance_and_turns_have_the_names_that_people_gave(app: AppClient) -> None:
    """B row 51."""
    app.hold("grid", close=False)
    app.be(ORGANIZER)
    app.house.roster.names("grid")
    fields = {"lane": "room", "name": "Dee", "key": "k" * 20}
    app.client.cookies.clear()
    assert app.client.post("/s/grid/join", data=fields).status_code == 200
    app.be(ORGANIZER)
    (dee,) = table(app, "attendance")
    assert (dee["name"], dee["lane"], dee["turns"]) == ("Dee", "room", "0")
    (turn,) = table(app, "turns-named")
    assert (turn["lane"], turn["stakeholder-group"]) == ("room", "Civil Society")


def test_under_the_chatham_house_rule_the_tables_tell_nobody(app: AppClient) -> None:
    app.add("grid", replace(PROGRAMME, settings=FloorSettings(chatham_house_rule=True)))
    fields = {"lane": "room", "name": "Dee", "stakeholder": "Civil Society", "key": "k" * 20}
    assert app.client.post("/s/grid/join", data=fields).status_code in (200, 409)
    app.be(ORGANIZER)
    for name in ("attendance", "turns-named"):
        assert "Dee" not in str(table(app, name))
        assert "Civil Society" not in str(table(app, name))


def test_only_the_organizer_gets_the_tables(app: AppClient) -> None:
    app.add("grid")
    for role in ("", ONSITE):
        app.be(role, "grid")
        for name in ("attendance", "turns-named"):
            assert app.client.get(f"/s/grid/{name}.csv").status_code == 403
