"""The page on which a text is erased: it asks first, shows every wording, and says what happened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.client import AppClient, app_client, form_with

from acquis.command import ONSITE, PARTICIPANT

from .texts import WORDS, play


@pytest.fixture
def entries(app: AppClient) -> dict[str, int]:
    return play(app)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        yield app


@pytest.mark.parametrize("kind", ["question", "caption", "topic", "answer"])
def test_a_moderator_erases_a_text_after_a_question(app: AppClient, entries: dict[str, int], kind: str) -> None:
    app.be(ONSITE, "grid")
    page = f"/s/grid/erase?entry={entries[kind]}"
    asked = app.client.get(page).text
    assert WORDS[kind] in asked
    sent = {**form_with(asked, entry=str(entries[kind])), "reason": "asked for"}
    for _ in range(2):  # sent again, as after a lost answer, it does no harm
        answer = app.client.post("/s/grid/erase", data=sent)
        assert answer.status_code == 200
        assert WORDS[kind] not in answer.text
        assert f"The text of entry {entries[kind]} is erased." in answer.text
    record = app.client.get(f"/s/grid/entries/{entries[kind]}").text
    assert WORDS[kind] not in record


def test_all_wordings_of_a_corrected_line_are_erased(app: AppClient, entries: dict[str, int]) -> None:
    app.be(ONSITE, "grid")
    asked = app.client.get(f"/s/grid/erase?entry={entries['correction']}").text
    assert WORDS["correction"] in asked
    assert "This line is corrected." in asked
    sent = {**form_with(asked, entry=str(entries["correction"])), "reason": "asked for"}
    assert app.client.post("/s/grid/erase", data=sent).status_code == 200
    captions = app.client.get("/s/grid/captions").text
    assert WORDS["correction"] not in captions
    assert "This line is corrected." not in captions


def test_without_a_reason_nothing_is_erased(app: AppClient, entries: dict[str, int]) -> None:
    app.be(ONSITE, "grid")
    asked = app.client.get(f"/s/grid/erase?entry={entries['question']}").text
    answer = app.client.post("/s/grid/erase", data={**form_with(asked, entry=str(entries["question"])), "reason": " "})
    assert 400 <= answer.status_code < 500
    assert 'aria-invalid="true"' in answer.text
    assert WORDS["question"] in app.client.get(f"/s/grid/erase?entry={entries['question']}").text


def test_an_entry_without_a_text_is_said_to_have_none(app: AppClient, entries: dict[str, int]) -> None:
    app.be(ONSITE, "grid")
    for number in (2, 10**9):
        assert (
            f"Entry {number} contains no text that can be erased."
            in app.client.get(f"/s/grid/erase?entry={number}").text
        )


def test_a_participant_erases_no_text_of_others(app: AppClient, entries: dict[str, int]) -> None:
    app.be(PARTICIPANT, "grid")
    assert app.client.get(f"/s/grid/erase?entry={entries['question']}").status_code == 403
    sent = {"entry": str(entries["question"]), "reason": "x", "key": "k" * 20}
    assert app.client.post("/s/grid/erase", data=sent).status_code == 403
