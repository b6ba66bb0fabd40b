"""The floor as a feed and as webhooks: what everybody may know, each item once or more, in order, with an id."""

from __future__ import annotations

import hmac
import json
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import feedparser
import pytest

from acquis.command import PARTICIPANT, Actor
from acquis.floor import questions, queue, segments, undoing
from acquis.floor.news import TYPES
from acquis.web.http.floor_hooks import FILE, OLD_MS, FloorHook, FloorHooks, TakenItems
from acquis.web.http.settings import FloorWebhookSettings, Secret, ServerSettings

from .client import BOSS, PROGRAMME, AppClient, app_client
from .hook import Hook
from .test_chatham import programme as chatham_programme

SECRET = "a-secret-of-the-webhook-for-tests"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        app.add("grid-norms", PROGRAMME)
        app.do("grid-norms", segments.OpenSession(), BOSS)
        app.do("grid-norms", segments.StartSegment(1))
        yield app


def person(number: int) -> Actor:
    return Actor(f"p-{number}", f"v-{number}", frozenset({PARTICIPANT}))


def feed(app: AppClient, session: str = "grid-norms") -> dict[str, Any]:
    answer = app.client.get(f"/s/{session}/floor.json")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/feed+json; charset=utf-8"
    data: dict[str, Any] = answer.json()
    return data


def sentences(app: AppClient) -> list[str]:
    return [item["title"] for item in feed(app)["items"]]


def test_the_feed_says_who_has_the_floor_and_who_is_next(app: AppClient) -> None:
    app.do("grid-norms", queue.GiveFloorToSpeaker(1))
    app.do("grid-norms", queue.RaiseHand("turn"), person(1))
    data = feed(app)
    assert data["items"][0]["title"] == "The floor was given to Amara Specimen."
    now = data["_acquis"]
    assert now["speaker"]["name"] == "Amara Specimen"
    assert now["segment"]["title"] == "Open Q&A"
    assert (now["waiting"], now["next"]["kind"]) == (1, "turn")
    assert now["next"]["name"].startswith("Participant")


def test_a_question_is_told_when_it_is_public_and_no_longer_when_it_is_withheld(app: AppClient) -> None:
    asked = app.do("grid-norms", questions.AskQuestion("Who keeps the keeper?"), person(1))
    assert "keeper" not in json.dumps(feed(app))
    app.do("grid-norms", questions.ApproveQuestion(asked))
    app.do("grid-norms", questions.PutQuestion(asked))
    assert sentences(app)[:2] == [
        "The question “Who keeps the keeper?” was put to the panel.",
        "The question “Who keeps the keeper?” was approved.",
    ]
    assert feed(app)["_acquis"]["question"] == {"entry": asked, "text": "Who keeps the keeper?"}
    app.do("grid-norms", questions.HoldBackQuestion(asked, "off_topic"))
    assert "keeper" not in json.dumps(feed(app))


def test_an_act_that_was_taken_back_is_told_as_undone(app: AppClient) -> None:
    given = app.do("grid-norms", queue.GiveFloorToSpeaker(1))
    app.do("grid-norms", undoing.TakeBack(given))
    assert sentences(app)[0] == f"An action of a moderator was undone: entry {given}."
    assert "The floor was given to Amara Specimen." not in sentences(app)


def test_atom_and_json_feed_have_the_same_items_and_keep_to_their_rules(app: AppClient) -> None:
    app.do("grid-norms", queue.GiveFloorToSpeaker(1))
    data, parsed = feed(app), feedparser.parse(app.client.get("/s/grid-norms/floor.atom").content)
    assert not parsed.bozo
    assert [entry.id for entry in parsed.entries] == [item["id"] for item in data["items"]]
    assert [entry.title for entry in parsed.entries] == [item["title"] for item in data["items"]]
    check_json_feed(data)
    assert data["items"][0]["url"].endswith(f"/s/grid-norms/entries/{data['items'][0]['_acquis']['entry']}")
    assert app.client.get("/s/grid-norms/floor.ics").status_code == 404


def check_json_feed(data: dict[str, Any]) -> None:
    """The rules of https://www.jsonfeed.org/version/1.1/ for what a feed has to have, and the types of its members."""
    assert data["version"] == "https://jsonfeed.org/version/1.1"
    assert data["title"]
    for name in ("home_page_url", "feed_url"):
        assert data[name].startswith("http")
    assert data["language"] == "en"
    assert all(author["name"] for author in data["authors"])
    ids = [item["id"] for item in data["items"]]
    assert ids
    assert len(ids) == len(set(ids))
    for item in data["items"]:
        assert isinstance(item["id"], str)
        assert item["content_text"]
        assert item["date_published"].endswith("Z")
        assert all(isinstance(tag, str) for tag in item["tags"])
    known = {"version", "title", "home_page_url", "feed_url", "language", "authors", "items"}
    assert all(name in known or name.startswith("_") for name in data)


