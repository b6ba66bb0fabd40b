"""A joining that is sent again is the same person, and two people who send the same form are two."""

from __future__ import annotations

from collections.abc import Iterator
from http.cookiejar import DefaultCookiePolicy

import pytest
from starlette.testclient import TestClient

from acquis.command import ORGANIZER
from acquis.roster import Erasure
from acquis.web.app import create_app
from acquis.web.http import passes
from acquis.web.http.ids import new_secret
from acquis.web.http.newcomers import JOINING

from .client import AppClient, alert, app_client, form_with

NAME, PASS = passes.cookie_name("s", kind=JOINING), passes.cookie_name("s")


@pytest.fixture
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("join-key")) as app:
        app.add("s")
        yield app


def voices(app: AppClient) -> int:
    return len(app.state("s").voices)


def holders(app: AppClient) -> int:
    return len(list(app.house.roster.passes("s")))


def sent(app: AppClient, secret: str, **fields: str) -> str:
    """The secret of the pass that a browser has after it sent a joining with the secret of a pass to come."""
    app.client.cookies.clear()
    answer = app.joins("s", headers={"cookie": f"{NAME}={secret}"}, **fields)
    assert answer.status_code == 303, answer.text[:300]
    return str(answer.cookies[PASS])


def test_the_browser_gets_a_cookie_first_and_sends_the_form_again(app: AppClient) -> None:
    """Reading a page sets no cookie: a saved or cached page is the same for everybody."""
    read = app.client.get("/s/s")
    assert "set-cookie" not in read.headers
    form = {**form_with(read.text, name=""), "lane": "room", "name": "Ana", "code": "SXXXXXXX"}
    asked = app.client.post("/s/s/join", data=form, follow_redirects=False)
    assert (asked.status_code, voices(app), holders(app)) == (307, 0, 0)
    cookie = asked.headers["set-cookie"].lower()
    assert all(part in cookie for part in ("path=/s/s/join;", "max-age=3600;", "httponly", "samesite=lax"))
    secret = asked.cookies[NAME]
    again = app.client.post(asked.headers["location"], data=form, follow_redirects=False)
    assert (again.status_code, again.headers["location"]) == (303, "/s/s")
    assert again.cookies[PASS] == secret
    assert NAME not in app.client.cookies
    assert (voices(app), holders(app)) == (1, 1)


def test_the_same_browser_is_one_person_whatever_key_its_form_has(app: AppClient) -> None:
    """R 10: the answer was lost; the form is sent again, or is loaded and sent once more."""
    secret = new_secret()
    assert [sent(app, secret, key=key) for key in ("form-1-key", "form-1-key", "form-2-key")] == [secret] * 3
    assert (voices(app), holders(app)) == (1, 1)


def test_two_people_who_send_the_same_form_are_two(app: AppClient) -> None:
    """S M6: a page saved or cached by a proxy has the same key for everybody."""
    one, other = (sent(app, new_secret(), key="key-of-a-saved-page", name=name) for name in ("Ana", "Ben"))
    assert one != other
    assert (voices(app), holders(app)) == (2, 2)
    assert len({given.person for given in app.house.roster.passes("s")}) == 2


def test_a_browser_without_cookies_does_not_join(app: AppClient) -> None:
    with TestClient(create_app(app.house), base_url="http://testserver") as forgetful:
        forgetful.cookies.jar.set_policy(_Nothing())
        answer = forgetful.post("/s/s/join", data={"lane": "room", "code": "SXXXXXXX"})
    assert answer.status_code == 400
    assert "Allow cookies for it" in alert(answer.text)
    assert (voices(app), holders(app)) == (0, 0)


class _Nothing(DefaultCookiePolicy):
    """A policy of a browser that keeps no cookies."""

    def set_ok(self, cookie: object, request: object) -> bool:
        return False


def test_a_secret_that_is_no_pass_to_come_is_replaced(app: AppClient) -> None:
    """That of a pass that was revoked or whose person was erased, of another role, or one that can be guessed."""
    revoked, erased = (sent(app, new_secret()) for _ in range(2))
    of = {secret: given.person for secret in (revoked, erased) if (given := app.house.roster.holder(secret))}
    passes.revoke(app.house, "s", of[revoked])
    app.house.roster.forget(Erasure("s", person=of[erased]))
    app.house.holders.clear()
    organizer, _ = passes.issue(app.house, "", ORGANIZER)
    for secret in (revoked, erased, organizer, "guess", "x" * 42 + "!"):
        app.client.cookies.clear()
        answer = app.joins("s", headers={"cookie": f"{NAME}={secret}"})
        assert answer.status_code == 307
        assert answer.cookies[NAME] != secret
    assert voices(app) == 2


def test_a_refused_joining_issues_no_pass(app: AppClient) -> None:
    answer = app.joins("s", stakeholder="Martians")
    assert answer.status_code == 404
    assert (voices(app), holders(app)) == (0, 0)
