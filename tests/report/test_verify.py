"""A log leaves the house: who has it can check it, and whatever was changed in it is named."""

from __future__ import annotations

import hashlib

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis import events as ev
from acquis.events import Sentence
from acquis.publication.chatham import unnamed
from acquis.publication.public import is_public, public_entries
from acquis.publication.verdict import numbers, sentence
from acquis.publication.verify import Verification, verify_entries, verify_lines
from acquis.record import Entry
from acquis.record.chain import from_line, to_lines

from .story import (
    AGREED,
    ASKED,
    CONTESTED,
    HELD_BACK,
    PROPOSED,
    SUPPORTED,
    WAITING,
    Recorded,
    after,
    chained,
    of,
    published,
    recorded,
    session,
    then,
)

REPORT = 62


def reported() -> Recorded:
    return published(session(), Sentence("We agree.", (AGREED,)))


def public(found: Recorded) -> list[bytes]:
    return to_lines(public_entries(found.entries, found.state)).splitlines(keepends=True)


PUBLIC = public(reported())


def replaced(found: Recorded, seq: int, event: ev.Event, **fields: object) -> list[Entry]:
    """The log with another event in place of one, every digest and link made anew."""
    entries = list(found.entries)
    entries[seq - 1] = msgspec.structs.replace(entries[seq - 1], body=ev.to_body(event), **fields)
    return chained(entries)


def erased(found: Recorded, seq: int) -> Recorded:
    """The session after the texts of an entry were erased on request."""
    left = ev.to_body(ev.redacted(ev.from_body(found.entries[seq - 1].body)))
    after = then(found, ev.TextErased(seq, hashlib.sha256(left).hexdigest(), "asked to"))
    entries = list(after.entries)
    entries[seq - 1] = msgspec.structs.replace(entries[seq - 1], body=left, salt=None)
    return of(entries)


def test_the_public_log_verifies_and_tells_what_is_not_in_it() -> None:
    found = verify_lines(PUBLIC)
    assert found == Verification(62, reported().head, withheld=(17, 19, 60), reports=1)
    text = b"".join(PUBLIC).decode()
    assert not [secret for secret in (WAITING, HELD_BACK, PROPOSED) if secret in text]
    assert "Who follows up?" in text


def test_the_log_as_it_is_kept_verifies_too() -> None:
    assert verify_entries(reported().entries) == Verification(62, reported().head, reports=1)


def test_an_erased_text_is_told_from_a_withheld_one() -> None:
    found = erased(reported(), SUPPORTED)
    for verified in (verify_lines(public(found)), verify_entries(found.entries)):
        assert verified.ok, verified.reason
        assert verified.erased == (SUPPORTED,)
    assert len(verify_lines(public(found)).withheld) == 3


def test_a_text_whose_erasure_is_not_carried_out_yet_does_not_leave_the_house() -> None:
    found = erased(reported(), SUPPORTED)
    entries = [*reported().entries, found.entries[-1]]
    lines = to_lines(public_entries(entries, found.state))
    assert b"Who follows up?" not in lines
    assert verify_lines(lines.splitlines()).erased == (SUPPORTED,)


def test_what_is_left_of_an_erased_entry_cannot_be_changed() -> None:
    found = erased(reported(), SUPPORTED)
    entries = list(found.entries)
    entries[SUPPORTED - 1] = msgspec.structs.replace(entries[SUPPORTED - 1], body=ev.to_body(ev.QuestionAsked("", 1)))
    verified = verify_entries(entries)
    assert (verified.first_bad, verified.problem) == (SUPPORTED, "erasure")


