"""Writing the report, and publishing it."""

from __future__ import annotations

import pytest

from acquis import events as ev
from acquis.command import Refused
from acquis.events import Sentence
from acquis.reference import TextLimit
from acquis.report.publishing import PublishReport, count, due_at, left, published_draft
from acquis.statistics.summary import figures

from .story import AGREED, STEP, SUPPORTED, T0, WRITER, published, recorded, session

CLOSED = T0 + 60 * STEP


def test_a_report_carries_figures_of_the_log_up_to_the_entry_before_it() -> None:
    state = session().state
    event = PublishReport(takeaways=(Sentence("We agree.", (AGREED,)),)).decide(state, WRITER, state.at)
    assert isinstance(event, ev.ReportPublished)
    assert event.upto == 63
    assert event.figures == figures(state)


def test_sentences_are_trimmed_and_each_cite_is_kept_once() -> None:
    state = session().state
    event = PublishReport(takeaways=(Sentence("  We agree.\n", (SUPPORTED, AGREED, SUPPORTED)),)).decide(
        state, WRITER, 0
    )
    assert isinstance(event, ev.ReportPublished)
    assert event.takeaways == (Sentence("We agree.", (SUPPORTED, AGREED)),)


def test_a_sentence_without_evidence_is_not_refused() -> None:
    found = published(session(), Sentence("Nothing shows it."), Sentence("This is shown.", (AGREED,)))
    assert [s.cites for s in found.state.reports[0].body.takeaways] == [(), (AGREED,)]


def test_a_correction_keeps_both_versions_and_says_why() -> None:
    first = published(session(), Sentence("One."))
    second = published(first, Sentence("Two."), correction=" a word was wrong ")
    assert [report.body.takeaways[0].text for report in second.state.reports] == ["One.", "Two."]
    assert second.state.reports[1].body.correction == "a word was wrong"
    assert published_draft(second.state)["takeaways"] == (Sentence("Two."),)


def test_publishing_the_same_again_changes_nothing() -> None:
    state = published(session(), Sentence("One.")).state
    assert PublishReport(takeaways=(Sentence("One. "),)).decide(state, WRITER, 0) is None


@pytest.mark.parametrize("vote", [5, 62, 999, 0, -1])
def test_only_turns_questions_and_statements_are_evidence(vote: int) -> None:
    with pytest.raises(Refused) as refused:
        PublishReport(takeaways=(Sentence("x", (vote,)),)).decide(session().state, WRITER, 0)
    assert (refused.value.code, refused.value.facts) == ("no_such_evidence", {"entry": vote})


def test_the_clock_of_the_report_runs_from_the_end_of_the_session() -> None:
    state = session().state
    assert due_at(state) == CLOSED + 120 * 60_000
    assert left(state, CLOSED + 60_000) == 119 * 60_000
    assert left(state, CLOSED + 121 * 60_000) == -60_000
    assert left(published(session(), Sentence("One.")).state, CLOSED) is None
    assert left(recorded([ev.SessionOpened()]).state, CLOSED) is None


def test_lengths_are_counted_against_the_profile_and_only_shown() -> None:
    limits = {"takeaway": TextLimit(10), "call_to_action": TextLimit(400)}
    assert count(" one two  three ", "takeaways", limits).over == 4
    assert (count("one two", "takeaways", limits).characters, count("one two").words) == (7, 2)
    assert count("x" * 900, "consensus", limits).over == 0
