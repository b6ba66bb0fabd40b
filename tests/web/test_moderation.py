"""Moderation at any time, as people and moderators see it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from acquis.command import ONSITE, PARTICIPANT, RAPPORTEUR, Actor
from acquis.floor import moderation, questions, queue, segments, statements
from acquis.web.http import passes

from .client import BOSS, AppClient, alert, app_client, form_with, forms


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("moderation")) as app:
        yield app


@pytest.fixture
def app(shared: AppClient) -> AppClient:
    """One house for the module; each test takes a session of its own."""
    shared.be("")
    return shared


def test_a_name_without_a_visible_character_is_refused_and_its_controls_are_removed(app: AppClient) -> None:
    """B F11, B row 9: nobody is blank on the stage, and no name turns the text around it."""
    app.hold("unseen", close=False)
    fields = {"lane": "room", "key": "key-of-an-unseen", "name": "\u200b\u200d"}
    answer = app.client.post("/s/unseen/join", data=fields)
    assert answer.status_code == 400
    assert "This name has no visible characters" in alert(answer.text)
    assert not set(app.house.roster.names("unseen").values())
    app.client.post("/s/unseen/join", data=fields | {"name": "Ali \u202eecnatsissa\x00"})
    assert list(app.house.roster.names("unseen").values()) == ["Ali ecnatsissa"]


PLACES = ("?watch=1", "/questions", "/vote", "/stage", "/record", "/audit", "/questions.csv", "/comments.csv")
FILES = ("/log.jsonl", "/report.md", "/report.json", "/report.html")


def anywhere(app: AppClient, session: str, text: str) -> list[str]:
    """The public addresses of a session that contain a text."""
    app.be("")
    places = {place: app.client.get(f"/s/{session}{place}") for place in (*PLACES, *FILES, ".json")}
    assert {place: answer.status_code for place, answer in places.items()} == dict.fromkeys(places, 200)
    return [place for place, answer in places.items() if text in answer.text]


@pytest.mark.parametrize("fate", ["approved", "on_floor", "answered", "in writing", "merged", "not reached"])
def test_a_question_is_held_back_whatever_has_become_of_it(app: AppClient, fate: str) -> None:
    """B F6: it is then nowhere but as a count with reasons, and let through it is again what it was."""
    session = f"{fate.translate({32: '-', 95: '-'})}-insult"
    said = app.hold(session, close=False)
    asker = Actor("p-troll", "v-troll", frozenset({PARTICIPANT}))
    insult = app.do(session, questions.AskQuestion("You are all thieves."), asker)
    app.do(session, questions.ApproveQuestion(insult))
    if fate == "on_floor":
        app.do(session, questions.PutQuestion(insult))
    elif fate == "answered":
        app.do(session, questions.MarkAnswered(insult))
    elif fate == "in writing":
        app.do(session, questions.AnswerInWriting(insult, "Nobody here: thieves are elsewhere."))
    elif fate == "merged":
        app.do(session, questions.MergeQuestions(insult, said["question"]))
    elif fate == "not reached":
        app.do(session, segments.CloseSession(), BOSS)
    before = app.state(session).questions[insult].fate
    before = "approved" if before == "on_floor" else before  # another one may be on the floor by then
    shown = anywhere(app, session, "You are all thieves.")
    assert {"/questions", "/log.jsonl"} <= set(shown)
    app.do(session, questions.HoldBackQuestion(insult, "abusive"))
    assert anywhere(app, session, "thieves") == []
    html = app.client.get(f"/s/{session}/questions").text
    assert "Questions withheld by the moderators: 2 (1 personal data, 1 abusive)." in html
    assert f'id="q{insult}"' not in html, "no blank line for each of them (W M15)"
    app.do(session, questions.ApproveQuestion(insult))
    assert app.state(session).questions[insult].fate == before
    assert anywhere(app, session, "You are all thieves.") == shown


@pytest.mark.parametrize("fate", ["open", "closed", "ended"])
def test_a_statement_with_votes_is_held_back(app: AppClient, fate: str) -> None:
    """B F6: its votes count again when it is let through."""
    session = f"{fate}-claim"
    seq = app.hold(session, close=fate == "ended")["statement"]
    if fate == "closed":
        app.do(session, statements.CloseStatement(seq))
    else:
        app.publish_votes()
    before, shown = app.state(session).statements[seq].fate, anywhere(app, session, "Norms need a keeper.")
    counted = app.client.get(f"/s/{session}.json").json()["statements"]
    assert [one["agree"] + one["disagree"] > 0 for one in counted] == [True]
    app.do(session, statements.HoldBackStatement(seq, "abusive"))
    assert anywhere(app, session, "Norms need a keeper.") == []
    assert app.client.get(f"/s/{session}.json").json()["statements"] == []
    assert not app.client.get(f"/s/{session}/report.json").json()["figures"]
    assert "Statements withheld by the moderators: 1 (1 abusive)." in app.client.get(f"/s/{session}/vote").text
    app.do(session, statements.OpenStatement(seq))
    assert app.state(session).statements[seq].fate == before
    assert anywhere(app, session, "Norms need a keeper.") == shown
    assert app.client.get(f"/s/{session}.json").json()["statements"] == counted
    if fate != "ended":
        app.do(session, segments.CloseSession(), BOSS)
        app.publish_votes()
    assert app.client.get(f"/s/{session}/report.json").json()["figures"]


def test_what_a_hand_is_about_is_read_first_and_held_back_at_any_time(app: AppClient) -> None:
    """B F6: the few words beside a hand are read by moderators like a question."""
    app.hold("about", close=False)
    asker = Actor("p-troll", "v-troll", frozenset({PARTICIPANT}))
    hand = app.do("about", queue.RaiseHand(about="Thieves of the platform"), asker)
    assert anywhere(app, "about", "Thieves") == []
    app.be(ONSITE, "about")
    console = app.client.get("/s/about/console").text
    assert "Thieves of the platform" in console
    assert "not reviewed yet" in console
    app.do("about", moderation.LetTextThrough(hand))
    shown = anywhere(app, "about", "Thieves")
    assert {"?watch=1", "/log.jsonl"} <= set(shown)
    app.do("about", queue.LowerHand(hand))
    app.do("about", moderation.HoldBackText(hand, "abusive"))
    assert anywhere(app, "about", "Thieves") == [], "also after the hand is down"
    assert "Other texts withheld by the moderators: 1 (1 abusive)." in app.client.get("/s/about/questions").text


def test_notes_and_comments_and_answers_are_held_back_with_their_earlier_wordings(app: AppClient) -> None:
    """B F6: a note and a comment stand in the log and beside the evidence."""
    said = app.hold("notes", close=False)
    app.do("notes", queue.NoteTurn(said["turn"], "He is a thief."))
    note = app.do("notes", queue.NoteTurn(said["turn"], "He is no thief."))
    first = app.do("notes", questions.AnswerInWriting(said["question"], "The thief pays."))
    assert {"/questions", "/log.jsonl"} <= set(anywhere(app, "notes", "thief"))
    app.do("notes", moderation.HoldBackText(note, "personal_data"))
    app.do("notes", moderation.HoldBackText(first, "abusive"))
    assert anywhere(app, "notes", "thief") == []
    app.be(RAPPORTEUR, "notes")
    assert "He is no thief." in app.client.get("/s/notes/desk").text
    app.do("notes", moderation.LetTextThrough(note))
    assert anywhere(app, "notes", "He is no thief.")


def enter(app: AppClient, session: str, name: str) -> tuple[str, str]:
    """Somebody joins: the cookie and the id on the floor."""
    app.be("")
    app.client.post(
        f"/s/{session}/join", data={"lane": "online", "name": name, "key": f"key-of-{name.replace(' ', '-')}-{session}"}
    )
    cookie = app.client.cookies[passes.cookie_name(session)]
    holder = app.house.roster.holder(cookie)
    assert holder is not None
    return cookie, holder.person


def be_holder(app: AppClient, session: str, cookie: str) -> None:
    app.client.cookies.clear()
    app.client.cookies.set(passes.cookie_name(session), cookie)


def press(app: AppClient, session: str, page: str, do: str, **fields: str) -> str:
    """Send a form of a page; the page that follows."""
    html = app.client.get(f"/s/{session}/{page}").text
    known = {name: value for name, value in fields.items() if f'name="{name}" value="{value}"' in html}
    answer = app.client.post(f"/s/{session}/do", data={**form_with(html, do=do, **known), **fields})
    assert answer.status_code == 200, alert(answer.text)
    return answer.text


def test_a_name_is_changed_and_removed_everywhere_at_once(app: AppClient) -> None:
    """B F6, B row 38: the stage shows the neutral handle, the log no name; the same pass cannot take a name again."""
    app.hold("names", close=False)
    cookie, person = enter(app, "names", "Insult of the day")
    who = app.house.roster.holder(cookie)
    assert who is not None
    hand = app.do("names", queue.RaiseHand(), who.actor())
    app.do("names", queue.GiveFloor(hand, "other"))
    assert "Insult of the day" in app.client.get("/s/names/stage").text
    app.be(ONSITE, "names")
    press(app, "names", "people", "rename_person", person=person, name="A guest", reason="abusive")
    assert "A guest" in app.client.get("/s/names/stage").text
    press(app, "names", "people", "rename_person", person=person, name="", reason="abusive")
    stage = app.client.get("/s/names/stage").text
    assert "Insult" not in stage
    assert "A guest" not in stage
    assert f"Participant {person[-4:].upper()}" in stage
    be_holder(app, "names", cookie)
    assert "A moderator removed your name." in app.client.get("/s/names?join=1").text
    app.client.post("/s/names/join", data={"lane": "online", "name": "Insult of the day", "key": "key-of-a-second-try"})
    assert "Insult" not in app.client.get("/s/names/stage").text
    assert anywhere(app, "names", "Insult") == anywhere(app, "names", "A guest") == []
    assert "Names changed or removed by the moderators: 1 (1 abusive)." in app.client.get("/s/names/audit").text


def test_a_silenced_person_can_read_and_is_told_so(app: AppClient) -> None:
    """W M15, B row 39: the pass stays valid, so nobody who joins anew is needed to read."""
    said = app.hold("silence", close=False)
    cookie, person = enter(app, "silence", "Troll")
    holder = app.house.roster.holder(cookie)
    assert holder is not None
    app.do("silence", queue.RaiseHand(), holder.actor())
    app.be(ONSITE, "silence")
    press(app, "silence", "people", "silence_person", person=person, reason="flooding")
    assert not app.state("silence").waiting
    be_holder(app, "silence", cookie)
    for page in ("", "/questions", "/vote"):
        html = app.client.get(f"/s/silence{page}").text
        assert "A moderator has silenced you in this session (too many at once)." in html
        assert 'name="do"' not in html
    vote = {
        "do": "cast_vote",
        "statement": str(said["statement"]),
        "choice": "agree",
        "key": "key-of-vote",
    }
    answer = app.client.post("/s/silence/do", data=vote)
    assert answer.status_code == 409
    assert "A moderator has silenced you" in alert(answer.text)
    app.be(ONSITE, "silence")
    press(app, "silence", "people", "unsilence_person", person=person)
    be_holder(app, "silence", cookie)
    assert "silenced you" not in app.client.get("/s/silence/questions").text
    assert app.client.post("/s/silence/do", data=vote | {"key": "key-of-vote-2"}).status_code == 200


def test_the_moderators_close_questions_statements_and_the_door(app: AppClient) -> None:
    """W M15: what is closed has no form, and the page says so."""
    app.hold("closed", close=False)
    cookie, _ = enter(app, "closed", "Ana")
    app.be(ONSITE, "closed")
    for intake in ("questions", "statements", "joining"):
        press(app, "closed", "console", "close_intake", intake=intake)
    be_holder(app, "closed", cookie)
    html = app.client.get("/s/closed/questions").text
    assert "The moderators have stopped new questions." in html
    assert 'value="ask_question"' not in html
    html = app.client.get("/s/closed/vote").text
    assert "The moderators have stopped new statements." in html
    assert 'value="propose_statement"' not in html
    app.client.post("/s/closed/join", data={"lane": "room", "name": "Ana", "key": "key-of-ana-again"})
    app.be("")
    html = app.client.get("/s/closed").text
    assert "The moderators have stopped new people from joining." in html
    assert 'action="/s/closed/join"' not in html
    answer = app.client.post("/s/closed/join", data={"lane": "room", "name": "Ben", "key": "key-of-ben-closed"})
    assert answer.status_code == 409
    app.be(ONSITE, "closed")
    press(app, "closed", "console", "open_intake", intake="joining")
    enter(app, "closed", "Ben")


def test_a_pause_stops_the_clocks_and_nobody_takes_part(app: AppClient) -> None:
    """W M15: everybody reads that the session is paused, and the turn has its time afterwards."""
    app.hold("pause", close=False)
    cookie, _ = enter(app, "pause", "Ana")
    holder = app.house.roster.holder(cookie)
    assert holder is not None
    turn = app.do("pause", queue.GiveFloor(app.do("pause", queue.RaiseHand(), holder.actor()), "other"))
    app.be(ONSITE, "pause")
    press(app, "pause", "console", "pause_session")
    assert app.state("pause").turns[turn].since is None
    be_holder(app, "pause", cookie)
    for page in ("", "/questions", "/vote"):
        html = app.client.get(f"/s/pause{page}").text
        assert "The session is paused." in html
        assert not {"raise_hand", "ask_question", "cast_vote", "propose_statement"} & set(html.split('"'))
    assert "The session is paused." in app.client.get("/s/pause/stage").text
    app.be(ONSITE, "pause")
    press(app, "pause", "console", "resume_session")
    assert app.state("pause").turns[turn].since is not None
    be_holder(app, "pause", cookie)
    assert "The session is paused." not in app.client.get("/s/pause").text


def test_the_people_are_listed_with_what_they_did_and_not_how_they_voted(app: AppClient) -> None:
    """W M15, B row 41: one person's texts are folded together; joins close together and namesakes are marked."""
    said = app.hold("people", close=False)
    cookie, person = enter(app, "people", "c1 room")
    holder = app.house.roster.holder(cookie)
    assert holder is not None
    app.do("people", questions.AskQuestion("Buy my book?"), holder.actor())
    app.do("people", statements.CastVote(said["statement"], "disagree"), holder.actor())
    _, other = enter(app, "people", "C1 Room")
    app.be(ONSITE, "people")
    html = app.client.get("/s/people/people").text
    row = html[html.index(f'id="{person}"') :].split("</li>\n<li id=")[0]
    assert "Buy my book?" in row
    assert "1 question" in row
    assert "same name as another person" in row
    assert "joined within 5 seconds of: C1 Room" in row
    assert "disagree" not in row.lower()
    assert f'id="{other}"' in html
    assert f'id="{other}"' not in app.client.get("/s/people/people?q=nobody").text
    assert f'id="{other}"' in app.client.get("/s/people/people?show=together").text
    assert f'id="{other}"' not in app.client.get("/s/people/people?show=silenced").text
    app.do("people", moderation.SilencePerson(other, "voted_twice"))
    html = app.client.get("/s/people/people?show=silenced").text
    assert f'id="{other}"' in html
    assert f'id="{person}"' not in html


