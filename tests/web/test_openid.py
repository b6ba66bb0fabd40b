"""Sign-in by OpenID Connect, against a real provider (oidc-provider-mock) in a process of its own."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import subprocess
import sys
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit, urlunsplit

import httpx2
import msgspec
import pytest

from acquis.command import ORGANIZER, PARTICIPANT
from acquis.web.http import passes
from acquis.web.http.openid import LIMIT, OpenId, SignInFault
from acquis.web.http.settings import OpenIdSettings, Secret
from acquis.web.http.sign_in_attempts import SignInAttempt

from .client import AppClient, app_client
from .test_openid_access import RULES

SECRET = "the-secret-of-the-client"
BACK = "http://testserver/sign-in/back"
PEOPLE: list[dict[str, Any]] = [
    {"sub": "lin", "email": "lin@example.org", "email_verified": True, "name": "Lin Example"},
    {"sub": "liar", "email": "lin@example.org", "email_verified": False},
    {"sub": "dag", "name": "Dag Eksempel"},
    {"sub": "femi", "groups": ["others", "reporters"]},
    {"sub": "eva", "name": "Eva"},
]


def free_number() -> int:
    """The number of a port on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as bound:
        return int(bound.getsockname()[1])


def refused(openid: OpenId, code: str) -> str:
    """The reason for which the provider cannot be asked."""
    with pytest.raises(SignInFault) as fault:
        asyncio.run(openid.address(SignInAttempt.new(0), BACK))
    assert fault.value.code == code
    return fault.value.reason