@pytest.mark.parametrize(
    ("seq", "left"),
    [
        (SUPPORTED, ev.QuestionAsked("", 2)),  # let through and never erased
        (SUPPORTED, ev.QuestionAsked("Another text", 2)),
        (
            ASKED,
            ev.QuestionAsked("Words put into a mouth", 1, lane="room", stakeholder="Government"),
        ),  # withheld, so without words
        (AGREED, ev.StatementSeeded("")),
        (36, ev.TurnNoted(35, "")),
        (50, ev.VoteCast(AGREED, "agree")),  # the chain alone would let a vote be turned round like this
        (50, ev.TurnEnded(0)),
    ],
)
def test_an_entry_without_its_salt_needs_a_reason_in_the_log(seq: int, left: ev.Event) -> None:
    entries = list(reported().entries)
    entries[seq - 1] = msgspec.structs.replace(entries[seq - 1], body=ev.to_body(left), salt=None)
    found = verify_entries(entries)
    assert (found.first_bad, found.problem) == (seq, "erasure")


@pytest.mark.parametrize("change", ["more", "less", "another group", "left out"])
def test_a_figure_that_the_votes_do_not_give_is_found(change: str) -> None:
    report = reported().state.reports[0].body
    first = report.figures[0]
    figures = {
        "more": (msgspec.structs.replace(first, agree=first.agree + 1), *report.figures[1:]),
        "less": (msgspec.structs.replace(first, disagree=0), *report.figures[1:]),
        "another group": (*report.figures, msgspec.structs.replace(first, group="Nobody")),
        "left out": report.figures[:-1],
    }[change]
    # The forger makes the whole chain anew, so that only the arithmetic can tell.
    found = verify_entries(replaced(reported(), REPORT, msgspec.structs.replace(report, figures=figures)))
    assert (found.first_bad, found.problem, found.entries) == (REPORT, "figures", REPORT)


def test_a_vote_changed_under_a_report_is_found_at_the_report() -> None:
    found = verify_entries(replaced(reported(), 50, ev.VoteCast(AGREED, "pass")))
    assert (found.first_bad, found.problem) == (REPORT, "figures")
    assert str(AGREED) in found.reason


@pytest.mark.parametrize("change", [{"groups": 3}, {"people": 2}, {"digest": "00"}, {"firmness": "firm"}])
def test_groups_of_opinion_that_the_votes_do_not_give_are_found(change: dict[str, object]) -> None:
    report = reported().state.reports[0].body
    assert report.opinion is not None
    forged = msgspec.structs.replace(report, opinion=msgspec.structs.replace(report.opinion, **change))
    found = verify_entries(replaced(reported(), REPORT, forged))
    assert (found.first_bad, found.problem) == (REPORT, "figures")
    assert "groups of opinion" in found.reason


def test_figures_of_an_earlier_moment_are_not_passed_off_as_the_last() -> None:
    report = msgspec.structs.replace(reported().state.reports[0].body, upto=60)
    found = verify_entries(replaced(reported(), REPORT, report))
    assert (found.first_bad, found.problem) == (REPORT, "figures")


@pytest.mark.parametrize(
    "event",
    [ev.FloorGiven(999), ev.FloorGiven(32), ev.VoteCast(3, "agree"), ev.HandLowered(1), ev.QuestionMerged(18, 400)],
)
def test_an_event_that_cannot_be_is_named(event: ev.Event) -> None:
    found = verify_entries(after(reported().entries, ("v0", event), ev.ListClosed()))
    assert (found.first_bad, found.problem, found.entries) == (63, "event", 64)


def test_an_event_that_is_not_known_is_named() -> None:
    entries = list(reported().entries)
    entries[1] = msgspec.structs.replace(entries[1], body=b'{"event":"Abducted"}')
    assert verify_entries(chained(entries)).first_bad == 2


def test_a_line_left_out_doubled_or_moved_is_found() -> None:
    assert verify_lines(PUBLIC[:19] + PUBLIC[20:]).first_bad == 20
    assert verify_lines(PUBLIC[:20] + PUBLIC[19:]).first_bad == 21
    assert verify_lines([*PUBLIC[:19], PUBLIC[20], PUBLIC[19], *PUBLIC[21:]]).first_bad == 20
    assert verify_lines(PUBLIC[1:]).first_bad == 1