def test_the_order_of_people_does_not_tell_in_which_order_they_joined(app: AppClient) -> None:
    """Voices stand in the public log in the order of joining: the order of names must not link one to a person."""
    app.hold("order", close=False)
    for name in ("Zoe", "ana", "Ben"):
        enter(app, "order", name)
    app.be(ONSITE, "order")
    html = app.client.get("/s/order/people").text
    assert [name for name in re.findall(r"<strong><bdi>(.*?)</bdi>", html) if len(name) == 3] == ["ana", "Ben", "Zoe"]
    assert not any(voice.id in html for voice in app.state("order").voices)


def test_somebody_at_the_microphone_without_a_name_can_be_silenced_and_named(app: AppClient) -> None:
    """W M15: people who were put on the list without a name are on the page People, too."""
    app.hold("walkup", close=False)
    app.be(ONSITE, "walkup")
    press(app, "walkup", "console", "enter_hand")
    (hand,) = (one for one in app.state("walkup").hands.values() if one.entered)
    html = press(app, "walkup", "people", "silence_person", person=hand.person, reason="abusive")
    assert "Speaker at the microphone" in html
    assert "without a device" in html
    assert not app.state("walkup").waiting
    assert not [form for form in forms(app.client.get("/s/walkup/console").text) if form.get("do") == "restore_hand"]
    answer = app.client.post(
        "/s/walkup/do", data={"do": "restore_hand", "hand": str(hand.seq), "key": "key-of-a-restored-hand"}
    )
    assert answer.status_code == 409
    assert "A moderator has silenced this person." in alert(answer.text)
    press(app, "walkup", "people", "rename_person", person=hand.person, name="Maria", reason="other")
    assert "Maria" in app.client.get("/s/walkup/people").text
    answer = app.client.post(
        "/s/walkup/do", data={"do": "enter_hand", "name": "Maria", "who": "same", "key": "key-of-maria-again"}
    )
    assert answer.status_code == 409
    assert "A moderator has silenced this person." in alert(answer.text)
    press(app, "walkup", "people", "unsilence_person", person=hand.person)
    press(app, "walkup", "console", "restore_hand", hand=str(hand.seq))
    assert app.state("walkup").waiting == [hand.seq]