def test_under_the_rule_the_feed_is_for_those_who_joined_and_names_nobody(app: AppClient) -> None:
    app.add("secret", chatham_programme(chatham=True))
    app.do("secret", segments.OpenSession(), BOSS)
    app.do("secret", segments.StartSegment(1))
    app.do("secret", queue.GiveFloorToSpeaker(1))
    assert app.client.get("/s/secret/floor.json").status_code == 403
    app.be(PARTICIPANT, "secret")
    data = feed(app, "secret")
    assert [item["tags"] for item in data["items"]] == [["segment.started"], ["session.opened"]]
    assert (data["_acquis"]["speaker"], data["_acquis"]["next"], data["_acquis"]["waiting"]) == (None, None, None)


def by_webhook(port: int, folder: Path, *sessions: str) -> FloorWebhookSettings:
    (folder / "secret").write_text(SECRET, "utf-8")
    url, secret = f"http://127.0.0.1:{port}/floor?key=1", Secret(str(folder / "secret"))
    return FloorWebhookSettings(url, secret, sessions=list(sessions))


def send(app: AppClient, settings: FloorWebhookSettings) -> None:
    """One period of a server that has just started."""
    assert app.client.portal is not None
    app.client.portal.call(FloorHook(app.house, settings, TakenItems(app.house.folder)).send_new)


def told(hook: Hook) -> list[str]:
    return [json.loads(body)["data"]["sentence"] for _, _, body in hook.posted]


def test_each_item_is_sent_once_in_order_signed_and_after_a_start_goes_on(app: AppClient, tmp_path: Path) -> None:
    hook = Hook()
    with hook.served() as port:
        settings = by_webhook(port, tmp_path)
        send(app, settings)
        app.do("grid-norms", queue.GiveFloorToSpeaker(1))
        send(app, settings)
        send(app, settings)
    assert told(hook) == [
        "The session was opened.",
        "The segment “Open Q&A” was started.",
        "The floor was given to Amara Specimen.",
    ]
    _, headers, body = hook.posted[-1]
    data = json.loads(body)
    assert (data["type"], data["data"]["session"]) == ("floor.given", "grid-norms")
    assert data["data"]["floor"]["speaker"]["name"] == "Amara Specimen"
    assert headers["webhook-id"] == f"grid-norms.floor.{data['data']['entry']}"
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    assert headers["webhook-signature"] == f"v1,{b64encode(hmac.digest(SECRET.encode(), signed, 'sha256')).decode()}"


def test_what_is_not_taken_is_sent_again_later_with_the_same_id_and_in_order(app: AppClient, tmp_path: Path) -> None:
    hook = Hook(500, 302)
    assert app.client.portal is not None
    with hook.served() as port:
        one = FloorHook(app.house, by_webhook(port, tmp_path), TakenItems(app.house.folder))
        taken = []
        for seconds in (0, 1, 2, 1, 4):  # again after two seconds, then after four more
            app.clock.forward(seconds * 1000)
            app.client.portal.call(one.send_new)
            taken.append(len(hook.posted))
    assert taken == [1, 1, 2, 2, 4]
    assert {path for path, _, _ in hook.posted} == {"/floor?key=1"}
    assert [headers["webhook-id"] for _, headers, _ in hook.posted[:3]] == [hook.posted[0][1]["webhook-id"]] * 3
    assert [(each.kind, each.times) for each in app.house.incidents.recent(app.clock.now())] == [
        ("floor_webhook_failed", 2)
    ]


def test_a_failure_is_logged_without_the_secret_and_the_address(
    app: AppClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = Hook(500)
    with hook.served() as port:
        send(app, by_webhook(port, tmp_path))
    logged = capsys.readouterr().err
    assert "the news grid-norms.floor." in logged
    assert SECRET not in logged
    assert "key=1" not in logged


def test_what_is_an_hour_old_is_left_out(app: AppClient, tmp_path: Path) -> None:
    hook = Hook()
    with hook.served() as port:
        app.clock.forward(OLD_MS + 60_000)
        app.do("grid-norms", queue.GiveFloorToSpeaker(1))
        send(app, by_webhook(port, tmp_path))
    assert told(hook) == ["The floor was given to Amara Specimen."]


def test_nothing_is_sent_of_a_session_under_the_rule_or_of_one_that_is_not_named(
    app: AppClient, tmp_path: Path
) -> None:
    app.add("secret", chatham_programme(chatham=True))
    app.do("secret", segments.OpenSession(), BOSS)
    hook = Hook()
    with hook.served() as port:
        send(app, by_webhook(port, tmp_path, "secret"))
        assert hook.posted == []
        send(app, by_webhook(port, tmp_path, "grid-norms"))
    assert {json.loads(body)["data"]["session"] for _, _, body in hook.posted} == {"grid-norms"}


def test_without_settings_nothing_is_sent_or_written(app: AppClient) -> None:
    assert app.client.portal is not None
    app.client.portal.call(FloorHooks(app.house, ServerSettings()).run)
    assert not (app.house.folder / FILE).exists()


def test_the_documentation_lists_every_type() -> None:
    text = (ROOT / "docs" / "beside-other-tools.md").read_text("utf-8")
    assert [kind for kind in TYPES if f"`{kind}`" not in text] == []
