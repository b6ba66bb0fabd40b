"""The live pages as HTML: what each shows in each state, forms without a script, words through gettext."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from acquis.attributes import Attributes
from acquis.command import ONSITE, PARTICIPANT, PEOPLE, READER, Actor
from acquis.floor import questions, queue, segments, statements
from acquis.floor.people import Join
from acquis.plan.document import to_data
from acquis.plan.programme import PublishProgramme
from acquis.roster import SessionRow
from acquis.web.http import passes

from .client import BOSS, PROGRAMME, AppClient, alert, app_client, form_with

PLACES = ("", "/questions", "/vote", "/console", "/stage")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("pages")) as app:
        yield app


@pytest.fixture
def app(shared: AppClient) -> AppClient:
    """One house for the module; each test takes a session of its own."""
    shared.be("")
    return shared


def get(app: AppClient, path: str, status: int = 200) -> str:
    answer = app.client.get(path)
    assert answer.status_code == status, answer.text[:400]
    return answer.text


def running(app: AppClient, session: str) -> None:
    app.add(session)
    app.do(session, segments.OpenSession())
    app.do(session, segments.StartSegment(1))


def joined(app: AppClient, session: str) -> str:
    """The client takes part from now on; its floor page."""
    html = get(app, f"/s/{session}")
    answer = app.client.post(f"/s/{session}/join", data={**form_with(html), "lane": "online", "name": "Ana"})
    assert answer.status_code == 200
    return answer.text


def send(app: AppClient, session: str, html: str, do: str, **fields: str) -> tuple[int, str]:
    form = {**form_with(html, do=do), **fields}
    answer = app.client.post(f"/s/{session}/do", data=form)
    return answer.status_code, answer.text


def test_nobody_is_asked_for_more_than_where_they_are(app: AppClient) -> None:
    running(app, "two-taps")
    html = get(app, "/s/two-taps?code=TWO-TAPS")
    required = re.findall(r"<(?:input|select|textarea)[^>]*\brequired", html)
    assert len(required) == 2  # the two choices of one question
    assert "Prefer not to say" in html
    assert "TWO-TAPS"[:4] + "-" in html or "TWO-" in html
    answer = app.client.post("/s/two-taps/join", data={"lane": "room", "key": "12345678"})
    assert "Ask for the floor" in answer.text
    voice = app.state("two-taps").voices[-1]
    assert (voice.attributes.lane, voice.attributes.stakeholder, voice.attributes.region) == ("room", "", "")


@pytest.mark.parametrize("typed", ["abcd-ef01", "ABCD EFO1", "abcdefoi"])
def test_a_code_opens_its_session_however_it_is_typed(app: AppClient, typed: str) -> None:
    if app.house.roster.session("coded") is None:
        app.house.roster.add_session(SessionRow("coded", "ABCDEF01", 1, ""))
        app.do("coded", PublishProgramme(to_data(PROGRAMME)), BOSS)
    answer = app.client.get("/join", params={"code": typed}, follow_redirects=False)
    assert (answer.status_code, answer.headers.get("location")) == (303, "/s/coded?code=ABCD-EF01")


def test_a_wrong_code_says_so_and_keeps_it(app: AppClient) -> None:
    html = get(app, "/join?code=ZZZZ-9999", 404)
    assert alert(html)
    assert 'value="ZZZZ-9999"' in html


def test_the_hand_of_a_participant_in_every_state(app: AppClient) -> None:
    running(app, "hands")
    html = joined(app, "hands")
    status, html = send(app, "hands", html, "raise_hand", about="On the review")
    assert (status, shown(html)) == (200, "next")
    other = Actor("p-other", "v-other", PEOPLE, Attributes(lane="room"))
    app.do("hands", Join(lane="room"), other)
    first = max(app.state("hands").hands)
    app.do("hands", queue.GiveFloor(first))
    assert shown(get(app, "/s/hands")) == "speaking"
    app.do("hands", queue.EndTurn(app.state("hands").turn))
    assert shown(get(app, "/s/hands")) == "open"
    app.do("hands", queue.RaiseHand(), other)
    _, html = send(app, "hands", get(app, "/s/hands"), "raise_hand")
    assert shown(html) == "waiting"
    assert "Place in your group: <b data-place>1</b>. Expected wait: <b data-minutes>" in html
    send(app, "hands", html, "lower_hand")
    app.do("hands", segments.CloseList())
    assert shown(get(app, "/s/hands")) == "listclosed"
    app.do("hands", segments.StartSegment(0))
    assert shown(get(app, "/s/hands")) == "none"
    app.do("hands", segments.CloseSession())
    assert shown(get(app, "/s/hands")) == "closed"


def shown(html: str) -> str:
    """Which of the things that one can do now is shown."""
    (state,) = re.findall(r'<div data-when="(\w+)">', html)
    return str(state)


def test_what_was_refused_is_still_in_its_field(app: AppClient) -> None:
    running(app, "typed")
    joined(app, "typed")
    html = get(app, "/s/typed/questions")
    text = "<b>why</b> & " * 60
    status, html = send(app, "typed", html, "ask_question", text=text, to="2", anonymous="true")
    assert status == 400
    assert "400" in alert(html)
    again = form_with(html, do="ask_question")
    assert (again["text"], again["to"], again["anonymous"]) == (text, "2", "true")
    assert "<b>why" not in html


def test_before_the_session_and_after_it_nothing_can_be_asked(app: AppClient) -> None:
    app.add("early")
    joined(app, "early")
    for place in ("/questions", "/vote"):
        assert 'value="ask_question"' not in get(app, f"/s/early{place}")
    app.do("early", segments.OpenSession())
    assert 'value="ask_question"' in get(app, "/s/early/questions")
    app.do("early", segments.CloseSession())
    assert 'value="ask_question"' not in get(app, "/s/early/questions")
    assert 'value="raise_hand"' not in get(app, "/s/early").split('data-when="open"')[0]


def test_who_has_not_joined_may_watch_but_not_act(app: AppClient) -> None:
    app.hold("watch", close=False)
    for place in ("?watch=1", "/questions", "/vote", "/stage"):
        html = get(app, f"/s/watch{place}")
        assert not re.findall(r'name="do" value="(?!support_question|cast_vote)', html)


def test_the_console_is_for_moderators(app: AppClient) -> None:
    running(app, "closed-door")
    get(app, "/s/closed-door/console", 403)
    for role, status in ((PARTICIPANT, 403), (READER, 403), (ONSITE, 200)):
        app.be(role, "closed-door")
        get(app, "/s/closed-door/console", status)


def test_what_waits_or_was_held_back_is_read_by_moderators_only(app: AppClient) -> None:
    app.hold("secret", close=False)
    someone = Actor("p-11", "v-11", PEOPLE, Attributes(lane="room"))
    app.do("secret", questions.AskQuestion("Still unread by anybody"), someone)
    app.do("secret", statements.ProposeStatement("Proposed but unread"), someone)
    for place in ("?watch=1", "/questions", "/vote", "/stage", "/stage?scene=results"):
        html = get(app, f"/s/secret{place}")
        assert "private matter" not in html
        assert "unread" not in html
    app.be(ONSITE, "secret")
    html = get(app, "/s/secret/console")
    assert all(text in html for text in ("private matter", "Still unread by anybody", "Proposed but unread"))


def test_a_name_is_text_and_stands_apart(app: AppClient) -> None:
    running(app, "names")
    secret, given = passes.issue(app.house, "names", PARTICIPANT, 0, '<script>"ق')
    app.do("names", Join(lane="room"), given.actor())
    app.do("names", queue.RaiseHand(about="<i>x</i></script>"), given.actor())
    for place in ("?watch=1", "/stage"):
        html = get(app, f"/s/names{place}")
        assert "<bdi>&lt;script&gt;&#34;ق</bdi>" in html
        assert "<i>x" not in html
        assert '<script>"' not in html
    assert secret


def test_a_speaker_answers_in_writing(app: AppClient) -> None:
    said = app.hold("writes")
    secret, _ = passes.issue(app.house, "writes", "speaker", 1)
    app.client.cookies.set(passes.cookie_name("writes"), secret)
    html = get(app, f"/s/writes/questions?answer={said['question']}")
    status, html = send(app, "writes", html, "answer_in_writing", text="The members pay.")
    assert status == 200
    assert "The members pay." in html
    assert app.state("writes").questions[said["question"]].fate == "answered_in_writing"


def test_the_next_statement_is_another_one_for_the_next_voice(app: AppClient) -> None:
    running(app, "round")
    for number in range(4):
        app.do("round", statements.SeedStatement(f"Statement {number}."))
    first = set()
    for _ in range(4):
        app.be("")
        joined(app, "round")
        html = get(app, "/s/round/vote")
        (card,) = re.findall(r'<li id="(s\d+)" class="card"[^>]*data-mine=""(?! hidden)>', html)
        first.add(card)
    assert len(first) == 4


def test_questions_that_may_ask_the_same_are_offered_for_merging(app: AppClient) -> None:
    """W m17."""
    said = app.hold("twins", close=False)
    twin = app.do(
        "twins",
        questions.AskQuestion("Who will pay for the keeper?"),
        Actor("p-5", "v-5", PEOPLE, Attributes(lane="room")),
    )
    app.be(ONSITE, "twins")
    html = get(app, "/s/twins/console")
    assert "1 pair of questions may be duplicates" in html
    form = form_with(html, do="merge_questions", question=str(twin), into=str(said["question"]))
    app.client.post("/s/twins/do", data=form)
    assert app.state("twins").questions[twin].into == said["question"]
    assert "may be duplicates" not in get(app, "/s/twins/console")


CLOCKS = ("data-left", "data-soon", "data-over", "data-five", "data-one", "data-late")
"""The words beside clocks, which scripts show."""


class _Words(HTMLParser):
    """The words of a page that did not come out of a catalogue; what people wrote stands in <bdi> and the like."""

    FREE = frozenset({"bdi", "code", "title", "style", "script", "time", "kbd", "option", "strong"})
    EMPTY = frozenset({"meta", "link", "input", "br", "img", "rect"})
    SAID = ("aria-label", "alt", "placeholder", "data-own", *CLOCKS)

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loose: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in self.SAID and value and "[" not in value:
                self.loose.append(value)
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.FREE.isdisjoint(self.open):
            self.text += data

    def left(self) -> list[str]:
        """What no catalogue said: a message of the pseudo-locale stands in brackets, around what is marked in it."""
        text = re.sub(r"\[[^\]]*\]", " ", self.text).replace("Acquis", "")
        return [*self.loose, *re.findall(r"[^\W\d_]{2,}", text)]


@pytest.mark.parametrize("phase", ["published", "open", "closed"])
def test_every_word_goes_through_gettext(app: AppClient, phase: str) -> None:
    name = f"words-{phase}"
    if phase == "published":
        app.add(name)
    else:
        app.hold(name, close=phase == "closed")
        if phase == "open":
            someone = Actor("p-3", "v-3", PEOPLE, Attributes(lane="room", stakeholder="Civil Society"))
            app.do(name, queue.RaiseHand("point_of_order"), someone)
            app.do(name, queue.RaiseHand(), someone)
            app.do(name, queue.GiveFloorToSpeaker(1))
    joined_page = "" if phase == "closed" else joined(app, name)
    assert "<html" in joined_page or phase == "closed"
    pages = [f"/s/{name}{place}?lang=en-XA" for place in ("", "/questions", "/vote", "/stage")]
    texts = [get(app, path) for path in [*pages, "/?lang=en-XA"]]
    app.be(ONSITE, name)
    texts.append(get(app, f"/s/{name}/console?lang=en-XA"))
    app.be("")  # the language is kept until then
    for text in texts:
        reader = _Words()
        reader.feed(text)
        assert reader.left() == []
