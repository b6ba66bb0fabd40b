"""A schedule is shown before it is entered; imported again it brings changes and no doubles; and it goes out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from click.testing import CliRunner
from tests.plan import schedules

from acquis.cli import main
from acquis.plan.document import from_yaml
from acquis.plan.importers import read_sessions
from acquis.reference import profile

from .client import PROGRAMME, AppClient, app_client

MOVED = schedules.FRAB.replace("<room>Pier</room>", "<room>Boathouse</room>").replace(">Ropes<", ">Oars<")


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        app.be("organizer")
        yield app


def sent(app: AppClient, text: str) -> str:
    answer = app.client.post("/organize", data={"pasted": text})
    assert answer.status_code == 200, answer.text[:300]
    return answer.text


def fields(page: str) -> dict[str, list[str]]:
    """The fields of the form that confirms, as the page has them."""
    form = page.partition('action="/organize/schedule"')[2].partition("</form>")[0]
    named: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="(schedule|take)" value="([^"]*)"', form):
        named.setdefault(name, []).append(html.unescape(value))
    return named


def entered(app: AppClient, page: str, take: list[str] | None = None) -> None:
    data = fields(page)
    parts = [("schedule", (None, data["schedule"][0]))]
    parts += [("take", (None, source)) for source in (data.get("take", []) if take is None else take)]
    answer = app.client.post("/organize/schedule", files=parts, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/organize#drafts")


def drafts(app: AppClient) -> dict[str, tuple[str, str]]:
    """The title and the room of each draft by its id."""
    return {row.id: ((draft := from_yaml(row.draft)).title, draft.room) for row in app.house.roster.sessions()}


def test_a_schedule_is_shown_with_its_clashes_and_becomes_drafts_when_it_is_confirmed(app: AppClient) -> None:
    page = sent(app, schedules.FRAB)
    assert drafts(app) == {}
    assert "New: 2. Changed: 0." in page
    assert "Ole Dahl is needed by" in html.unescape(page)
    entered(app, page)
    assert sorted(drafts(app).values()) == [("Bells & boats", "Pier"), ("Ropes", "Quay")]


def test_imported_again_it_changes_what_is_ticked_and_doubles_nothing(app: AppClient) -> None:
    entered(app, sent(app, schedules.FRAB))
    before = drafts(app)
    assert "Every session of the file is here already" in sent(app, schedules.FRAB)
    page = sent(app, MOVED)
    assert "New: 0. Changed: 2." in page
    assert drafts(app) == before
    entered(app, page, take=["frab:ferry25:g-1"])
    assert set(drafts(app)) == set(before)
    assert sorted(drafts(app).values()) == [("Bells & boats", "Boathouse"), ("Ropes", "Quay")]


def test_a_session_that_left_the_file_is_called_by_its_title(app: AppClient) -> None:
    entered(app, sent(app, schedules.FRAB))
    page = sent(app, schedules.FRAB.replace('guid="g-2"', 'guid="g-9"'))
    assert "<bdi>Ropes</bdi></a>" in page.partition('id="gone"')[2]


def test_what_was_not_ticked_is_not_added(app: AppClient) -> None:
    entered(app, sent(app, schedules.PRETALX), take=["frab:ferry25:g-2"])
    assert list(drafts(app).values()) == [("Ropes", "Quay")]


def test_one_event_that_is_here_already_comes_in_as_a_change(app: AppClient) -> None:
    assert app.client.post("/organize", data={"pasted": schedules.LINKED}, follow_redirects=False).status_code == 303
    entered(app, sent(app, schedules.LINKED.replace('"Pier"', '"Quay"')))
    assert list(drafts(app).values()) == [("Bells", "Quay, online")]


@pytest.mark.parametrize("text", ["", "{", "[]", "[7]", '[{"title": 7}]', "[" * 3000])
def test_a_form_that_was_tampered_with_is_refused(app: AppClient, text: str) -> None:
    answer = app.client.post("/organize/schedule", files=[("schedule", (None, text))])
    assert answer.status_code in (400, 422)
    assert drafts(app) == {}


def test_a_gathering_goes_out_in_every_form_without_rehearsals(app: AppClient) -> None:
    named = msgspec.structs.replace(PROGRAMME, gathering="Ferry Days", room="Pier", rehearsal=False)
    app.add("bells", named)
    app.add("practice", msgspec.structs.replace(named, title="A rehearsal", rehearsal=True))
    app.client.cookies.clear()
    page = app.client.get("/gatherings/ferry-days").text
    for ending in ("ics", "xml", "json", "csv"):
        address = f"/gatherings/ferry-days/schedule.{ending}"
        assert address in page
        answer = app.client.get(address)
        assert answer.status_code == 200
        (session,) = read_sessions(answer.content, profile("panel")).sessions
        assert (session.title, session.room) == (named.title, "Pier")
    xml = ElementTree.fromstring(app.client.get("/gatherings/ferry-days/schedule.xml").text)  # our own
    assert [node.text for node in xml.iter("url")] == ["http://testserver/s/bells"]
    assert app.client.get("/gatherings/ferry-days/schedule.doc").status_code == 404
    assert app.client.get("/gatherings/nowhere/schedule.xml").status_code == 404


def test_the_command_line_adds_drafts_and_takes_over_changes_when_told_to(app: AppClient, tmp_path: Path) -> None:
    first, second = tmp_path / "a.xml", tmp_path / "b.xml"
    first.write_text(schedules.FRAB, "utf-8")
    second.write_text(MOVED, "utf-8")

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(main, ["import", "programme", *arguments, "--into", str(folder)])
        assert result.exit_code == 0, result.output
        return result.stdout

    folder = next(path.parent for path in tmp_path.rglob("roster.db"))
    assert run(str(first)).count("added: ") == 2
    assert run(str(first)) == ""
    assert run(str(second)).count("differs: ") == 2
    assert sorted(drafts(app).values()) == [("Bells & boats", "Pier"), ("Ropes", "Quay")]
    assert run(str(second), "--changes").count("changed: ") == 2
    assert sorted(drafts(app).values()) == [("Bells & boats", "Boathouse"), ("Oars", "Quay")]
