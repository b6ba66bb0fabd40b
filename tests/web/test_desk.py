"""The rapporteur's desk, as a form without a script, and the report that comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from acquis.command import ONLINE, PARTICIPANT, RAPPORTEUR, SPEAKER
from acquis.events import Sentence
from acquis.publication.verify import verify_lines

from .table import PROGRAMME, Table, alert, forms, laid

DESK = "/s/grid/desk"


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    with laid(tmp_path) as table:
        yield table


@pytest.fixture
def said(table: Table) -> dict[str, int]:
    found = table.hold("grid")
    table.be(RAPPORTEUR, "grid")
    return found


def form(html: str) -> dict[str, str]:
    """The draft's form as it stands."""
    return next(form for form in forms(html) if "key" in form and "do" not in form)


def press(table: Table, html: str, act: str, **fields: str) -> str:
    """The page after a button of the draft was pressed."""
    answer = table.client.post(DESK, data={**form(html), "act": act, **fields})
    assert answer.status_code == 200, alert(answer.text)
    return answer.text


def ids(table: Table, part: str = "takeaways") -> list[str]:
    return [one.id for one in table.state("grid").draft.get(part, [])]


def written(table: Table, part: str = "takeaways") -> tuple[Sentence, ...]:
    """The sentences of the draft as they are kept."""
    return tuple(one.sentence() for one in table.state("grid").draft.get(part, []))


def text(id: str) -> str:
    return f"s.{id}.text"


def desk(table: Table) -> str:
    return table.client.get(DESK).text


def test_a_sentence_is_added_cited_moved_and_removed(table: Table, said: dict[str, int]) -> None:
    html = press(table, desk(table), "add:takeaways")
    (first,) = ids(table)
    html = press(table, html, "add:takeaways", **{text(first): "First."})
    _, second = ids(table)
    html = press(table, html, f"cite:{second}", **{text(second): "Second.", f"pick.{said['turn']}": "on"})
    assert written(table) == (Sentence("First."), Sentence("Second.", (said["turn"],)))
    html = press(table, html, f"up:{second}")
    assert ids(table) == [second, first]
    html = press(table, html, f"uncite:{second}:{said['turn']}")
    html = press(table, html, f"remove:{first}")
    assert written(table) == (Sentence("Second."),)
    assert "no evidence yet" in html


@pytest.mark.parametrize(
    "act", ["up:1", "down:takeaways", "remove:999", "cite:nothing", "use:takeaways:99999", "dance", "both:7", ""]
)
def test_a_button_that_has_nothing_to_do_loses_nothing(table: Table, said: dict[str, int], act: str) -> None:
    html = press(table, desk(table), "add:takeaways")
    press(table, html, act, **{text(ids(table)[0]): "Stays."})
    assert written(table) == (Sentence("Stays."),)


def test_a_suggestion_becomes_a_sentence_with_its_evidence(table: Table, said: dict[str, int]) -> None:
    html = desk(table)
    assert f'value="use:consensus:{said["statement"]}"' in html
    press(table, html, f"use:consensus:{said['statement']}")
    assert written(table, "consensus") == (Sentence("Norms need a keeper.", (said["statement"],)),)


def test_a_suggestion_says_why_and_a_closed_session_begins_with_proposals(table: Table, said: dict[str, int]) -> None:
    html = desk(table)
    assert "12 votes." in html
    assert "Nothing of them is in the report until you take it" in html
    press(table, html, f"use:takeaways:{said['statement']}")
    assert 'value="use:takeaways' in desk(table)
    assert html.count("proposed") > desk(table).count("proposed")


def test_the_same_form_sent_twice_does_everything_once(table: Table, said: dict[str, int]) -> None:
    html = desk(table)
    for _ in range(2):
        press(table, html, "add:takeaways")
    html = desk(table)
    fields = {text(ids(table)[0]): "Once."}
    for _ in range(2):
        press(table, html, "add:takeaways", **fields)
    assert written(table) == (Sentence("Once."), Sentence(""))


def test_what_was_drafted_is_never_public(table: Table, said: dict[str, int]) -> None:
    html = press(table, desk(table), "add:takeaways")
    press(table, html, "save", **{text(ids(table)[0]): "Not for everybody yet."})
    log = table.client.get("/s/grid/log.jsonl").text
    assert "SentenceDrafted" in log
    assert "Not for everybody" not in log
    assert verify_lines(log.encode().splitlines()).ok


def test_texts_that_were_held_back_are_not_on_the_desk(table: Table, said: dict[str, int]) -> None:
    assert "private matter" not in desk(table)


