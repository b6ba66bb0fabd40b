"""The life of a pass: where a browser is signed in, signing out, and the links of the organizers of all sessions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from acquis.cli import main
from acquis.command import ONLINE, ORGANIZER, PARTICIPANT, SPEAKER
from acquis.web.http import passes

from .client import AppClient, alert, app_client, form_with, forms

LINK = re.compile(r'value="http://testserver(/p/[^"]+)"')


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        app.add("s")
        app.add("t")
        yield app


def get(app: AppClient, path: str, status: int = 200) -> str:
    answer = app.client.get(path)
    assert answer.status_code == status, answer.text[:400]
    return answer.text


def post(app: AppClient, path: str, **fields: str) -> str:
    return app.client.post(path, data=fields).text


def link(app: AppClient, session: str, role: str, name: str = "", seat: int = 0) -> str:
    return f"/p/{passes.issue(app.house, session, role, seat, name)[0]}"


def organizer(app: AppClient, name: str = "Lin") -> str:
    """The browser becomes an organizer of all sessions; the id of the person."""
    secret, given = passes.issue(app.house, "", ORGANIZER, name=name)
    app.client.cookies.clear()
    get(app, f"/p/{secret}")
    return given.person


def leave(app: AppClient, html: str, action: str) -> str:
    """Press the button that signs out of a session, or as organizer."""
    found = re.search(rf'<form method="post" action="{action}"><input type="hidden" name="act" value="leave">', html)
    assert found
    return post(app, action, act="leave")


def test_the_page_lists_sessions_and_roles_and_leaves_each(app: AppClient) -> None:
    assert "You are not signed in on this device." in get(app, "/signed-in")
    get(app, link(app, "s", SPEAKER, "Amara", 1))
    app.client.post("/s/t/join", data={"lane": "room", "name": "Ana"})
    html = get(app, "/signed-in")
    assert re.findall(r'<a href="/s/(\w)/device">', html) == ["t", "s"]
    assert re.findall(r'<span class="mark">([^<]+)</span>', html) == ["participant", "speaker"]
    html = leave(app, html, "/s/s/device")
    assert "You are signed out on this device." in html
    assert re.findall(r'<a href="/s/(\w)/device">', html) == ["t"]
    assert "You are Amara" not in get(app, "/s/s")
    leave(app, html, "/s/t/device")
    assert "You are not signed in on this device." in get(app, "/signed-in")
    assert not app.client.cookies


def test_signing_out_ends_the_pass_of_a_participant_and_not_a_link(app: AppClient) -> None:
    address = link(app, "s", ONLINE, "Ewa")
    get(app, address)
    leave(app, get(app, "/signed-in"), "/s/s/device")
    assert 'class="console"' in get(app, address)
    app.client.cookies.clear()
    app.client.post("/s/s/join", data={"lane": "room"})
    stolen = app.client.cookies[passes.cookie_name("s")]
    leave(app, get(app, "/signed-in"), "/s/s/device")
    assert app.house.roster.holder(stolen) is None
    assert len(app.state("s").voices) == 1


def test_one_of_several_roles_is_left(app: AppClient) -> None:
    get(app, link(app, "s", SPEAKER, "Amara", 1))
    get(app, link(app, "s", ONLINE, "Amara"))
    post(app, "/s/s/device", **form_with(get(app, "/s/s/device"), act="keep"))
    moderator = form_with(get(app, "/s/s/device"), act="leave")
    post(app, "/s/s/device", **moderator)
    assert "Amara" in get(app, "/s/s/device")
    assert app.client.get("/s/s/console").status_code == 403


def test_an_organizers_link_asks_where_there_is_another_pass(app: AppClient) -> None:
    """S F11: over another organizer's pass, and over that of a session."""
    mine = organizer(app, "Lin")
    theirs = link(app, "", ORGANIZER, "Mallory")
    for method in ("HEAD", "GET"):
        app.client.request(method, theirs, headers={"sec-fetch-site": "cross-site"})
        assert organizer_of(app) == mine
    html = get(app, "/signed-in")
    assert "You opened an organizer’s link" in html
    post(app, "/signed-in", **form_with(html, act="stay"))
    assert organizer_of(app) == mine
    assert "You opened" not in get(app, "/signed-in")
    get(app, theirs)
    post(app, "/signed-in", **form_with(get(app, "/signed-in"), act="take"))
    assert organizer_of(app) != mine
    app.client.cookies.clear()
    app.client.post("/s/s/join", data={"lane": "room"})
    get(app, theirs)
    assert organizer_of(app) == ""


