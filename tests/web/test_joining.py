"""Joining and waiting, and the floor page of a speaker: what is asked, what is remembered, what the page knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from acquis.command import SPEAKER, Actor
from acquis.floor import questions, queue, segments
from acquis.web.http import passes

from .client import BOSS, HOST, AppClient, app_client, form_with


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("joining")) as app:
        yield app


@pytest.fixture
def app(shared: AppClient) -> AppClient:
    shared.be("")
    return shared


def get(app: AppClient, path: str) -> str:
    answer = app.client.get(path)
    assert answer.status_code == 200, answer.text[:400]
    return answer.text


def running(app: AppClient, session: str) -> None:
    app.add(session)
    app.do(session, segments.OpenSession(), BOSS)
    app.do(session, segments.StartSegment(1))


def join(app: AppClient, session: str, **fields: str) -> str:
    answer = app.client.post(f"/s/{session}/join", data={"lane": "room", **fields})
    assert answer.status_code == 200
    return answer.text


def speaker(app: AppClient, session: str, seat: int) -> Actor:
    """The client becomes the speaker of a seat."""
    secret, given = passes.issue(app.house, session, SPEAKER, seat, "Whoever")
    app.client.cookies.clear()
    app.client.cookies.set(passes.cookie_name(session), secret)
    return given.actor()


def state_of(html: str) -> str:
    """Which of the things that one can do now is shown."""
    (state,) = re.findall(r'<div data-when="(\w+)">', html)
    return str(state)


def test_name_and_groups_stand_before_the_button_and_are_remembered(app: AppClient) -> None:
    """W M11."""
    running(app, "order")
    html = get(app, "/s/order")
    form = html[html.index('class="join"') :]
    places = [
        form.index(part) for part in ("all groups were heard", 'name="lane"', 'name="name"', 'name="stakeholder"')
    ]
    assert [*places, form.index("<button")] == sorted([*places, form.index("<button")])
    join(app, "order", name="Ana Silva", stakeholder="Civil Society")
    again = form_with(get(app, "/s/order?join=1"), name="Ana Silva")
    assert (again["lane"], again["stakeholder"]) == ("room", "Civil Society")
    join(app, "order", name="", stakeholder="Government")
    again = form_with(get(app, "/s/order?join=1"), stakeholder="Government")
    assert again["name"] == ""
    (voice,) = app.state("order").voices
    assert voice.attributes.stakeholder == "Government"


def test_there_is_one_form_to_raise_a_hand_with_words(app: AppClient) -> None:
    """W M5: what was typed cannot be lost by pressing another button of the same name."""
    running(app, "one-form")
    html = join(app, "one-form", name="Ana")
    turns = re.findall(r'name="kind" value="turn"', html)
    assert len(turns) == 1
    form = {**form_with(html, do="raise_hand", kind="turn"), "about": "On the review"}
    app.client.post("/s/one-form/do", data=form)
    (hand,) = app.state("one-form").hands.values()
    assert hand.about == "On the review"


def test_who_waits_sees_what_will_come(app: AppClient) -> None:
    """W M12, on a phone."""
    app.add("waits")
    html = join(app, "waits", name="Ana Silva")
    main = html[html.index("<main") : html.index("</main")]
    assert "<h1><bdi>Who keeps the lights on</bdi></h1>" in main
    for what in ("08:30", "Ballroom C", "Open Q&amp;A", "Amara Specimen", "Ana Silva", "data-own"):
        assert what in main, what
    assert "This page will update when the session opens." in main
    app.do("waits", segments.OpenSession(), BOSS)
    html = get(app, "/s/waits")
    assert state_of(html) == "none"
    assert "<h1><bdi>" not in html


def test_a_speaker_is_not_asked_for_what_the_programme_has(app: AppClient) -> None:
    """W M4: the pass knows its seat."""
    running(app, "seat")
    me = speaker(app, "seat", 1)
    html = get(app, "/s/seat")
    assert "You are Amara Specimen, on the panel." in html
    assert "Government" in html
    assert not re.search(r'name="(name|stakeholder|region|gender)"', html)
    assert state_of(html) == "unplaced"
    html = join(app, "seat", lane="online", name="Mallory", stakeholder="Private Sector")
    assert state_of(html) == "open"
    (voice,) = app.state("seat").voices
    assert (voice.attributes.lane, voice.attributes.stakeholder) == ("online", "Government")
    app.client.post("/s/seat/do", data=form_with(html, do="raise_hand", kind="turn"))
    (hand,) = app.state("seat").hands.values()
    assert (hand.person, hand.attributes.stakeholder) == (me.person, "Government")
    assert "Mallory" not in get(app, "/s/seat")


def test_the_page_of_a_speaker_says_that_the_seat_has_the_floor(app: AppClient) -> None:
    """W M4: also before the speaker has said where he is, and not on the page of another seat."""
    running(app, "speaks")
    app.do("speaks", queue.GiveFloorToSpeaker(1))
    speaker(app, "speaks", 1)
    html = get(app, "/s/speaks")
    assert state_of(html) == "speaking"
    own = html[html.index('data-when="speaking"') :].split("</div>")[0]
    assert "You have the floor." in own
    assert "data-ends=" in own
    speaker(app, "speaks", 2)
    assert state_of(get(app, "/s/speaks")) == "unplaced"


def test_questions_to_a_seat_stand_on_its_floor_page(app: AppClient) -> None:
    """W M4: what is asked of a speaker, and that one is the next."""
    running(app, "asked")
    texts = {"Who pays, Amara?": 1, "Who pays, Bruno?": 2, "Who pays of you all?": 0, "Not read yet?": 1}
    people = [Actor(f"p-{n}", f"v-{n}", frozenset({"participant"})) for n in range(4)]
    asked = {
        text: app.do("asked", questions.AskQuestion(text, to=to), one)
        for (text, to), one in zip(texts.items(), people, strict=True)
    }
    for text in list(texts)[:3]:
        app.do("asked", questions.ApproveQuestion(asked[text]), HOST)

    def questions_of(seat: int) -> str:
        speaker(app, "asked", seat)
        html = get(app, "/s/asked")
        return html[html.index('id="to-me"') :].split("</section>")[0]

    amara, bruno = questions_of(1), questions_of(2)
    assert "Who pays, Amara?" in amara
    assert "next question" in amara
    assert "Bruno" not in amara
    assert "Not read yet?" not in amara
    assert "Who pays, Bruno?" in bruno
    assert "next question" not in bruno
    app.do("asked", questions.PutQuestion(asked["Who pays of you all?"]), HOST)
    assert "Who pays of you all?" in questions_of(2)


def test_a_hand_that_a_moderator_lowered_says_so(app: AppClient) -> None:
    """W B, row 12: who did it, when, and what to do; not for a hand that one lowered oneself."""
    running(app, "lowered")
    html = join(app, "lowered", name="Ana")
    raised = form_with(html, do="raise_hand", kind="turn")
    app.client.post("/s/lowered/do", data=raised)
    app.do("lowered", queue.LowerHand(max(app.state("lowered").hands)))
    html = get(app, "/s/lowered")
    assert re.search(r"A moderator removed your request at \d\d:\d\d\. You can ask for the floor again", html)
    app.client.post("/s/lowered/do", data={**form_with(html, do="raise_hand", kind="turn")})
    assert "A moderator removed" not in get(app, "/s/lowered")
    app.client.post("/s/lowered/do", data=form_with(get(app, "/s/lowered"), do="lower_hand"))
    assert "A moderator removed" not in get(app, "/s/lowered")
