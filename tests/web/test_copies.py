"""Duplicates, rehearsals and what is put away (W M1: there was no rehearsal, reset, duplicate or delete)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from acquis.command import ONSITE, ORGANIZER
from acquis.floor.segments import CloseSession, OpenSession
from acquis.plan.document import from_yaml, to_yaml

from .client import BOSS, PROGRAMME, AppClient, alert, app_client, form_with


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path, "2026-12-01T10:00:00+00:00") as app:
        app.add("grid")
        app.house.roster.save_draft("grid", to_yaml(PROGRAMME))
        app.be(ORGANIZER)
        yield app


def act(app: AppClient, session: str, act: str) -> str:
    """The id of the session whose page is shown after an act."""
    answer = app.client.post(f"/s/{session}/copies", data={"act": act})
    assert answer.status_code == 200, alert(answer.text)
    return answer.url.path.removeprefix("/s/").removesuffix("/plan")


def publish(app: AppClient, session: str) -> None:
    form = form_with(app.client.get(f"/s/{session}/plan").text, act="publish") | {"sure": "yes"}
    assert app.client.post(f"/s/{session}/plan", data=form).status_code == 200


def test_a_duplicate_has_the_programme_without_its_date(app: AppClient) -> None:
    copy = act(app, "grid", "duplicate")
    row = app.house.roster.session(copy)
    assert row is not None
    draft = from_yaml(row.draft)
    assert (draft.title, draft.segments, draft.starts, draft.ends) == (PROGRAMME.title, PROGRAMME.segments, "", "")
    assert app.state(copy).is_draft


def test_a_rehearsal_is_a_session_of_its_own_that_says_so(app: AppClient) -> None:
    before = app.state("grid").seq
    copy = act(app, "grid", "rehearse")
    assert copy == "grid-rehearsal"
    publish(app, copy)
    app.do(copy, OpenSession(), BOSS)
    assert [seat.name for seat in app.state(copy).seats] == ["Panellist 1 (rehearsal)", "Panellist 2 (rehearsal)"]
    assert app.state("grid").seq == before, "nothing of it is in the record of the session"
    app.client.post(f"/s/{copy}/passes", data={"act": "missing"})
    for path in ("", "/plan", "/stage", "/record", "/audit", "/questions"):
        assert "ehearsal" in app.client.get(f"/s/{copy}{path}?watch=1").text, path
    assert "rehearsal" in app.client.get("/organize").text


PRACTISED = "Rehearsal: people practised for a session."
SIMULATED = "Rehearsal: all participants are simulated."


@pytest.mark.parametrize(("practice", "told"), [(True, PRACTISED), (False, SIMULATED)])
def test_pages_and_documents_say_of_which_kind_a_rehearsal_is(app: AppClient, practice: bool, told: str) -> None:
    """A rehearsal by the people of a programme was called simulated everywhere."""
    app.add("copy", replace(PROGRAMME, rehearsal=True, practice=practice))
    app.do("copy", OpenSession(), BOSS)
    app.do("copy", CloseSession(), BOSS)
    pages = ("record", "audit", "followup", "handout", "plan", "report.md", "report.html", "event.json")
    for page in pages:
        answer = app.client.get(f"/s/copy/{page}")
        assert answer.status_code == 200, page
        assert told in answer.text, page
        assert ("simulated" in answer.text) is not practice, page
    for page in ("/", "/organize"):
        assert ("simulated participants" in app.client.get(page).text) is not practice, page
    assert f'Speakers <span class="quiet">({"Rehearsal" if practice else "rehearsal with simulated participants"})' in (
        app.client.get("/s/copy/plan").text
    )


def test_a_rehearsal_can_be_started_again_with_a_new_log_and_new_links(app: AppClient) -> None:
    copy = act(app, "grid", "rehearse")
    publish(app, copy)
    app.do(copy, OpenSession(), BOSS)
    again = act(app, copy, "restart")
    assert again == "grid-rehearsal-2"
    assert app.state(again).is_draft
    assert app.client.get(f"/s/{copy}/plan").status_code == 404
    publish(app, again)
    assert act(app, again, "restart") == "grid-rehearsal-3", "a log that was used is not written again"


def test_a_draft_can_be_deleted_and_a_published_session_cannot(app: AppClient) -> None:
    copy = act(app, "grid", "duplicate")
    assert f"/s/{copy}/plan" in app.client.get("/organize").text
    act(app, copy, "delete")
    assert f"/s/{copy}/plan" not in app.client.get("/organize").text
    assert app.client.get(f"/s/{copy}/plan").status_code == 404
    answer = app.client.post("/s/grid/copies", data={"act": "delete"})
    assert answer.status_code == 409
    assert "stays on the record" in alert(answer.text)
    assert 'value="delete"' not in app.client.get("/s/grid/plan").text


def test_an_organizer_of_one_session_and_moderators_make_no_copies(app: AppClient) -> None:
    app.be(ONSITE, "grid")
    assert app.client.post("/s/grid/copies", data={"act": "duplicate"}).status_code == 403


def test_drafts_are_listed_with_what_tells_them_apart(app: AppClient) -> None:
    """W m18: a draft was listed as "session", without a date."""
    app.client.post("/organize", data={"do": "blank"}, files={"file": ("", b"")})
    html = app.client.get("/organize").text
    assert "Without a title" in html
    assert "created on 1 December 2026" in html
    assert "No time yet" in html


def test_whoever_comes_to_a_cancelled_session_is_told(app: AppClient) -> None:
    """W M1: a published session could not be cancelled. Publishing again announces it again."""
    form = form_with(app.client.get("/s/grid/plan").text, do="cancel_session")
    assert app.client.post("/s/grid/do", data=form).status_code == 200
    assert 'value="open_session"' not in app.client.get("/s/grid/plan").text
    app.client.cookies.clear()
    for path in ("", "?watch=1", "/questions", "/stage", "/handout"):
        assert "This session is cancelled." in app.client.get(f"/s/grid{path}").text, path
    assert "cancelled" in app.client.get("/").text
    app.be(ORGANIZER)
    assert "cancelled" in app.client.get("/organize").text
    publish(app, "grid")
    assert "cancelled" not in app.client.get("/s/grid?watch=1").text
    assert 'value="open_session"' in app.client.get("/s/grid/plan").text
