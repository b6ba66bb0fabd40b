"""What became of inputs, messages and calls is verified: in a log against its procedure, in files against the log."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from typing import Any

import msgspec
import pytest

from acquis import events as ev
from acquis.documents import checking
from acquis.documents.bundle import MANIFEST, manifest
from acquis.documents.formats import BY_NAME
from acquis.documents.source import source
from acquis.messages.procedure import shipped_text
from acquis.publication.verify import verify_entries

from .story import PROGRAMME, Happened, Recorded, erased, masked, outside, published, recorded, then, with_votes

SILENCE = shipped_text("silence")
KEEPER = "Norms need a body that follows up."
STATEMENT, TURN, MESSAGE, QUESTION = 5, 8, 10, 14


def begun(chatham: bool = False, procedure: str = "igf") -> list[Happened]:
    """What happened up to the close: a turn, a message with a reservation, a question."""
    settings = msgspec.structs.replace(PROGRAMME.settings, chatham=chatham)
    return [
        msgspec.structs.replace(PROGRAMME, settings=settings),  # 1
        ev.SessionOpened(chatham=chatham),  # 2
        ev.ProcedureChosen(procedure, shipped_text(procedure)),  # 3
        ("v0", ev.ParticipantJoined(lane="room", ballot=sha256(b"0").hexdigest()[:32])),  # 4
        ev.StatementSeeded(KEEPER),  # 5
        ev.SegmentStarted(1, ("room", "online", "other")),  # 6
        ("p-c", ev.HandRaised("turn", lane="room", about="money")),  # 7
        ev.FloorGiven(7),  # 8
        ev.TurnNoted(8, "Asked for funds for small States."),  # 9
        ev.MessageProposed("takeaways", KEEPER),  # 10
        ("p-d", ev.ObjectionMade(MESSAGE, reservation=True, text="Who pays is open.")),  # 11
        ("p-d", ev.AmendmentProposed(MESSAGE, "Norms need a body.", unread=True)),  # 12
        ev.OutcomeStated(MESSAGE, "adopted_with_reservations"),  # 13
        ("p-d", ev.QuestionAsked("Who follows up?")),  # 14
        ev.QuestionApproved(QUESTION),  # 15
        ("v0", ev.VoteCast(STATEMENT, "agree")),  # 16
    ]


@cache
def reported(chatham: bool = False) -> Recorded:
    """The session with a report, a call, and the answer of the body."""
    closed = with_votes(recorded([*begun(chatham), ev.SessionClosed()]))
    fates = ev.FatesStated((TURN,), "deferred", to="The next session", words="It came too late.")
    found = published(then(closed, fates), ev.Sentence(f"Everybody agreed that {KEEPER[0].lower()}{KEEPER[1:]}", (5,)))
    made = found.state.seq + 1
    return then(
        found,
        ev.CommitmentMade("Write to the Chair.", "The working party", due="2027-06-30"),
        ev.BodyAsked(made, "p-body"),
        ("p-body", ev.CallAnswered(made, "declined", note="Not ours.", office="Head of unit", signer="p-ama")),
    )


def ruled() -> Recorded:
    """The session under the Chatham House Rule, as everybody may have it."""
    return outside(masked(reported(chatham=True)))


def without_words() -> Recorded:
    """The session after the words of the statement about the turn and of the objection were erased."""
    return outside(erased(erased(reported(), 11), reported().state.inputs.stated[TURN][0][0]))


STORIES: dict[str, Callable[[], Recorded]] = {
    "public": lambda: outside(reported()), "Chatham House Rule": ruled, "erased": without_words,
}  # fmt: skip
FORMS = ("report.json", "report.md", "report.html", "inputs.csv")


@cache
def kept(story: str) -> dict[str, bytes]:
    """The forms of a session, with their manifest."""
    of = source(STORIES[story]().entries)
    made = {name: BY_NAME[name].content(of) for name in FORMS}
    return {**made, MANIFEST: manifest(made, of)}


def checked(story: str, changed: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> checking.BundleCheck:
    """The check of these forms with a manifest that fits them, as a forger makes it."""
    monkeypatch.setattr(checking, "BY_NAME", {name: BY_NAME[name] for name in FORMS})
    entries = STORIES[story]().entries
    made = {name: content for name, content in {**kept(story), **changed}.items() if name != MANIFEST}
    return checking.check_bundle({**made, MANIFEST: manifest(made, source(entries))}, entries)


def forged(story: str, way: tuple[str | int, ...], value: Any) -> dict[str, bytes]:
    """The report as data with another value at the end of this way."""
    data = json.loads(kept(story)["report.json"])
    place = data
    for step in way[:-1]:
        place = place[step]
    assert place[way[-1]] != value
    place[way[-1]] = value
    return {"report.json": json.dumps(data).encode()}


@pytest.mark.parametrize("story", STORIES)
def test_the_log_gives_what_became_of_everything(story: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert verify_entries(STORIES[story]().entries).ok
    assert checked(story, {}, monkeypatch).ok
    data = json.loads(kept(story)["report.json"])
    assert [verdict["outcome"] for (verdict,) in data["verdicts"]["takeaways"]] == ["holds"]
    assert {line["input"]["entry"]: line["outcome"]["kind"] for line in data["inputs"]} == {
        STATEMENT: "taken_up", TURN: "deferred", QUESTION: "not_used",
    }  # fmt: skip
    assert (data["procedure"]["procedure"], data["messages"][0]["fate"]) == ("igf", "adopted_with_reservations")
    assert (data["commitments"][0]["status"], data["commitments"][0]["answer"]) == ("declined", "declined")
    gone = json.dumps(data, ensure_ascii=False)
    assert ("Who pays is open." in gone, "It came too late." in gone) == (story != "erased", story != "erased")
    assert "Norms need a body." not in gone, "no moderator let it through"


@pytest.mark.parametrize("story", STORIES)
def test_what_became_of_something_cannot_be_changed_in_a_document(story: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for way, value in (
        (("verdicts", "takeaways", 0, 0, "outcome"), "fails"),
        (("coverage", "everything", "statements", "covered"), 0),
        (("inputs", 1, "outcome", "kind"), "taken_up"),
        (("procedure", "title"), "Another procedure"),
        (("messages", 0, "fate"), "adopted"),
        (("commitments", 0, "answer"), "accepted"),
    ):
        assert checked(story, forged(story, way, value), monkeypatch).differing == ("report.json",), way
    for name, before, after in (
        ("report.md", b"Answer of the body: declined", b"Answer of the body: accepted"),
        ("report.html", b"adopted with reservations", b"adopted"),
        ("report.md", b"Agrees with the record", b"Does not agree with the record"),
        ("inputs.csv", b"deferred", b"answered"),
    ):
        content = kept(story)[name]
        assert before in content, (name, before)
        assert checked(story, {name: content.replace(before, after)}, monkeypatch).differing == (name,)


RUNNING = recorded(begun())
OVER = reported()
WITHOUT = recorded(begun()[:2])
CIRCULATED = recorded([*begun(procedure="silence")[:12], ev.SilenceBegun(MESSAGE, 72, "Example Ministry")])
REPORT = OVER.state.reports[0].seq
CALL = next(iter(OVER.state.commitments))


@pytest.mark.parametrize(
    ("so_far", "event", "reason"),
    [
        (WITHOUT, ev.MessageProposed("takeaways", "No."), "no procedure was chosen"),
        (OVER, ev.MessageReworded(MESSAGE, "No."), ""),
        (RUNNING, ev.SilenceBegun(MESSAGE, 72, "A"), "the procedure does not allow “circulate” at that time"),
        (OVER, ev.StatementSeeded(KEEPER, message=MESSAGE), "the procedure does not allow “test” at that time"),
        (RUNNING, ev.OutcomeStated(MESSAGE, "adopted"), "was adopted without the objections and reservations"),
        (RUNNING, ev.OutcomeStated(MESSAGE, "fallen"), ""),
        (RUNNING, ev.ObjectionMade(MESSAGE, breaks=True), "whether an objection breaks the silence"),
        (then(RUNNING, ev.AmendmentSettled(12, accepted=False)), ev.AmendmentSettled(12, accepted=True), "was settled"),
        (CIRCULATED, ev.MessageReworded(MESSAGE, "No."), "the silence procedure decides"),
        (CIRCULATED, ev.ObjectionMade(MESSAGE), "whether an objection breaks the silence"),
        (CIRCULATED, ev.ObjectionMade(MESSAGE, breaks=True, party="Example Ministry"), ""),
        (
            recorded(begun(procedure="silence")[:10]),
            ev.SilenceBegun(MESSAGE, 1, "A"),
            "is not as long as the procedure",
        ),
        (OVER, ev.FatesStated((MESSAGE,), "deferred", to="B"), f"entry {MESSAGE} is no input"),
        (OVER, ev.FatesStated((TURN,), "merged"), "into what the inputs were merged is missing"),
        (OVER, ev.FatesStated((TURN,), "merged", (TURN,)), "an input is merged into itself"),
        (OVER, ev.FatesStated((TURN,), "not_used", reason="of_no_use"), "is not in the list of reasons"),
        (OVER, ev.FatesStated((TURN,), "answered", who="Ada", to="B"), "something else is said"),
        (OVER, ev.FatesStated((TURN,), "answered"), ""),
        (OVER, ev.CommitmentMade("Go.", report=REPORT + 1, call=1), "a call to action that is in no report"),
        (OVER, ev.CommitmentProgressed(CALL, "done", "Sent."), "is stated without evidence"),
        (OVER, ev.CommitmentProgressed(CALL, "done", "Sent.", url="https://example.org/"), ""),
        (then(OVER, ev.CommitmentMade("Go.", "A")), ev.CallAnswered(OVER.state.seq + 1, "accepted"), "was not asked"),
    ],
)
def test_a_log_cannot_say_what_its_procedure_does_not_allow(so_far: Recorded, event: ev.Event, reason: str) -> None:
    result = verify_entries(then(so_far, event).entries)
    if not reason:
        assert result.ok, result.reason
        return
    assert (result.first_bad, result.problem) == (so_far.state.seq + 1, "event")
    assert reason in result.reason


def test_a_procedure_whose_text_was_erased_is_not_held_against_the_log() -> None:
    late = then(RUNNING, ev.SilenceBegun(MESSAGE, 72, "A"))
    assert not verify_entries(late.entries).ok
    assert verify_entries(erased(late, 3).entries).ok


def test_times_from_an_opening_that_was_taken_back_are_not_held_against_the_log() -> None:
    own = (
        shipped_text("igf").replace("until: closing\n", "until: opening\n", 1).replace("from: closing", "from: opening")
    )
    chosen = ev.ProcedureChosen("own", own)
    objection = ("p-d", ev.ObjectionMade(3))
    proposed = recorded([PROGRAMME, chosen, ev.MessageProposed("takeaways", KEEPER), ev.SessionOpened()])
    undone = then(proposed, objection, ev.ActTakenBack(4))
    assert (undone.state.opened_at, verify_entries(undone.entries).ok) == (0, True)
    never = recorded(
        [PROGRAMME, chosen, ev.MessageProposed("takeaways", KEEPER), ev.StatementSeeded(KEEPER, message=3)]
    )
    assert verify_entries(never.entries).ok, "before the opening"
    after = then(proposed, ev.StatementSeeded(KEEPER, message=3))
    assert verify_entries(after.entries).first_bad == 5
