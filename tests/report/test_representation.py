"""The short list that represents the voters, and the questions that were never put: offered, published, verified."""

from __future__ import annotations

from functools import cache

import msgspec
import numpy as np
import pytest

from acquis import events as ev
from acquis.documents.contents import contents
from acquis.documents.markdown import markdown
from acquis.documents.view import report_view
from acquis.publication.verify import verify_entries
from acquis.report.skeleton import calculated
from acquis.statistics.slate import slate_figure, unput_figure
from acquis.statistics.slate_words import slate_sentences

from .story import PROGRAMME, Recorded, erased, outside, published, recorded, replaced, voices, votes

FIRST = 15
"""The entry of the first of seven statements."""
PUT, NEVER = 22, 23


def told(questions: bool = True, chatham: bool = False) -> Recorded:
    """Twelve people: the first six agree with the statements from the first to the fifth, the others with the last
    one, which alone they voted on. The last six supported a question that was never put."""
    last = FIRST + 6
    asked = [
        ("p-a", ev.QuestionAsked("Who pays?", 0)),
        ("p-b", ev.QuestionAsked("Who follows up?", 0)),
        ev.QuestionApproved(PUT),
        ev.QuestionApproved(NEVER),
        *[(f"v{n}", ev.QuestionSupported(PUT)) for n in range(6)],
        *[(f"v{n}", ev.QuestionSupported(NEVER)) for n in range(5, 12)],
        ev.SegmentStarted(1, ("room", "online", "other")),
        ev.SpeakerGivenFloor(1, PUT),
    ]
    programme = msgspec.structs.replace(PROGRAMME, settings=ev.Settings(chatham=chatham))
    return recorded(
        [
            programme,  # 1
            *voices(),  # 2 to 13
            ev.SessionOpened(chatham=chatham),  # 14
            *[ev.StatementSeeded(f"Statement {n}.") for n in range(7)],  # 15 to 21
            *(asked if questions else ()),
            *[vote for n in range(5) for vote in votes(FIRST + n, "++++++")],
            *votes(FIRST + 5, "------"),
            *[(f"v{n}", ev.VoteCast(last, "agree")) for n in range(6, 12)],
            ev.SessionClosed(),
        ]
    )


@cache
def reported() -> Recorded:
    return published(told(), ev.Sentence("We agree.", (FIRST,)))


def report_of(found: Recorded) -> ev.ReportPublished:
    return found.state.reports[-1].body


def test_a_report_publishes_the_list_and_both_audits() -> None:
    report = report_of(reported())
    assert report.slate is not None
    assert report.slate.statements == (FIRST, FIRST + 1, FIRST + 2, FIRST + 3, FIRST + 6)
    assert (report.slate.people, report.slate.heard, report.slate.cast) == (12, 12, 0)
    assert report.slate.groups == ()  # the groups of this room could not be shown
    assert report.unput == ev.UnputFigure(12, NEVER, 6)
    assert verify_entries(reported().entries).ok
    assert verify_entries(outside(reported()).entries).ok


@pytest.mark.parametrize("public", [False, True])
def test_a_false_audit_is_named(public: bool) -> None:
    found = reported()
    report = report_of(found)
    assert report.slate is not None
    assert report.unput is not None
    slates = [
        msgspec.structs.replace(report.slate, heard=11),
        msgspec.structs.replace(report.slate, statements=tuple(range(FIRST, FIRST + 5))),
        msgspec.structs.replace(report.slate, statements=(1,)),
    ]
    unput = [
        msgspec.structs.replace(report.unput, question=PUT),
        msgspec.structs.replace(report.unput, people=8),
        *([] if public else [msgspec.structs.replace(report.unput, people=5)]),
    ]
    false = [msgspec.structs.replace(report, slate=slate) for slate in slates]
    false += [msgspec.structs.replace(report, unput=figure) for figure in unput]
    for body in false:
        entries = replaced(found, len(found.entries), body)
        log = outside(Recorded(found.state, entries)).entries if public else entries
        result = verify_entries(log)
        assert (result.problem, result.first_bad) == ("figures", len(entries))
        assert "audit" in result.reason


def test_another_list_may_be_published_with_its_own_audit() -> None:
    report = report_of(reported())
    listed = ev.SlateFigure(tuple(range(FIRST, FIRST + 5)), 12, 6, outside=FIRST + 6, cast=6, worst=6)
    entries = replaced(reported(), len(reported().entries), msgspec.structs.replace(report, slate=listed))
    assert verify_entries(entries).ok
    assert verify_entries(outside(Recorded(reported().state, entries)).entries).ok


