"""The page of a series, and what its next session takes over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from msgspec.structs import replace

from acquis.command import ONSITE, ORGANIZER
from acquis.followup.commitments import MakeCommitment, NoteProgress
from acquis.plan.document import PolicyQuestion, from_yaml, to_data, to_yaml
from acquis.plan.programme import PublishProgramme
from acquis.statistics.opinion_words import points

from .client import BOSS, HOST, PROGRAMME, AppClient, app_client, form_with

TOPIC = "Who pays for the lights?"


def words(html: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", html).split()))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    """Two sessions of a series that were held, and a third that is planned."""
    with app_client(tmp_path_factory.mktemp("series")) as app:
        for year in (2025, 2026):
            days = {"starts": f"{year}-12-07T08:30:00+00:00", "ends": f"{year}-12-07T09:30:00+00:00"}
            held = replace(PROGRAMME, series="Lights on", policy_questions=(PolicyQuestion(TOPIC),), **days)
            app.hold(f"of{year}", programme=held)
        app.publish_votes()
        made = app.do("of2025", MakeCommitment("Write to the Chair.", "The working party"), HOST)
        app.do("of2025", NoteProgress(made, "done", "Sent.", "A/80/257"), HOST)
        app.do("of2026", MakeCommitment("Fund the keeper.", "The donors"), HOST)
        app.add("next", replace(PROGRAMME, series="lights ON", starts="2027-12-07T08:30:00+00:00", ends=""))
        app.house.roster.save_draft("next", to_yaml(replace(PROGRAMME, series="lights ON")))
        yield app


def test_the_page_shows_what_was_promised_what_came_and_how_opinion_moved(app: AppClient) -> None:
    app.be("")
    html = words(app.client.get("/series/lights-on").text)
    for said in (
        "3 sessions", "2025", "2026", "2027", "Write to the Chair.", "done", "Fund the keeper.", "open",
        "Norms need a keeper.", "Comparisons: 1. Agreement changed by more than chance: 0.", "83% agree (votes: 12)",
        "Change in points: 0", "this may be chance", "2 calls and commitments: ", ". Answers of the bodies: ",
    ):  # fmt: skip
        assert said in html, said
    assert "Series: Lights on" in words(app.client.get("/s/of2026/record").text)
    assert app.client.get("/series/nothing").status_code == 404


def test_the_organizer_picks_and_the_moderator_opens_the_statement(app: AppClient) -> None:
    app.be(ORGANIZER)
    assert "/s/next/carried" in app.client.get("/s/next/plan").text
    page = app.client.get("/s/next/carried").text
    assert "Write to the Chair." not in page, "it is done"
    ticked = dict.fromkeys(re.findall(r'type="checkbox" name="([^"]+)"', page), "on")
    assert len(ticked) == 3
    base = re.findall(r'name="base" value="([^"]+)"', page)[0]
    stale = app.client.post("/s/next/carried", data={**ticked, "base": "other"})
    assert "changed in another window" in words(stale.text)
    assert "Saved in the draft" in app.client.post("/s/next/carried", data={**ticked, "base": base}).text
    row = app.house.roster.session("next")
    assert row is not None
    draft = from_yaml(row.draft)
    assert [question.text for question in draft.policy_questions] == [TOPIC]
    assert [(item.kind, item.text, item.session) for item in draft.carried] == [
        ("call", "Fund the keeper.", "of2026"), ("statement", "Norms need a keeper.", "of2026"),
    ]  # fmt: skip
    assert "left nothing open" in app.client.get("/s/next/carried").text
    app.do("next", PublishProgramme(to_data(draft)), BOSS)
    app.be(ONSITE, "next")
    page = app.client.get("/s/next/carried").text
    app.client.post("/s/next/do", data=form_with(page, do="seed_statement"))
    assert [statement.text for statement in app.state("next").statements.values()] == ["Norms need a keeper."]
    assert "seed_statement" not in app.client.get("/s/next/carried").text, "it is there already"
    assert "/s/next/carried" in app.client.get("/s/next/console").text


def test_a_change_in_points_has_the_sign_of_mathematics() -> None:
    assert [points(change) for change in (0.2, -0.074, 0.004, -0.004)] == ["+20", "\u22127", "0", "0"]
