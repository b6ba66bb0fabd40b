"""What a report covers of a session: by thirds, groups, room and online, languages and speakers."""

from __future__ import annotations

import msgspec
import pytest
from tests.report.story import AGREED, ASKED, SUPPORTED, erased, outside, published, session

from acquis import events as ev
from acquis.claims.coverage import Coverage, CoverageRow, Portion, SentencePlace, coverage
from acquis.claims.facts import facts
from acquis.documents.coverage import missing_parts
from acquis.documents.formats import files
from acquis.messages.standing import agreed_sentences
from acquis.state import State

HOUR = 3_600_000
OPENING, FIRST, MIDDLE, LAST = 3, 4, 5, 6
"""Entries: the opening, and a line in each third."""
SAID = (
    "The ferry cannot carry wheelchairs in winter.",
    "Les horaires ne sont pas lisibles pour tous.",
    "Ramps at every harbour would cost two million.",
)


def told(*, chatham: bool = False) -> State:
    """A session of three hours with a line of a speaker in each of them, the second in French."""
    settings = ev.Settings(chatham=chatham)
    seats = (ev.Seat("Ada Example", stakeholder="Government"), ev.Seat("Bo Sample", region="Africa"))
    state = State()
    happened: list[tuple[int, ev.Event]] = [
        (0, ev.ProgrammePublished("Ferries", (ev.Segment("Panel", "panel", 180),), seats=seats, settings=settings)),
        (0, ev.SegmentStarted(0, ())),
        (0, ev.SessionOpened(chatham=chatham)),
        (HOUR // 2, ev.SpeechCaptioned(SAID[0], seat=1, language="en")),
        (HOUR * 3 // 2, ev.SpeechCaptioned(SAID[1], seat=2, language="fr-CA")),
        (HOUR * 5 // 2, ev.SpeechCaptioned(SAID[2], seat=1, language="en")),
        (HOUR * 3, ev.SessionClosed()),
    ]
    for seq, (at, event) in enumerate(happened, 1):
        state.apply(seq, 1_700_000_000_000 + at, "p-host", event)
    return state


def covered(state: State, *sentences: ev.Sentence) -> Coverage:
    return coverage([("takeaways", sentences)], state, facts(state))


def row(found: Coverage, dimension: str, value: str) -> CoverageRow:
    (named,) = [row for row in found.rows if (row.dimension, row.value) == (dimension, value)]
    return named


def missing(found: Coverage) -> list[tuple[str, str]]:
    return [(row.dimension, row.value) for row in found.rows if row.is_missing]


SUMMARY = (
    ev.Sentence("Ferries cannot carry wheelchairs in winter.", (FIRST,)),
    ev.Sentence("Ramps at every harbour would cost two million."),
)


def test_a_summary_without_the_middle_third_is_named_as_such() -> None:
    found = covered(told(), *SUMMARY)
    assert missing(found) == [("third", "2"), ("region", "Africa"), ("language", "fr")]
    assert row(found, "third", "2").left_out == (MIDDLE,)
    assert [speaker.name for speaker in found.speakers if speaker.is_missing] == ["Bo Sample"]


def test_a_sentence_covers_what_it_cites_and_what_it_is_about() -> None:
    found = covered(told(), *SUMMARY)
    assert row(found, "third", "1").sentences == (SentencePlace("takeaways", 1),)
    assert row(found, "third", "3").sentences == (SentencePlace("takeaways", 2),), "it cites nothing"
    ada, bo = found.speakers
    assert ada.sentences == (SentencePlace("takeaways", 1), SentencePlace("takeaways", 2))
    assert bo.sentences == ()
    assert missing(covered(told(), *SUMMARY, ev.Sentence("Timetables were read.", (MIDDLE,)))) == []


def test_a_speaker_who_is_named_is_in_the_report() -> None:
    found = covered(told(), ev.Sentence("Bo Sample spoke of something else."))
    assert not found.speakers[1].is_missing
    assert row(found, "third", "2").is_missing


def test_a_report_of_nothing_misses_every_part() -> None:
    assert {value for name, value in missing(covered(told())) if name == "third"} == {"1", "2", "3"}


def test_the_parts_have_figures_and_the_people_have_none() -> None:
    found = covered(told(), *SUMMARY)
    assert row(found, "stakeholder", "Government").interventions == Portion(2, 2)
    assert row(found, "language", "fr").interventions == Portion(1, 0)
    assert found.everything.interventions == Portion(3, 2)
    assert not any(
        isinstance(getattr(found.speakers[0], name), Portion | int | float) for name in ("name", "sentences")
    )


def test_lines_without_a_time_are_placed_by_their_order() -> None:
    state = told()
    for line in state.speech.values():
        line.at = state.closed_at + HOUR
    assert row(covered(state, *SUMMARY), "third", "2").is_missing


def test_questions_and_statements_are_counted_by_their_groups() -> None:
    state = session().state
    found = covered(
        state, ev.Sentence("Somebody asked who follows up.", (SUPPORTED,)), ev.Sentence("So be it.", (AGREED,))
    )
    assert found.everything.questions == Portion(1, 1), "the other questions were never approved"
    assert found.everything.statements == Portion(2, 1)
    assert row(found, "lane", "online").is_missing
    assert ASKED not in found.everything.left_out


def test_what_was_erased_is_not_counted() -> None:
    gone = erased(session(), AGREED).state
    found = covered(gone, ev.Sentence("So be it.", (AGREED,)))
    assert found.everything.statements == Portion(1, 0)
    noted = covered(erased(session(), 36).state).everything.interventions
    assert noted.of == covered(session().state).everything.interventions.of - 1


@pytest.mark.parametrize("rest", [(), (ev.Sentence("Asked for funds for small states."),)])
def test_the_public_log_gives_the_same(rest: tuple[ev.Sentence, ...]) -> None:
    whole = published(session(), *SUMMARY[1:], *rest)
    assert covered(outside(whole).state, *rest) == covered(whole.state, *rest)


def test_under_the_rule_no_person_and_no_affiliation_is_named() -> None:
    found = covered(told(chatham=True), *SUMMARY)
    assert found.speakers == ()
    assert {row.dimension for row in found.rows} == {"third", "language"}, "no group is large enough"
    assert missing(found) == [("third", "2"), ("language", "fr")]
    assert b"Example" not in msgspec.json.encode(found)


def test_under_the_rule_a_group_has_figures_only() -> None:
    state = session().state
    programme = msgspec.structs.replace(state.programme, settings=msgspec.structs.replace(state.settings, chatham=True))
    ruled = msgspec.structs.replace(state, programme=programme, settings=programme.settings)
    found = covered(ruled, ev.Sentence("Small states need funds.", (35,)))
    group = row(found, "stakeholder", "Civil Society")
    assert group.interventions == Portion(1, 1)
    assert (group.sentences, group.left_out) == ((), ())
    assert not [row for row in found.rows if row.value == "Government"], "who is left over could be counted"


def test_every_document_says_what_is_missing() -> None:
    whole = published(session(), ev.Sentence("Somebody asked who follows up.", (SUPPORTED,)))
    record = files(whole.entries, state=whole.state)
    for name in ("report.md", "report.html"):
        text = record[name].decode()
        assert "What the report covers" in text, name
        assert "The report has none of the 2 statements." in text, name
        assert "Nothing that was said or asked online is in the report." in text, name
    data = msgspec.json.decode(record["report.json"])["coverage"]
    assert data["everything"]["statements"] == {"of": 2}
    assert data["everything"]["questions"] == {"of": 1, "covered": 1}


def written(*, chatham: bool = False) -> State:
    """The session of three hours with written contributions: before, during and after it, and one from a file."""
    state = told(chatham=chatham)
    happened: list[tuple[int, ev.Event]] = [
        (-HOUR, ev.ContributionWritten("Lifts are out of order at every harbour.", stakeholder="Civil Society")),
        (HOUR, ev.ContributionWritten("Les prix sont trop hauts.", language="fr", stakeholder="Civil Society")),
        (4 * HOUR, ev.ContributionWritten("A late word on bicycles.", region="Africa")),
        (5 * HOUR, ev.ContributionWritten("Crews need training.", source="letters.csv 2")),
        (6 * HOUR, ev.ContributionWritten("Nobody has read this.")),
    ]
    for at, event in happened:
        state.apply(state.seq + 1, 1_700_000_000_000 + at, "p-ann", event)
    for entry in WRITTEN:
        state.apply(state.seq + 1, 1_700_000_000_000 + 7 * HOUR, "p-host", ev.ContributionApproved(entry))
    return state


WRITTEN = BEFORE, DURING, AFTER, ENTERED = 8, 9, 10, 11


def test_written_contributions_are_counted_by_source_time_language_and_groups() -> None:
    found = covered(written(), *SUMMARY, ev.Sentence("Lifts are out of order.", (BEFORE,)))
    assert found.everything.contributions == Portion(4, 1), "one was not approved"
    assert row(found, "when", "before").contributions == Portion(1, 1)
    assert row(found, "when", "during").left_out == (DURING,)
    assert row(found, "source", "sent").contributions == Portion(3, 1)
    assert row(found, "source", "entered").left_out == (ENTERED,)
    assert row(found, "stakeholder", "Civil Society").contributions == Portion(2, 1)
    assert row(found, "language", "fr").left_out == (MIDDLE, DURING)
    assert row(found, "third", "2").contributions == Portion(), "nobody said it"
    assert {("when", "during"), ("when", "after"), ("source", "entered")} <= set(missing(found))
    assert not [row for row in covered(told(), *SUMMARY).rows if row.dimension in ("when", "source")]


def test_a_contribution_that_was_erased_is_not_counted_and_the_rule_hides_small_groups() -> None:
    state = written()
    state.apply(state.seq + 1, 1_700_000_000_000 + 8 * HOUR, "p-host", ev.TextErased(BEFORE, "0" * 64))
    assert covered(state).everything.contributions == Portion(3, 0)
    ruled = covered(written(chatham=True))
    assert ruled.everything.contributions == Portion(4, 0)
    assert {row.dimension for row in ruled.rows} == {"third", "language", "source", "when"}


def test_a_message_that_was_adopted_covers_what_it_is_about() -> None:
    state = told()
    for event in (
        ev.MessageProposed("takeaways", SAID[0]),
        ev.MessageProposed("takeaways", "Les horaires ne sont pas lisibles."),
        ev.MessageProposed("takeaways", SAID[2]),
        ev.OutcomeStated(8, "adopted"),
        ev.OutcomeStated(9, "adopted_with_reservations"),
        ev.OutcomeStated(10, "fallen", "Too dear."),
    ):
        state.apply(state.seq + 1, state.at, "p-host", event)
    name, agreed = agreed_sentences(state, {SAID[0]})
    assert [sentence.text for sentence in agreed] == ["", "Les horaires ne sont pas lisibles.", ""]
    found = coverage([("takeaways", (ev.Sentence(SAID[0]),)), (name, agreed)], state, facts(state))
    assert row(found, "third", "2").sentences == (SentencePlace("messages", 2),)
    assert row(found, "third", "3").is_missing, "a message that fell is in no report"


def test_the_documents_say_what_of_the_contributions_is_missing() -> None:
    said = [part.text for part in missing_parts(covered(written(), *SUMMARY), "en")]
    assert "The report has none of the 4 written contributions." in said
    assert "No contribution that was sent before the session is in the report." in said
    assert "Nothing that was said or written in this language is in the report: French." in said
