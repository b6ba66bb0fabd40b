"""The page that checks fingerprints and receipts, and the page with somebody's own receipts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from tests.web.client import BOSS, AppClient, alert, app_client, form_with

from acquis.command import ORGANIZER, Actor
from acquis.erasure import EraseText
from acquis.floor.questions import ApproveQuestion, AskQuestion, MergeQuestions
from acquis.record.merkle import leaf_hash
from acquis.record.receipts import Receipt, decode
from acquis.record.words import words_of
from acquis.web.http.passes import cookie_name


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        yield app


def link(app: AppClient, entry: int) -> bytes:
    return app.house.board.record.links("grid", entry - 1, entry)[0][0]


def told(page: str) -> list[str]:
    """What the page says: the sentence of each entry, or the one that says why there is none."""
    entries = [unescape(sentence) for sentence in re.findall(r'<h2 id="entry-\d+">([^<]*)<', page)]
    return entries or [unescape(problem) for problem in [alert(page)] if problem]


def check(app: AppClient, noted: str) -> list[str]:
    answer = app.client.post("/s/grid/check", files={"noted": (None, noted)})
    assert answer.status_code == 200
    return told(answer.text)


def test_a_fingerprint_is_that_of_an_entry_or_of_another_record(app: AppClient) -> None:
    said = app.hold("grid")
    digits = link(app, said["statement"]).hex()
    unchanged = [f"In the record as entry {said['statement']}, unchanged."]
    for noted in (digits, digits[:8], digits[:16].upper(), f" {digits[:8]} {digits[8:16]}\n"):
        assert check(app, noted) == unchanged
        assert told(app.client.get("/s/grid/check", params={"noted": noted}).text) == unchanged
    (other,) = check(app, digits[:20] + "0" * 20)
    assert other.startswith("No entry of this record")
    assert check(app, digits[:7]) == ["Enter at least 8 digits of the fingerprint."]
    assert check(app, "") == ["Enter a fingerprint, four words or a receipt."]
    assert told(app.client.get("/s/grid/check").text) == []


def test_four_words_name_an_entry(app: AppClient) -> None:
    said = app.hold("grid")
    words = words_of(leaf_hash(link(app, said["question"])))
    assert check(app, words) == [f"In the record as entry {said['question']}, unchanged."]
    assert check(app, words.upper().replace(" ", ", ")) == check(app, words)
    (other,) = check(app, "abandon ability able about")
    assert other.startswith("Not in this record.")
    for noted in ("abandon ability able", "not words of list", '{"acquis":', "<script>"):
        assert len(check(app, noted)) == 1
    assert check(app, "{}") == ["This receipt was changed or damaged, so it proves nothing."]


def test_what_became_of_an_entry_is_said(app: AppClient) -> None:
    said = app.hold("grid", close=False)
    people = [Actor(f"p-{n}", f"v-{n}", frozenset({"participant"})) for n in range(2)]
    kept, merged = (app.do("grid", AskQuestion(text), asker) for text, asker in zip("AB", people))
    app.do("grid", ApproveQuestion(kept))
    app.do("grid", MergeQuestions(merged, kept))
    assert check(app, link(app, merged).hex()) == [f"In the record as entry {merged}, merged into question {kept}."]
    app.do("grid", EraseText(said["question"], "Names a person."), BOSS)
    erased = f"In the record as entry {said['question']}. Its text was erased: Names a person."
    assert check(app, link(app, said["question"]).hex()) == [erased]
    assert ORGANIZER in BOSS.roles


def someone(app: AppClient) -> str:
    """Join as a new person; the secret of the pass."""
    app.client.cookies.clear()
    answer = app.client.post("/s/grid/join", data={"lane": "room"})
    assert answer.status_code == 200
    return next(iter(app.client.cookies.values()))


def become(app: AppClient, secret: str) -> None:
    app.client.cookies.clear()
    app.client.cookies.set(cookie_name("grid"), secret)


def test_a_person_sees_receipts_of_all_own_acts_and_of_nobody_else(app: AppClient) -> None:
    app.hold("grid", close=False)
    ann, ben = someone(app), someone(app)
    become(app, ann)
    for n, act in enumerate(({"do": "ask_question", "text": "Who keeps the keys?"}, {"do": "raise_hand"})):
        answer = app.client.post("/s/grid/do", json=act, headers={"idempotency-key": f"receipt-{n}"})
        assert answer.status_code == 201
    page = app.client.get("/s/grid/receipts").text
    assert [act in page for act in ("You joined.", "You asked a question.", "You asked for the floor.")] == [True] * 3
    assert "You voted." not in page
    entries = re.findall(r'<li id="e(\d+)">', page)
    words = re.findall(r'class="words"><bdi[^>]*>([^<]*)<', page)
    assert [words_of(leaf_hash(link(app, int(n)))) for n in entries] == words
    assert len(words) == 3
    code = app.client.get(f"/s/grid/receipts/{entries[0]}.svg")
    assert (code.status_code, code.headers["content-type"]) == (200, "image/svg+xml")
    for other in ("1", "0", "9" * 30, "x"):
        assert app.client.get(f"/s/grid/receipts/{other}.svg").status_code == 404
    become(app, ben)
    assert app.client.get(f"/s/grid/receipts/{entries[0]}.svg").status_code == 404
    assert len(re.findall(r'<li id="e', app.client.get("/s/grid/receipts").text)) == 1
    app.client.cookies.clear()
    assert app.client.get("/s/grid/receipts").status_code == 403


def test_an_organizer_names_a_witness(app: AppClient) -> None:
    app.hold("grid", close=False)
    app.be("organizer")
    form = form_with(app.client.get("/s/grid/check").text, do="name_witness")
    refused = app.client.post("/s/grid/do", data={**form, "witness": "x"})
    assert "This is not the key of a witness." in unescape(refused.text)
    key = "witness.example+7e81f231+BAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
    assert app.client.post("/s/grid/do", data={**form, "witness": key}).status_code == 200
    assert app.state("grid").witnesses == [key]
    app.be("onsite_moderator", "grid")
    assert "name_witness" not in app.client.get("/s/grid/check").text


def file_of(app: AppClient, entry: int) -> bytes:
    answer = app.client.get(f"/s/grid/receipts/{entry}.json")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    return answer.content


def test_a_receipt_is_a_file_that_the_page_takes(app: AppClient) -> None:
    app.hold("grid", close=False)
    someone(app)
    ask = {"do": "ask_question", "text": "Who reads it?"}
    assert app.client.post("/s/grid/do", json=ask, headers={"idempotency-key": "asked-0001"}).status_code == 201
    asked = app.state("grid").seq
    app.do("grid", ApproveQuestion(asked))
    page = app.client.get("/s/grid/receipts").text
    assert f'href="/s/grid/receipts/{asked}.json"' in page
    kept = file_of(app, asked)
    receipt = decode(kept)
    assert isinstance(receipt, Receipt)
    assert (receipt.seq, receipt.link) == (asked, link(app, asked).hex())
    unchanged = [f"In the record as entry {asked}, unchanged."]
    assert check(app, kept.decode()) == unchanged
    uploaded = app.client.post("/s/grid/check", files={"file": ("receipt.json", kept)})
    assert told(uploaded.text) == unchanged
    app.do("grid", EraseText(asked, "Names a person."), BOSS)
    assert check(app, kept.decode()) == [f"In the record as entry {asked}. Its text was erased: Names a person."]
    app.be("")
    assert app.client.get(f"/s/grid/receipts/{asked}.json").status_code == 403
