"""The rapporteur's desk, as a form without a script, and the report that comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from acquis.command import ONLINE, PARTICIPANT, RAPPORTEUR, SPEAKER
from acquis.events import Sentence
from acquis.report.takeaways import draft_of

from .table import Table, alert, forms, laid

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
    return next(form for form in forms(html) if "base" in form)


def press(table: Table, html: str, act: str, **fields: str) -> str:
    """The page after a button of the draft was pressed."""
    answer = table.client.post(DESK, data={**form(html), "act": act, **fields})
    assert answer.status_code == 200, alert(answer.text)
    return answer.text


def desk(table: Table) -> str:
    return table.client.get(DESK).text


def test_a_sentence_is_added_cited_moved_and_removed(table: Table, said: dict[str, int]) -> None:
    html = press(table, desk(table), "add:takeaways")
    html = press(table, html, "add:takeaways", **{"takeaways.0.text": "First."})
    html = press(table, html, "cite:takeaways:1", **{"takeaways.1.text": "Second.", f"pick.{said['turn']}": "on"})
    kept = draft_of(table.house.roster.report("grid"))
    assert kept.takeaways == (Sentence("First."), Sentence("Second.", (said["turn"],)))
    html = press(table, html, "up:takeaways:1")
    html = press(table, html, f"uncite:takeaways:0:{said['turn']}")
    html = press(table, html, "remove:takeaways:1")
    assert draft_of(table.house.roster.report("grid")).takeaways == (Sentence("Second."),)
    assert "no evidence yet" in html


@pytest.mark.parametrize(
    "act",
    ["up:takeaways:0", "down:takeaways:0", "remove:takeaways:7", "cite:nothing:1", "use:takeaways:99999", "dance", ""],
)
def test_a_button_that_has_nothing_to_do_loses_nothing(table: Table, said: dict[str, int], act: str) -> None:
    html = press(table, desk(table), "add:takeaways")
    press(table, html, act, **{"takeaways.0.text": "Stays."})
    assert draft_of(table.house.roster.report("grid")).takeaways == (Sentence("Stays."),)


def test_a_suggestion_becomes_a_sentence_with_its_evidence(table: Table, said: dict[str, int]) -> None:
    html = desk(table)
    assert f'value="use:consensus:{said["statement"]}"' in html
    press(table, html, f"use:consensus:{said['statement']}")
    kept = draft_of(table.house.roster.report("grid"))
    assert kept.consensus == (Sentence("Norms need a keeper.", (said["statement"],)),)


def test_texts_that_were_held_back_are_not_on_the_desk(table: Table, said: dict[str, int]) -> None:
    assert "private matter" not in desk(table)


def test_the_counter_shows_the_limit_of_the_profile_and_never_refuses(table: Table, said: dict[str, int]) -> None:
    html = press(table, press(table, desk(table), "add:takeaways"), "save", **{"takeaways.0.text": "word " * 140})
    assert "699 of 600 characters, 140 words" in html


def test_a_note_goes_on_the_record_with_whatever_button(table: Table, said: dict[str, int]) -> None:
    note = {f"note.{said['turn']}": "The grid needs a keeper."}
    html = press(table, desk(table), "note", **note)
    assert table.state("grid").turns[said["turn"]].note == "The grid needs a keeper."
    before = table.state("grid").seq
    press(table, html, "add:concern", **note)
    assert table.state("grid").seq == before


def test_the_report_is_published_and_corrected(table: Table, said: dict[str, int]) -> None:
    html = press(table, desk(table), f"use:takeaways:{said['statement']}")
    answer = table.client.post(DESK, data={**form(html), "act": "publish"})
    assert answer.url.path == "/s/grid/record"
    assert "Norms need a keeper." in answer.text
    html = desk(table)
    changed = {**form(html), "act": "publish", "takeaways.0.text": "Norms need a keeper with money."}
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
    assert draft_of(table.house.roster.report("grid")).takeaways


def test_two_who_write_at_once_lose_nothing(table: Table, said: dict[str, int]) -> None:
    html = press(table, desk(table), "add:takeaways")
    press(table, html, "save", **{"takeaways.0.text": "Mine."})
    answer = table.client.post(DESK, data={**form(html), "act": "save", "takeaways.0.text": "Theirs."})
    assert answer.status_code == 409
    assert form(answer.text)["takeaways.0.text"] == "Theirs."
    assert "Mine." in answer.text
    press(table, answer.text, "save")
    assert draft_of(table.house.roster.report("grid")).takeaways == (Sentence("Theirs."),)


def test_a_script_saves_and_is_told_of_a_collision(table: Table, said: dict[str, int]) -> None:
    html = press(table, desk(table), "add:takeaways")
    fields = {**form(html), "act": "save", "takeaways.0.text": "By script."}
    answer = table.client.post(DESK, data=fields, headers={"accept": "application/json"})
    assert answer.status_code == 200
    again = {**fields, "base": answer.json()["base"], "takeaways.0.text": "By script, again."}
    assert table.client.post(DESK, data=again, headers={"accept": "application/json"}).status_code == 200
    late = table.client.post(DESK, data={**fields, "takeaways.0.text": "Late."}, headers={"accept": "application/json"})
    assert (late.status_code, late.json()["refused"]) == (409, "draft_changed")


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