def organizer_of(app: AppClient) -> str:
    """The person of the organizer's pass in the browser."""
    holder = app.house.roster.holder(app.client.cookies.get(passes.ORGANIZER_COOKIE) or "")
    return holder.person if holder else ""


def test_a_link_of_a_session_asks_an_organizer(app: AppClient) -> None:
    """S F11: the organizer would act under the name, and with the voice, of somebody else."""
    mine = organizer(app)
    html = get(app, link(app, "s", PARTICIPANT, "Mallory"))
    assert "You opened another person’s link" in html
    assert 'data-person="' + mine in get(app, "/s/s?watch=1")
    post(app, "/s/s/device", **form_with(html, act="keep"))
    assert 'data-person="' + mine not in get(app, "/s/s?watch=1")


@pytest.mark.parametrize("role", [ORGANIZER, ONLINE])
def test_a_preview_of_a_link_takes_nothing(app: AppClient, role: str) -> None:
    address = link(app, "" if role == ORGANIZER else "s", role)
    for path in (address, "/s/s/device", "/signed-in", "/?lang=en"):
        answer = app.client.head(path)
        assert "set-cookie" not in answer.headers
    assert not app.client.cookies
    assert [given.used for given in app.house.roster.passes("" if role == ORGANIZER else "s")] == [0]
    get(app, address)
    (given,) = app.house.roster.passes("" if role == ORGANIZER else "s")
    assert given.used


def test_organizers_are_made_limited_replaced_and_revoked(app: AppClient) -> None:
    """S F7."""
    organizer(app, "Lin")
    second = LINK.findall(post(app, "/organizers", act="give", name="Ada"))[0]
    ada = next(given for given in app.house.roster.passes("") if given.name == "Ada")
    assert "not used yet" in get(app, "/organizers")
    lin = dict(app.client.cookies)
    app.client.cookies.clear()
    get(app, second)
    adas = dict(app.client.cookies)
    app.client.cookies.clear()
    app.client.cookies.update(lin)
    html = post(app, "/organizers", act="until", person=ada.person, until="2099-12-31")
    assert "works until the end of 31 December 2099" in html
    third = LINK.findall(post(app, "/organizers", act="rotate", person=ada.person))[0]
    for cookies, link_, status in ((adas, second, 404), ({}, third, 200)):
        app.client.cookies.clear()
        app.client.cookies.update(cookies)
        assert app.client.get("/organize").status_code == 403
        assert app.client.get(link_).status_code == status
    app.client.cookies.clear()
    app.client.cookies.update(lin)
    assert "Access revoked." in post(app, "/organizers", act="revoke", person=ada.person)
    app.client.cookies.clear()
    assert app.client.get(third).status_code == 404


