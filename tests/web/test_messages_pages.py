"""Agreeing on messages, as people, moderators and later readers see it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from acquis.command import ONSITE, PARTICIPANT, RAPPORTEUR, Actor, Refused
from acquis.erasure import EraseText
from acquis.floor import messages, objections, people, segments
from acquis.i18n import PSEUDO, say
from acquis.i18n.refusals import refusal_sentence
from acquis.messages.procedure import procedure_text, shipped_text
from acquis.plan.document import FloorSettings

from .client import BOSS, HOST, PROGRAMME, AppClient, app_client, form_with, forms

TEXT, OTHER = "Norms need a keeper.", "Norms need two keepers."
LATE = Actor("p-late", "v-late", frozenset({PARTICIPANT}))
LATER = Actor("p-later", "v-later", frozenset({PARTICIPANT}))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("messages")) as app:
        yield app


@pytest.fixture
def app(shared: AppClient) -> AppClient:
    """One house for the module; each test takes a session of its own."""
    shared.be("")
    return shared


def proposed(app: AppClient, session: str) -> int:
    """A session that agrees on messages by the procedure of the IGF: the entry of its one message, before the room."""
    app.hold(session, close=False)
    app.do(session, messages.ChooseProcedure("igf"), HOST)
    entry = app.do(session, messages.ProposeMessage("takeaways", TEXT), HOST)
    app.do(session, messages.PutMessage(entry), HOST)
    return entry


def sends(app: AppClient, session: str, page: str, **fields: str) -> None:
    """Fill in the form of a page that has these fields, as a browser without a script, and expect no refusal."""
    known = {name: value for name, value in fields.items() if name not in ("text", "name", "why", "outcome")}
    form = form_with(app.client.get(f"/s/{session}{page}").text, **known)
    answer = app.client.post(f"/s/{session}/do", data=form | fields)
    assert answer.status_code == 200, answer.text


def amended_in(page: str) -> str:
    """The text of the amendment on a page, without what it removes."""
    (shown,) = re.findall(r'<p class="wording"[^>]*>((?:(?!</p>).)*<ins>.*?)</p>', page, re.DOTALL)
    return re.sub(r"<[^>]*>", "", re.sub(r"<del>.*?</del>|<bdi.*?</bdi>", "", shown))


def test_a_late_joiner_objects_amends_and_supports_and_the_chair_adopts_with_a_reservation(app: AppClient) -> None:
    """A walk without a script: every act is a form of a page."""
    entry = str(proposed(app, "walk"))
    assert app.joins("walk").status_code in (200, 303)
    assert TEXT in app.client.get("/s/walk").text, "it is on the phone without a look for it"
    sends(app, "walk", "/messages", do="make_objection", message=entry, reservation="false", text="Who pays?")
    sends(app, "walk", "/messages", do="propose_amendment", message=entry, text=OTHER)
    (amendment,) = app.state("walk").amendments
    page = app.client.get("/s/walk/messages").text
    assert "Who pays?" in page
    assert "before the room now" in page
    assert amended_in(page) == OTHER, "its author sees it while it waits"

    kept = dict(app.client.cookies)
    app.be("")
    page = app.client.get("/s/walk/messages").text
    assert not re.search("Who pays|two keepers", page), "a moderator has not read them"
    assert "not reviewed yet" in page
    app.be(ONSITE, "walk")
    assert amended_in(app.client.get("/s/walk/messages/chair").text) == OTHER
    sends(app, "walk", "/messages/chair", do="let_text_through", entry=str(amendment))
    app.be("")
    page = app.client.get("/s/walk/messages").text
    assert amended_in(page) == OTHER
    app.client.cookies.update(kept)
    sends(app, "walk", "/messages", do="support_amendment", amendment=str(amendment))
    app.be(ONSITE, "walk")
    sends(app, "walk", "/messages/chair", do="put_message", message=entry, amendment=str(amendment))
    stage = app.client.get("/s/walk/stage").text
    assert re.search(r"<del>.*a keeper.*</del>.*<ins>.*two keepers", re.sub(r"\s+", " ", stage))
    sends(app, "walk", "/messages/chair", do="settle_amendment", amendment=str(amendment), accepted="true")
    sends(app, "walk", "/messages/chair", do="open_message_vote", message=entry)
    refused = form_with(app.client.get("/s/walk/messages/chair").text, do="state_outcome", message=entry)
    answer = app.client.post("/s/walk/do", data=refused | {"outcome": "adopted"})
    assert answer.status_code == 409
    assert "This message has objections or reservations." in answer.text

    app.client.cookies.clear()
    app.client.cookies.update(kept)
    assert "To give your name, withdraw it first." in app.client.get("/s/walk/messages").text
    sends(app, "walk", "/messages", do="withdraw_objection", objection=str(max(app.state("walk").objections)))
    sends(app, "walk", "/messages", do="make_objection", message=entry, reservation="true", name="Lou Late")
    assert 'value="Lou Late"' in app.client.get("/s/walk/messages").text, "another wording keeps the name"
    assert "statement" in {key for form in forms(app.client.get("/s/walk/vote").text) for key in form}
    for place in ("/messages", f"/messages/{entry}"):
        assert "No votes." not in app.client.get(f"/s/walk{place}").text, "no result is shown while the vote is open"
    app.be(ONSITE, "walk")
    outcome = "adopted_with_reservations"
    sends(app, "walk", "/messages/chair", do="state_outcome", message=entry, outcome=outcome)
    app.do("walk", segments.CloseSession(), BOSS)
    app.publish_votes()

    app.be("")
    record = app.client.get("/s/walk/record").text
    assert "adopted with reservations" in record
    assert "Lou Late" in record
    assert OTHER in record
    line = json.loads(app.client.get("/s/walk/report.json").content)["messages"][0]
    assert (line["fate"], line["text"], len(line["wordings"])) == (outcome, OTHER, 2)
    assert [(amendment["fate"], amendment["supporters"]) for amendment in line["amendments"]] == [("incorporated", 1)]
    assert [objection["withdrawn"] for objection in line["objections"]] == [True, False]
    past = app.client.get(f"/s/walk/messages/{entry}").text
    assert TEXT in past
    assert "No votes." in past
    assert "Who pays?" not in past, "its text waits for a moderator"
    for name in ("report.md", "report.html"):
        assert "Lou Late" in app.client.get(f"/s/walk/{name}").text


def test_an_erratum_is_numbered_and_overwrites_nothing_and_what_fell_stays(app: AppClient) -> None:
    entry = proposed(app, "after")
    app.do("after", messages.StateOutcome(entry, "adopted"), HOST)
    second = app.do("after", messages.ProposeMessage("calls_to_action", "Pay for it."), HOST)
    app.do("after", messages.StateOutcome(second, "fallen", "Nobody can."), HOST)
    app.do("after", segments.CloseSession(), BOSS)
    app.be(RAPPORTEUR, "after")
    sends(app, "after", "/messages/chair", do="reword_message", message=str(entry), text=OTHER, why="A slip.")
    app.be("")
    past = app.client.get(f"/s/after/messages/{entry}").text
    assert "Erratum 1" in past
    assert TEXT in past
    assert "(no public reason)" in past, "an outcome without a reason has no text that is not public"
    assert "(no public text)" not in past
    assert "before the room now" not in past, "the session has ended"
    floor = app.client.get("/s/after?watch=1").text
    assert 'href="/s/after/messages"' in floor
    assert TEXT not in floor, "nothing is before the room any more"
    app.be(ONSITE, "after")
    conducting = app.client.get("/s/after/messages/chair").text
    assert "Put before the room" not in conducting
    assert "off the room screen" not in conducting
    app.be("")
    page = app.client.get("/s/after/messages").text
    assert "Nobody can." in page
    assert "fallen" in page
    assert "/messages/1" not in page, "nothing is linked that is no message"
    assert app.client.get("/s/after/messages/1").status_code == 404


def test_a_silence_ends_by_itself_and_a_named_party_breaks_it(app: AppClient) -> None:
    app.hold("quiet", close=False)
    app.do("quiet", messages.ChooseProcedure("silence"), HOST)
    kept, broken = (app.do("quiet", messages.ProposeMessage("takeaways", text), HOST) for text in (TEXT, OTHER))
    for entry in (kept, broken):
        app.do("quiet", messages.BeginSilence(entry, "Government of A\nGovernment of B"), HOST)
    assert app.client.get("/s/quiet/messages").text.count("under the silence procedure") == 2
    app.be(ONSITE, "quiet")
    fields = {"do": "make_objection", "message": str(broken)}
    sends(app, "quiet", "/messages/chair", **fields, party="Government of A", text="Not so.")
    app.clock.forward(73 * 3_600_000)
    app.be("")
    page = app.client.get("/s/quiet/messages").text
    assert "adopted by silence" in page
    assert "the silence was broken" in page
    before = json.loads(app.client.get("/s/quiet/report.json").content)["messages"]
    assert [line["fate"] for line in before] == ["silence", "broken"], "a document is as of the newest entry"


def test_an_own_procedure_is_refused_with_a_sentence_for_each_mistake(app: AppClient) -> None:
    app.hold("own", close=False)
    app.be(ONSITE, "own")
    form = form_with(app.client.get("/s/own/messages/chair").text, do="choose_procedure", procedure="own")
    answer = app.client.post("/s/own/do", data=form | {"text": "title: Ours\nsteps:\n  - title: Now\n    from: noon\n"})
    assert answer.status_code in (400, 409)
    for sentence in ("“source” is missing or empty.", "“from” has to be", "“acts” has to say"):
        assert sentence in answer.text
    assert "title: Ours" in answer.text, "what was typed is still there"


def test_an_erasure_removes_the_words_and_the_name_of_an_objection(app: AppClient) -> None:
    entry = proposed(app, "words")
    app.do("words", people.Join(lane="online"), LATE)
    made = app.do("words", objections.MakeObjection(entry, text="Lou pays.", name="Lou Late"), LATE)
    app.do("words", messages.StateOutcome(entry, "adopted_with_reservations"), HOST)
    app.do("words", segments.CloseSession(), BOSS)
    app.do("words", EraseText(made, "on request"), BOSS)
    app.be("")
    for place in ("/record", f"/messages/{entry}", "/report.json", "/log.jsonl"):
        answer = app.client.get(f"/s/words{place}")
        assert answer.status_code == 200
        assert "Lou" not in answer.text


def test_an_objection_without_a_name_is_linked_to_no_other_act_of_the_person(app: AppClient) -> None:
    """Its author sees and withdraws it; the log says of neither act whose it is."""
    entry = proposed(app, "nameless")
    app.do("nameless", people.Join(lane="online"), LATE)
    made = app.do("nameless", objections.MakeObjection(entry, text="Who pays?"), LATE)
    again = app.do("nameless", objections.MakeObjection(entry, text="Who pays for it?"), LATE)
    assert app.do("nameless", objections.MakeObjection(entry, text="Who pays for it?"), LATE) == 0, "nothing changes"
    named = app.do("nameless", messages.ProposeAmendment(entry, OTHER), LATE)
    gone = app.do("nameless", objections.WithdrawObjection(again), LATE)
    app.be("")
    lines = [json.loads(line) for line in app.client.get("/s/nameless/log.jsonl").text.splitlines()]
    acts = {seq: json.dumps(lines[seq - 1]) for seq in (made, again, gone, named)}
    assert "p-late" in acts[named]
    assert not any("-late" in acts[seq] for seq in (made, again, gone))


def told_of_the_second_objection(app: AppClient, session: str, author: Actor) -> list[object]:
    """What an attacker reads of a session in which two people objected with their names and withdrew that, and one of
    them (`author`) then objected without a name: the log, the report, and the state, without salts and times."""
    entry = proposed(app, session)
    for by in (LATE, LATER):
        app.do(session, people.Join(lane="online"), by)
        named = objections.MakeObjection(entry, text="Who pays?", name=by.person)
        made = app.do(session, named, by)
        with pytest.raises(Refused, match="objected_by_name"):
            app.do(session, objections.MakeObjection(entry, text="Who decides?"), by)
        app.do(session, objections.WithdrawObjection(made), by)
    first = app.do(session, objections.MakeObjection(entry, text="Who decides?"), author)
    again = app.do(session, objections.MakeObjection(entry, text="Who decides on it?"), author)
    assert app.state(session).objections[first].withdrawn, "an own one without a name is replaced"
    with pytest.raises(Refused, match="objected_without_name"):
        app.do(session, objections.MakeObjection(entry, text="I ask who decides.", name=author.person), author)
    app.do(session, objections.WithdrawObjection(again), author)
    app.do(session, objections.MakeObjection(entry, text="I ask who decides.", name=LATE.person), LATE)
    app.do(session, segments.CloseSession(), BOSS)
    app.publish_votes()
    app.be("")
    log = [json.loads(line) for line in app.client.get(f"/s/{session}/log.jsonl").text.splitlines()]
    (line,) = app.client.get(f"/s/{session}/report.json").json()["messages"]
    objected = [{**made, "at": ""} for made in line["objections"]]
    state = [(seq, made.person, made.withdrawn, made.text) for seq, made in app.state(session).objections.items()]
    return [[_said(line) for line in log[first - 8 : again + 3]], objected, state]


def _said(line: dict[str, Any]) -> list[str]:
    """What an entry of the public log says, without times, salts and commitments."""
    return [re.sub(r'"at":\d+,', "", part[1]) for part in line["parts"] if isinstance(part, list)]


def test_nobody_finds_out_which_person_with_a_name_objected_without_one(app: AppClient) -> None:
    """Of two sessions in which another of the two people did it nobody can tell which is which."""
    first = told_of_the_second_objection(app, "either", LATE)
    assert first == told_of_the_second_objection(app, "other", LATER)
    assert "p-later" in str(first)


def test_under_the_chatham_house_rule_a_message_names_nobody(app: AppClient) -> None:
    """Names of the programme are masked in every text of a message, also in the history and in the files."""
    app.add("rule", msgspec.structs.replace(PROGRAMME, settings=FloorSettings(chatham_house_rule=True)))
    app.do("rule", segments.OpenSession(), BOSS)
    app.do("rule", messages.ChooseProcedure("igf"), HOST)
    entry = app.do("rule", messages.ProposeMessage("takeaways", "Amara Specimen keeps the norm."), HOST)
    app.do("rule", people.Join(lane="online"), LATE)
    app.do("rule", objections.MakeObjection(entry, text="Amara Specimen will not."), LATE)
    app.do("rule", messages.ProposeAmendment(entry, "Bruno Muster keeps the norm."), LATE)
    app.do("rule", messages.StateOutcome(entry, "adopted_with_reservations", "As Amara Specimen said."), HOST)
    app.do("rule", segments.CloseSession(), BOSS)
    app.publish_votes()
    app.be("")
    for place in ("/messages", f"/messages/{entry}", "/record", "/report.json", "/report.md", "/log.jsonl"):
        answer = app.client.get(f"/s/rule{place}")
        assert answer.status_code == 200, place
        assert not re.search("Amara|Specimen|Bruno|Muster|p-late", answer.text), place
    assert "keeps the norm." in app.client.get(f"/s/rule/messages/{entry}").text


def test_the_texts_of_a_shipped_procedure_are_messages_and_those_of_an_own_one_are_not(app: AppClient) -> None:
    """Also on the phones, in the documents and in a refusal. A text is never a pattern."""
    proposed(app, "words-of")
    step, own = "In the session", shipped_text("igf").replace("In the session", "In {the} hall")
    shown = ("/messages?lang=en-XA", "/messages/chair?lang=en-XA")
    app.be(ONSITE, "words-of")
    for page in shown:
        assert say(PSEUDO, step) in app.client.get(f"/s/words-of{page}").text
    refused = refusal_sentence(PSEUDO, "not_in_step", {"step": [step]})
    assert say(PSEUDO, step) in refused
    assert procedure_text("own", step, PSEUDO) == step
    app.do("words-of", messages.ChooseProcedure("own", own), HOST)
    for page in shown:
        assert "In {the} hall" in app.client.get(f"/s/words-of{page}").text
    assert "In {the} hall" in refusal_sentence(PSEUDO, "not_in_step", {"step": "In {the} hall"})