@cache
def in_groups() -> Recorded:
    """Twelve people of governments and thirty of civil society, who differ on seven statements: ten of the governments
    agree with the last one alone, the others with one of the first six each."""
    random = np.random.default_rng(5)
    people: list[tuple[str, ev.Event]] = []
    cast: list[tuple[str, ev.Event]] = []
    for n in range(42):
        group = "Government" if n < 12 else "Civil Society"
        ballot = f"{n:032x}"
        people.append((f"v{n}", ev.ParticipantJoined(lane="room", stakeholder=group, ballot=ballot)))
        own = 6 if n < 10 else n % 6
        for place in range(7):
            choice: ev.Choice = "agree" if place == own else "disagree" if random.random() < 0.7 else "pass"
            cast.append((f"v{n}", ev.VoteCast(45 + place, choice)))
    stated = [ev.StatementSeeded(f"Statement {n}.") for n in range(7)]
    found = recorded([PROGRAMME, *people, ev.SessionOpened(), *stated, *cast, ev.SessionClosed()])
    return published(found, ev.Sentence("We differ.", (45,)))


def test_the_list_is_audited_in_each_group_that_is_shown() -> None:
    slate = report_of(in_groups()).slate
    assert slate is not None
    assert slate.even == ("stakeholder",)
    assert 51 in slate.statements
    groups = {group.group: group for group in slate.groups}
    assert groups["Government"] == ev.GroupSlate("Government", 12, 12)
    assert groups["Civil Society"].people == 30
    public = outside(in_groups())
    assert verify_entries(in_groups().entries).ok
    assert verify_entries(public.entries).ok
    text = markdown(contents(report_view(public.state, public.head), public.state, "en"))
    assert "This also holds if all stakeholder groups shown count the same, whatever their size." in text
    assert "| Government | 12 | 12 (100%) |" in text


def test_a_false_audit_of_a_group_is_named() -> None:
    report = report_of(in_groups())
    assert report.slate is not None
    for group, seen_outside in (
        (ev.GroupSlate("Government", 13, 13), True),
        (ev.GroupSlate("Nobody", 5, 5), True),
        (ev.GroupSlate("Government", 12, 6, 50, 6), True),
        (ev.GroupSlate("Government", 11, 11), False),
    ):
        slate = msgspec.structs.replace(report.slate, groups=(group,))
        entries = replaced(in_groups(), len(in_groups().entries), msgspec.structs.replace(report, slate=slate))
        assert not verify_entries(entries).ok
        assert verify_entries(outside(Recorded(in_groups().state, entries)).entries).ok is not seen_outside


def test_an_earlier_version_said_nothing_of_groups() -> None:
    report = report_of(in_groups())
    assert report.slate is not None
    slate = msgspec.structs.replace(report.slate, groups=(), even=())
    entries = replaced(in_groups(), len(in_groups().entries), msgspec.structs.replace(report, slate=slate))
    assert verify_entries(entries).ok


def test_a_list_that_is_not_proportional_is_not_called_so() -> None:
    figure = ev.SlateFigure((1, 2, 3, 4, 5), 12, 6, outside=7, cast=6, worst=6)
    assert not any("agrees with a statement in this list" in said for said in slate_sentences("en", figure, str))


def test_every_document_says_who_is_represented() -> None:
    found = outside(reported())
    text = markdown(contents(report_view(found.state, found.head), found.state, "en"))
    assert "Short list that represents the voters" in text
    assert "100% of the voters agree with at least one of these statements (12 of 12)." in text
    assert "No other statement has five or more voters who agree with it and with none of this list." in text
    assert "whose question was never put: 50% of the people who supported a question (6 of 12)." in text


def test_the_desk_offers_both_with_their_evidence() -> None:
    state = told().state
    offered = calculated(state, "en")
    listed = slate_figure(state)
    assert listed is not None
    assert offered["consensus"].cites == listed.statements
    assert "“Statement 0.”" in offered["consensus"].text
    assert offered["calls_to_action"].cites == (NEVER,)
    assert "“Who follows up?”" in offered["calls_to_action"].text
    state.draft["consensus"] = [*state.draft.get("consensus", []), "x"]  # type: ignore[list-item]  # only whether it is empty matters
    assert "consensus" not in calculated(state, "en")


def test_it_holds_under_the_rule_and_after_an_erasure() -> None:
    under_rule = published(told(chatham=True), ev.Sentence("We agree.", (FIRST,)))
    assert report_of(under_rule).slate == report_of(reported()).slate
    without = outside(erased(reported(), NEVER))
    assert verify_entries(without.entries).ok
    text = markdown(contents(report_view(without.state, without.head), without.state, "en"))
    assert "but this one: “(text not public)”" in text


def test_small_groups_are_not_spoken_of() -> None:
    state = told(questions=False).state
    assert unput_figure(state) is None
    few = recorded([PROGRAMME, *voices()[:9], ev.SessionOpened(), ev.SessionClosed()]).state
    assert slate_figure(few) is None