def test_the_counter_shows_the_limit_of_the_profile_and_never_refuses(table: Table, said: dict[str, int]) -> None:
    html = press(table, desk(table), "add:takeaways")
    html = press(table, html, "save", **{text(ids(table)[0]): "word " * 140})
    assert "699 of 600 characters, 140 words" in html


def test_a_note_goes_on_the_record_with_whatever_button(table: Table, said: dict[str, int]) -> None:
    note = {f"note.{said['turn']}": "The grid needs a keeper."}
    html = press(table, desk(table), "note", **note)
    assert table.state("grid").turns[said["turn"]].note == "The grid needs a keeper."
    before = table.state("grid").turns[said["turn"]].note_entry
    press(table, html, "add:concern", **note)
    assert table.state("grid").turns[said["turn"]].note_entry == before


def test_the_report_is_published_and_corrected(table: Table, said: dict[str, int]) -> None:
    html = press(table, desk(table), f"use:takeaways:{said['statement']}")
    answer = table.client.post(DESK, data={**form(html), "act": "publish"})
    assert answer.url.path == "/s/grid/record"
    assert "Norms need a keeper." in answer.text
    html = desk(table)
    changed = {**form(html), "act": "publish", text(ids(table)[0]): "Norms need a keeper with money."}
    answer = table.client.post(DESK, data=changed)
    assert answer.status_code == 409
    assert "with money" in answer.text
    answer = table.client.post(
        DESK, data={**form(answer.text), "act": "publish", "correction": "The money was missing."}
    )
    assert answer.url.path == "/s/grid/record"
    assert "The money was missing." in answer.text
    assert [report.body.takeaways[0].text for report in table.state("grid").reports] == [
        "Norms need a keeper.",
        "Norms need a keeper with money.",
    ]


def test_empty_sentences_stay_in_the_draft_and_out_of_the_report(table: Table, said: dict[str, int]) -> None:
    html = press(table, desk(table), f"use:takeaways:{said['statement']}")
    html = press(table, html, "add:takeaways")
    table.client.post(DESK, data={**form(html), "act": "publish"})
    assert len(table.state("grid").reports[0].body.takeaways) == 1


def test_a_report_before_the_end_is_refused_and_the_draft_is_kept(table: Table) -> None:
    said = table.hold("grid", close=False)
    table.be(RAPPORTEUR, "grid")
    html = press(table, desk(table), f"use:takeaways:{said['statement']}")
    answer = table.client.post(DESK, data={**form(html), "act": "publish"})
    assert answer.status_code == 409
    assert alert(answer.text)
    assert written(table)


@pytest.fixture
def met(table: Table, said: dict[str, int]) -> tuple[str, str, str]:
    """Two opened the desk with one sentence, and the first has saved theirs: id, the page of the second, and what came
    back when the second saved."""
    html = press(table, desk(table), "add:takeaways")
    (id,) = ids(table)
    press(table, html, "save", **{text(id): "Theirs."})
    answer = table.client.post(DESK, data={**form(html), "act": "save", text(id): "Mine."})
    assert answer.status_code == 409
    return id, html, answer.text


def test_two_who_write_the_same_sentence_see_both(table: Table, met: tuple[str, str, str]) -> None:
    id, _, html = met
    assert "Somebody else changed this sentence" in alert(html)
    assert form(html)[text(id)] == "Mine."
    assert ">Theirs.</blockquote>" in html
    assert written(table) == (Sentence("Theirs."),)


@pytest.mark.parametrize(
    ("act", "kept"), [("mine:{id}", ["Mine."]), ("theirs:{id}", ["Theirs."]), ("both:{id}", ["Theirs.", "Mine."])]
)
def test_the_writer_chooses_which_stays(table: Table, met: tuple[str, str, str], act: str, kept: list[str]) -> None:
    id, _, html = met
    press(table, html, act.format(id=id))
    assert [one.text for one in written(table)] == kept


@pytest.mark.parametrize("act", ["save", "add:takeaways", "cite:{id}", "tie:{id}:norm-j", "publish", "preview"])
def test_no_other_button_chooses_between_the_two(table: Table, met: tuple[str, str, str], act: str) -> None:
    id, _, html = met
    answer = table.client.post(DESK, data={**form(html), "act": act.format(id=id)})
    assert answer.status_code == 409
    assert form(answer.text)[text(id)] == "Mine."
    assert ">Theirs.</blockquote>" in answer.text
    assert written(table)[0].text == "Theirs."
    assert table.state("grid").reports == []


