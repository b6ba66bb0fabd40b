"""Forms that were opened earlier and are sent when the session has moved on: what was typed is never lost."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from acquis.command import ONSITE, ORGANIZER, PARTICIPANT
from acquis.floor import segments
from acquis.plan.document import to_yaml

from .client import PROGRAMME, AppClient, alert, app_client, form_with

HERE = "It is here, so that you can copy it."


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(Path(tmp_path_factory.mktemp("unsaved"))) as app:
        yield app


def drafted(app: AppClient, session: str) -> str:
    """The page of the plan of a published session, before the opening."""
    app.add(session)
    app.house.roster.save_draft(session, to_yaml(PROGRAMME))
    app.be(ORGANIZER, session)
    return app.client.get(f"/s/{session}/plan").text


def unsaved(html: str) -> list[str]:
    return [unescape(part.partition("</blockquote>")[0]) for part in html.split('class="unsaved">')[1:]]


@pytest.mark.parametrize("ended", [False, True])
def test_a_programme_typed_before_the_opening_and_sent_after_it_is_shown(app: AppClient, ended: bool) -> None:
    """A title typed in the page with new links was gone, and nothing said what became of it."""
    session = f"plan-{ended:d}"
    form = form_with(drafted(app, session), act="fields")
    app.do(session, segments.OpenSession())
    if ended:
        app.do(session, segments.CloseSession())
    typed = {"title": "Who keeps the <lights>", "room": "Hall 9"}
    answer = app.client.post(f"/s/{session}/plan", data={**form, **typed})
    assert answer.status_code == 409
    assert "The session was opened" in alert(answer.text)
    assert HERE in answer.text
    assert unsaved(answer.text) == ["Who keeps the <lights>", "Hall 9"], "and nothing that was not typed"
    assert 'name="title"' in answer.text, "the form in which the title is corrected from now on"


def test_a_whole_programme_typed_as_text_is_shown(app: AppClient) -> None:
    form = form_with(drafted(app, "yaml"), act="yaml")
    app.do("yaml", segments.OpenSession())
    answer = app.client.post("/s/yaml/plan", data={**form, "yaml": "title: Another one"})
    assert (answer.status_code, unsaved(answer.text)) == (409, ["title: Another one"])


def test_a_correction_typed_before_the_end_and_sent_after_it_is_shown(app: AppClient) -> None:
    drafted(app, "late")
    app.do("late", segments.OpenSession())
    form = form_with(app.client.get("/s/late/plan").text, do="add_speaker")
    app.do("late", segments.CloseSession())
    answer = app.client.post("/s/late/do", data={**form, "name": "Dr. Late", "organization": "Harbour Lab"})
    assert answer.status_code == 409
    assert unsaved(answer.text) == ["Dr. Late", "Harbour Lab"]


def test_the_last_day_of_a_link_that_is_no_date_is_shown(app: AppClient) -> None:
    drafted(app, "day")
    answer = app.client.post("/s/day/passes", data={"act": "until", "person": "p-x", "until": "next Friday"})
    assert answer.status_code == 409
    assert "next Friday" in alert(answer.text), "the sentence says it already"
    assert unsaved(answer.text) == []


@pytest.mark.parametrize(
    ("role", "path", "do", "field"),
    [
        (ONSITE, "console", "seed_statement", "text"),
        (ONSITE, "console", "enter_hand", "name"),
        (PARTICIPANT, "questions", "ask_question", "text"),
        (PARTICIPANT, "vote", "propose_statement", "text"),
    ],
)
def test_what_is_typed_on_a_live_page_is_shown_after_the_end(
    app: AppClient, role: str, path: str, do: str, field: str
) -> None:
    """Without a script: with one, the text stays on the open page."""
    session = f"live-{do}".replace("_", "-")
    app.add(session)
    app.do(session, segments.OpenSession())
    app.do(session, segments.StartSegment(1))
    app.be(role, session)
    if role == PARTICIPANT:
        joining = {"do": "join", "lane": "online", "key": f"join-{do}", "page": "floor"}
        app.client.post(f"/s/{session}/do", data=joining)
    form = form_with(app.client.get(f"/s/{session}/{path}").text, do=do)
    app.do(session, segments.CloseSession())
    answer = app.client.post(f"/s/{session}/do", data={**form, field: "Typed too late."})
    assert answer.status_code == 409
    assert "Typed too late." in unescape(answer.text)


def test_what_the_page_shows_in_its_form_is_not_shown_twice(app: AppClient) -> None:
    form = form_with(drafted(app, "once"), act="fields")
    answer = app.client.post("/s/once/plan", data={**form, "starts": "soon"})
    assert answer.status_code == 422
    assert unsaved(answer.text) == []
    assert 'value="soon"' in answer.text
