"""The access links of a session: made, shown once, given a last day, replaced and revoked."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from acquis.cli import main
from acquis.command import ONSITE, ORGANIZER, RAPPORTEUR, SPEAKER
from acquis.events import TeamMemberReplaced
from acquis.floor.queue import RaiseHand, RestoreHand
from acquis.floor.segments import CloseSession, OpenSession, StartSegment
from acquis.floor.statements import SeedStatement
from acquis.plan.document import FloorSettings, Person, to_data, to_yaml
from acquis.plan.programme import PublishProgramme

from .client import BOSS, PROGRAMME, AppClient, alert, app_client, form_with

LINK = re.compile(r'value="(http://testserver/p/[^"]+)"')


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path, "2026-12-01T10:00:00+00:00") as app:
        app.add("grid")
        app.house.roster.save_draft("grid", to_yaml(PROGRAMME))
        app.be(ORGANIZER)
        yield app


def plan(app: AppClient) -> str:
    return app.client.get("/s/grid/plan").text


def send(app: AppClient, **fields: str) -> str:
    return app.client.post("/s/grid/passes", data=fields).text


def opens(app: AppClient, link: str) -> str:
    """The path of the page to which a link leads a new browser; empty if it leads nowhere."""
    kept = dict(app.client.cookies)
    app.client.cookies.clear()
    answer = app.client.get(link)
    app.client.cookies.clear()
    app.client.cookies.update(kept)
    return answer.url.path if answer.status_code == 200 else ""


def person_of(app: AppClient, name: str) -> str:
    return next(one.person for one in app.house.roster.passes("grid") if one.name == name)


def test_all_links_are_made_at_once_and_shown_with_everything_to_send_them(app: AppClient) -> None:
    """W M8: one act makes the links of the whole team: a table with codes, a text for each mail, a file."""
    html = send(app, **form_with(plan(app), act="missing"))
    links = LINK.findall(html)
    assert [opens(app, link) for link in links] == ["/s/grid/desk", "/s/grid", "/s/grid"]
    assert html.count('src="data:image/svg+xml') == 3
    assert "this is your personal access link as rapporteur" in html
    file = base64.b64decode(re.findall(r'href="data:text/csv;charset=utf-8;base64,([^"]+)"', html)[0]).decode(
        "utf-8-sig"
    )
    assert file.splitlines()[0] == "role,name,link"
    assert file.splitlines()[1] == f"rapporteur,Femi Apeere,{links[0]}"
    assert not LINK.findall(plan(app)), "they are shown once"
    assert "Create all links" not in plan(app)


def test_links_under_the_chatham_house_rule_are_those_of_everybody(app: AppClient) -> None:
    """The links were made from the state without names: one of nobody, and none for the moderators."""
    ruled = replace(PROGRAMME, settings=FloorSettings(chatham_house_rule=True))
    app.house.roster.save_draft("grid", to_yaml(ruled))
    app.do("grid", PublishProgramme(to_data(ruled)), BOSS)
    html = send(app, **form_with(plan(app), act="missing"))
    links = LINK.findall(html)
    assert [opens(app, link) for link in links] == ["/s/grid/desk", "/s/grid", "/s/grid"]
    assert all(name in html for name in ("Femi Apeere", "this is your personal access link as speaker"))
    assert "Create all links" not in plan(app)


def test_links_stand_before_the_programme_once_it_is_published(app: AppClient) -> None:
    """W M8: the links are not below the form."""
    ids = re.findall(r'<h2 id="([a-z-]+)"', plan(app))
    assert ids.index("links") < ids.index("findings") < ids.index("programme") < ids.index("edit")


@pytest.mark.parametrize("name", ["", "   "])
@pytest.mark.parametrize("role", [ONSITE, ORGANIZER])
def test_a_link_without_a_name_is_shown(app: AppClient, role: str, name: str) -> None:
    """B F4: it gave an internal error, and the link was never shown."""
    html = send(app, act="give", role=role, name=name)
    assert len(LINK.findall(html)) == 1
    assert "no name given" in html


def test_a_co_organizer_organizes_this_session_only(app: AppClient) -> None:
    """W B3: another organizer can be named."""
    link = LINK.findall(send(app, act="give", role=ORGANIZER, name="Lin"))[0]
    app.client.cookies.clear()
    assert app.client.get(link).url.path == "/s/grid/plan"
    assert 'href="/organize"' not in plan(app)
    assert app.client.get("/organize").status_code == 403
    assert LINK.findall(send(app, act="give", role=RAPPORTEUR, name="Ada"))


def test_a_new_link_replaces_the_old_one_and_keeps_the_person(app: AppClient) -> None:
    old = LINK.findall(send(app, act="give", role=SPEAKER, seat="2", name="Bruno Muster"))[0]
    (before,) = app.house.roster.passes("grid")
    new = LINK.findall(send(app, act="rotate", person=before.person))[0]
    (after,) = app.house.roster.passes("grid")
    assert (after.person, after.voice, after.seat, after.name) == (before.person, before.voice, 2, "Bruno Muster")
    assert (opens(app, old), opens(app, new)) == ("", "/s/grid")


def test_new_links_for_everybody_leave_none_of_the_old_ones(app: AppClient) -> None:
    old = LINK.findall(send(app, act="missing"))
    new = LINK.findall(send(app, act="rotate_all"))
    assert len(new) == len(old) == 3
    assert not any(opens(app, link) for link in old)
    assert all(opens(app, link) for link in new)


@pytest.mark.parametrize("typed", ["2026-12-07", "7 December 2026", "Monday, 7 December 2026"])
def test_a_link_has_a_last_day(tmp_path: Path, typed: str) -> None:
    with app_client(tmp_path, "2026-12-01T10:00:00+00:00") as app:
        app.add("grid")
        app.be(ORGANIZER)
        link = LINK.findall(send(app, act="give", role=ONSITE, name="Dag"))[0]
        html = send(app, act="until", person=person_of(app, "Dag"), until=typed)
        assert "works until the end of 7 December 2026" in html
        assert opens(app, link)
    with app_client(tmp_path, "2026-12-08T00:00:01+00:00") as app:
        assert not opens(app, link), "the day is over"
        app.be(ORGANIZER)
        assert "the link has expired" in plan(app)
        send(app, act="until", person=person_of(app, "Dag"), until="")
        assert opens(app, link)


def test_a_last_day_that_is_no_day_is_refused_in_words(app: AppClient) -> None:
    send(app, act="give", role=ONSITE, name="Dag")
    for typed in ("soon", "31 February 2027", "Tuesday, 7 December 2026"):
        assert "is not a date" in alert(send(app, act="until", person=person_of(app, "Dag"), until=typed))


def test_people_who_speak_without_a_device_hold_no_link(app: AppClient) -> None:
    """W m13: somebody at the microphone was listed among those who hold a pass."""
    app.do("grid", OpenSession(), BOSS)
    app.do("grid", StartSegment(1))
    app.be(ONSITE, "grid")
    fields = {"do": "enter_hand", "name": "Dee (blue jacket)", "lane": "room", "page": "console", "key": "k" * 20}
    app.client.post("/s/grid/do", data=fields)
    assert "Dee (blue jacket)" in app.house.roster.names("grid").values()
    app.be(ORGANIZER)
    html = plan(app)
    undo = "<p data-ages>Dee (blue jacket) was added to the list. <button>Undo</button></p>"
    assert html.count(undo) == 1
    assert "Dee (blue jacket)" not in html.replace(undo, "")


def test_a_lost_organizers_link_is_replaced_from_the_command_line(app: AppClient, tmp_path: Path) -> None:
    """W B3: whoever has the machine gets in again while the server runs; the lost link is cut off at once."""
    assert app.client.get("/organize").status_code == 200
    result = CliRunner().invoke(main, ["pass", "organizer", "--data", str(tmp_path), "--url", "http://testserver/"])
    assert result.exit_code == 0, result.output
    assert "It revokes 1 earlier organizer's link of all sessions." in result.output
    assert app.client.get("/organize").status_code == 403
    assert opens(app, re.findall(r"http://testserver/p/\S+", result.output)[0]) == "/organize"


def test_the_command_line_makes_a_link_for_one_session(app: AppClient, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["pass", "organizer", "grid", "--data", str(tmp_path)])
    assert "It revokes no earlier organizer's links of the session grid." in result.output
    (given,) = app.house.roster.passes("grid")
    assert given.roles == {ORGANIZER}
    assert app.client.get("/organize").status_code == 200
    for arguments, told in ((["none", "--data", str(tmp_path)], "Sessions here: grid"), (["--data", "no"], "--data")):
        result = CliRunner().invoke(main, ["pass", "organizer", *arguments])
        assert result.exit_code == 1
        assert told in result.output


def test_a_moderator_is_replaced_in_one_act_with_its_reason(app: AppClient) -> None:
    """W M14: no moderator could be replaced. The names stay in the roster; the record has the role and the reason."""
    app.do("grid", OpenSession(), BOSS)
    old = LINK.findall(send(app, act="give", role=ONSITE, name="Dag Eksempel"))[0]
    form = form_with(plan(app), act="replace", former="Dag Eksempel") | {
        "name": "Ewa Przyklad",
        "reason": "Dag is ill.",
    }
    html = send(app, **form)
    (new,) = LINK.findall(html)
    assert (opens(app, old), opens(app, new)) == ("", "/s/grid/console")
    assert "Ewa Przyklad replaced Dag Eksempel (on-site moderator). Reason: Dag is ill." in html
    (event,) = (one.event for one in app.state("grid").measures.amendments)
    assert isinstance(event, TeamMemberReplaced)
    assert (event.role, event.person, event.successor) == (ONSITE, form["person"], person_of(app, "Ewa Przyklad"))
    for page in ("record", "log.jsonl"):
        public = app.client.get(f"/s/grid/{page}").text
        assert "Dag is ill." in public
        assert "Eksempel" not in public
        assert "Przyklad" not in public
    again = LINK.findall(send(app, **form))
    assert [opens(app, one) for one in (new, *again)] == ["", "/s/grid/console"], "a form that is sent twice"


def test_somebody_of_the_programme_who_was_replaced_needs_no_link_any_more(app: AppClient) -> None:
    send(app, act="missing")
    send(app, **form_with(plan(app), act="replace", role=RAPPORTEUR) | {"name": "Ben Example"})
    assert "Femi Apeere</b>" not in plan(app).partition('<h2 id="findings">')[0]
    assert "Create link<" not in plan(app).partition("Link for another person")[0]
    assert app.state("grid").seq == 2


def test_nobody_is_replaced_in_a_role_that_they_never_had(app: AppClient) -> None:
    send(app, act="give", role=ONSITE, name="Dag")
    form = form_with(plan(app), act="replace", former="Dag") | {"name": "Ewa"}
    assert "Participant not found." in alert(send(app, **form | {"role": RAPPORTEUR}))
    assert "Check each field" in alert(send(app, **form | {"role": SPEAKER}))
    assert opens_as(app, "Dag")


def opens_as(app: AppClient, name: str) -> bool:
    return any(one.name == name for one in app.house.roster.passes("grid"))


def test_a_hand_comes_down_when_the_link_of_its_person_is_revoked(app: AppClient) -> None:
    """It stayed on the list, and nobody was there. The record has the reason; a moderator can put the hand back."""
    app.do("grid", OpenSession(), BOSS)
    app.do("grid", StartSegment(1))
    send(app, act="missing")
    speaker = next(one for one in app.house.roster.passes("grid") if one.seat == 1)
    hand = app.do("grid", RaiseHand(), speaker.actor())
    revoke = form_with(plan(app), act="revoke", person=speaker.person) | {"reason": "The link was passed on."}
    html = send(app, **revoke)
    assert app.state("grid").waiting == []
    assert app.state("grid").hands[hand].lowered_by_moderator
    assert "Access revoked. The link no longer works." in html
    assert "The link was passed on." in app.client.get("/s/grid/log.jsonl").text
    app.do("grid", RestoreHand(hand))
    assert app.state("grid").waiting == [hand]


TEAM = replace(
    PROGRAMME,
    onsite_moderators=(Person("Dag Eksempel", "Grid Institute"),),
    online_moderators=(Person("Ewa Przyklad"),),
)


def test_somebody_of_the_programme_without_a_link_is_replaced_after_the_opening(app: AppClient) -> None:
    """The record and the handout name the team as it was at the end, and say in one sentence who was replaced."""
    app.add("team", TEAM)
    app.do("team", OpenSession(), BOSS)
    form = form_with(app.client.get("/s/team/plan").text, act="replace", former="Dag Eksempel")
    assert form["person"] == ""
    html = app.client.post("/s/team/passes", data={**form, "name": "Ben Example", "reason": "Ill."}).text
    (new,) = LINK.findall(html)
    assert opens(app, new) == "/s/team/console"
    told = "Ben Example replaced Dag Eksempel (on-site moderator)."
    plan_page = app.client.get("/s/team/plan").text
    assert told in plan_page
    assert 'value="Dag Eksempel"' not in plan_page
    assert [given.name for given in app.house.roster.passes("team") if ONSITE in given.roles] == ["Ben Example"]
    for page in ("handout", "record", "report.md"):
        text = app.client.get(f"/s/team/{page}").text
        assert told in text, page
        assert text.replace(told, "").count("Dag Eksempel") == 0, page
        assert "Ewa Przyklad" in text, page
    again = app.client.post("/s/team/passes", data={**form, "name": "Cy Example", "key": "another-key-0001"})
    assert "Someone has already taken over this role." in alert(again.text)


def test_under_the_chatham_house_rule_nobody_learns_who_was_replaced(app: AppClient) -> None:
    app.add("rule", replace(TEAM, settings=FloorSettings(chatham_house_rule=True)))
    app.do("rule", OpenSession(), BOSS)
    form = form_with(app.client.get("/s/rule/plan").text, act="replace", former="Dag Eksempel")
    app.client.post("/s/rule/passes", data={**form, "name": "Ben Example", "reason": "Ill."})
    app.do("rule", StartSegment(1))
    app.do("rule", SeedStatement("Dag Eksempel and Ben Example keep norms."))
    app.be(ORGANIZER)
    app.do("rule", CloseSession(), BOSS)
    for page in ("handout", "record", "report.md", "log.jsonl", "report.json"):
        text = app.client.get(f"/s/rule/{page}").text
        assert "Eksempel" not in text, page
        assert "Ben Example" not in text, page