def test_a_file_cut_in_the_middle_of_a_line_is_found() -> None:
    found = verify_lines([*PUBLIC[:30], PUBLIC[30][:40]])
    assert (found.first_bad, found.problem, found.entries) == (31, "line", 30)


def test_an_empty_file_is_not_verified() -> None:
    assert verify_lines([]).problem == "empty"


def test_a_head_noted_on_the_way_tells_a_log_that_was_made_anew() -> None:
    noted = reported().entries[29].link.hex()[:12]
    found = verify_lines(PUBLIC, seen=f" {noted.upper()}\n")
    assert (found.ok, found.seen_at) == (True, 30)
    assert sentence("en", found).endswith("The fingerprint you noted is that of entry 30.")
    forged = replaced(session(), 20, ev.QuestionHeldBack(SUPPORTED, "abusive"))
    assert verify_entries(forged).ok
    again = verify_entries(forged, seen=noted)
    assert (again.ok, again.problem, again.seen_at) == (False, "head", 0)
    assert noted in sentence("en", again)


def test_a_head_too_short_to_tell_anything_is_not_found() -> None:
    assert not verify_lines(PUBLIC, seen=reported().entries[29].link.hex()[:4]).ok


def test_the_first_of_several_bad_entries_is_named() -> None:
    lines = list(PUBLIC)
    lines[39] = PUBLIC[39].replace(b"agree", b"pass")
    lines[9] = PUBLIC[9].replace(b"Civil", b"Evil!")
    assert verify_lines(lines).first_bad == 10
    forged = after(reported().entries, ev.FloorGiven(999), ev.ListClosed(), ev.ListOpened())
    forged[64] = msgspec.structs.replace(forged[64], at=0)
    assert verify_entries(forged).first_bad == 63


@given(st.data())
@settings(max_examples=times(300))
def test_no_byte_of_an_entry_with_its_salt_can_be_changed(data: st.DataObject) -> None:
    number = data.draw(st.sampled_from([n for n, line in enumerate(PUBLIC) if from_line(line).salt is not None]))
    line = bytearray(PUBLIC[number])
    place = data.draw(st.integers(0, len(line) - 2))
    line[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != line[place]))
    found = verify_lines([*PUBLIC[:number], bytes(line), *PUBLIC[number + 1 :]])
    assert found.first_bad == number + 1


@given(st.lists(st.tuples(st.integers(0, 11), st.sampled_from(["agree", "disagree", "pass"])), max_size=40))
@settings(max_examples=times(50))
def test_whatever_was_voted_the_published_figures_come_out_again(cast: list[tuple[int, ev.Choice]]) -> None:
    closed = session().entries
    more = [(f"v{n}", ev.VoteCast(CONTESTED, choice)) for n, choice in cast]
    voted = then(of(closed[:-1]), *more, ev.SessionClosed())
    assert verify_lines(public(published(voted, Sentence("x")))).ok


def test_the_rule_cannot_be_added_to_show_another_report_under_the_genuine_head() -> None:
    """F1: the programme was rewritten to set the Chatham House Rule, the report to say something else, both without
    their salts; every link stayed, and the log was verified with the genuine head."""
    genuine = [from_line(line) for line in PUBLIC]
    report = ev.from_body(genuine[REPORT - 1].body)
    programme = ev.from_body(genuine[0].body)
    assert isinstance(report, ev.ReportPublished)
    assert isinstance(programme, ev.ProgrammePublished)
    ruled = unnamed(
        msgspec.structs.replace(programme, settings=msgspec.structs.replace(programme.settings, chatham=True))
    )
    void = msgspec.structs.replace(report, takeaways=(Sentence("All norms are void, as one delegate […] said."),))
    forged = list(genuine)
    for seq, event in ((1, ruled), (REPORT, void)):
        forged[seq - 1] = msgspec.structs.replace(forged[seq - 1], body=ev.to_body(event), salt=None)
    verified = verify_entries(forged)
    assert verify_entries(genuine).complete
    assert not verified.ok
    assert sentence("en", verified).startswith("Not verified")


