"""Every form that is refused comes back with what was typed, each error beside its field and in a summary at the top.

The forms of commands are those that the pages of all scenarios show; any other is that of an endpoint that names the
page to which it comes back. A form that is in a template and in neither list fails the last tests."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.effort import SHARE

from acquis.command import Actor
from acquis.command.base import fields_of
from acquis.command.fields import Of, References, Text, Word, Written
from acquis.commands import BY_NAME
from acquis.floor.contributions import InviteContributions
from acquis.roster import Pass, SessionRow
from acquis.state import State
from acquis.web import app as web
from acquis.web.http import passes
from acquis.web.http.ids import new_secret
from acquis.web.http.limits import RateLimit
from acquis.web.http.returned import returned

from ..core.story import ANN, covering  # noqa: TID252  # the same person as in the scenarios
from .client import BOSS, PAGE, AppClient, app_client
from .form_page import Control, Page
from .test_forms import LOGS, MODERATOR, ORGANIZING, SEEN, STRANGER, _drafts

TEMPLATES = Path(web.__file__).parent
TYPED = frozenset({"text", "search", "url", "number", "date", "datetime-local", "textarea", "select"})
PAGES = [
    *SEEN,
    (MODERATOR, "people"),
    (MODERATOR, "speakers"),
    (MODERATOR, "contributions"),
    (ORGANIZING, "check"),
    (MODERATOR, "messages/chair"),
    (ANN, "messages"),
]
COVERING = {id(log) for log in covering(events for _, events, _ in LOGS)}


def bad_value(declaration: Any, control: Control) -> str | None:
    """A text that the field cannot hold; None if it may hold everything that can be typed."""
    if control.kind == "select":
        return None
    if isinstance(declaration, Text):
        return "Too long. " * (declaration.limit // 5)
    if isinstance(declaration, Of):
        return "999999"
    if isinstance(declaration, Word):
        return "no such word at all, and much too long for this field"
    if isinstance(declaration, References):
        return "norm-that-is-none"
    return "this is no good value" if isinstance(declaration, Written) and declaration.refusals else None


def check(html: str, sent: dict[str, str], wrong: str) -> None:
    """The form has come back: the error stands beside the field and in the summary, and everything typed is there."""
    page = Page(html)
    controls = page.sent_by(sent, wrong)
    by_name = {control.name: control for control in controls if control.kind != "hidden"}
    field = by_name[wrong]
    assert field.given.get("aria-invalid") == "true", (wrong, field.given)
    told = [page.texts[id] for id in field.given["aria-describedby"].split() if id.startswith("error-")]
    assert told
    assert told[0]
    assert page.links[field.given["id"]] == told[0]
    assert html.count("aria-invalid") == html.count('id="error-')
    assert "<title>Error: " in html
    for name, value in sent.items():
        if name in by_name and by_name[name].kind in TYPED:
            kept = by_name[name]
            assert kept.value == value or (kept.kind == "select" and value not in kept.options), name


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("returned"), "2023-11-14T22:14:00+00:00") as app:
        assert app.client.portal is not None
        for session, events, _ in LOGS:
            app.house.roster.add_session(SessionRow(session, session.upper()[:8].ljust(8, "X"), 1, ""))
            app.client.portal.call(app.house.board.record.append, session, list(_drafts(events)))
        yield app


def enter(app: AppClient, by: Actor, session: str) -> None:
    whole = "" if by.roles == frozenset({"organizer"}) else session
    secret = new_secret()
    app.house.roster.issue(secret, Pass(whole, by.roles, by.person, by.voice, seat=by.seat, attributes=by.attributes))
    app.client.cookies.clear()
    app.client.cookies.set(passes.cookie_name(session) if whole else passes.ORGANIZER_COOKIE, secret)


def states(page: str) -> list[tuple[str, State]]:
    """The states to look at: those of logs in which every kind of event occurs, and any with a message on its pages."""
    with_message = page.startswith("messages")
    return [
        (session, state)
        for session, events, state in LOGS
        if SHARE == 1 or id(events) in COVERING or (with_message and state.messages)
    ]


def pages(app: AppClient) -> Iterator[tuple[str, str, dict[str, str], list[Control]]]:
    """Every form of a command in the pages of the scenarios, one of each kind: page, session, form and controls."""
    for by, page in PAGES:
        tried: set[tuple[str, ...]] = set()
        for session, state in states(page):
            enter(app, by, session)
            correct = f"?correct={next(iter(state.speech))}" if page in ("captions", "mine") and state.speech else ""
            html = app.client.get(f"/s/{session}" if page == "floor" else f"/s/{session}/{page}{correct}").text
            for given, controls in Page(html).forms:
                named = [control for control in controls if control.name]
                fixed = [c.value for c in named if c.name == "do"]
                kind = *fixed, *(control.name for control in named)
                if given.get("action", "").endswith("/do") and "unseen" not in given and kind not in tried:
                    tried.add(kind)
                    yield f"{by.person} {page}", session, given, named


def test_every_form_of_a_command_comes_back(app: AppClient) -> None:
    """Commands of templates that no scenario shows with a field would be forgotten: the last line finds them."""
    met: set[str] = set()
    for page, _, given, controls in pages(app):
        fixed = {control.name: control.value for control in controls if control.kind == "hidden"}
        fixed |= {c.name: c.value for c in reversed(controls) if c.kind == "button"}
        do = fixed["do"]
        typed = {c.name: c.value or "Some words" for c in controls if c.kind in TYPED and c.kind != "select"}
        typed |= {c.name: c.value for c in controls if c.kind == "select"}
        fields = {field.name: field for field in fields_of(BY_NAME[do])}
        for control in controls:
            bad = bad_value(fields[control.name].declaration, control) if control.name in typed else None
            if bad is None:
                continue
            app.house.actions = RateLimit(10_000, 1)  # nobody is too fast here
            sent = {**fixed, **valid(fields, typed), control.name: bad, "key": f"returned-{len(met)}-{do}"}
            answer = app.client.post(given["action"], data=sent)
            assert answer.status_code in (400, 404, 409), (page, do, control.name, sent, answer.status_code)
            check(answer.text, {name: value for name, value in sent.items() if name != "page"}, control.name)
            met.add(do)
    named = {
        do
        for template in TEMPLATES.rglob("*.html")
        for do in re.findall(
            r'call\(field\) (?:forms\.form|form|forms\.unchecked)\("(\w+)"', template.read_text("utf-8")
        )
    }
    # Only the holder of a link sees the first (test_calls.py); the other takes a file (test_messages_pages.py).
    assert named - met == {"answer_call", "choose_procedure"}


def valid(fields: dict[str, Any], typed: dict[str, str]) -> dict[str, str]:
    """What was typed, with nothing in the fields that hold no free text."""
    return {
        name: value if isinstance(fields[name].declaration, Text) or value != "Some words" else ""
        for name, value in typed.items()
    }


def published(app: AppClient) -> str:
    """A published session with a report desk, for the forms that are no commands."""
    if app.house.roster.session("other") is None:
        app.hold("other", close=False)
        app.be("organizer")
        app.client.post("/s/other/passes", data={"act": "missing"})
    return "/s/other"


def invited(app: AppClient) -> str:
    """A published session that accepts written contributions."""
    base = published(app)
    app.do("other", InviteContributions("2100-01-01T00:00"), BOSS)
    return base


def draft(app: AppClient) -> str:
    """The address of a new draft."""
    app.be("organizer")
    answer = app.client.post("/organize", data={"pasted": PAGE}, follow_redirects=False)
    return answer.headers["location"].partition("/plan")[0]


OTHER: dict[str, tuple[tuple[str, Callable[[AppClient], str], str, dict[str, str], str], ...]] = {
    "join": (
        (
            "",
            published,
            "?code=OTHERXXX",
            {"lane": "room", "name": "\u200b \u200b", "stakeholder": "Civil Society"},
            "name",
        ),
        ("", published, "?code=OTHERXXX", {"lane": "online", "name": "Ann", "stakeholder": "Nobody"}, "stakeholder"),
    ),
    "passes": (
        ("organizer", published, "/plan", {"act": "give", "role": "captioner", "name": "\u200b \u200b"}, "name"),
        ("organizer", published, "/plan", {"act": "until", "until": "not a day"}, "until"),
        ("organizer", published, "/plan", {"act": "revoke", "reason": "Too long. " * 60}, "reason"),
        ("organizer", published, "/plan", {"act": "replace", "name": "New Person", "reason": "x" * 900}, "reason"),
    ),
    "organizers_links": (
        ("organizer", lambda _: "", "/organizers", {"act": "give", "name": "\u200b \u200b"}, "name"),
        ("organizer", lambda _: "", "/organizers", {"act": "until", "until": "not a day"}, "until"),
    ),
    "plan_save": (
        ("organizer", draft, "/plan", {"act": "fields", "zone": "Atlantis", "title": "Typed"}, "zone"),
        ("organizer", draft, "/plan", {"act": "yaml", "yaml": "title: [unclosed"}, "yaml"),
    ),
    "desk_publish": (("rapporteur", published, "/desk", {"note.TURN": "Too long. " * 900}, "note.TURN"),),
    "captions_transcript": (("rapporteur", published, "/captions", {"file": ""}, "file"),),
    "meetings_preview": (("rapporteur", published, "/meetings", {"file": ""}, "file"),),
    "contributions_write": (("participant", invited, "/contributions", {"text": "Keep", "language": "?"}, "language"),),
    "elsewhere_preview": (("rapporteur", published, "/desk/elsewhere", {"text": "# Key takeaways"}, "text"),),
    "inputs_state": (
        ("rapporteur", published, "/inputs", {"inputs": "1", "fate": "deferred", "to": "The next session"}, "inputs"),
    ),
    "organize_paste": (("organizer", lambda _: "", "/organize", {"pasted": "Nothing of the kind."}, "pasted"),),
    "load_procedure": (("organizer", lambda _: "", "/organize/procedure", {"text": "title: Ours"}, "text"),),
    "organize_lists_preview": (("organizer", lambda _: "", "/organize/lists", {"file": ""}, "file"),),
    "check_receipt": (("", published, "/check", {"noted": "not a fingerprint"}, "noted"),),
    "erase_text": (("onsite_moderator", published, "/erase?entry=QUESTION", {"reason": " "}, "reason"),),
    "change_device": (("", published, "/device", {"act": "move", "code": "NONE-SUCH"}, "code"),),
}
"""Endpoint -> the role, the session, the page, what is typed into one of its forms, and the field that is wrong."""
FORM_LESS = {
    "embedded_join": "the form of join; tried in test_embedding.py",
    "contributions_enter": "files only",
    "note_keep": "tried in test_outcome_notes.py",
    "meetings_enter": "boxes to tick; the report is that of the preview",
    "meetings_forget": "buttons only",
    "organize_lists_load": "a button only; the rows are those of the preview",
    "organize_lists_remove": "buttons only",
    "elsewhere_enter": "boxes to tick; the sentences are those of the preview",
    "join_calls": "buttons only",
    "carry_over": "boxes and a button only",
    "ask_body": "tried in test_calls.py, because its page needs a commitment",
    "change_sign_in": "buttons only",
    "replace_code": "a button only",
    "copies": "buttons only",
    "organize_schedule": "boxes and a button only",
    "end_lost": "a button only",
    "forget_person": "a box and a button only",
    "desk_save": "the form of desk_publish",
    "desk_preview": "the form of desk_publish",
    "desk_take": "the form of desk_publish",
}


@pytest.mark.parametrize("name", OTHER)
def test_every_other_form_comes_back(app: AppClient, name: str) -> None:
    path = next(e.declaration.path for e in web.ENDPOINTS if e.declaration.name == name)
    for role, session_of, page, typed, wrong in OTHER[name]:
        base = session_of(app)
        app.be(role, base.removeprefix("/s/"))
        turn = str(max(app.state("other").turns, default=0)) if base == "/s/other" else ""
        page = page.replace("QUESTION", str(min(app.state("other").questions))) if "QUESTION" in page else page
        typed, wrong = {key.replace("TURN", turn): value for key, value in typed.items()}, wrong.replace("TURN", turn)
        html = app.client.get(f"{base}{page}").text
        target = path.replace("/s/{session:slug}", base)
        for form, controls in Page(html).forms:
            names = {control.name: control for control in controls}
            fits = all(typed.get(c.name, c.value) == c.value for c in controls if c.kind == "hidden")
            if form.get("action") in (target, f"{base}/desk") and fits and wrong in names:
                break
        else:
            pytest.fail(f"no form for {typed}")
        sent = {c.name: c.value for c in controls if c.kind not in ("checkbox", "radio", "button", "file")} | typed
        files = {"file": ("a", b"")} if "multipart" in form.get("enctype", "") else None
        sent = {key: value for key, value in sent.items() if key != "file"}
        answer = app.client.post(target, data=sent, files=files)
        assert {earlier.status_code for earlier in answer.history} <= {307}, (typed, answer.url)
        check(answer.text, sent, wrong)


def test_no_form_of_an_endpoint_is_forgotten() -> None:
    """Whatever is sent by a form comes back to a page, and is tried above or has nothing to type in."""
    sending = {e.declaration.name for e in web.ENDPOINTS if e.declaration.method == "POST" and e.declaration.page}
    assert sending == OTHER.keys() | FORM_LESS.keys()
    posted = {
        re.sub(r"\{\{.*?\}\}", "", action)
        for template in TEMPLATES.rglob("*.html")
        for action in re.findall(r'<form[^>]*method="post" action="([^"]+)"', template.read_text("utf-8"))
    }
    known = {re.sub(r"\{.*?\}", "", e.declaration.path) for e in web.ENDPOINTS if e.declaration.name in sending}
    # The form for joining begins with the address of the session, or of its page in a frame.
    assert posted - {"/join"} <= known
    assert {"/s//join", "/s//embed/join"} <= known


def test_what_is_asked_in_an_address_comes_back_too(app: AppClient) -> None:
    """Forms that are sent with GET and can be wrong: the session code, and how to take part."""
    app.be("")
    check(app.client.get("/join?code=NONE-SUCH").text, {"code": "NONE-SUCH"}, "code")
    asked = {"who": "nobody", "process": "global-mechanism"}
    check(app.client.get("/reference/take-part", params=asked).text, asked, "who")


def test_a_text_whose_form_is_gone_is_shown(app: AppClient) -> None:
    app.hold("ended")
    enter(app, STRANGER, "ended")
    sent = {"do": "ask_question", "text": "What is <asked> too late?", "key": "too-late-1", "page": "questions"}
    answer = app.client.post("/s/ended/do", data=sent)
    assert answer.status_code == 409
    assert '<blockquote dir="auto" class="unsaved">What is &lt;asked&gt; too late?</blockquote>' in answer.text


def test_what_is_filled_in_again() -> None:
    html = (
        '<title>A &amp; b</title><main><form action="/x"><input type="hidden" name="do" value="a">'
        '<details><label>Name <input name="name" value="old"></label></details><fieldset><legend>Where</legend>'
        '<input type="radio" name="lane" value="room" checked>'
        '<input type="radio" name="lane" value="online"></fieldset>'
        '<input type="checkbox" name="on" checked><textarea name="text">\nold</textarea>'
        "<select name=group><option value=1 selected>A</option><option value=2>B</option></select>"
        "</form></main>"
    )
    typed = {"do": "a", "name": '"<b>"', "lane": "online", "text": "a\n<b>", "group": "2"}
    made = returned("en", html, "/x", typed, [("lane", "Choose."), ("", "All <of> it.")])
    page = Page(made)
    values = {control.name: control.value for control in page.sent_by({"do": "a"})}
    assert (values["name"], values["text"], values["group"]) == ('"<b>"', "a\n<b>", "2")
    assert re.findall(r'value="(\w+)" checked', made) == ["online"]
    assert "<details open>" in made
    assert '<fieldset aria-invalid="true" aria-describedby="error-0" role="radiogroup"><legend>' in made
    assert "</legend><span" in made
    assert page.links == {"field-error-0": "Choose.", "error-1": "All <of> it."}
    assert made.startswith("<title>Error: A &amp; b</title>")
