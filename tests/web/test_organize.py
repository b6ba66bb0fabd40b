"""From a pasted page to a published programme and the passes, as forms without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from acquis.command import ONSITE, ORGANIZER, PARTICIPANT, RAPPORTEUR
from acquis.floor.segments import OpenSession

from .table import BOSS, PAGE, Table, alert, form_with, laid


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    with laid(tmp_path) as table:
        table.be(ORGANIZER)
        yield table


def pasted(table: Table, text: str = PAGE) -> str:
    """The plan page of a new session."""
    answer = table.client.post("/organize", data={"pasted": text}, files={"file": ("", b"")})
    assert answer.status_code == 200, alert(answer.text)
    return answer.text


def send(table: Table, path: str, **fields: str) -> tuple[int, str]:
    answer = table.client.post(path, data=fields)
    return answer.status_code, answer.text


def published(table: Table) -> str:
    """The id of a session that was pasted and published."""
    html = pasted(table)
    status, html = send(table, "/s/igf2021-ws77/plan", **form_with(html, act="publish"))
    assert (status, alert(html)) == (200, "")
    return "igf2021-ws77"


def test_a_page_becomes_a_draft_that_says_what_it_inferred(table: Table) -> None:
    html = pasted(table)
    assert "Who keeps the lights on: norms for power grids" in html
    assert "Amara Specimen" in html
    assert re.search(r"inferred</b>\s*questions, by the words", html)
    row = table.house.roster.session("igf2021-ws77")
    assert row is not None
    assert row.page.replace("\r\n", "\n").strip() == PAGE.strip()


def test_the_same_page_twice_is_two_sessions(table: Table) -> None:
    pasted(table)
    pasted(table)
    assert {row.id for row in table.house.roster.sessions()} == {"igf2021-ws77", "igf2021-ws77-2"}


@pytest.mark.parametrize("bad", ["", "Nothing of the kind <b>here</b>.", "title: [unclosed"])
def test_what_is_no_page_comes_back_with_one_sentence(table: Table, bad: str) -> None:
    answer = table.client.post("/organize", data={"pasted": bad}, files={"file": ("", b"")})
    assert answer.status_code == 422
    assert alert(answer.text)
    assert form_with(answer.text).get("pasted") == bad
    assert table.house.roster.sessions() == []


def test_a_picture_is_refused(table: Table) -> None:
    answer = table.client.post("/organize", data={"pasted": ""}, files={"file": ("a.png", b"\x89PNG\r\n\0\0\0" * 99)})
    assert answer.status_code == 422
    assert "not text" in alert(answer.text)


def test_a_file_beyond_the_limit_is_refused(table: Table) -> None:
    answer = table.client.post("/organize", data={"pasted": ""}, files={"file": ("a.txt", b"word " * 2_100_000)})
    assert answer.status_code in (413, 422)
    assert "too large" in answer.text
    assert table.house.roster.sessions() == []


def test_a_programme_in_yaml_is_taken_as_it_is(table: Table) -> None:
    html = pasted(table, "title: A town hall\nsegments:\n- {title: Floor, kind: questions, minutes: 60}\n")
    assert "A town hall" in html


def test_only_organizers_get_in(table: Table) -> None:
    pasted(table)
    for role in (PARTICIPANT, ONSITE, RAPPORTEUR, ""):
        table.be(role, "igf2021-ws77")
        for path in ("/organize", "/s/igf2021-ws77/plan"):
            assert table.client.get(path).status_code == 403
            assert table.client.post(path, data={"act": "publish"}).status_code == 403
        assert table.client.post("/s/igf2021-ws77/passes", data={"role": "rapporteur"}).status_code == 403


def test_the_form_changes_the_draft_and_the_findings_follow(table: Table) -> None:
    html = pasted(table)
    assert "add up to" not in html
    form = form_with(html, act="fields")
    form |= {"title": "Lights", "segments.0.minutes": "25", "balance": "region"}
    del form["moderated"]
    status, html = send(table, "/s/igf2021-ws77/plan", **form)
    assert status == 200
    assert "add up to 75 minutes, the slot has 60" in html
    assert form_with(html, act="fields") == {
        **form_with(html, act="fields"),
        "title": "Lights",
        "segments.0.minutes": "25",
        "balance": "region",
    }
    assert "moderated" not in form_with(html, act="fields")


def test_what_cannot_be_kept_comes_back_as_it_was_typed(table: Table) -> None:
    html = pasted(table)
    for change, told in (({"segments.1.minutes": "a few"}, "segments[1].minutes"), ({"zone": "Atlantis"}, "zone")):
        status, answer = send(table, "/s/igf2021-ws77/plan", **{**form_with(html, act="fields"), **change})
        assert status == 422
        assert told in alert(answer)
        assert change.items() <= form_with(answer, act="fields").items()
    text = "title: Half\n  broken: [\n# my comment"
    status, answer = send(table, "/s/igf2021-ws77/plan", **{**form_with(html, act="yaml"), "yaml": text})
    assert status == 422
    assert "Line 2" in alert(answer)
    assert form_with(answer, act="yaml")["yaml"] == text


def test_the_text_is_kept_with_its_comments(table: Table) -> None:
    html = pasted(table)
    text = form_with(html, act="yaml")["yaml"] + "# ask Amara about her region\n"
    status, html = send(table, "/s/igf2021-ws77/plan", **{**form_with(html, act="yaml"), "yaml": text})
    assert status == 200
    assert form_with(html, act="yaml")["yaml"].rstrip() == text.rstrip()


def test_two_people_who_edit_at_once_lose_nothing(table: Table) -> None:
    first = form_with(pasted(table), act="fields")
    assert send(table, "/s/igf2021-ws77/plan", **{**first, "room": "Mine"})[0] == 200
    status, html = send(table, "/s/igf2021-ws77/plan", **{**first, "room": "Theirs"})
    assert status == 409
    assert form_with(html, act="fields")["room"] == "Theirs"
    assert "Mine" in table.house.roster.sessions()[0].draft
    assert send(table, "/s/igf2021-ws77/plan", **form_with(html, act="fields"))[0] == 200
    assert "Theirs" in table.house.roster.sessions()[0].draft


def test_what_was_inferred_can_be_confirmed(table: Table) -> None:
    html = pasted(table)
    form = {"act": "checked", "base": form_with(html, act="fields")["base"]}
    status, html = send(table, "/s/igf2021-ws77/plan", **form)
    assert status == 200
    assert "inferred</b>" not in html


def test_errors_ask_a_second_time_before_they_are_published(table: Table) -> None:
    html = pasted(table)
    form = {**form_with(html, act="fields"), "segments.0.minutes": "50"}
    _, html = send(table, "/s/igf2021-ws77/plan", **form)
    status, html = send(table, "/s/igf2021-ws77/plan", **form_with(html, act="publish"))
    assert status == 409
    assert table.state("igf2021-ws77").phase == "draft"
    status, html = send(table, "/s/igf2021-ws77/plan", **form_with(html, act="publish", sure="yes"))
    assert status == 200
    assert table.state("igf2021-ws77").phase == "published"


def test_an_empty_programme_cannot_be_published_but_can_be_filled(table: Table) -> None:
    answer = table.client.post("/organize", data={"pasted": "", "do": "blank"}, files={"file": ("", b"")})
    assert answer.status_code == 200
    form = form_with(answer.text, act="publish") | {"sure": "yes"}
    status, html = send(table, "/s/session/plan", **form)
    assert status == 409
    assert alert(html)
    assert table.state("session").phase == "draft"


def test_after_publication_there_are_a_code_and_passes(table: Table) -> None:
    id = published(table)
    html = table.client.get(f"/s/{id}/plan").text
    row = table.house.roster.session(id)
    assert row is not None
    assert f"{row.code[:4]}-{row.code[4:]}" in html
    status, html = send(table, f"/s/{id}/passes", **form_with(html, role="rapporteur"))
    (link,) = re.findall(r'value="(http://testserver/p/[^"]+)"', html)
    assert status == 200
    assert link not in table.client.get(f"/s/{id}/plan").text
    (holder,) = table.house.roster.passes(id)
    assert (holder.roles, holder.name) == (frozenset({RAPPORTEUR}), "Femi Apeere")
    table.client.cookies.clear()
    assert table.client.get(link).url.path == f"/s/{id}/desk"


def test_a_revoked_pass_opens_nothing(table: Table) -> None:
    id = published(table)
    _, html = send(table, f"/s/{id}/passes", role="onsite_moderator", seat="0", name="Dag")
    link = re.findall(r'value="(http://testserver/p/[^"]+)"', html)[0]
    (holder,) = table.house.roster.passes(id)
    send(table, f"/s/{id}/passes", revoke=holder.person)
    table.client.cookies.clear()
    assert table.client.get(link).status_code == 404


@pytest.mark.parametrize("role", ["organizer", "participant", "reader", "king", ""])
def test_other_roles_are_not_handed_out(table: Table, role: str) -> None:
    id = published(table)
    assert send(table, f"/s/{id}/passes", role=role)[0] == 400
    assert list(table.house.roster.passes(id)) == []


def test_an_open_session_cannot_be_edited(table: Table) -> None:
    id = published(table)
    form = form_with(table.client.get(f"/s/{id}/plan").text, act="fields")
    table.do(id, OpenSession(), BOSS)
    html = table.client.get(f"/s/{id}/plan").text
    assert 'value="fields"' not in html
    draft = table.house.roster.sessions()[0].draft
    for act in ("fields", "publish"):
        status, html = send(table, f"/s/{id}/plan", **{**form, "room": "Elsewhere", "act": act, "key": "k" * 20})
        assert (status, bool(alert(html))) == (409, True)
    assert table.house.roster.sessions()[0].draft == draft
    programme = table.state(id).programme
    assert programme is not None
    assert programme.room == "Ballroom C"


def test_words_of_a_page_are_never_markup(table: Table) -> None:
    html = pasted(
        table, PAGE.replace("Ballroom C", "<script>alert(1)</script>").replace("Grid Institute", '"><img src=x>')
    )
    assert "<script>alert" not in html
    assert "<img src=x" not in html
