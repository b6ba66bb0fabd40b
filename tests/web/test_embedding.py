"""Frames of other sites: who may embed the pages, which pass counts in them, and what the cookie of it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from acquis.command import ONSITE, PARTICIPANT
from acquis.web.http import passes
from acquis.web.http.embedding import PASS
from acquis.web.http.ids import new_secret
from acquis.web.http.newcomers import JOINING
from acquis.web.http.settings import SettingsProblem, read_settings

from .client import AppClient, alert, app_client, form_with

HERE = "https://dialogue.example.org"
SITES = ("https://meeting.example.org", "https://stream.example.net:8443")
SAME = {"sec-fetch-site": "same-origin"}
FRAMED = ("", "/questions", "/vote")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("embedding")) as app:
        app.house.base_url = app.house.public_url = HERE
        app.hold("s", close=False)
        yield app


@pytest.fixture
def app(shared: AppClient) -> AppClient:
    shared.be("")
    shared.house.sites = SITES
    return shared


def framed_name(kind: str = PASS) -> str:
    return passes.cookie_name("s", "https", kind)


def joined(app: AppClient, **headers: str) -> str:
    """The secret of a pass that began in a frame."""
    cookie = f"{framed_name(f'{JOINING}_{PASS}')}={new_secret()}"
    sent = {"lane": "online", "code": "SXXXXXXX", "name": "Ana"}
    answer = app.client.post(
        f"{HERE}/s/s/embed/join", data=sent, headers={"cookie": cookie, **SAME, **headers}, follow_redirects=False
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/s/s/embed"), answer.text[:500]
    app.client.cookies.clear()
    return str(answer.cookies[framed_name()])


def do(app: AppClient, secret: str, command: str = '{"do": "raise_hand"}', **headers: str) -> int:
    cookie = {"cookie": f"{framed_name()}={secret}", "content-type": "application/json"}
    key = {"idempotency-key": new_secret()}
    return int(app.client.post(f"{HERE}/s/s/embed/do", content=command, headers=cookie | key | headers).status_code)


def test_nothing_is_in_a_frame_unless_the_settings_name_a_site(app: AppClient) -> None:
    app.house.sites = ()
    for place in (*FRAMED, "/live/participants?poll=-1"):
        answer = app.client.get(f"{HERE}/s/s/embed{place}")
        assert answer.status_code == 404
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert app.client.post(f"{HERE}/s/s/embed/do", data={"do": "raise_hand"}, headers=SAME).status_code == 404


@pytest.mark.parametrize("place", FRAMED)
def test_only_the_sites_that_are_named_may_embed_a_page(app: AppClient, place: str) -> None:
    answer = app.client.get(f"{HERE}/s/s/embed{place}")
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"].endswith(f"frame-ancestors {' '.join(SITES)}")
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "set-cookie" not in answer.headers
    assert '<base target="_blank">' in answer.text
    own = app.client.get(f"{HERE}/s/s{place}")
    assert own.headers["content-security-policy"].endswith("frame-ancestors 'none'")
    assert own.headers["cross-origin-resource-policy"] == "same-origin"
    assert "<base" not in own.text


def test_a_refusal_can_be_read_in_the_frame(app: AppClient) -> None:
    answer = app.client.post(f"{HERE}/s/s/embed/do", data={"do": "raise_hand", "key": "k" * 20}, headers=SAME)
    assert answer.status_code == 403
    assert SITES[0] in answer.headers["content-security-policy"]


def test_forms_and_streams_of_a_frame_stay_in_it(app: AppClient) -> None:
    secret = joined(app)
    for place in FRAMED:
        html = app.client.get(f"{HERE}/s/s/embed{place}", headers={"cookie": f"{framed_name()}={secret}"}).text
        forms = re.findall(r'<form[^>]*action="([^"]*)"([^>]*)', html)
        assert forms
        for action, rest in forms:
            assert action.startswith("/s/s/embed/"), action
            assert 'target="_self"' in rest
        assert 'data-stream="/s/s/embed/live/participants"' in html
        assert 'target="_self" href="/s/s/embed/vote"' in html
    frame = app.client.get(
        f"{HERE}/s/s/embed/live/participants?poll=-1", headers={"cookie": f"{framed_name()}={secret}"}
    )
    assert "/s/s/embed/do" in frame.text
    assert 'action=\\"/s/s/do' not in frame.text


def test_a_pass_that_begins_in_a_frame_is_kept_for_frames_only(app: AppClient) -> None:
    page = app.client.get(f"{HERE}/s/s/embed?code=SXXXXXXX")
    form = {**form_with(page.text, name=""), "lane": "online"}
    asked = app.client.post(f"{HERE}/s/s/embed/join", data=form, headers=SAME, follow_redirects=False)
    assert (asked.status_code, asked.headers["location"]) == (307, "/s/s/embed/join?again=1")
    answer = app.client.post(f"{HERE}/s/s/embed/join?again=1", data=form, headers=SAME, follow_redirects=False)
    for response, name, path in (
        (asked, framed_name(f"{JOINING}_{PASS}"), "/s/s/embed/join"),
        (answer, framed_name(), "/s/s/embed"),
    ):
        cookie = response.headers.get_list("set-cookie")[0]
        assert cookie.startswith(f"{name}=")
        assert f"Path={path};" in cookie
        assert {"HttpOnly", "Secure", "SameSite=none", "Partitioned"} <= set(cookie.split("; "))
    assert framed_name() in app.client.cookies
    assert not any(name.startswith("__Secure-pass") or "signed_in" in name for name in app.client.cookies)
    assert app.client.get(f"{HERE}/s/s/mine").status_code == 403


def test_a_browser_that_keeps_no_cookie_is_told_what_to_do(app: AppClient) -> None:
    form = {"lane": "online", "code": "SXXXXXXX"}
    answer = app.client.post(f"{HERE}/s/s/embed/join?again=1", data=form, headers=SAME)
    assert answer.status_code == 400
    assert "new tab" in alert(answer.text)
    assert 'href="/s/s?code=SXXX-XXXX">Open in a new tab</a>' in answer.text


def test_the_cookies_of_the_site_are_as_strict_as_before(app: AppClient) -> None:
    answer = app.joins("s", HERE, code="SXXXXXXX")
    cookies = answer.headers.get_list("set-cookie")
    assert cookies
    for cookie in cookies:
        assert "SameSite=lax" in cookie
        assert "Partitioned" not in cookie


@pytest.mark.parametrize("role", [ONSITE, PARTICIPANT])
def test_a_pass_of_the_site_counts_for_nothing_in_a_frame(app: AppClient, role: str) -> None:
    secret, _ = passes.issue(app.house, "s", role)
    app.client.cookies.set(passes.cookie_name("s", "https"), secret)
    html = app.client.get(f"{HERE}/s/s/embed/vote").text
    assert 'data-voice=""' in html
    assert "Join to vote" in html
    key = {"idempotency-key": new_secret(), "content-type": "application/json", **SAME}
    for command in ('{"do": "close_list"}', '{"do": "raise_hand"}'):
        assert app.client.post(f"{HERE}/s/s/embed/do", content=command, headers=key).status_code == 403


def test_a_pass_of_staff_in_the_cookie_of_the_frame_is_nothing(app: AppClient) -> None:
    secret, _ = passes.issue(app.house, "s", ONSITE)
    assert do(app, secret, '{"do": "close_list"}', **SAME) == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (SAME, 201),
        ({"origin": HERE}, 201),
        ({"sec-fetch-site": "cross-site", "origin": HERE}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"origin": SITES[0]}, 403),
        ({"origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_only_a_page_of_this_server_can_write(app: AppClient, headers: dict[str, str], status: int) -> None:
    assert do(app, joined(app), **headers) == status


def test_the_language_of_the_frame_stays_in_the_frame(app: AppClient) -> None:
    answer = app.client.get(f"{HERE}/s/s/embed?lang=en-XA")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("embedded_language=en-XA")
    assert {"Path=/s/s/embed", "Partitioned"} <= set(cookie.split("; "))
    assert 'lang="en-XA"' in app.client.get(f"{HERE}/s/s/embed/vote").text
    assert 'lang="en-XA"' not in app.client.get(f"{HERE}/s/s/vote").text


def test_without_https_it_leads_to_a_tab_of_its_own(tmp_path: Path) -> None:
    with app_client(tmp_path) as app:
        app.house.sites = SITES
        app.hold("s", close=False)
        html = app.client.get("http://testserver/s/s/embed").text
        assert "not secure" in html
        assert "<form" not in html
        assert "List of speakers" in app.client.get("http://testserver/s/s/embed?watch=1").text
        assert 'action="/s/s/embed/join"' in app.client.get("http://localhost/s/s/embed").text


@pytest.mark.parametrize(
    ("sites", "sentence"),
    [
        ('["https://meeting.example.org/rooms"]', "“https://meeting.example.org/rooms” is not a site"),
        ('["http://meeting.example.org"]', "“http://meeting.example.org” is not an address that begins with https://"),
        ('["*"]', "is not an address"),
        ('["https://*.example.org"]', "is not a site"),
        ('["https://a.example.org; script-src *"]', "is not a site"),
        ("[]", "length >= 1"),
    ],
)
def test_a_wrong_site_is_refused_in_one_sentence(tmp_path: Path, sites: str, sentence: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f"[embedding]\nsites = {sites}\n", "utf-8")
    with pytest.raises(SettingsProblem, match=re.escape(sentence)):
        read_settings(file)


def test_sites_are_read(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[embedding]\nsites = ["https://meeting.example.org", "http://localhost:8080"]\n', "utf-8")
    embedding = read_settings(file).embedding
    assert embedding is not None
    assert embedding.sites == ["https://meeting.example.org", "http://localhost:8080"]
