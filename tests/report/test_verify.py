"""A log leaves the house: who has it can check it, and whatever was changed in it is named."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis import events as ev
from acquis.events import Sentence
from acquis.publication.accounting import Omissions
from acquis.publication.chatham import unnamed
from acquis.publication.conditions import is_public
from acquis.publication.public import public_entries, public_state
from acquis.publication.verdict import numbers, sentence, sentences
from acquis.publication.verify import Verification, verify_entries, verify_lines
from acquis.record import Part
from acquis.record.chain import hidden, parts, shown
from acquis.record.lines import to_lines

from .story import (
    AGREED,
    ASKED,
    CONTESTED,
    HELD_BACK,
    PROGRAMME,
    PROPOSED,
    SUPPORTED,
    T0,
    WAITING,
    Recorded,
    after,
    chained,
    entry,
    erased,
    happened,
    masked,
    of,
    outside,
    published,
    recorded,
    replaced,
    session,
    then,
    with_votes,
)

BALLOTS, TOTALS, REPORT = 62, 63, 64
SEALED = 12 + 9 + 12 + 9
"""Those who joined, support, and votes."""


def reported() -> Recorded:
    return published(session(), Sentence("We agree.", (AGREED,)))


def public(found: Recorded) -> list[bytes]:
    return to_lines(public_entries(found.entries, found.state)).splitlines(keepends=True)


PUBLIC = public(reported())


def test_the_public_log_verifies_and_tells_what_is_not_in_it() -> None:
    found = verify_lines(PUBLIC)
    omissions = Omissions(sealed=SEALED, withheld=(17, 19, 60))
    assert found == Verification(REPORT, reported().head, omissions, reports=1)
    text = b"".join(PUBLIC).decode()
    assert not [secret for secret in (WAITING, HELD_BACK, PROPOSED) if secret in text]
    assert "Who follows up?" in text


def test_the_log_as_it_is_kept_verifies_too() -> None:
    assert verify_entries(reported().entries) == Verification(REPORT, reported().head, reports=1, recounted=True)


def test_an_erased_text_is_told_from_a_withheld_one() -> None:
    found = erased(reported(), SUPPORTED)
    for verified in (verify_lines(public(found)), verify_entries(found.entries)):
        assert verified.ok, verified.reason
        assert verified.omissions.erased == (SUPPORTED,)
    assert len(verify_lines(public(found)).omissions.withheld) == 3


def test_a_text_whose_erasure_is_not_carried_out_yet_does_not_leave_the_house() -> None:
    found = erased(reported(), SUPPORTED)
    entries = [*reported().entries, found.entries[-1]]
    lines = to_lines(public_entries(entries, found.state))
    assert b"Who follows up?" not in lines
    assert verify_lines(lines.splitlines()).omissions.erased == (SUPPORTED,)


def test_what_is_left_of_an_erased_entry_cannot_be_changed() -> None:
    found = erased(reported(), SUPPORTED)
    entries = list(found.entries)
    first, *others = entries[SUPPORTED - 1].parts
    value = (first.value or b"").replace(b"QuestionAsked", b"QuestionAskeD")
    entries[SUPPORTED - 1] = shown(
        SUPPORTED, (msgspec.structs.replace(first, value=value), *others), found.entries[SUPPORTED - 1].link
    )
    verified = verify_entries(entries)
    assert (verified.first_bad, verified.problem) == (SUPPORTED, "chain")


@pytest.mark.parametrize(
    "change",
    [
        {"sealed": 1},
        {"upto": 61},
        {"people": ()},
        {"figures": ()},
        {"figures": (ev.Figure(AGREED, 12, 0, 0), ev.Figure(CONTESTED, 2, 5, 2))},
        {"figures": (ev.Figure(AGREED, 10, 2, 0), ev.Figure(CONTESTED, 2, 5, 2), ev.Figure(ASKED, 1, 1, 1))},
        {"figures": (ev.Figure(AGREED, 10, 2, 0, "room"), ev.Figure(CONTESTED, 2, 5, 2))},
    ],
)
def test_totals_that_the_ballots_do_not_give_are_found(change: dict[str, object]) -> None:
    entries = outside(with_votes(session())).entries
    assert verify_entries(entries).complete
    totals = msgspec.structs.replace(ev.from_body(entries[TOTALS - 1].body), **change)
    found = verify_entries(replaced(Recorded(reported().state, entries), TOTALS, totals))
    assert (found.first_bad, found.problem) == (TOTALS, "figures")


@pytest.mark.parametrize("change", ["one more", "one less", "twice", "in another order", "changed", "empty"])
def test_ballots_that_are_not_those_of_the_votes_are_found(change: str) -> None:
    for found in (with_votes(session()), outside(with_votes(session()))):
        published = ev.from_body(found.entries[BALLOTS - 1].body)
        assert isinstance(published, ev.BallotsPublished)
        first, *others = published.ballots
        ballots = {
            "one more": ["0" * 32 + "+-", first, *others],
            "one less": others,
            "twice": [first, first, *others],
            "in another order": [*others, first],
            "changed": [first[:32] + ("-+" if first[32:] != "-+" else "+-"), *others],
            "empty": [first[:32] + "..", *others],
        }[change]
        forged = msgspec.structs.replace(published, ballots=tuple(ballots))
        verified = verify_entries(replaced(found, BALLOTS, forged))
        assert (verified.ok, verified.problem) == (False, "figures")


@pytest.mark.parametrize("seq", [SUPPORTED, AGREED, 36])
def test_a_part_that_is_missing_needs_a_reason_in_the_log(seq: int) -> None:
    entries = outside(reported()).entries
    last = len(entries[seq - 1].parts) - 1
    entries[seq - 1] = hidden(entries[seq - 1], lambda place, part: place != last)
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
    assert (found.first_bad, found.problem) == (BALLOTS, "figures")


@pytest.mark.parametrize("change", [{"groups": 3}, {"people": 2}, {"digest": "00"}, {"firmness": "camps"}])
def test_groups_of_opinion_that_the_votes_do_not_give_are_found(change: dict[str, object]) -> None:
    report = reported().state.reports[0].body
    assert report.opinion is not None
    forged = msgspec.structs.replace(report, opinion=msgspec.structs.replace(report.opinion, **change))
    found = verify_entries(replaced(reported(), REPORT, forged))
    assert (found.first_bad, found.problem) == (REPORT, "figures")
    assert (
        "groups of opinion" if change.keys() & {"groups", "firmness"} else "votes of the opinion map"
    ) in found.reason


def test_groups_that_an_earlier_method_found_are_named_as_not_recalculated() -> None:
    report = reported().state.reports[0].body
    assert report.opinion is not None
    earlier = msgspec.structs.replace(report.opinion, firmness="loose", method=1)
    found = verify_entries(replaced(reported(), REPORT, msgspec.structs.replace(report, opinion=earlier)))
    assert (found.ok, found.complete, found.earlier_method) == (True, False, (REPORT,))
    assert any("by another method" in line for line in sentences("en", found))


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
    assert (found.first_bad, found.problem, found.entries) == (REPORT + 1, "event", REPORT + 2)


def test_an_event_that_is_not_known_is_named() -> None:
    entries = list(reported().entries)
    body = b'{"event":"Abducted"}'
    entries[1] = msgspec.structs.replace(entries[1], body=body, parts=parts(body, (), T0, "p-host", b"s" * 16))
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
    lines[37] = PUBLIC[37].replace(b"QuestionAnswered", b"QuestionReopened")
    lines[14] = PUBLIC[14].replace(b"process", b"promise")
    assert verify_lines(lines).first_bad == 15
    forged = after(reported().entries, ev.FloorGiven(999), ev.ListClosed(), ev.ListOpened())
    forged[REPORT + 2] = msgspec.structs.replace(forged[REPORT + 2], at=0)
    assert verify_entries(forged).first_bad == REPORT + 1


@given(st.data())
@settings(max_examples=times(300))
def test_no_byte_of_a_public_log_can_be_changed(data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(PUBLIC) - 1))
    line = bytearray(PUBLIC[number])
    place = data.draw(st.integers(0, len(line) - 2))
    line[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != line[place]))
    found = verify_lines([*PUBLIC[:number], bytes(line), *PUBLIC[number + 1 :]])
    assert found.first_bad == number + 1


@given(st.lists(st.tuples(st.integers(0, 11), st.sampled_from(["agree", "disagree", "pass"])), max_size=40))
@settings(max_examples=times(50))
def test_whatever_was_voted_the_published_figures_come_out_again(cast: list[tuple[int, ev.Choice]]) -> None:
    closed = recorded(happened()).entries
    more = [(f"v{n}", ev.VoteCast(CONTESTED, choice)) for n, choice in cast]
    voted = then(of(closed[:-1]), *more, ev.SessionClosed())
    assert verify_lines(public(published(voted, Sentence("x")))).ok


def test_the_rule_cannot_be_added_to_show_another_report_under_the_genuine_head() -> None:
    """The programme was rewritten to set the Chatham House Rule, the report to say something else, both without their
    salts; every link stayed, and the log was verified with the genuine head."""
    genuine = outside(reported()).entries
    report = ev.from_body(genuine[REPORT - 1].body)
    assert isinstance(report, ev.ReportPublished)
    void = msgspec.structs.replace(report, takeaways=(Sentence("All norms are void, as one delegate […] said."),))
    ruled = msgspec.structs.replace(PROGRAMME, settings=msgspec.structs.replace(PROGRAMME.settings, chatham=True))
    assert verify_entries(genuine).complete
    for own_salt in (None, b"s" * 16):
        forged = list(genuine)
        for seq, event in ((1, unnamed(ruled)), (REPORT, void)):
            former = forged[seq - 1]
            made = entry(former.at, former.by, event, b"s" * 16)
            parts = tuple(
                Part(old.commitment, own_salt and new.salt, new.value)
                for old, new in zip(former.parts, made.parts, strict=False)
            )
            forged[seq - 1] = msgspec.structs.replace(made, seq=seq, parts=parts, link=former.link)
        verified = verify_entries(forged)
        assert not verified.ok
        assert sentence("en", verified).startswith("Not verified")
        try:
            lines = to_lines(forged).splitlines(keepends=True)
        except AssertionError:
            continue
        assert not verify_lines(lines).ok


def test_a_masked_form_is_an_entry_of_its_own() -> None:
    found = recorded(
        [
            ev.ProgrammePublished("x", (ev.Segment("Panel", "panel", 10),), settings=ev.Settings(chatham=True)),
            ev.SessionOpened(chatham=True),
            ("p", ev.QuestionAsked("Does Zoë Brandt agree?", stakeholder="Civil Society")),
            ev.QuestionApproved(3),
            ev.SessionClosed(),
        ]
    )
    people = ["Zoë Brandt"]
    before = outside(found, people)
    assert verify_entries(before.entries).complete
    assert before.state.questions[3].text == ""
    told = outside(masked(found, people), people)
    verified = verify_entries(told.entries)
    assert verified.complete
    assert 3 in verified.omissions.masked
    assert told.state.questions[3].text == "Does […] agree?"
    assert "Names masked under the Chatham House Rule, in entries: 1, 3." in sentence("en", verified)
    assert b"Brandt" not in to_lines(told.entries)
    assert verify_entries(found.entries).complete


def test_a_masked_form_cannot_stand_in_for_what_is_shown() -> None:
    asked = ev.QuestionAsked("Who?", 1, lane="room", stakeholder="Civil Society")
    ruled = ev.ProgrammePublished("x", (ev.Segment("Panel", "panel", 10),), settings=ev.Settings(chatham=True))
    forged = ev.TextMasked(3, '{"text":"Norms are void.","lane":"room"}')
    found = recorded([ruled, ev.SessionOpened(chatham=True), asked, ev.QuestionApproved(3), forged])
    assert verify_entries(found.entries).ok
    assert public_state(found.entries).questions[3].text == "Who?"
    entries = list(found.entries)
    entries[2] = hidden(entries[2], lambda place, part: place != 2)
    verified = verify_entries(entries)
    assert (verified.ok, verified.problem) == (False, "event")


def test_entries_are_named_in_runs_and_a_long_list_ends_with_a_count() -> None:
    assert numbers("en", [3, 7, 8, 9, 12]) == "3, 7–9, 12"
    assert numbers("en", range(1, 100, 2)).endswith(", 39 and 30 more")


def test_the_verdict_is_one_sentence() -> None:
    good = sentence("en", verify_lines(PUBLIC))
    assert good.startswith(f"Verified. Entries: {REPORT},")
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
    assert len(verify_lines(lines).omissions.withheld) == len(verify_lines(PUBLIC).omissions.withheld) + 3
    text = b"".join(lines).decode()
    assert "First wording" not in text
    assert "Dropped wording" not in text
    assert text.count("Second wording.") == 1


def test_a_waiting_question_is_withheld_but_not_a_question_that_was_put() -> None:
    lines = {entry.seq: entry for entry in outside(reported()).entries}
    assert lines[ASKED].lacks == 2, "what was asked, and the gender of who asked"
    assert lines[SUPPORTED].lacks == 1
    assert {entry.key for entry in lines.values()} == {""}


def test_an_act_that_was_taken_back_is_verified_and_one_that_could_not_be_is_named() -> None:
    taken = verify_entries(after([], ev.ListClosed(), ev.ActTakenBack(1)))
    assert taken.ok
    wrong = verify_entries(after([], ev.ListClosed(), ev.ListOpened(), ev.ActTakenBack(1), ev.ListClosed()))
    assert (wrong.first_bad, wrong.problem) == (3, "undoing")
    assert "3" in sentence("en", wrong)
