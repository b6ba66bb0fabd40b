"""What the pages show of acts that can be taken back, without a script (W B4, M1, M2; B F5)."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from acquis import events as ev
from acquis.attributes import Attributes
from acquis.command import ONLINE, ONSITE, ORGANIZER, PARTICIPANT, Actor
from acquis.floor import moderation, people, questions, queue, segments, undoing
from acquis.web.words import acts

from .client import AppClient, alert, app_client, form_with

ANN = Actor("p-ann", "v-ann", frozenset({PARTICIPANT}), Attributes(lane="room"))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(Path(tmp_path_factory.mktemp("undoing"))) as app:
        yield app


def begun(app: AppClient, session: str) -> int:
    """A session in its open questions, in which Ann has raised her hand. Returns the entry of the hand."""
    app.add(session)
    app.do(session, segments.OpenSession())
    app.do(session, segments.StartSegment(1))
    app.do(session, people.Join(lane="room"), ANN)
    return app.do(session, queue.RaiseHand(), ANN)


def page(app: AppClient, session: str, role: str, path: str = "console") -> str:
    app.be(role, session)
    return unescape(app.client.get(f"/s/{session}/{path}").text)


def send(app: AppClient, session: str, html: str, **fields: str) -> str:
    answer = app.client.post(f"/s/{session}/do", data=form_with(html, **fields))
    return unescape(answer.text)


def test_every_act_that_can_be_taken_back_has_a_sentence() -> None:
    assert set(acts._SENTENCES) == {event for event in ev.ALL if event.undo_s}


def test_the_console_says_what_was_done_and_takes_it_back_without_a_script(app: AppClient) -> None:
    """W M2: the floor given by slip; either moderator takes it back, and the audit shows both."""
    hand = begun(app, "slip")
    given = app.do("slip", queue.GiveFloor(hand))
    html = page(app, "slip", ONLINE)
    assert "The floor was given to Participant -ANN." in html
    after = send(app, "slip", html, do="take_back", entry=str(given))
    assert "Undone: " in after
    state = app.state("slip")
    assert (state.turn, state.waiting) == (0, [hand])
    assert "The segment “Open Q&A” was started." in after, "the act before can be taken back next"
    audited = page(app, "slip", "", "audit")
    assert "Actions undone" in audited
    assert f"<td>{given}</td>" in audited


TAKING = {
    "segment": (segments.StartSegment(0), "The segment “Panel” was started. The intervention of Participant -ANN was "),
    "panel": (queue.GiveFloorToSpeaker(1), "The intervention of Participant -ANN was "),
    "silence": (moderation.SilencePerson("p-ann", "abusive"), "The intervention of Participant -ANN was "),
    "end": (segments.CloseSession(), "The session was closed. The intervention of Participant -ANN was "),
    "pause": (moderation.PauseSession(), "The session was paused. The speaking time of Participant -ANN was "),
}


@pytest.mark.parametrize("name", TAKING)
def test_an_act_that_takes_the_floor_from_somebody_says_from_whom(app: AppClient, name: str) -> None:
    """W B4: the next segment was started in the middle of an intervention, and nothing said that it had ended."""
    act, said = TAKING[name]
    app.do(name, queue.GiveFloor(begun(app, name)))
    app.clock.pause()
    before = page(app, name, ONSITE)
    if name == "end":
        assert "The intervention of Participant -ANN will end. Voting will close." in before
    app.do(name, act)
    assert said + ("stopped." if name == "pause" else "ended.") in page(app, name, ONSITE)
    app.do(name, undoing.TakeBack(app.state(name).seq))
    assert app.state(name).turn, "whoever had the floor has it again"
    assert "was ended." not in page(app, name, ONSITE)


def test_a_point_of_order_says_whose_time_it_stopped(app: AppClient) -> None:
    app.do("order", queue.GiveFloor(begun(app, "order")))
    app.clock.pause()
    point = app.do("order", queue.EnterHand(person="p-guest", name="Guest", kind="point_of_order"))
    app.do("order", queue.GiveFloor(point))
    assert "The speaking time of Participant -ANN was stopped." in page(app, "order", ONSITE)
    app.do("order", queue.EndTurn(app.state("order").turn))
    assert "-ANN was" not in page(app, "order", ONSITE), "the interrupted intervention goes on"


def test_what_is_too_late_is_not_offered_and_refused_in_a_sentence(app: AppClient) -> None:
    hand = begun(app, "late")
    given = app.do("late", queue.GiveFloor(hand))
    html = page(app, "late", ONSITE)
    app.clock.forward(14_000)
    assert "You can no longer undo this" in alert(send(app, "late", html, do="take_back", entry=str(given)))
    assert 'value="take_back"' not in page(app, "late", ONSITE)


def test_opening_asks_first_and_says_for_how_long_it_can_be_undone(app: AppClient) -> None:
    """W M1: one click, no question asked, no way back."""
    app.add("open")
    for role, path in ((ONSITE, "console"), (ORGANIZER, "plan")):
        html = page(app, "open", role, path)
        assert html.index("<summary") < html.index("You can undo this for 60 seconds") < html.index("Yes, open it now")
    html = page(app, "open", ONSITE)
    opened = send(app, "open", html, do="open_session")
    assert "The session was opened." in opened
    app.clock.forward(45_000)
    send(app, "open", page(app, "open", ONSITE), do="take_back")
    assert app.state("open").phase == "published"
    assert "Yes, open it now" in page(app, "open", ONSITE)


def test_the_organizer_takes_an_opening_back_on_the_page_of_the_plan(app: AppClient) -> None:
    """W M1."""
    app.add("plan")
    opened = send(app, "plan", page(app, "plan", ORGANIZER, "plan"), do="open_session")
    assert "The session was opened." in opened
    assert "Yes, open it now" in send(app, "plan", opened, do="take_back")
    assert app.state("plan").phase == "published"


def test_an_opening_on_which_somebody_acted_stays(app: AppClient) -> None:
    app.add("acted")
    app.do("acted", segments.OpenSession())
    html = page(app, "acted", ONSITE)
    app.do("acted", questions.AskQuestion("Why?"), ANN)
    assert "because people have already acted on it" in alert(send(app, "acted", html, do="take_back"))
    assert 'value="take_back"' not in page(app, "acted", ONSITE)


def test_a_question_is_taken_back_only_when_one_is_sure(app: AppClient) -> None:
    """W M2: one tap, final."""
    begun(app, "sure")
    app.be(PARTICIPANT, "sure")
    app.client.post("/s/sure/do", data={"do": "join", "lane": "room", "key": "join-first", "page": "floor"})
    asked = app.client.post(
        "/s/sure/do", data={"do": "ask_question", "text": "Why?", "to": "0", "key": "ask-once", "page": "questions"}
    )
    html = unescape(asked.text)
    before = html.index('value="withdraw_question"')
    assert (
        before < html.index("<summary", before) < html.index("You cannot undo this.") < html.index("Yes, withdraw it")
    )


def test_what_was_done_long_ago_has_its_inverse_on_the_console(app: AppClient) -> None:
    """B F5, B 27 to 29: a lowered hand, a merge, a question that was put or answered, a speaker who was assigned."""
    hand = begun(app, "inverse")
    first = app.do("inverse", questions.AskQuestion("Why?"), ANN)
    second = app.do("inverse", questions.AskQuestion("How?"), ANN)
    for seq in (first, second):
        app.do("inverse", questions.ApproveQuestion(seq))
    app.do("inverse", queue.LowerHand(hand))
    app.do("inverse", questions.MergeQuestions(second, first))
    app.do("inverse", questions.AssignQuestion(first, 1))
    app.do("inverse", questions.PutQuestion(first))
    app.clock.forward(3600_000)
    html = page(app, "inverse", ONSITE)
    html = send(app, "inverse", html, do="restore_hand", hand=str(hand))
    html = send(app, "inverse", html, do="split_question", question=str(second))
    html = send(app, "inverse", html, do="reopen_question", question=str(first))
    assert '<option value="0">the whole panel' in html
    state = app.state("inverse")
    assert state.waiting == [hand]
    assert [state.questions[seq].fate for seq in (first, second)] == ["approved", "approved"]
    app.do("inverse", questions.MarkAnswered(first))
    send(app, "inverse", page(app, "inverse", ONSITE), do="reopen_question", question=str(first))
    assert app.state("inverse").questions[first].fate == "approved"


def test_two_calls_within_a_moment_are_one_call_with_a_sentence(app: AppClient) -> None:
    """B F3, W M2: two moderators, or a key that was pressed twice."""
    first = begun(app, "twice")
    second = app.do("twice", queue.EnterHand(person="p-guest", name="Guest"))
    html = page(app, "twice", ONSITE)
    app.clock.pause()
    picked = form_with(html, do="give_floor")
    assert picked["hand"] == str(first)
    send(app, "twice", html, do="give_floor", hand=str(first))
    html = page(app, "twice", ONLINE)
    assert form_with(html, do="give_floor")["hand"] == str(second), "the button stays: a moment later it works"
    assert "a second ago" in alert(send(app, "twice", html, do="give_floor", hand=str(second)))
    app.clock.pause()
    assert not alert(send(app, "twice", page(app, "twice", ONLINE), do="give_floor", hand=str(second)))
    assert app.state("twice").turns[app.state("twice").turn].hand == second