def test_whoever_comes_to_the_same_words_has_nothing_to_choose(table: Table, met: tuple[str, str, str]) -> None:
    id, _, html = met
    page = press(table, html, "save", **{text(id): "Theirs."})
    assert "meanwhile" not in page
    assert written(table) == (Sentence("Theirs."),)


def test_a_choice_meets_the_next_change_of_the_other_too(table: Table, met: tuple[str, str, str]) -> None:
    id, _, html = met
    press(table, desk(table), "save", **{text(id): "Theirs again."})
    answer = table.client.post(DESK, data={**form(html), "act": f"mine:{id}"})
    assert answer.status_code == 409
    assert (form(answer.text)[text(id)], "Theirs again." in answer.text) == ("Mine.", True)
    press(table, answer.text, f"mine:{id}")
    assert written(table) == (Sentence("Mine."),)


def test_the_evidence_that_the_other_cited_is_shown_beside_their_words(table: Table, said: dict[str, int]) -> None:
    html = press(table, desk(table), "add:takeaways")
    (id,) = ids(table)
    press(table, html, f"cite:{id}", **{f"pick.{said['turn']}": "on"})
    answer = table.client.post(DESK, data={**form(html), "act": "save", text(id): "Mine."})
    assert answer.status_code == 409
    assert f"#{said['turn']}</a>" in answer.text.split("met-box")[1].split("</div>")[0]


def test_a_script_may_ask_for_the_draft_alone(table: Table, said: dict[str, int]) -> None:
    html = press(table, desk(table), "add:takeaways")
    alone = table.client.get(f"{DESK}?only=draft").text
    assert form(alone).keys() == {name for name in form(html) if not name.startswith("note.")}
    assert "<h2" not in alone
    assert len(alone) < len(html)
    (id,) = ids(table)
    page = press(table, alone, "add:takeaways", only="draft", **{text(id): "From the script."})
    assert "<h2" not in page
    assert form(page)[text(id)] == "From the script."
    answer = table.client.post(DESK, data={**form(html), "act": "save", "only": "draft", text(id): "Late."})
    assert (answer.status_code, "<h2" in answer.text) == (409, False)
    assert alert(answer.text)


def test_two_who_write_different_sentences_never_meet(table: Table, said: dict[str, int]) -> None:
    html = press(table, press(table, desk(table), "add:takeaways"), "add:concern")
    (one,), (other,) = ids(table), ids(table, "concern")
    press(table, html, "save", **{text(one): "One."})
    press(table, html, "save", **{text(other): "Other."})
    assert (written(table), written(table, "concern")) == ((Sentence("One."),), (Sentence("Other."),))


def test_what_somebody_else_took_out_can_be_kept(table: Table, said: dict[str, int]) -> None:
    html = press(table, desk(table), "add:takeaways")
    (id,) = ids(table)
    press(table, html, f"remove:{id}")
    answer = table.client.post(DESK, data={**form(html), "act": "save", text(id): "Still wanted."})
    assert answer.status_code == 409
    assert "took this sentence out" in answer.text
    press(table, answer.text, f"both:{id}")
    assert written(table) == (Sentence("Still wanted."),)


def test_a_script_saves_and_is_told_of_a_collision(table: Table, said: dict[str, int]) -> None:
    html = press(table, desk(table), "add:takeaways")
    (id,) = ids(table)
    json = {"accept": "application/json"}
    fields = {**form(html), "act": "save", text(id): "By script."}
    told = table.client.post(DESK, data=fields, headers=json).json()
    assert told["theirs"] == {}
    again = {**fields, f"s.{id}.base": told["rows"][id]["base"], f"s.{id}.was": told["rows"][id]["was"]}
    assert table.client.post(DESK, data={**again, text(id): "Again."}, headers=json).status_code == 200
    late = table.client.post(DESK, data={**fields, text(id): "Late."}, headers=json)
    assert late.status_code == 409
    assert late.json()["theirs"][id]["text"] == "Again."
    assert late.json()["rows"] == {}


def test_a_script_that_saves_one_sentence_learns_nothing_false_of_another(table: Table, said: dict[str, int]) -> None:
    html = press(table, press(table, desk(table), "add:takeaways"), "add:concern")
    (one,), (other,) = ids(table), ids(table, "concern")
    press(table, html, "save", **{text(other): "Theirs, not seen yet."})
    fields = {**form(html), "act": "save", text(one): "Mine."}
    told = table.client.post(DESK, data=fields, headers={"accept": "application/json"}).json()
    assert told["rows"].keys() == {one}
    assert told["theirs"] == {}