def test_a_silenced_person_finds_no_form_on_any_page(app: AppClient) -> None:
    """W M15: neither for what comes in nor for a hand that was lowered."""
    app.hold("formless", close=False)
    cookie, person = enter(app, "formless", "Troll")
    holder = app.house.roster.holder(cookie)
    assert holder is not None
    app.do("formless", queue.LowerHand(app.do("formless", queue.RaiseHand(), holder.actor())), holder.actor())
    app.do("formless", moderation.SilencePerson(person, "flooding"))
    be_holder(app, "formless", cookie)
    for page in ("", "/questions", "/questions/all", "/vote", "/mine", "/list", "/speakers", "/captions", "/map"):
        answer = app.client.get(f"/s/formless{page}")
        assert answer.status_code == 200, page
        assert not [form for form in forms(answer.text) if "do" in form], page


def test_what_a_person_sent_is_folded_together_on_the_console(app: AppClient) -> None:
    """W M15: one row for each person in the lists to read and held back, on the page and in the frames, and every
    question can be acted on; questions without a name stand for themselves."""
    app.hold("folded", close=False)
    app.do("folded", segments.ChangeSettings(moderated=True, anonymous=True))
    troll, ben = (Actor(f"p-{n}", f"v-{n}", frozenset({PARTICIPANT})) for n in ("troll", "ben"))
    sent = [app.do("folded", questions.AskQuestion(f"Buy book {n}?"), troll) for n in range(3)]
    other = app.do("folded", questions.AskQuestion("Who pays?"), ben)
    nameless = [app.do("folded", questions.AskQuestion(f"Nameless {n}?", anonymous=True), ben) for n in range(2)]
    app.be(ONSITE, "folded")

    def listed(name: str) -> list[int]:
        html = app.client.get("/s/folded/console").text
        part = html[html.index(f'<ol id="{name}"') : html.index(f'id="more_{name}"')]
        frame = app.client.get("/s/folded/live/moderators?poll=-1").json()
        made = frame["html"]
        while frame["seq"] < app.state("folded").seq:  # what is newer is in a later frame
            frame = app.client.get(f"/s/folded/live/moderators?poll={frame['number']}").json()
            made |= frame["html"]
        rows = [int(number) for number in re.findall(r'<li id="q(\d+)"', part)]
        assert [int(entry.split(":")[0]) for entry in made[f"order:{name}"].split()] == rows
        assert not made[f"more_{name}"]
        for seq in sent:
            if f'name="question" value="{seq}"' in part:
                assert any(f'name="question" value="{seq}"' in made[f"q{row}"] for row in rows)
        return rows

    assert listed("toapprove") == [sent[0], other, *nameless]
    html = app.client.get("/s/folded/console").text
    assert "2 more from this person" in html
    for seq in sent:
        app.do("folded", questions.HoldBackQuestion(seq, "abusive"))
    assert listed("toapprove") == [other, *nameless]
    assert sent[2] in listed("held_back")
    assert not {sent[0], sent[1]} & set(listed("held_back"))
    press(app, "folded", "console", "approve_question", question=str(sent[1]))
    assert app.state("folded").questions[sent[1]].fate == "approved"
    assert listed("toapprove") == [other, *nameless]
    html = app.client.get("/s/folded/questions/all?show=held_back").text
    assert all(f'<li id="q{seq}"' in html for seq in (sent[0], sent[2])), "the whole list shows every row"
