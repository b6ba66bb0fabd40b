"""Whatever is sent, nobody reads what a decoder says: answers are in words and tell what to do (W M10)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.effort import SHARE
from tests.failing import failing

from acquis.command import CAPTIONER, ONSITE, ORGANIZER
from acquis.command.base import fields_of
from acquis.commands import BY_NAME
from acquis.i18n.refusals import SENTENCES

from .client import AppClient, app_client

DECODER = re.compile(
    r"Expected [`']|Object (missing|contains)|Invalid (enum )?value|JSON is malformed|Input data|codec can't|\$[.\[]"
    r"|got `|at position|byte \d|Max number of fields|Traceback"
)
RELOAD = re.compile(r"\b(reload|refresh|load (the|this) page|load it again)\b", re.IGNORECASE)
WRONG: tuple[Any, ...] = (None, True, -1, 1.5, "text", [], ["text"], {}, {"a": {"b": 1}})


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    folder: Path = tmp_path_factory.mktemp("undecodable")
    with app_client(folder) as app:
        app.hold("wrong", close=False)
        yield app


def bodies(do: str) -> Iterator[dict[str, Any]]:
    """What the decoder refuses of a command, in many ways: each field of every wrong kind, none, and an unknown one."""
    fields = [field.name for field in fields_of(BY_NAME[do])]
    yield {"do": do, "nobody_knows_this": 1}
    yield {"do": do}
    for name in fields:
        for value in WRONG:
            yield {"do": do, **dict.fromkeys(fields, 1), name: value}
            yield {"do": do, **dict.fromkeys(fields, "text"), name: value}


def _nothing_is_repeated(app: AppClient, do: str) -> None:
    app.be(ONSITE, "wrong")
    for number, body in enumerate(bodies(do)):
        if number > 1 and number % SHARE:
            continue
        answer = app.client.post("/s/wrong/do", json=body, headers={"idempotency-key": f"wrong-{do}-{number:04d}"})
        assert not DECODER.search(answer.text), (body, answer.text)
        if number % 21 > 1:
            continue
        form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in body.items()}
        page = app.client.post("/s/wrong/do", data={**form, "page": "console", "key": f"form-{do}-{number:04d}"})
        assert not DECODER.search(page.text), (body, page.text[:400])


def test_no_answer_to_a_command_repeats_the_decoder(app: AppClient) -> None:
    assert failing(lambda do: _nothing_is_repeated(app, do), sorted(BY_NAME)) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'"text"',
        b"1e400",
        b'{"do": 7}',
        b'{"do": ["ask_question"]}',
        b"null",
        b"[" * 2000,
    ],
)
def test_no_answer_to_what_is_no_command_repeats_the_decoder(app: AppClient, body: bytes) -> None:
    app.be(ONSITE, "wrong")
    sent = {"content-type": "application/json", "idempotency-key": "no-command-0001"}
    answer = app.client.post("/s/wrong/do", content=body, headers=sent)
    assert answer.status_code == 400
    assert not DECODER.search(answer.text), answer.text
    app.be(CAPTIONER, "wrong")
    answer = app.client.post("/s/wrong/captions", content=body, headers=sent)
    assert answer.status_code in (200, 400), answer.text
    assert not DECODER.search(answer.text), answer.text


@pytest.mark.parametrize(
    "text",
    [
        "title: [",
        "title: a\nsdgs: [{number: 99}]",
        "title: a\nsegments: [{title: b, kind: panel, minutes: many}]",
        "title: a\nsegments: [{title: b, kind: dance, minutes: 5}]",
        "title: a\nversion: 2",
        "title: a\nsettings: []",
        "number: 4",
        "title: a\nspeakers: [{organization: b}]",
        "\tx",
        "title: a\nsegments: {a: b}",
    ],
)
def test_no_answer_to_a_programme_repeats_the_decoder(app: AppClient, text: str) -> None:
    app.be(ORGANIZER)
    answer = app.client.post("/organize", data={"pasted": text, "do": ""})
    assert answer.status_code == 422
    assert not DECODER.search(answer.text), answer.text[:400]


def test_a_form_of_many_fields_is_refused_in_words(app: AppClient) -> None:
    app.be(ONSITE, "wrong")
    answer = app.client.post("/s/wrong/do", data={f"field{n}": "x" for n in range(500)})
    assert answer.status_code == 400
    assert not DECODER.search(answer.text)


def test_no_refusal_tells_people_to_load_a_page_again() -> None:
    texts = [text for about in SENTENCES.values() for text in about.values()]
    assert [text for text in texts if RELOAD.search(text)] == []