def test_the_last_organizers_link_is_only_replaced_and_the_new_one_is_shown(app: AppClient) -> None:
    """S F7: the page said that the link was revoked, and nothing had happened."""
    me = organizer(app)
    passes.end(app.house, "", next(iter(app.house.roster.passes(""))).person, 0)
    limited = passes.issue(app.house, "", ORGANIZER)[1].person
    passes.end(app.house, "", limited, 4_000_000_000_000)
    for fields in ({"act": "revoke"}, {"act": "until", "until": "2099-12-31"}):
        answer = app.client.post("/organizers", data={"person": me, **fields})
        assert (answer.status_code, "Access revoked" in answer.text) == (409, False)
        assert "This is the last organizer’s link" in alert(answer.text)
    new = LINK.findall(post(app, "/organizers", act="rotate", person=me))
    assert len(new) == 1
    assert app.client.get("/organize").status_code == 200, "this device has the new one"
    assert app.client.post("/organizers", data={"act": "revoke", "person": "p-nobody"}).status_code == 404


def test_a_co_organizer_of_a_session_does_not_see_the_others(app: AppClient) -> None:
    get(app, link(app, "s", ORGANIZER))
    assert app.client.get("/organizers").status_code == 403
    assert app.client.post("/organizers", data={"act": "give"}).status_code == 403


def test_a_participant_is_revoked_by_the_organizer(app: AppClient) -> None:
    app.client.post("/s/s/join", data={"lane": "room", "name": "Ana"})
    ana = dict(app.client.cookies)
    organizer(app)
    form = next(one for one in forms(get(app, "/s/s/people")) if one.get("do") == "revoke_access")
    post(app, "/s/s/do", **form | {"reason": "asked for"})
    app.client.cookies.clear()
    app.client.cookies.update(ana)
    assert "You are signed out on this device" in get(app, "/s/s")


def test_a_speakers_link_needs_a_seat_of_the_programme(app: AppClient) -> None:
    """S M9."""
    organizer(app)
    answer = app.client.post("/s/s/passes", data={"act": "give", "role": SPEAKER, "seat": "999"})
    assert answer.status_code == 404
    assert list(app.house.roster.passes("s")) == []


# --- the command line ---


def acquis(app: AppClient, tmp_path: Path, *words: str) -> str:
    result = CliRunner().invoke(main, ["pass", *words, "--data", str(tmp_path)])
    return result.output if result.exit_code == 0 else f"{result.exit_code} {result.output}"


def address_in(told: str) -> str:
    return "/p/" + told.strip().rsplit("/p/", 1)[1].split()[0]


def test_whoever_has_the_machine_makes_replaces_and_revokes_links(app: AppClient, tmp_path: Path) -> None:
    made = acquis(app, tmp_path, *f"new {ONLINE} s --name Ewa --until 2099-12-31".split())
    assert 'class="console"' in get(app, address_in(made))
    (line,) = acquis(app, tmp_path, "list", "s").splitlines()
    person, role, _, last, used, name = line.split()
    assert (role, last, name) == (ONLINE, "2099-12-31", "Ewa")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", used)
    new = acquis(app, tmp_path, "rotate", person, "s")
    assert app.client.get("/s/s/console").status_code == 403, "the server notices it"
    app.client.cookies.clear()
    get(app, address_in(new))
    assert "Revoked" in acquis(app, tmp_path, "revoke", person, "s")
    assert app.client.get("/s/s/console").status_code == 403
    assert acquis(app, tmp_path, "list", "s") == ""


def test_the_command_line_keeps_an_organizer_and_says_what_is_wrong(app: AppClient, tmp_path: Path) -> None:
    first = acquis(app, tmp_path, "new", ORGANIZER)
    get(app, address_in(first))
    person = acquis(app, tmp_path, "list").split()[0]
    refused = acquis(app, tmp_path, "revoke", person)
    assert refused.startswith("1 ")
    assert f"acquis pass rotate {person}" in refused
    acquis(app, tmp_path, "rotate", person)
    assert app.client.get("/organize").status_code == 403
    for words, told in (
        (("new", ONLINE), "Name the session"),
        (("new", SPEAKER, "s"), "--seat"),
        (("new", ONLINE, "nowhere"), "There is no session called nowhere"),
        (("rotate", "p-nobody", "s"), "Nobody called p-nobody"),
    ):
        assert told in acquis(app, tmp_path, *words)
