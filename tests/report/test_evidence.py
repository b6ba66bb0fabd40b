"""What is cited, what is offered, who was heard."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from acquis import events as ev
from acquis.report.offers import offers, proposals
from acquis.state import Drafted
from acquis.statistics.balance import balance
from acquis.statistics.evidence import cite
from acquis.statistics.summary import figures

from .story import AGREED, ASKED, CONTESTED, STEP, SUPPORTED, Happened, earlier, recorded, session, voices


def test_a_turn_says_who_by_lane_and_group_for_how_long_and_what_was_noted() -> None:
    (turn,) = cite(session().state, [35])
    assert (turn.kind, turn.who, turn.lane, turn.group) == ("turn", "", "online", "Civil Society")
    assert (turn.seconds, turn.text) == (20, "Asked for *funds* for small states.")


def test_a_speaker_is_named() -> None:
    (turn,) = cite(session().state, [37])
    assert (turn.who, turn.lane) == ("Bo Sample", "")


def test_a_question_says_its_fate_and_who_supports_it() -> None:
    (question,) = cite(session().state, [SUPPORTED])
    assert (question.text, question.fate, question.supporters) == ("Who follows up?", "answered_live", 9)


def test_a_question_that_was_never_let_through_is_evidence_without_its_text() -> None:
    (question,) = cite(session().state, [ASKED])
    assert (question.text, question.fate) == ("", "not_reached")


def test_a_statement_comes_with_its_counts() -> None:
    state = session().state
    (statement,) = cite(state, [AGREED])
    assert statement.figures == tuple(f for f in figures(state) if f.statement == AGREED)


def test_what_is_no_evidence_is_left_out() -> None:
    assert [found.seq for found in cite(session().state, [999, AGREED, 1, 35])] == [AGREED, 35]


@given(st.sets(st.integers(0, 11)), st.sets(st.integers(0, 11)))
def test_merged_questions_are_supported_by_everybody_who_supported_either(one: set[int], other: set[int]) -> None:
    asked: list[Happened] = [
        ev.QuestionAsked("x"),
        ev.QuestionAsked("y"),
        ev.QuestionApproved(13),
        ev.QuestionApproved(14),
    ]
    support: list[Happened] = [(f"v{n}", ev.QuestionSupported(13)) for n in sorted(one)]
    support += [(f"v{n}", ev.QuestionSupported(14)) for n in sorted(other)]
    state = recorded([*voices(), *asked, *support, ev.QuestionMerged(13, 14)]).state
    assert cite(state, [14])[0].supporters == len(one | other)


def test_the_desk_is_offered_what_tells_most_and_why() -> None:
    assert [(one.kind, one.entry) for one in offers(earlier().state, "en")] == [
        ("consensus", AGREED),
        ("most_oppose", CONTESTED),
        ("question", SUPPORTED),
        ("noted", 35),
    ]
    because = {one.entry: one.because for one in offers(earlier().state, "en")}
    assert because[SUPPORTED] == "supported by 9 people, answered in the session"
    assert because[AGREED] == (
        "At least 60% of the participants agree in every group. Lowest: online, 60% (votes: 5 of 5). "
        "Too few votes to conclude this for similar people. 12 votes."
    )


def test_a_report_begins_with_proposals_where_nothing_is_written_yet() -> None:
    # All in the session voted, so that the share is a fact about them.
    assert [one.entry for one in proposals(earlier().state, "en")["consensus"]] == [AGREED]
    votes = [(f"v{n}", ev.VoteCast(13, "agree")) for n in range(12)]
    state = recorded([*voices(), ev.StatementSeeded("Norms need a keeper."), *votes]).state
    assert [one.entry for one in proposals(state, "en")["consensus"]] == [13]
    state.draft["consensus"] = [Drafted("99", "consensus", "Written already.")]
    found = proposals(state, "en")
    assert "consensus" not in found
    assert [one.entry for one in found["takeaways"]] == [13]


def test_who_was_heard_is_counted_by_lane_and_group() -> None:
    found = balance(session().state, 0)
    assert found.lane_ms == {"room": STEP, "online": 2 * STEP}
    assert found.other_ms == {"speaker": 24 * STEP}  # until the session was closed
    assert found.lane_turns == {"room": 1, "online": 1}
    assert (found.by_rule, found.by_override, found.first_time, found.spoke) == (1, 1, 2, 2)
    assert found.joined == {"room": 7, "online": 5}
    assert found.asked == {"room": 1, "": 1, "online": 1}
    assert found.answered == {"room": 0, "": 1, "online": 0}


def test_who_did_not_respond_was_not_heard() -> None:
    state = recorded(
        [
            ev.ProgrammePublished("x", (ev.Segment("Questions"),)),
            ev.SessionOpened(),
            ev.SegmentStarted(0, ("room", "other")),
            ("p-c", ev.HandRaised("turn", lane="room")),
            ev.FloorGiven(4),
            ev.NotResponding(5),
        ]
    ).state
    found = balance(state, state.at)
    assert (found.lane_ms, found.lane_turns, found.spoke) == ({}, {}, 0)
