"""The ledger of inputs: what became of each, with what was said earlier; offers by groups; the synthesis."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.core.story import ANN, BEN, EVE, HOST, OPEN, Happened, actor, asked, given, joined
from tests.work import calls

from acquis import events as ev
from acquis.contributions.ledger import LedgerLine, ledger
from acquis.contributions.offers import offered_groups
from acquis.contributions.synthesis import reported, synthesis
from acquis.contributions.wording import input_sentences, whole_sentence
from acquis.documents.blocks import Table
from acquis.documents.inputs import synthesis_tables
from acquis.messages.drafts import draft_synthesis
from acquis.report.publishing import PublishReport
from acquis.state import State

PEOPLE = (ANN, BEN, EVE)


def lines(state: State) -> dict[int, LedgerLine]:
    return {line.input.entry: line for line in ledger(state)}


def report(*cites: int, upto: int = 99, rest: str = "on_record", correction: str = "") -> ev.ReportPublished:
    return ev.ReportPublished((ev.Sentence("It was useful.", cites),), upto=upto, rest=rest, correction=correction)


def three(*more: Happened) -> State:
    """Three public questions (4, 5 and 6) in a closed session, and more."""
    programme = replace(OPEN[0], settings=ev.Settings(moderated=False))
    texts = ("Who pays for it?", "When does it begin?", "Where is it kept?")
    questions = [asked(by, text) for by, text in zip(PEOPLE, texts, strict=True)]
    return given(programme, *OPEN[1:], *questions, ev.SessionClosed(), *more)


def test_an_input_is_taken_up_by_the_sentences_that_cite_it_and_the_report_says_why_not_the_others() -> None:
    made = lines(three(report(5)))
    assert [line.outcome.kind for line in made.values()] == ["not_used", "taken_up", "not_used"]
    assert made[4].outcome.reason == "on_record"
    assert whole_sentence("en", made[5], made) == "Taken up in the report: key takeaway 1."


def test_whoever_publishes_finds_counted_what_a_thread_counted_before() -> None:
    """The outcomes are not computed a second time, for which everybody would wait."""
    questions = [ev.QuestionAsked(f"Who pays for {n}?", 0) for n in range(400)]
    state = given(*OPEN, *questions, ev.SessionClosed())
    publish = PublishReport((ev.Sentence("It was useful.", (5, 5)),))
    work = publish.prepare(state, lambda: ())
    assert work is not None
    once = calls(work)
    event = publish.decide(state, HOST, state.at)
    assert isinstance(event, ev.ReportPublished)
    assert event.rest == "on_record"
    assert calls(lambda: publish.decide(state, HOST, state.at)) < once / 4


def test_a_spoken_line_that_is_cited_takes_up_its_intervention() -> None:
    state = given(
        *OPEN,
        ev.SpeakerGivenFloor(1),
        ev.SpeechCaptioned("Norms need a keeper.", turn=4),
        ev.SpeechCaptioned("So I say.", turn=4),
        ev.SessionClosed(),
        report(6),
    )
    (line,) = ledger(state)
    assert (line.input.entry, line.input.kind, line.outcome.kind) == (4, "intervention", "taken_up")
    assert line.input.text == "Norms need a keeper. So I say."


def test_what_became_of_a_merged_input_is_that_of_the_other_one() -> None:
    made = lines(three(ev.FatesStated((4, 5), "merged", (5, 6)), report(6)))
    assert whole_sentence("en", made[4], made) == (
        "Merged with entry 5. Merged with entry 6. Taken up in the report: key takeaway 1."
    )


def test_an_outcome_that_is_changed_later_leaves_both() -> None:
    first = ev.FatesStated((4,), "deferred", to="IGF 2027")
    made = lines(three(first, ev.FatesStated((4,), "not_used", reason="off_topic"), report(5)))
    assert [outcome.kind for outcome in (*made[4].earlier, made[4].outcome)] == ["deferred", "not_used"]
    corrected = lines(three(report(4), report(5, correction="It was another one.")))
    assert [outcome.kind for outcome in (*corrected[4].earlier, corrected[4].outcome)] == ["taken_up", "not_used"]
    assert [outcome.kind for outcome in (*corrected[5].earlier, corrected[5].outcome)] == ["not_used", "taken_up"]


def test_what_comes_after_the_report_is_open_until_somebody_says_what_became_of_it() -> None:
    late = ev.ContributionWritten("A late word.", source="0" * 16 + "-1")
    state = three(report(5, upto=7), late)
    assert lines(state)[9].outcome.kind == "open"
    assert input_sentences("en", state)(9) == "No outcome has been stated yet."
    done = three(report(5, upto=7), late, ev.FatesStated((9,), "deferred", to="IGF 2027"))
    assert input_sentences("en", done)(9) == "Deferred to IGF 2027."


@pytest.mark.parametrize(
    ("happened", "kind"),
    [
        (ev.QuestionAnswered(4), "answered"),
        (ev.AnswerWritten(4, "The members."), "answered_in_writing"),
        (ev.QuestionMerged(4, 5), "merged"),
        (ev.QuestionHeldBack(4, "abusive"), "held_back"),
        (ev.QuestionWithdrawn(4), "withdrawn"),
    ],
)
def test_what_the_record_says_by_itself_needs_no_statement(happened: ev.Event, kind: str) -> None:
    made = lines(three(happened, report(6)))
    assert (made[4].outcome.kind, made[5].outcome.kind) == (kind, "not_used")


def test_an_erasure_takes_the_words_and_leaves_the_outcome() -> None:
    stated = ev.FatesStated((4,), "deferred", to="The office of Ann", words="Ann asked for it.")
    state = three(stated, report(5), ev.TextErased(4, "0" * 64, "asked for"), ev.TextErased(8, "0" * 64, "asked for"))
    line = lines(state)[4]
    assert (line.input.text, line.outcome.kind, line.outcome.to, line.outcome.words) == ("", "deferred", "", "")
    assert whole_sentence("en", line, lines(state)) == "It was deferred."


def test_offers_merge_what_has_the_words_of_a_cited_input_and_give_the_rest_a_reason() -> None:
    programme = replace(OPEN[0], settings=ev.Settings(moderated=False))
    texts = (
        "Who pays for the follow-up of the norms?",
        "Who will pay for the follow-up of norms?",
        "who pays for the follow-up of the norms",
        "Where is the register of contact points kept?",
    )
    state = given(programme, *OPEN[1:], *(asked(ANN, text) for text in texts), ev.StatementSeeded("Keep it."))
    groups = {group.key: group for group in offered_groups(state, ledger(state), {4})}
    assert sorted(groups["cited"].inputs) == [5, 6]
    assert set(groups["cited"].into) == {4}
    assert groups["other"].inputs == (7,)
    assert (groups["voted"].inputs, groups["voted"].reason) == ((8,), "result_published")


def test_the_synthesis_counts_by_kind_group_and_sentence() -> None:
    made = synthesis(state := three(ev.FatesStated((6,), "merged", (5,)), report(5)), ledger(state))
    assert [(count.kind, count.of, count.outcomes) for count in made.kinds] == [
        ("question", 3, {"taken_up": 2, "not_used": 1})
    ]
    assert made.groups == (), "a group of one person has no row"
    (taken,) = made.sentences
    assert (taken.place.part, taken.place.number, taken.inputs, taken.groups) == ("takeaways", 1, 2, ())
    said = reported(state)
    (*_, table) = synthesis_tables(made, said, "en")
    assert isinstance(table, Table)
    assert [row[0] for row in table.rows] == [f"key takeaway 1\n{said[taken.place].text}"]


@pytest.mark.parametrize("chatham", [False, True])
def test_a_group_of_five_has_a_row_and_stands_beside_a_sentence_but_under_the_chatham_house_rule(chatham: bool) -> None:
    programme = replace(OPEN[0], settings=ev.Settings(chatham=chatham, moderated=False))
    people = [
        actor(f"{group[:1]}{n}", stakeholder=group) for group in ("Civil Society", "Government") for n in range(6)
    ]
    state = given(
        programme, *OPEN[1:], *map(joined, people), asked(people[7], "Who pays?"), ev.SessionClosed(), report(16)
    )
    made = synthesis(state, ledger(state))
    assert [(count.stakeholder, count.of, count.outcomes) for count in made.groups] == [
        ("Government", 1, {"taken_up": 1})
    ]
    assert [taken.groups for taken in made.sentences] == [() if chatham else ("Government",)]


def test_an_input_is_about_its_confirmed_items_and_those_of_the_sentences_that_take_it_up() -> None:
    said = ev.ReportPublished((ev.Sentence("It was useful.", (5,), ("cbm-8",)),), upto=99, rest="on_record")
    state = three(ev.ReferencesConfirmed(4, ("norm-j", "cbm-8")), ev.FatesStated((6,), "merged", (5,)), said)
    topics = synthesis(state, ledger(state)).topics
    assert [(topic.item, topic.inputs, topic.outcomes) for topic in topics] == [
        ("cbm-8", 3, {"taken_up": 2, "not_used": 1}),
        ("norm-j", 1, {"not_used": 1}),
    ]
    assert topics[0].kinds == {"question": 3}


def test_inputs_without_a_topic_come_last_and_without_any_topic_there_is_no_row() -> None:
    plain = three(report(5))
    assert synthesis(plain, ledger(plain)).topics == ()
    state = three(ev.ReferencesConfirmed(4, ("norm-j",)), report(5))
    assert [(topic.item, topic.inputs) for topic in synthesis(state, ledger(state)).topics] == [("norm-j", 1), ("", 2)]


@pytest.mark.parametrize("chatham", [False, True])
def test_a_draft_has_its_amendments_objections_and_groups_but_no_group_under_the_rule(chatham: bool) -> None:
    programme = replace(OPEN[0], settings=ev.Settings(chatham=chatham, moderated=False))
    groups = ("Civil Society", "Government")
    people = [actor(f"{group[:1]}{n}", stakeholder=group) for group in groups for n in range(6)]
    message = ev.MessageProposed("takeaways", "Norms need a keeper.")
    proposed = (people[7].person, ev.AmendmentProposed(16, "Norms need two.", stakeholder="Government"))
    objected = ev.ObjectionMade(16, text="Who pays?", voice="v-C1")
    reserved = ev.ObjectionMade(16, reservation=True, voice="v-C2")
    settled = (proposed, objected, reserved, ev.ObjectionWithdrawn(19), ev.AmendmentSettled(17, True))
    begun: list[Happened] = [programme, *OPEN[1:], *map(joined, people)]
    state = given(*begun, message, *settled)
    (paragraph,) = draft_synthesis(state)
    assert (paragraph.amendments, paragraph.objections, paragraph.reservations) == ({"incorporated": 1}, 1, 0)
    assert (paragraph.withdrawn, paragraph.comments, paragraph.fate) == (1, 1, "open")
    assert paragraph.groups == (() if chatham else ("Government",))
