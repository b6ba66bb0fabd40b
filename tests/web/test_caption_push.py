"""Captions that programs push in their own forms: what enters the record, once, and whose secret it takes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from acquis.captions.pushed import BY_NAME, PUSH_FORMS, PushProblem, read_push
from acquis.command import CAPTIONER, ONSITE
from acquis.floor.segments import OpenSession
from acquis.web.http import passes

from .client import BOSS, AppClient, app_client

SENT = {
    "zoom": ("&seq=12&lang=en-US", "Norms need\na keeper."),
    "youtube": ("&seq=12&lang=en-US", "2026-12-07T09:02:11.000 region:reg1#cue1\nNorms need<br>a keeper.\n"),
    "webcaptioner": ("&lang=en-US", '{"transcript": "Norms need a keeper.", "sequence": 12}'),
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("caption-push")) as app:
        yield app


def opened(app: AppClient, session: str, role: str = CAPTIONER) -> str:
    """The secret of a link to a new session that is open."""
    app.add(session)
    app.do(session, OpenSession(), BOSS)
    return passes.issue(app.house, session, role)[0]


def push(app: AppClient, session: str, form: str, secret: str, query: str, body: str) -> int:
    client: TestClient = app.client
    address = f"/s/{session}/captions/push/{form}?pass={secret}{query}"
    return client.post(address, content=body.encode(), headers={"content-type": "text/plain"}).status_code


def test_every_form_is_tried() -> None:
    assert SENT.keys() == {form.name for form in PUSH_FORMS}


@pytest.mark.parametrize("form", SENT)
def test_a_caption_is_on_the_record_once(app: AppClient, form: str) -> None:
    secret = opened(app, form)
    query, body = SENT[form]
    assert [push(app, form, form, secret, query, body) for _ in range(2)] == [200, 200]
    (line,) = app.state(form).speech.values()
    assert (line.text, line.speaker, line.seat, line.language) == ("Norms need a keeper.", "", 0, "en-US")
    assert push(app, form, form, secret, query.replace("12", "13"), body.replace("12", "13")) == 200
    assert len(app.state(form).speech) == 2
    assert "Norms need a keeper." in app.client.get(f"/s/{form}/overlay").text


def test_only_the_link_of_a_captioner_may_be_in_an_address(app: AppClient) -> None:
    secret = opened(app, "roles", ONSITE)
    assert push(app, "roles", "zoom", secret, "&seq=1", "Hello.") == 403
    assert push(app, "roles", "zoom", "x" * 43, "&seq=1", "Hello.") == 403
    assert not app.state("roles").speech


def test_what_is_not_in_its_form_is_refused(app: AppClient) -> None:
    secret = opened(app, "wrong")
    assert push(app, "wrong", "zoom", secret, "", "Hello.") == 400
    assert push(app, "wrong", "youtube", secret, "&seq=1", "Hello.") == 400
    assert push(app, "wrong", "webcaptioner", secret, "", "Hello.") == 400
    assert push(app, "wrong", "other", secret, "&seq=1", "Hello.") == 404
    assert not app.state("wrong").speech


def test_no_letter_of_a_long_caption_is_lost() -> None:
    said = "word " * 700
    lines = read_push(BY_NAME["zoom"], said.encode(), {"seq": "1"})
    assert " ".join(line.text for line in lines) == said.strip()
    assert all(len(line.text) <= 1000 for line in lines)
    assert len({line.key for line in lines}) == len(lines) > 1
    assert "".join(line.text for line in read_push(BY_NAME["zoom"], b"x" * 2500, {"seq": "1"})) == "x" * 2500
    assert read_push(BY_NAME["zoom"], b" \n", {"seq": "1"}) == []
    with pytest.raises(PushProblem, match="200 lines"):
        read_push(BY_NAME["zoom"], b"x" * 250_000, {"seq": "1"})


def test_other_words_with_the_same_number_are_another_line() -> None:
    """A program that was started anew counts from the beginning."""
    first, second = (read_push(BY_NAME["zoom"], said, {"seq": "0"})[0] for said in (b"Hello.", b"Welcome back."))
    assert first.key != second.key


@pytest.mark.parametrize(
    ("stamp", "said_at"),
    [
        ("2026-12-07T09:02:11.5", 1_796_634_131_500),
        ("2026-12-07T09:02.11.042 region:reg1#cue1", 1_796_634_131_042),
        ("2026-12-07T09:02:11Z", 1_796_634_131_000),
        ("2026-13-07T09:02:11.500", 0),
    ],
)
def test_a_caption_of_youtube_states_when_it_was_said(stamp: str, said_at: int) -> None:
    (line,) = read_push(BY_NAME["youtube"], f"{stamp}\nHello.".encode(), {"seq": "1"})
    assert (line.text, line.said_at) == ("Hello.", said_at)