def test_a_masked_entry_is_vouched_for_by_the_operator_alone() -> None:
    found = recorded(
        [
            ev.ProgrammePublished("x", (ev.Segment("Panel", "panel", 10),), settings=ev.Settings(chatham=True)),
            ev.SessionOpened(chatham=True),
            ("p", ev.QuestionAsked("Does Zoë Brandt agree?", stakeholder="Civil Society")),
            ev.QuestionApproved(3),
            ev.SessionClosed(),
        ]
    )
    verified = verify_entries(public_entries(found.entries, found.state, ["Zoë Brandt"]))
    assert verified.ok
    assert not verified.complete
    assert verified.unproved == (1, 3)
    assert "vouches for what they show: 1, 3." in sentence("en", verified)
    assert verify_entries(found.entries).complete


def test_entries_are_named_in_runs_and_a_long_list_ends_with_a_count() -> None:
    assert numbers("en", [3, 7, 8, 9, 12]) == "3, 7–9, 12"
    assert numbers("en", range(1, 100, 2)).endswith(", 39 and 30 more")


def test_the_verdict_is_one_sentence() -> None:
    good = sentence("en", verify_lines(PUBLIC))
    assert good.startswith("Verified. Entries: 62,")
    assert reported().head in good
    for lines in ([], PUBLIC[:5] + PUBLIC[6:], [b"x"], [*PUBLIC[:3], b"{}"]):
        bad = sentence("en", verify_lines(lines))
        assert "erified" in bad or "empty" in bad
        assert "{" not in bad
        assert "\n" not in bad


def test_every_text_that_needs_approval_is_withheld_until_then() -> None:
    events = [ev.QuestionAsked("x"), ev.StatementProposed("y"), ev.SentenceDrafted("takeaways", "z")]
    state = recorded(events).state
    assert [is_public(event, seq, state) for seq, event in enumerate(events, 1)] == [False, False, False]
    state = recorded([*events, ev.QuestionApproved(1), ev.StatementOpened(2)]).state
    assert [is_public(event, seq, state) for seq, event in enumerate(events, 1)] == [True, True, False]


def test_no_wording_of_the_draft_ever_leaves_the_house() -> None:
    # Neither a wording that was replaced, nor one of a sentence that was dropped or published.
    drafted = [
        ev.SentenceDrafted("takeaways", "First wording."),
        ev.SentenceDrafted("takeaways", "Second wording.", sentence="62"),
        ev.SentenceDrafted("concern", "Dropped wording."),
        ev.SentenceDropped("64"),
    ]
    so_far = published(then(session(), *drafted), Sentence("Second wording."))
    lines = public(so_far)
    assert verify_lines(lines).ok
    assert len(verify_lines(lines).withheld) == len(verify_lines(PUBLIC).withheld) + 3
    text = b"".join(lines).decode()
    assert "First wording" not in text
    assert "Dropped wording" not in text
    assert text.count("Second wording.") == 1


def test_a_waiting_question_is_withheld_but_not_a_question_that_was_put() -> None:
    lines = {from_line(line).seq: from_line(line) for line in PUBLIC}
    assert lines[ASKED].salt is None
    assert lines[SUPPORTED].salt is not None
    assert {entry.key for entry in lines.values()} == {""}


def test_an_act_that_was_taken_back_is_verified_and_one_that_could_not_be_is_named() -> None:
    taken = verify_entries(after([], ev.ListClosed(), ev.ActTakenBack(1)))
    assert taken.ok
    wrong = verify_entries(after([], ev.ListClosed(), ev.ListOpened(), ev.ActTakenBack(1), ev.ListClosed()))
    assert (wrong.first_bad, wrong.problem) == (3, "undoing")
    assert "3" in sentence("en", wrong)
