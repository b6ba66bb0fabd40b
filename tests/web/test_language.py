"""The language of a page: `?lang=`, then the cookie, then `Accept-Language`; once chosen, no link has to carry it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from acquis.i18n import PSEUDO
from acquis.web.http import language

from .client import AppClient, app_client


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("language")) as app:
        app.hold("grid", close=False)
        yield app


@pytest.fixture(autouse=True)
def nobody(app: AppClient) -> None:
    app.be("")


def language_of(html: str) -> str:
    found = re.search(r'<html lang="([^"]+)"', html)
    assert found is not None
    return found[1]


PAGES = ("/", "/s/grid", "/s/grid/questions", "/s/grid/record", "/reference", "/followup", "/said", "/nothing-here")


def test_a_language_that_was_asked_for_is_kept_on_every_page(app: AppClient) -> None:
    """W M16: whatever languages there are."""
    assert [language_of(app.client.get(path).text) for path in PAGES] == ["en"] * len(PAGES)
    chosen = app.client.get(f"/?lang={PSEUDO}")
    assert "httponly" in chosen.headers["set-cookie"].lower()
    assert [language_of(app.client.get(path).text) for path in PAGES] == [PSEUDO] * len(PAGES)
    assert language_of(app.client.get("/?lang=en").text) == "en"
    assert language_of(app.client.get("/").text) == "en"


def test_live_screens_and_refusals_are_in_the_language_of_the_reader(app: AppClient) -> None:
    """W M16."""
    app.client.get(f"/?lang={PSEUDO}")
    frame = app.client.get("/s/grid/live/participants?poll=-1").json()
    assert "[" in frame["html"]["now"]
    refused = app.client.post("/s/grid/do", json={"do": "close_list"}, headers={"idempotency-key": "language-1"})
    assert refused.json()["sentence"].startswith("[")
    app.be("")
    assert "[" not in app.client.get("/s/grid/live/participants?poll=-1").json()["html"]["now"]


def test_a_language_that_is_not_there_changes_nothing(app: AppClient) -> None:
    answer = app.client.get("/?lang=tlh")
    assert language_of(answer.text) == "en"
    assert "set-cookie" not in answer.headers
    app.client.cookies.set(language.COOKIE, "../../etc")
    assert language_of(app.client.get("/").text) == "en"


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("fr-CA, en;q=0.8", "fr"),
        ("en;q=0.5, ar;q=0.9", "ar"),
        ("tlh, zh;q=0.2, es;q=0.4", "es"),
        ("zh-Hant-TW", "zh"),
        ("ar;q=0", "en"),
        ("ar;q=2, ;;;, *", "en"),
        ("fr;q=0.3,ru;q=0.300,en;q=0.2", "fr"),
        ("de, " * 500 + "fr", "en"),
    ],
)
def test_the_browser_is_asked_before_anything_was_chosen(
    header: str, chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "LANGUAGES", ("en", "ar", "es", "fr", "ru", "zh"))
    assert language.negotiated(header) == chosen


def test_a_page_says_that_it_depends_on_the_language(app: AppClient) -> None:
    for path in ("/", "/s/grid", "/s/grid/report.md", "/followup.ics"):
        vary = app.client.get(path).headers["vary"].lower().split(", ")
        assert {"accept-language", "cookie"} <= set(vary)
