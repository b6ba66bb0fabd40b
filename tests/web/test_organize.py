"""From a pasted page to a published programme and the passes, as forms without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from acquis.command import ONSITE, ORGANIZER, PARTICIPANT, RAPPORTEUR
from acquis.floor.segments import OpenSession
from acquis.plan.document import Goal, Person, PlannedSegment, from_yaml, to_yaml
from acquis.reference.profiles import profile_names

from .client import BOSS, PAGE, AppClient, alert, app_client, form_with


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        app.be(ORGANIZER)
        yield app


def pasted(app: AppClient, text: str = PAGE) -> str:
    """The plan page of a new session."""
    answer = app.client.post("/organize", data={"pasted": text}, files={"file": ("", b"")})
    assert answer.status_code == 200, alert(answer.text)
    return answer.text


def send(app: AppClient, path: str, **fields: str) -> tuple[int, str]:
    answer = app.client.post(path, data=fields)
    return answer.status_code, answer.text


def published(app: AppClient) -> str:
    """The id of a session that was pasted and published."""
    html = pasted(app)
    status, html = send(app, "/s/igf2021-ws77/plan", **form_with(html, act="publish"))
    assert (status, alert(html)) == (200, "")
    return "igf2021-ws77"


def test_a_page_becomes_a_draft_that_says_what_it_inferred(app: AppClient) -> None:
    html = pasted(app)
    assert "Who keeps the lights on: norms for power grids" in html
    assert "Amara Specimen" in html
    assert re.search(r"Inferred: the kind of segment, by the words", html)
    row = app.house.roster.session("igf2021-ws77")
    assert row is not None
    assert row.page.replace("\r\n", "\n").strip() == PAGE.strip()


def test_the_same_page_twice_is_two_sessions(app: AppClient) -> None:
    pasted(app)
    pasted(app)
    assert {row.id for row in app.house.roster.sessions()} == {"igf2021-ws77", "igf2021-ws77-2"}


@pytest.mark.parametrize("bad", ["", "Nothing of the kind <b>here</b>.", "title: [unclosed"])
def test_what_is_no_page_comes_back_with_one_sentence(app: AppClient, bad: str) -> None:
    answer = app.client.post("/organize", data={"pasted": bad}, files={"file": ("", b"")})
    assert answer.status_code == 422
    assert alert(answer.text)
    assert form_with(answer.text).get("pasted") == bad
    assert app.house.roster.sessions() == []


def test_a_picture_is_refused(app: AppClient) -> None:
    answer = app.client.post("/organize", data={"pasted": ""}, files={"file": ("a.png", b"\x89PNG\r\n\0\0\0" * 99)})
    assert answer.status_code == 422
    assert "not text" in alert(answer.text)


def test_a_file_beyond_the_limit_is_refused(app: AppClient) -> None:
    answer = app.client.post("/organize", data={"pasted": ""}, files={"file": ("a.txt", b"word " * 2_100_000)})
    assert answer.status_code in (413, 422)
    assert "too large" in answer.text
    assert app.house.roster.sessions() == []


def test_a_programme_in_yaml_is_taken_as_it_is(app: AppClient) -> None:
    html = pasted(app, "title: A town hall\nsegments:\n- {title: Floor, kind: questions, minutes: 60}\n")
    assert "A town hall" in html


def test_only_organizers_get_in(app: AppClient) -> None:
    pasted(app)
    for role in (PARTICIPANT, ONSITE, RAPPORTEUR, ""):
        app.be(role, "igf2021-ws77")
        for path in ("/organize", "/s/igf2021-ws77/plan"):
            assert app.client.get(path).status_code == 403
            assert app.client.post(path, data={"act": "publish"}).status_code == 403
        assert app.client.post("/s/igf2021-ws77/passes", data={"act": "give", "role": "rapporteur"}).status_code == 403


def test_the_form_changes_the_draft_and_the_findings_follow(app: AppClient) -> None:
    html = pasted(app)
    assert "add up to" not in html
    form = form_with(html, act="fields")
    form |= {"title": "Lights", "segments.0.minutes": "25", "balance": "region"}
    del form["moderated"]
    status, html = send(app, "/s/igf2021-ws77/plan", **form)
    assert status == 200
    assert "add up to 75 min. The session lasts 60" in html
    assert form_with(html, act="fields") == {
        **form_with(html, act="fields"),
        "title": "Lights",
        "segments.0.minutes": "25",
        "balance": "region",
    }
    assert "moderated" not in form_with(html, act="fields")


def test_what_cannot_be_kept_comes_back_as_it_was_typed(app: AppClient) -> None:
    html = pasted(app)
    change = {"segments.1.minutes": "a few", "zone": "Atlantis", "policy_questions.1.text": "And who pays?"}
    status, answer = send(app, "/s/igf2021-ws77/plan", **{**form_with(html, act="fields"), **change})
    assert status == 422
    assert "Nothing has been saved yet" in alert(answer)
    assert change.items() <= form_with(answer, act="fields").items()
    text = "title: Half\n  broken: [\n# my comment"
    status, answer = send(app, "/s/igf2021-ws77/plan", **{**form_with(html, act="yaml"), "yaml": text})
    assert status == 422
    assert "Line 2" in alert(answer)
    assert form_with(answer, act="yaml")["yaml"] == text


def test_every_wrong_field_is_marked_and_listed_with_a_link(app: AppClient) -> None:
    """W M10: a message at the top, the field 3000 px below and not marked."""
    form = {**form_with(pasted(app), act="fields"), "segments.1.minutes": "a few", "zone": "Atlantis"}
    _, html = send(app, "/s/igf2021-ws77/plan", **form)
    for name in ("segments.1.minutes", "zone"):
        (field,) = re.findall(rf'<input id="{re.escape(name)}"[^>]*>', html)
        assert 'aria-invalid="true"' in field
        (line,) = re.findall(r'aria-describedby="(error-\d)"', field)
        assert re.search(rf'id="{line}"[^>]*>“', html)
        assert f'<a href="#{name}" target="_self">“' in html
    assert html.count("aria-invalid") == 2
    assert "Expected `" not in html


@pytest.mark.parametrize(
    "text", ["title: A\nsegments: [{title: b, kind: panel, minutes: x}]", "title: A\nrooom: b", "x: 1"]
)
def test_an_error_of_the_text_is_told_in_words(app: AppClient, text: str) -> None:
    """W M10: `Expected int, got str` was shown to people."""
    form = {**form_with(pasted(app), act="yaml"), "yaml": text}
    told = alert(send(app, "/s/igf2021-ws77/plan", **form)[1])
    assert told
    assert not re.search(r"Expected|Object|`|\[\d", told)


@pytest.mark.parametrize("name", profile_names())
def test_the_form_is_shown_under_the_rules_of_every_event(app: AppClient, name: str) -> None:
    form = form_with(pasted(app), act="fields") | {"profile": name}
    status, html = send(app, "/s/igf2021-ws77/plan", **form)
    assert (status, form_with(html, act="fields")["profile"]) == (200, name)


def test_an_empty_programme_holds_nothing_of_the_model_case(app: AppClient) -> None:
    """W M9: it silently became a workshop of IGF 2021, with the deadline of its report."""
    html = app.client.post("/organize", data={"do": "blank"}, files={"file": ("", b"")}).text
    form = form_with(html, act="fields")
    filled = {name for name, value in form.items() if value and not name.startswith(("act", "base", "segments.0.kind"))}
    set_by_default = {"moderated", "anonymous_questions", "publish_ballots"}
    assert filled == {"zone", "profile", "balance", "segments.0.more", *set_by_default}
    without_choices = re.sub(r"<select.*?</select>", "", html, flags=re.DOTALL)
    assert "2021" not in without_choices.replace(form_with(html, act="yaml")["yaml"], "")
    assert "earlier session" not in html
    assert form["profile"] == "panel"


def test_the_text_is_kept_with_its_comments(app: AppClient) -> None:
    html = pasted(app)
    text = form_with(html, act="yaml")["yaml"] + "# ask Amara about her region\n"
    status, html = send(app, "/s/igf2021-ws77/plan", **{**form_with(html, act="yaml"), "yaml": text})
    assert status == 200
    assert form_with(html, act="yaml")["yaml"].rstrip() == text.rstrip()


def test_two_people_who_edit_at_once_lose_nothing(app: AppClient) -> None:
    first = form_with(pasted(app), act="fields")
    assert send(app, "/s/igf2021-ws77/plan", **{**first, "room": "Mine"})[0] == 200
    status, html = send(app, "/s/igf2021-ws77/plan", **{**first, "room": "Theirs"})
    assert status == 409
    assert form_with(html, act="fields")["room"] == "Theirs"
    assert "Mine" in app.house.roster.sessions()[0].draft
    assert send(app, "/s/igf2021-ws77/plan", **form_with(html, act="fields"))[0] == 200
    assert "Theirs" in app.house.roster.sessions()[0].draft


def test_what_was_inferred_can_be_confirmed(app: AppClient) -> None:
    html = pasted(app)
    form = {"act": "checked", "base": form_with(html, act="fields")["base"]}
    status, html = send(app, "/s/igf2021-ws77/plan", **form)
    assert status == 200
    assert "inferred</b>" not in html


def test_errors_ask_a_second_time_before_they_are_published(app: AppClient) -> None:
    html = pasted(app)
    form = {**form_with(html, act="fields"), "segments.0.minutes": "50"}
    _, html = send(app, "/s/igf2021-ws77/plan", **form)
    status, html = send(app, "/s/igf2021-ws77/plan", **form_with(html, act="publish"))
    assert status == 409
    assert app.state("igf2021-ws77").phase == "draft"
    status, html = send(app, "/s/igf2021-ws77/plan", **form_with(html, act="publish", sure="yes"))
    assert status == 200
    assert app.state("igf2021-ws77").phase == "published"


def test_an_empty_programme_is_begun_whatever_file_was_chosen_before(app: AppClient) -> None:
    answer = app.client.post("/organize", data={"do": "blank"}, files={"file": ("picture.docx", b"PK\x03\x04\0\0")})
    assert answer.status_code == 200
    assert app.state("session").phase == "draft"


def test_an_empty_programme_cannot_be_published_but_can_be_filled(app: AppClient) -> None:
    answer = app.client.post("/organize", data={"pasted": "", "do": "blank"}, files={"file": ("", b"")})
    assert answer.status_code == 200
    form = form_with(answer.text, act="publish") | {"sure": "yes"}
    status, html = send(app, "/s/session/plan", **form)
    assert status == 409
    assert alert(html)
    assert app.state("session").phase == "draft"


def test_after_publication_there_are_a_code_and_passes(app: AppClient) -> None:
    id = published(app)
    html = app.client.get(f"/s/{id}/plan").text
    row = app.house.roster.session(id)
    assert row is not None
    assert f"{row.code[:4]}-{row.code[4:]}" in html
    status, html = send(app, f"/s/{id}/passes", **form_with(html, act="give", role="rapporteur"))
    (link,) = re.findall(r'value="(http://testserver/p/[^"]+)"', html)
    assert status == 200
    assert link not in app.client.get(f"/s/{id}/plan").text
    (holder,) = app.house.roster.passes(id)
    assert (holder.roles, holder.name) == (frozenset({RAPPORTEUR}), "Femi Apeere")
    app.client.cookies.clear()
    assert app.client.get(link).url.path == f"/s/{id}/desk"


def test_a_revoked_pass_opens_nothing(app: AppClient) -> None:
    id = published(app)
    _, html = send(app, f"/s/{id}/passes", act="give", role="onsite_moderator", seat="0", name="Dag")
    link = re.findall(r'value="(http://testserver/p/[^"]+)"', html)[0]
    (holder,) = app.house.roster.passes(id)
    send(app, f"/s/{id}/passes", act="revoke", person=holder.person, key="revoke-key")
    app.client.cookies.clear()
    assert app.client.get(link).status_code == 404


@pytest.mark.parametrize("role", ["participant", "reader", "king", ""])
def test_other_roles_are_not_handed_out(app: AppClient, role: str) -> None:
    id = published(app)
    assert send(app, f"/s/{id}/passes", act="give", role=role)[0] == 400
    assert list(app.house.roster.passes(id)) == []


def test_an_open_session_cannot_be_edited(app: AppClient) -> None:
    id = published(app)
    form = form_with(app.client.get(f"/s/{id}/plan").text, act="fields")
    app.do(id, OpenSession(), BOSS)
    html = app.client.get(f"/s/{id}/plan").text
    assert 'value="fields"' not in html
    draft = app.house.roster.sessions()[0].draft
    for act in ("fields", "publish"):
        status, html = send(app, f"/s/{id}/plan", **{**form, "room": "Elsewhere", "act": act, "key": "k" * 20})
        assert (status, bool(alert(html))) == (409, True)
    assert app.house.roster.sessions()[0].draft == draft
    programme = app.state(id).programme
    assert programme.room == "Ballroom C"


def test_words_of_a_page_are_never_markup(app: AppClient) -> None:
    html = pasted(
        app, PAGE.replace("Ballroom C", "<script>alert(1)</script>").replace("Grid Institute", '"><img src=x>')
    )
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_the_form_as_a_browser_sends_it_changes_nothing(app: AppClient) -> None:
    """W M9: with every field filled, also who may speak in a segment, the goals, and the gender of a speaker."""
    pasted(app)
    full = replace(
        from_yaml(draft_of(app)),
        speakers=(Person("Ada", "Ministry", "Government", "African Group", "woman"), Person("Bo", gender="as I say")),
        segments=(
            PlannedSegment("Panel", "panel", 60, turn_limit_s=90, fair=True, open_floor=False),
            PlannedSegment(
                "Floor", "questions", 30, stakeholders=("Private Sector", "Guests", "Government"), registered=True
            ),
            PlannedSegment("Closing", "closing", 5),
        ),
        sdgs=(Goal(16, ("16.6", "16.10")), Goal(9)),
        sdg_text="Institutions.\n\nAnd more.",
    )
    app.house.roster.save_draft("igf2021-ws77", to_yaml(full))
    html = app.client.get("/s/igf2021-ws77/plan").text
    assert send(app, "/s/igf2021-ws77/plan", **form_with(html, act="fields"))[0] == 200
    assert from_yaml(draft_of(app)) == full


def draft_of(app: AppClient) -> str:
    row = app.house.roster.session("igf2021-ws77")
    assert row is not None
    return row.draft
