"""Symptoms that users of other tools reported, each by its row of the list in which they were tried here (B row n)."""

from __future__ import annotations

from acquis import events as ev
from acquis.floor.questions import ApproveQuestion, AskQuestion, HoldBackQuestion
from acquis.state.counting import tally
from acquis.state.reading import public_question

from ..core.story import (  # noqa: TID252  # tests are no installed package: there is no absolute name
    ANN,
    BEN,
    EVE,
    OPEN,
    Happened,
    asked,
    given,
    hand,
    joined,
    opened,
    when,
)

FREE = opened(moderated=False)


def test_a_hand_that_is_lowered_leaves_the_countdown_of_the_speaker_alone() -> None:
    """B row 1."""
    speaking: tuple[Happened, ...] = (*OPEN, hand(ANN), hand(BEN), ev.FloorGiven(4))
    before, after = given(*speaking), given(*speaking, ev.HandLowered(5))
    assert after.turn == before.turn
    assert after.turns[after.turn] == before.turns[before.turn]


def test_a_vote_that_is_changed_or_sent_again_counts_one_person() -> None:
    """B rows 17, 19 and 21: a statement of the moderators begins with no votes."""
    seeded: tuple[Happened, ...] = (*OPEN, ev.StatementSeeded("Norms suffice."), joined(ANN), joined(BEN))
    assert tally(given(*seeded), 4).total == 0
    votes = [(ANN.voice, ev.VoteCast(4, choice)) for choice in ("agree", "pass", "disagree", "agree")]
    counted = tally(given(*seeded, *votes, (BEN.voice, ev.VoteCast(4, "disagree"))), 4)
    assert (counted.agree, counted.disagree, counted.passes, counted.total) == (1, 1, 0, 2)


def test_reading_questions_first_can_be_switched_off_and_on() -> None:
    """B row 18."""
    log: tuple[Happened, ...] = OPEN
    shown = []
    for number, moderated in enumerate((False, True, False)):
        log = (*log, ev.SettingsChanged(moderated, True))
        event = when(given(*log), AskQuestion(f"Who pays for {number}?"), ANN)
        assert isinstance(event, ev.QuestionAsked)
        log = (*log, (ANN.person, event))
        shown.append(public_question(list(given(*log).questions.values())[-1]))
    assert shown == [True, False, True]


def test_support_of_both_questions_of_a_merge_is_one_and_goes_with_a_chain_of_merges() -> None:
    """B rows 24 and 25."""
    log: tuple[Happened, ...] = (*FREE, joined(BEN), joined(EVE), *(asked(ANN, f"Why {n}?") for n in range(3)))
    first, second, third = given(*log).questions
    support = [(BEN.voice, ev.QuestionSupported(first)), (BEN.voice, ev.QuestionSupported(second))]
    merged = (*log, *support, ev.QuestionMerged(first, second), ev.QuestionMerged(second, third))
    assert len(given(*merged).questions[third].supporters) == 1
    with_eve = (*merged, (EVE.voice, ev.QuestionSupported(third)))
    assert len(given(*with_eve).questions[third].supporters) == 2


def test_a_question_that_is_let_through_again_has_the_support_that_it_had() -> None:
    """B row 47."""
    log: tuple[Happened, ...] = (*FREE, joined(BEN), asked(ANN))
    (question,) = given(*log).questions
    log = (*log, (BEN.voice, ev.QuestionSupported(question)))
    for command in (HoldBackQuestion(question, "off_topic"), ApproveQuestion(question)):
        event = when(given(*log), command)
        assert event is not None
        log = (*log, event)
    assert public_question(given(*log).questions[question])
    assert len(given(*log).questions[question].supporters) == 1