def test_the_desk_tells_a_script_what_changed_and_who_else_is_here(table: Table, said: dict[str, int]) -> None:
    json = {"accept": "application/json"}
    before = table.client.get(DESK, headers=json).json()
    table.be(ONLINE, "grid")
    press(table, desk(table), "add:takeaways")
    after = table.client.get(DESK, headers=json).json()
    assert before["mark"] != after["mark"]
    assert before["others"] == []
    assert len(after["others"]) == 1


def test_what_is_refused_comes_back_as_it_was_typed(table: Table, said: dict[str, int]) -> None:
    html = press(table, desk(table), "add:takeaways")
    (id,) = ids(table)
    answer = table.client.post(DESK, data={**form(html), "act": "save", text(id): "x" * 5001})
    assert answer.status_code == 400
    assert form(answer.text)[text(id)] == "x" * 5001


def test_the_longer_report_is_written_by_the_fields_of_the_profile(table: Table, said: dict[str, int]) -> None:
    html = press(table, desk(table), f"use:takeaways:{said['statement']}")
    html = press(table, html, "add:field_session_report")
    (id,) = ids(table, "field_session_report")
    html = press(table, html, "save", **{text(id): "The session began with the norms."})
    table.client.post(DESK, data={**form(html), "act": "publish"})
    (section,) = table.state("grid").reports[0].body.sections
    assert (section.field, section.paragraphs[0].text) == ("session_report", "The session began with the norms.")
    for path in ("record", "report.md", "report.html", "report.json"):
        found = table.client.get(f"/s/grid/{path}").text
        assert "The session began with the norms." in found, path
        assert "Session Report" in found, path


def test_the_longer_report_may_begin_with_what_is_counted(table: Table, said: dict[str, int]) -> None:
    counted = (
        "12 people joined. 1 turn was given through the queue. 2 questions were asked: 0 answered here, 0 in writing, "
        "1 not reached. 1 statement was voted on: 12 votes. Online: 0 % of hands, 0 % of floor time."
    )
    html = desk(table)
    assert counted in html
    assert written(table, "field_session_report") == ()
    for _ in range(2):
        html = press(table, html, "begin:field_session_report")
    assert written(table, "field_session_report") == (Sentence(counted),)
    assert "counted from the log" not in html


def test_nothing_is_proposed_before_the_end(table: Table) -> None:
    table.hold("grid", close=False)
    table.be(RAPPORTEUR, "grid")
    assert "proposed" not in desk(table)


def test_the_preview_has_the_longer_report(table: Table, said: dict[str, int]) -> None:
    html = press(table, desk(table), "add:field_session_report")
    (id,) = ids(table, "field_session_report")
    cited = {f"s.{id}.cites": str(said["question"])}
    html = press(table, html, "preview", **{text(id): "It began with the norms.", **cited})
    assert "It began with the norms." in html
    assert "Session Report" in html
    assert f"entry {said['question']} of the log" in html


def test_an_earlier_form_of_the_gathering_has_its_own_fields(table: Table) -> None:
    table.add("older", replace(PROGRAMME, gathering="IGF 2019", profile="igf-2019"))
    table.be(RAPPORTEUR, "older")
    html = table.client.get("/s/older/desk").text
    assert "Reflection to Gender Issues" in html
    assert "Session Report" not in html


def test_the_desk_says_how_the_online_room_fares_once_both_are_crowds(table: Table, said: dict[str, int]) -> None:
    assert "Online:" in desk(table)


def test_the_preview_is_not_published(table: Table, said: dict[str, int]) -> None:
    html = press(table, desk(table), f"use:takeaways:{said['statement']}")
    html = press(table, html, "preview")
    assert "this is not published" in html
    assert "Norms need a keeper." in html
    assert table.state("grid").reports == []


def test_who_may_sit_at_the_desk(table: Table, said: dict[str, int]) -> None:
    for role, status in ((ONLINE, 200), (PARTICIPANT, 403), (SPEAKER, 403), ("", 403)):
        table.be(role, "grid")
        assert table.client.get(DESK).status_code == status
        assert table.client.post(DESK, data={"act": "preview"}).status_code == status


def test_a_form_with_thousands_of_fields_is_refused(table: Table, said: dict[str, int]) -> None:
    answer = table.client.post(DESK, data={f"pick.{number}": "on" for number in range(5000)})
    assert answer.status_code == 400
