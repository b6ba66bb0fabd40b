"""The rapporteur's desk, as a form without a script, and the report that comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from acquis.command import ONLINE, PARTICIPANT, RAPPORTEUR, SPEAKER
from acquis.events import Sentence
from acquis.publication.verify import verify_lines

from .client import PROGRAMME, AppClient, alert, app_client, forms

DESK = "/s/grid/desk"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        yield app


@pytest.fixture
def said(app: AppClient) -> dict[str, int]:
    found = app.hold("grid")
    app.be(RAPPORTEUR, "grid")
    return found


def form(html: str) -> dict[str, str]:
    """The draft's form as it stands."""
    return next(form for form in forms(html) if "key" in form and "do" not in form)


def press(app: AppClient, html: str, act: str, **fields: str) -> str:
    """The page after a button of the draft was pressed."""
    answer = app.client.post(DESK, data={**form(html), "act": act, **fields})
    assert answer.status_code == 200, alert(answer.text)
    return answer.text


def ids(app: AppClient, part: str = "takeaways") -> list[str]:
    return [one.id for one in app.state("grid").draft.get(part, [])]


def written(app: AppClient, part: str = "takeaways") -> tuple[Sentence, ...]:
    """The sentences of the draft as they are kept."""
    return tuple(one.sentence() for one in app.state("grid").draft.get(part, []))


def text(id: str) -> str:
    return f"s.{id}.text"


def desk(app: AppClient) -> str:
    return app.client.get(DESK).text


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
    assert "no evidence yet" in html


@pytest.mark.parametrize(
    "act", ["up:1", "down:takeaways", "remove:999", "cite:nothing", "use:takeaways:99999", "dance", "both:7", ""]
)
def test_a_button_that_has_nothing_to_do_loses_nothing(app: AppClient, said: dict[str, int], act: str) -> None:
    html = press(app, desk(app), "add:takeaways")
    press(app, html, act, **{text(ids(app)[0]): "Stays."})
    assert written(app) == (Sentence("Stays."),)


def test_a_suggestion_becomes_a_sentence_with_its_evidence(app: AppClient, said: dict[str, int]) -> None:
    html = desk(app)
    assert f'value="use:consensus:{said["statement"]}"' in html
    press(app, html, f"use:consensus:{said['statement']}")
    assert written(app, "consensus") == (Sentence("Norms need a keeper.", (said["statement"],)),)


def test_a_suggestion_says_why_and_a_closed_session_begins_with_proposals(app: AppClient, said: dict[str, int]) -> None:
    html = desk(app)
    assert "12 votes." in html
    assert "Nothing of them is in the report until you take it" in html
    press(app, html, f"use:takeaways:{said['statement']}")
    assert 'value="use:takeaways' in desk(app)
    assert html.count("proposed") > desk(app).count("proposed")


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
    assert "699 of 600 characters, 140 words" in html


def test_a_note_goes_on_the_record_with_whatever_button(app: AppClient, said: dict[str, int]) -> None:
    note = {f"note.{said['turn']}": "The grid needs a keeper."}
    html = press(app, desk(app), "note", **note)
    assert app.state("grid").turns[said["turn"]].note == "The grid needs a keeper."
    before = app.state("grid").turns[said["turn"]].note_entry
    press(app, html, "add:concern", **note)
    assert app.state("grid").turns[said["turn"]].note_entry == before


def test_the_report_is_published_and_corrected(app: AppClient, said: dict[str, int]) -> None:
    html = press(app, desk(app), f"use:takeaways:{said['statement']}")
    answer = app.client.post(DESK, data={**form(html), "act": "publish"})
    assert answer.url.path == "/s/grid/record"
    assert "Norms need a keeper." in answer.text
    html = desk(app)
    changed = {**form(html), "act": "publish", text(ids(app)[0]): "Norms need a keeper with money."}
    answer = app.client.post(DESK, data=changed)
    assert answer.status_code == 409
    assert "with money" in answer.text
    answer = app.client.post(DESK, data={**form(answer.text), "act": "publish", "correction": "The money was missing."})
    assert answer.url.path == "/s/grid/record"
    assert "The money was missing." in answer.text
    assert [report.body.takeaways[0].text for report in app.state("grid").reports] == [
        "Norms need a keeper.",
        "Norms need a keeper with money.",
    ]


def test_empty_sentences_stay_in_the_draft_and_out_of_the_report(app: AppClient, said: dict[str, int]) -> None:
    html = press(app, desk(app), f"use:takeaways:{said['statement']}")
    html = press(app, html, "add:takeaways")
    app.client.post(DESK, data={**form(html), "act": "publish"})
    assert len(app.state("grid").reports[0].body.takeaways) == 1


