"""The rapporteur's desk, as a form without a script: sentences, and two people who write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from acquis.command import ONLINE, PARTICIPANT, RAPPORTEUR, SPEAKER, Actor
from acquis.events import Sentence
from acquis.floor.questions import ApproveQuestion, AskQuestion
from acquis.publication.verify import verify_lines
from acquis.report.drafting import DraftSentence
from acquis.web.pages.desk import page as desk_page

from .client import HOST, AppClient, alert, app_client
from .desk import DESK, address, desk, form, ids, press, text, written


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        yield app


@pytest.fixture
def said(app: AppClient) -> dict[str, int]:
    found = app.hold("grid")
    app.be(RAPPORTEUR, "grid")
    return found


def test_a_sentence_is_added_cited_moved_and_removed(app: AppClient, said: dict[str, int]) -> None:
    html = press(app, desk(app), "add:takeaways")
    (first,) = ids(app)
    html = press(app, html, "add:takeaways", **{text(first): "First."})
    _, second = ids(app)
    html = press(app, html, f"cite:{second}", **{text(second): "Second.", f"pick.{said['turn']}": "on"})
    assert written(app) == (Sentence("First."), Sentence("Second.", (said["turn"],)))
    html = press(app, html, f"up:{second}")
    assert ids(app) == [second, first]
    html = press(app, html, f"uncite:{second}:{said['turn']}")
    html = press(app, html, f"remove:{first}")
    assert written(app) == (Sentence("Second."),)
    assert "No evidence cited yet." in html


@pytest.mark.parametrize(
    "act", ["up:1", "down:takeaways", "remove:999", "cite:nothing", "use:takeaways:99999", "dance", "both:7", ""]
)
def test_a_button_that_has_nothing_to_do_loses_nothing(app: AppClient, said: dict[str, int], act: str) -> None:
    html = press(app, desk(app), "add:takeaways")
    press(app, html, act, **{text(ids(app)[0]): "Stays."})
    assert written(app) == (Sentence("Stays."),)


def test_many_questions_are_offered_page_by_page(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_page, "ENTRIES_EACH", 2)
    app.hold("many", close=False)
    app.be(RAPPORTEUR, "many")
    people = [Actor(f"p-{n}", f"v-{n}", roles=frozenset({PARTICIPANT})) for n in range(16)]
    asked = [app.do("many", AskQuestion(f"Who pays for number {n}?"), who) for n, who in enumerate(people)]
    for seq in asked:
        app.do("many", ApproveQuestion(seq))

    def pieces(query: str) -> set[int]:
        listed = {int(seq) for seq in re.findall(r'id="e(\d+)"', app.client.get(f"/s/many/desk{query}").text)}
        return listed & set(asked)

    pages = [pieces(f"?questions={n}") for n in range(1, 8)]
    offered = set.intersection(*pages)
    assert set.union(*pages) == set(asked)
    assert all(len(page - offered) <= 2 for page in pages)
    assert asked[-1] not in pages[0]
    assert asked[-1] in pieces(f"?entry={asked[-1]}")
    app.do("many", DraftSentence("takeaways", "Somebody pays.", (asked[-1],)), HOST)
    assert pieces("") == {*pages[0], asked[-1]}, "what is cited is on every page"
    assert f'<a href="#e{asked[-1]}" title="Who pays' in app.client.get("/s/many/desk").text


def test_the_same_form_sent_twice_does_everything_once(app: AppClient, said: dict[str, int]) -> None:
    html = desk(app)
    for _ in range(2):
        press(app, html, "add:takeaways")
    html = desk(app)
    fields = {text(ids(app)[0]): "Once."}
    for _ in range(2):
        press(app, html, "add:takeaways", **fields)
    assert written(app) == (Sentence("Once."), Sentence(""))


def test_what_was_drafted_is_never_public(app: AppClient, said: dict[str, int]) -> None:
    html = press(app, desk(app), "add:takeaways")
    press(app, html, "save", **{text(ids(app)[0]): "Not for everybody yet."})
    log = app.client.get("/s/grid/log.jsonl").text
    assert "SentenceDrafted" in log
    assert "Not for everybody" not in log
    assert verify_lines(log.encode().splitlines()).ok


def test_texts_that_were_held_back_are_not_on_the_desk(app: AppClient, said: dict[str, int]) -> None:
    assert "private matter" not in desk(app)


def test_the_counter_shows_the_limit_of_the_profile_and_never_refuses(app: AppClient, said: dict[str, int]) -> None:
    html = press(app, desk(app), "add:takeaways")
    html = press(app, html, "save", **{text(ids(app)[0]): "word " * 140})
    assert "Characters: 699 of 600. Words: 140." in html


def test_a_note_goes_on_the_record_with_whatever_button(app: AppClient, said: dict[str, int]) -> None:
    note = {f"note.{said['turn']}": "The grid needs a keeper."}
    html = press(app, desk(app), "note", **note)
    assert app.state("grid").turns[said["turn"]].note == "The grid needs a keeper."
    before = app.state("grid").turns[said["turn"]].note_entry
    press(app, html, "add:concern", **note)
    assert app.state("grid").turns[said["turn"]].note_entry == before


@pytest.fixture
def met(app: AppClient, said: dict[str, int]) -> tuple[str, str, str]:
    """Two opened the desk with one sentence, and the first has saved theirs: id, the page of the second, and what came
    back when the second saved."""
    html = press(app, desk(app), "add:takeaways")
    (id,) = ids(app)
    press(app, html, "save", **{text(id): "Theirs."})
    answer = app.client.post(DESK, data={**form(html), "act": "save", text(id): "Mine."})
    assert answer.status_code == 409
    return id, html, answer.text


def test_two_who_write_the_same_sentence_see_both(app: AppClient, met: tuple[str, str, str]) -> None:
    id, _, html = met
    assert "Someone else has changed this sentence" in alert(html)
    assert form(html)[text(id)] == "Mine."
    assert ">Theirs.</blockquote>" in html
    assert written(app) == (Sentence("Theirs."),)


@pytest.mark.parametrize(
    ("act", "kept"), [("mine:{id}", ["Mine."]), ("theirs:{id}", ["Theirs."]), ("both:{id}", ["Theirs.", "Mine."])]
)
def test_the_writer_chooses_which_stays(app: AppClient, met: tuple[str, str, str], act: str, kept: list[str]) -> None:
    id, _, html = met
    press(app, html, act.format(id=id))
    assert [one.text for one in written(app)] == kept


@pytest.mark.parametrize("act", ["save", "add:takeaways", "cite:{id}", "tie:{id}:norm-j", "publish", "preview"])
def test_no_other_button_chooses_between_the_two(app: AppClient, met: tuple[str, str, str], act: str) -> None:
    id, _, html = met
    act = act.format(id=id)
    answer = app.client.post(address(html, act), data={**form(html), "act": act})
    assert answer.status_code == 409
    assert form(answer.text)[text(id)] == "Mine."
    assert ">Theirs.</blockquote>" in answer.text
    assert written(app)[0].text == "Theirs."
    assert app.state("grid").reports == []


def test_whoever_comes_to_the_same_words_has_nothing_to_choose(app: AppClient, met: tuple[str, str, str]) -> None:
    id, _, html = met
    page = press(app, html, "save", **{text(id): "Theirs."})
    assert "meanwhile" not in page
    assert written(app) == (Sentence("Theirs."),)


def test_a_choice_meets_the_next_change_of_the_other_too(app: AppClient, met: tuple[str, str, str]) -> None:
    id, _, html = met
    press(app, desk(app), "save", **{text(id): "Theirs again."})
    answer = app.client.post(DESK, data={**form(html), "act": f"mine:{id}"})
    assert answer.status_code == 409
    assert (form(answer.text)[text(id)], "Theirs again." in answer.text) == ("Mine.", True)
    press(app, answer.text, f"mine:{id}")
    assert written(app) == (Sentence("Mine."),)


def test_the_evidence_that_the_other_cited_is_shown_beside_their_words(app: AppClient, said: dict[str, int]) -> None:
    html = press(app, desk(app), "add:takeaways")
    (id,) = ids(app)
    press(app, html, f"cite:{id}", **{f"pick.{said['turn']}": "on"})
    answer = app.client.post(DESK, data={**form(html), "act": "save", text(id): "Mine."})
    assert answer.status_code == 409
    assert f" {said['turn']}</a>" in answer.text.split("met-box")[1].split("</div>")[0]


def test_a_script_may_ask_for_the_draft_alone(app: AppClient, said: dict[str, int]) -> None:
    html = press(app, desk(app), "add:takeaways")
    alone = app.client.get(f"{DESK}?only=draft").text
    assert form(alone).keys() == {name for name in form(html) if not name.startswith("note.")}
    assert "<h1" not in alone
    assert len(alone) < len(html)
    (id,) = ids(app)
    page = press(app, alone, "add:takeaways", only="draft", **{text(id): "From the script."})
    assert "<h1" not in page
    assert form(page)[text(id)] == "From the script."
    answer = app.client.post(DESK, data={**form(html), "act": "save", "only": "draft", text(id): "Late."})
    assert (answer.status_code, "<h1" in answer.text) == (409, False)
    assert alert(answer.text)


def test_two_who_write_different_sentences_never_meet(app: AppClient, said: dict[str, int]) -> None:
    html = press(app, press(app, desk(app), "add:takeaways"), "add:concern")
    (one,), (other,) = ids(app), ids(app, "concern")
    press(app, html, "save", **{text(one): "One."})
    press(app, html, "save", **{text(other): "Other."})
    assert (written(app), written(app, "concern")) == ((Sentence("One."),), (Sentence("Other."),))


def test_what_somebody_else_took_out_can_be_kept(app: AppClient, said: dict[str, int]) -> None:
    html = press(app, desk(app), "add:takeaways")
    (id,) = ids(app)
    press(app, html, f"remove:{id}")
    answer = app.client.post(DESK, data={**form(html), "act": "save", text(id): "Still wanted."})
    assert answer.status_code == 409
    assert "has removed this sentence" in answer.text
    press(app, answer.text, f"both:{id}")
    assert written(app) == (Sentence("Still wanted."),)


def test_a_script_saves_and_is_told_of_a_collision(app: AppClient, said: dict[str, int]) -> None:
    html = press(app, desk(app), "add:takeaways")
    (id,) = ids(app)
    json = {"accept": "application/json"}
    fields = {**form(html), "act": "save", text(id): "By script."}
    told = app.client.post(DESK, data=fields, headers=json).json()
    assert told["theirs"] == {}
    again = {**fields, f"s.{id}.base": told["rows"][id]["base"], f"s.{id}.was": told["rows"][id]["was"]}
    assert app.client.post(DESK, data={**again, text(id): "Again."}, headers=json).status_code == 200
    late = app.client.post(DESK, data={**fields, text(id): "Late."}, headers=json)
    assert late.status_code == 409
    assert late.json()["theirs"][id]["text"] == "Again."
    assert late.json()["rows"] == {}


def test_a_script_that_saves_one_sentence_learns_nothing_false_of_another(app: AppClient, said: dict[str, int]) -> None:
    html = press(app, press(app, desk(app), "add:takeaways"), "add:concern")
    (one,), (other,) = ids(app), ids(app, "concern")
    press(app, html, "save", **{text(other): "Theirs, not seen yet."})
    fields = {**form(html), "act": "save", text(one): "Mine."}
    told = app.client.post(DESK, data=fields, headers={"accept": "application/json"}).json()
    assert told["rows"].keys() == {one}
    assert told["theirs"] == {}


def test_the_desk_tells_a_script_what_changed_and_who_else_is_here(app: AppClient, said: dict[str, int]) -> None:
    json = {"accept": "application/json"}
    before = app.client.get(DESK, headers=json).json()
    app.be(ONLINE, "grid")
    press(app, desk(app), "add:takeaways")
    after = app.client.get(DESK, headers=json).json()
    assert before["mark"] != after["mark"]
    assert before["others"] == []
    assert len(after["others"]) == 1


def test_what_is_refused_comes_back_as_it_was_typed(app: AppClient, said: dict[str, int]) -> None:
    html = press(app, desk(app), "add:takeaways")
    (id,) = ids(app)
    answer = app.client.post(DESK, data={**form(html), "act": "save", text(id): "x" * 5001})
    assert answer.status_code == 400
    assert form(answer.text)[text(id)] == "x" * 5001


def test_the_desk_says_how_the_online_room_fares_once_both_are_crowds(app: AppClient, said: dict[str, int]) -> None:
    assert "Online:" in desk(app)


def test_who_may_sit_at_the_desk(app: AppClient, said: dict[str, int]) -> None:
    for role, status in ((ONLINE, 200), (PARTICIPANT, 403), (SPEAKER, 403), ("", 403)):
        app.be(role, "grid")
        assert app.client.get(DESK).status_code == status
        for tail in ("", "/take", "/preview"):
            assert app.client.post(f"{DESK}{tail}", data={"act": "save"}).status_code == status
        assert app.client.post(f"{DESK}/publish", data={"act": "publish"}).status_code == (
            403 if status == 403 else 409
        )


def test_a_form_with_thousands_of_fields_is_refused(app: AppClient, said: dict[str, int]) -> None:
    answer = app.client.post(DESK, data={f"pick.{number}": "on" for number in range(5000)})
    assert answer.status_code == 400


def test_a_proposal_is_taken_although_another_sentence_waits_for_a_choice(
    app: AppClient, said: dict[str, int], met: tuple[str, str, str]
) -> None:
    id, _, html = met
    act = f"use:takeaways:{said['statement']}"
    assert address(html, act) == f"{DESK}/take"
    answer = app.client.post(f"{DESK}/take", data={**form(html), "act": act})
    assert answer.status_code == 409
    assert form(answer.text)[text(id)] == "Mine."
    assert [one.text for one in written(app, "takeaways")][-1:] == ["Norms need a keeper."]
