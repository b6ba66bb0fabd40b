"""The public address decides links, cookies and headers, whatever a proxy sends; other names are refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from acquis.command import ORGANIZER
from acquis.web.http import passes
from acquis.web.http.address import AddressProblem, public_address

from .client import AppClient, app_client

URL = "https://dialogue.example.org"
SENT: tuple[dict[str, str], ...] = (
    {},
    {"host": "127.0.0.1:9251"},
    {"host": "dialogue.example.org", "x-forwarded-proto": "http"},
    {"host": "dialogue.example.org", "x-forwarded-proto": "https,http"},
    {"host": "localhost", "forwarded": "proto=http;host=evil.example"},
    {"host": "[::1]:8000", "x-forwarded-host": "evil.example"},
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("address")) as app:
        app.hold("open", close=False)
        yield app


@pytest.fixture
def named(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> AppClient:
    monkeypatch.setattr(app.house, "base_url", URL)
    monkeypatch.setattr(app.house, "public_url", URL)
    return app


@pytest.mark.parametrize("headers", SENT)
def test_the_address_alone_makes_cookies_secure(named: AppClient, headers: dict[str, str]) -> None:
    named.be("")
    headers = {"host": "dialogue.example.org", **headers}
    secret, _ = passes.issue(named.house, "", ORGANIZER)
    claimed = named.client.get(f"/p/{secret}", headers=headers, follow_redirects=False)
    assert claimed.headers["set-cookie"].startswith("__Host-pass=")
    assert "; secure" in claimed.headers["set-cookie"].lower()
    assert "strict-transport-security" in claimed.headers
    joined = named.joins("open", headers=headers)
    assert joined.headers["set-cookie"].startswith("__Secure-pass_open=")


@pytest.mark.parametrize("headers", SENT)
def test_links_have_the_public_address(tmp_path: Path, headers: dict[str, str]) -> None:
    with app_client(tmp_path) as named:
        named.hold("open", close=False)
        named.house.base_url = named.house.public_url = URL
        links_have_the_public_address(named, headers)


def links_have_the_public_address(named: AppClient, headers: dict[str, str]) -> None:
    secret, _ = passes.issue(named.house, "", ORGANIZER)
    cookie = {"cookie": f"__Host-pass={secret}", "host": "dialogue.example.org", **headers}
    made = named.client.post("/s/open/passes", data={"act": "missing"}, headers=cookie)
    assert made.status_code == 200
    assert f"{URL}/p/" in made.text
    assert "evil.example" not in made.text


def test_a_write_of_our_own_page_is_taken_behind_a_proxy_that_keeps_no_host(named: AppClient) -> None:
    own = {"host": "127.0.0.1:9251", "origin": URL}
    assert named.joins("open", headers=own).status_code == 303
    other = {"host": "127.0.0.1:9251", "origin": "https://evil.example"}
    assert named.joins("open", headers=other).status_code == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "dialogue.example.org.evil.example", "127.0.0.1.evil.example", "xn--"]
)
def test_another_name_is_refused(named: AppClient, host: str) -> None:
    refused = named.client.get("/", headers={"host": host})
    assert refused.status_code == 421
    assert "content-security-policy" in refused.headers
    assert "evil" not in refused.text


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "192.168.1.5:8000", "[::1]:8000"])
def test_without_a_public_address_numbers_and_localhost_are_known_and_names_are_not(
    app: AppClient, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setattr(app.house, "base_url", "http://127.0.0.1:8000")
    assert app.client.get("/", headers={"host": host}).status_code == 200
    assert app.client.get("/", headers={"host": "evil.example"}).status_code == 421


@pytest.mark.parametrize("url", ["https://Dialogue.example.org/", "http://127.0.0.1:8000", "https://[::1]:8443"])
def test_an_address_is_a_scheme_and_a_host(url: str) -> None:
    assert public_address(url) == url.rstrip("/").lower()


@pytest.mark.parametrize(
    "url",
    ["ftp://nonsense", "dialogue.example.org", "https://", "https://x.example/acquis", "https://x.example:port",
     "https://x.example?a", "https://me@x.example"],
)  # fmt: skip
def test_anything_else_is_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(AddressProblem, match=r"\.$"):
        public_address(url)