class Provider(NamedTuple):
    """The mock provider, which runs: its address."""

    issuer: str

    def settings(self, issuer: str = "") -> OpenIdSettings:
        return OpenIdSettings(issuer or self.issuer, "Example ID", "acquis", Secret(environment="OPENID"), RULES)

    def agreed(self, address: str, person: str) -> str:
        """The address to which the provider sends the browser of a person who signs in there."""
        data = {"sub": person} if person else {"action": "deny"}
        answer = httpx2.post(address, data=data, timeout=60)
        return str(answer.headers["location"])


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    port = free_number()
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), "-n", "true"]
    for person in PEOPLE:
        command += ["--user-claims", json.dumps(person)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert process.poll() is None
                assert monotonic() < until
                sleep(0.05)
        yield Provider(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(60)


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENID", SECRET)


@pytest.fixture
def app(tmp_path: Path, provider: Provider) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        app.add("s")
        app.add("t")
        configure(app, provider.settings())
        yield app


def configure(app: AppClient, settings: OpenIdSettings) -> None:
    app.house.openid = OpenId(settings, lambda: app.house.clock.now())


def begun(app: AppClient) -> str:
    """The address of the provider to which the button leads."""
    answer = app.client.get("/sign-in", follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def signs_in(app: AppClient, provider: Provider, person: str) -> httpx2.Response:
    """The last page of a sign-in."""
    return app.client.get(provider.agreed(begun(app), person))


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def test_an_organizer_signs_in_and_out(app: AppClient, provider: Provider, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Sign in with Example ID" in app.client.get("/").text
    answer = signs_in(app, provider, "lin")
    assert answer.url.path == "/organize"
    (given,) = app.house.roster.passes("")
    assert (given.name, given.roles) == ("Lin Example", frozenset({ORGANIZER}))
    secret = app.client.cookies["pass"]
    assert "Lin Example" in app.client.get("/signed-in").text
    app.client.post("/signed-in", data={"act": "leave"})
    app.client.cookies.set("pass", secret)
    assert app.client.get("/organize").status_code == 403, "the pass has ended, also for a thief"
    app.client.cookies.clear()
    signs_in(app, provider, "lin")
    (again,) = app.house.roster.passes("")
    assert (again.person, again.voice) == (given.person, given.voice)
    app.clock.forward(12 * 3_600_000)
    assert app.client.get("/organize").status_code == 403
    told = capsys.readouterr().err
    assert [line["event"] for line in lines(told)] == [
        "signed_in", "pass_first_used", "signed_out", "signed_in", "pass_first_used",
    ]  # fmt: skip
    for word in ("Lin", "example.org", secret, SECRET, '"lin"'):
        assert word not in told


def test_the_same_subject_is_the_same_person_after_a_start(tmp_path: Path, provider: Provider) -> None:
    people = set()
    for _ in range(2):
        with app_client(tmp_path) as app:
            if not app.house.roster.session("s"):
                app.add("s")
            configure(app, provider.settings())
            assert signs_in(app, provider, "dag").url.path == "/s/s/console"
            people |= {given.person for given in app.house.roster.passes("s")}
    assert len(people) == 1


def test_several_sessions_are_listed_and_taken_on_their_pages(app: AppClient, provider: Provider) -> None:
    answer = signs_in(app, provider, "femi")
    assert answer.url.path == "/signed-in"
    for session in ("s", "t"):
        assert f'href="/s/{session}/device"' in answer.text
        assert app.client.get(f"/s/{session}/device").url.path == f"/s/{session}/desk"


def test_a_participant_is_asked_before_the_pass_is_replaced(app: AppClient, provider: Provider) -> None:
    app.be(PARTICIPANT, "s")
    mine = app.client.cookies[passes.cookie_name("s")]
    assert signs_in(app, provider, "dag").url.path == "/s/s/device"
    assert app.client.cookies[passes.cookie_name("s")] == mine


def test_who_was_revoked_stays_out_until_there_is_a_link(app: AppClient, provider: Provider) -> None:
    signs_in(app, provider, "lin")
    (given,) = app.house.roster.passes("")
    passes.revoke(app.house, "", given.person)
    assert app.client.get("/organize").status_code == 403
    app.client.cookies.clear()
    answer = signs_in(app, provider, "lin")
    assert answer.status_code == 403
    assert "Your access here has been revoked." in answer.text
    assert not list(app.house.roster.passes(""))


def test_two_devices_are_one_person_in_the_list(app: AppClient, provider: Provider) -> None:
    signs_in(app, provider, "lin")
    first = app.client.cookies["pass"]
    app.client.cookies.clear()
    assert signs_in(app, provider, "lin").text.count("Lin Example") <= 1
    assert len(list(app.house.roster.passes(""))) == 1
    app.client.cookies.clear()
    app.client.cookies.set("pass", first)
    assert app.client.get("/organize").status_code == 200


@pytest.mark.parametrize("person", ["liar", "stranger", "eva"])
def test_an_unknown_person_gets_one_sentence(
    app: AppClient, provider: Provider, person: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = signs_in(app, provider, person)
    assert answer.status_code == 403
    assert "You are signed in at Example ID, but have no access here." in answer.text
    assert not dict(app.client.cookies)
    assert not [*app.house.roster.passes(""), *app.house.roster.passes("s"), *app.house.roster.passes("gone")]
    (line,) = lines(capsys.readouterr().err)
    assert (line["event"], line["reason"]) == ("sign_in_refused", "no_access")


def test_a_person_who_says_no_at_the_provider_is_told(app: AppClient, provider: Provider) -> None:
    address = begun(app)
    state = parse_qs(urlsplit(address).query)["state"][0]
    answer = app.client.get("/sign-in/back", params={"error": "access_denied", "state": state})
    assert (answer.status_code, "Example ID did not sign you in." in answer.text) == (403, True)


def test_a_wrong_or_late_state_is_refused(app: AppClient, provider: Provider) -> None:
    back = provider.agreed(begun(app), "lin")
    cookie = app.client.cookies["sign_in"]
    for cookies, address, later in (
        ({}, back, 0),  # another browser
        ({"sign_in": cookie}, re.sub("state=[^&]*", "state=wrong", back), 0),
        ({"sign_in": SignInAttempt.new(app.house.clock.now()).written()}, back, 0),
        ({"sign_in": cookie}, back, 600_001),
    ):
        app.clock.forward(later)
        app.client.cookies.clear()
        for name, value in cookies.items():
            app.client.cookies.set(name, value)
        answer = app.client.get(address)
        assert (answer.status_code, "has expired or was begun in another browser" in answer.text) == (400, True)
    assert not list(app.house.roster.passes(""))


def test_a_code_counts_once_and_with_its_nonce(
    app: AppClient, provider: Provider, capsys: pytest.CaptureFixture[str]
) -> None:
    address = begun(app)
    cookie = app.client.cookies["sign_in"]
    split = urlsplit(address)
    changed = urlunsplit(split._replace(query=re.sub("(?<=nonce=)[^&]+", "x" * 43, split.query)))
    answer = app.client.get(provider.agreed(changed, "lin"))
    assert (answer.status_code, "Signing in with Example ID failed." in answer.text) == (502, True)
    app.client.cookies.clear()
    app.client.cookies.set("sign_in", cookie)
    back = provider.agreed(address, "lin")
    app.client.get(back)
    app.client.cookies.set("sign_in", cookie)
    assert app.client.get(back, follow_redirects=False).status_code == 502, "the code was used"
    reasons = [line.get("reason") for line in lines(capsys.readouterr().err)]
    assert [reason for reason in reasons if reason] == [
        "the ID token is not valid: invalid_claim nonce", "invalid_grant",
    ]  # fmt: skip


def test_the_provider_is_sent_the_digest_of_the_verifier(app: AppClient) -> None:
    """The mock provider does not compare them, so what is sent is looked at."""
    sent = parse_qs(urlsplit(begun(app)).query)
    attempt = SignInAttempt.read(app.client.cookies["sign_in"], app.house.clock.now())
    assert attempt is not None
    digest = sha256(attempt.derived("verifier").encode()).digest()
    assert sent["code_challenge"] == [urlsafe_b64encode(digest).decode().rstrip("=")]
    assert (sent["code_challenge_method"], sent["response_type"]) == (["S256"], ["code"])
    assert sent["redirect_uri"] == [BACK]
    assert len({attempt.derived(purpose) for purpose in ("state", "nonce", "verifier")}) == 3
    assert SECRET not in str(sent)


class StrictTokenEndpoint(BaseHTTPRequestHandler):
    """The token endpoint of a provider that compares the verifier with the challenge (RFC 7636, section 4.6), in front
    of the mock provider, which does not."""

    challenge, behind = "", ""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        verifier = parse_qs(body.decode()).get("code_verifier", [""])[0]
        digest = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
        status, answer = 400, b'{"error": "invalid_grant", "error_description": "the verifier is wrong"}'
        if digest == self.challenge:
            kept = {name: self.headers[name] for name in ("content-type", "authorization") if name in self.headers}
            passed = httpx2.post(self.behind, content=body, headers=kept, timeout=60)
            status, answer = passed.status_code, passed.content
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.mark.parametrize("another", [False, True], ids=["its own verifier", "the verifier of another browser"])
def test_a_code_is_worth_nothing_without_its_verifier(
    app: AppClient, provider: Provider, monkeypatch: pytest.MonkeyPatch, another: bool
) -> None:
    """A stolen code is put into another browser: the provider gets the verifier of that browser and refuses it."""
    address = begun(app)
    challenge, back = parse_qs(urlsplit(address).query)["code_challenge"][0], provider.agreed(address, "lin")
    if another:
        sent = parse_qs(urlsplit(begun(app)).query)  # another attempt: its cookie, and so its verifier
        back = re.sub(r"state=[^&]+", f"state={sent['state'][0]}", back)
    with HTTPServer(("127.0.0.1", 0), StrictTokenEndpoint) as server:
        monkeypatch.setattr(StrictTokenEndpoint, "challenge", challenge)
        openid, endpoint = app.house.openid, f"http://127.0.0.1:{server.server_port}/token"
        assert openid is not None
        metadata = openid._metadata

        async def strict(client: Any) -> Any:
            known = await metadata(client)
            monkeypatch.setattr(StrictTokenEndpoint, "behind", known.token_endpoint)
            return msgspec.structs.replace(known, token_endpoint=endpoint)

        monkeypatch.setattr(openid, "_metadata", strict)
        Thread(target=server.serve_forever, daemon=True).start()
        answer = app.client.get(back, follow_redirects=False)
        server.shutdown()
    assert answer.status_code == (502 if another else 303), answer.text
    assert len([*app.house.roster.passes("")]) == (0 if another else 1)


def test_a_provider_that_is_down_or_another_is_told(app: AppClient, provider: Provider) -> None:
    back = provider.agreed(begun(app), "lin")
    configure(app, provider.settings(f"http://127.0.0.1:{free_number()}"))
    for answer in (app.client.get("/sign-in"), app.client.get(back)):
        assert (answer.status_code, "Example ID cannot be reached." in answer.text) == (503, True)
        assert unescape(answer.text).count("Example ID") <= 2
    configure(app, provider.settings(provider.issuer.replace("127.0.0.1", "localhost") + "/"))
    assert app.client.get("/sign-in").status_code == 502


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/back?code=x&state=y"])
def test_without_settings_there_is_nothing(app: AppClient, path: str) -> None:
    app.house.openid = None
    assert app.client.get(path).status_code == 404
    assert "/sign-in" not in app.client.get("/").text + app.client.get("/signed-in").text


class Answers(BaseHTTPRequestHandler):
    """A provider that answers with what the class is told."""

    body: bytes = b""
    headers_too: tuple[tuple[str, str], ...] = ()
    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status)
        for name, value in self.headers_too:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.mark.parametrize(
    ("body", "headers", "status", "reason"),
    [
        (b" " * (LIMIT + 1), (), 200, "the answer is too large"),
        (b"{}", (("content-encoding", "gzip"),), 200, "the answer is compressed"),
        (b"", (("location", "/elsewhere"),), 302, "the provider answered with status 302"),
        (b'{"issuer":' + b"[" * 100_000, (), 200, "an answer cannot be read: RecursionError"),
        (b"[]", (), 200, "an answer cannot be read: ValidationError"),
        (b"not JSON", (), 200, "an answer cannot be read: DecodeError"),
    ],
)
def test_a_hostile_answer_is_refused(
    body: bytes, headers: tuple[tuple[str, str], ...], status: int, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Answers, "body", body)
    monkeypatch.setattr(Answers, "headers_too", headers)
    monkeypatch.setattr(Answers, "status", status)
    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.handle_request, daemon=True).start()
        settings = Provider(f"http://127.0.0.1:{server.server_port}").settings()
        assert refused(OpenId(settings, lambda: 0), "sign_in_failed") == reason


def test_no_request_leaves_the_machine_without_tls() -> None:
    settings = msgspec.structs.replace(Provider("").settings("http://id.example.org"))
    assert refused(OpenId(settings, lambda: 0), "sign_in_failed") == "an address is not secure"