def test_a_report_before_the_end_is_refused_and_the_draft_is_kept(app: AppClient) -> None:
    said = app.hold("grid", close=False)
    app.be(RAPPORTEUR, "grid")
    html = press(app, desk(app), f"use:takeaways:{said['statement']}")
    answer = app.client.post(DESK, data={**form(html), "act": "publish"})
    assert answer.status_code == 409
    assert alert(answer.text)
    assert written(app)


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
    assert "Somebody else changed this sentence" in alert(html)
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
    answer = app.client.post(DESK, data={**form(html), "act": act.format(id=id)})
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
    assert f"#{said['turn']}</a>" in answer.text.split("met-box")[1].split("</div>")[0]


def test_a_script_may_ask_for_the_draft_alone(app: AppClient, said: dict[str, int]) -> None:
    html = press(app, desk(app), "add:takeaways")
    alone = app.client.get(f"{DESK}?only=draft").text
    assert form(alone).keys() == {name for name in form(html) if not name.startswith("note.")}
    assert "<h2" not in alone
    assert len(alone) < len(html)
    (id,) = ids(app)
    page = press(app, alone, "add:takeaways", only="draft", **{text(id): "From the script."})
    assert "<h2" not in page
    assert form(page)[text(id)] == "From the script."
    answer = app.client.post(DESK, data={**form(html), "act": "save", "only": "draft", text(id): "Late."})
    assert (answer.status_code, "<h2" in answer.text) == (409, False)
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
    assert "took this sentence out" in answer.text
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


def test_the_longer_report_is_written_by_the_fields_of_the_profile(app: AppClient, said: dict[str, int]) -> None:
    html = press(app, desk(app), f"use:takeaways:{said['statement']}")
    html = press(app, html, "add:field_session_report")
    (id,) = ids(app, "field_session_report")
    html = press(app, html, "save", **{text(id): "The session began with the norms."})
    app.client.post(DESK, data={**form(html), "act": "publish"})
    (section,) = app.state("grid").reports[0].body.sections
    assert (section.field, section.paragraphs[0].text) == ("session_report", "The session began with the norms.")
    for path in ("record", "report.md", "report.html", "report.json"):
        found = app.client.get(f"/s/grid/{path}").text
        assert "The session began with the norms." in found, path
        assert "Session Report" in found, path


def test_the_longer_report_may_begin_with_what_is_counted(app: AppClient, said: dict[str, int]) -> None:
    counted = (
        "12 people joined. 1 turn was given through the queue. 2 questions were asked: 0 answered here, 0 in writing, "
        "1 not reached. 1 statement was voted on: 12 votes. Online: 0 % of hands, 0 % of floor time."
    )
    html = desk(app)
    assert counted in html
    assert written(app, "field_session_report") == ()
    for _ in range(2):
        html = press(app, html, "begin:field_session_report")
    assert written(app, "field_session_report") == (Sentence(counted),)
    assert "counted from the log" not in html


def test_nothing_is_proposed_before_the_end(app: AppClient) -> None:
    app.hold("grid", close=False)
    app.be(RAPPORTEUR, "grid")
    assert "proposed" not in desk(app)


def test_the_preview_has_the_longer_report(app: AppClient, said: dict[str, int]) -> None:
    html = press(app, desk(app), "add:field_session_report")
    (id,) = ids(app, "field_session_report")
    cited = {f"s.{id}.cites": str(said["question"])}
    html = press(app, html, "preview", **{text(id): "It began with the norms.", **cited})
    assert "It began with the norms." in html
    assert "Session Report" in html
    assert f"entry {said['question']} of the log" in html


def test_an_earlier_form_of_the_gathering_has_its_own_fields(app: AppClient) -> None:
    app.add("older", replace(PROGRAMME, gathering="IGF 2019", profile="igf-2019"))
    app.be(RAPPORTEUR, "older")
    html = app.client.get("/s/older/desk").text
    assert "Reflection to Gender Issues" in html
    assert "Session Report" not in html


def test_the_desk_says_how_the_online_room_fares_once_both_are_crowds(app: AppClient, said: dict[str, int]) -> None:
    assert "Online:" in desk(app)


def test_the_preview_is_not_published(app: AppClient, said: dict[str, int]) -> None:
    html = press(app, desk(app), f"use:takeaways:{said['statement']}")
    html = press(app, html, "preview")
    assert "this is not published" in html
    assert "Norms need a keeper." in html
    assert app.state("grid").reports == []


def test_who_may_sit_at_the_desk(app: AppClient, said: dict[str, int]) -> None:
    for role, status in ((ONLINE, 200), (PARTICIPANT, 403), (SPEAKER, 403), ("", 403)):
        app.be(role, "grid")
        assert app.client.get(DESK).status_code == status
        assert app.client.post(DESK, data={"act": "preview"}).status_code == status


def test_a_form_with_thousands_of_fields_is_refused(app: AppClient, said: dict[str, int]) -> None:
    answer = app.client.post(DESK, data={f"pick.{number}": "on" for number in range(5000)})
    assert answer.status_code == 400
