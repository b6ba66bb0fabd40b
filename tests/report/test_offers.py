"""What the desk offers: each with a reason whose figures can be counted by hand; and what a report begins with."""

from __future__ import annotations

import msgspec

from acquis import events as ev
from acquis.documents.view import report_view
from acquis.report.desk_form import sections
from acquis.report.offers import FIRST, HEADS, MOST, concerned, offers, proposals
from acquis.report.publishing import fields_of
from acquis.state import Drafted, State
from acquis.statistics.summary import areas

from .sessions import largest
from .story import AGREED, PROGRAMME, recorded, voices

NEVER = ["Who pays?", "Who follows up?", "Who is asked?"]


def asked() -> State:
    """Three questions that were not reached: the second, of a government, has five supporters and was merged into the
    first, of civil society, which has three of its own, one of them the same; the third has none."""
    return recorded(
        [
            PROGRAMME,  # 1
            *voices(),  # 2 to 13
            ev.SessionOpened(),  # 14
            ("p-a", ev.QuestionAsked(NEVER[0], 0, lane="online", stakeholder="Civil Society")),  # 15
            ("p-b", ev.QuestionAsked(NEVER[1], 0, lane="room", stakeholder="Government")),  # 16
            ("p-c", ev.QuestionAsked(NEVER[2], 0, lane="room")),  # 17
            *[ev.QuestionApproved(seq) for seq in (15, 16, 17)],
            *[(f"v{n}", ev.QuestionSupported(15)) for n in (0, 1, 2)],
            *[(f"v{n}", ev.QuestionSupported(16)) for n in (2, 3, 4, 5, 6)],
            ev.QuestionMerged(16, 15),
            ev.SessionClosed(),
        ]
    ).state


def test_a_question_is_offered_with_its_support_its_fate_and_its_groups() -> None:
    found = {one.entry: one.because for one in offers(asked(), "en")}
    assert found == {
        15: "supported by 7 people, not reached; raised or discussed by 2 groups",
        17: "supported by 0 people, not reached",
    }


def test_whoever_spoke_to_a_question_is_among_its_groups() -> None:
    state = recorded(
        [
            PROGRAMME,
            ev.SessionOpened(),
            ("p-a", ev.QuestionAsked(NEVER[0], 0, lane="online", stakeholder="Civil Society")),  # 3
            ev.QuestionApproved(3),
            ev.SegmentStarted(1, ("room", "online", "other")),
            ev.SpeakerGivenFloor(1, 3),
        ]
    ).state
    assert concerned(state, state.questions[3]) == {"Civil Society", "Government"}


def test_no_more_is_offered_than_can_be_read() -> None:
    found = offers(largest(questions=40, statements=30, turns=5, people=60).state, "en")
    kinds = [one.kind for one in found]
    assert max(kinds.count(kind) for kind in kinds) == MOST


def test_what_a_report_begins_with_is_each_on_evidence_with_a_reason() -> None:
    state = largest(questions=50, statements=20, turns=20, people=100).state
    assert "takeaways" not in proposals(state, "en")  # it has a report already
    state.draft.clear()
    begun = proposals(state, "en")
    assert len(begun["concern"]) == FIRST["concern"]
    assert all(len(ones) <= FIRST[part] for part, ones in begun.items())
    assert all(one.because and one.entry in {*state.statements} for ones in begun.values() for one in ones)


def test_a_question_that_nobody_supports_is_no_proposal() -> None:
    state = asked()
    state.questions[15].supporters = frozenset()
    assert proposals(state, "en")["calls_to_action"] == []


def test_a_proposal_is_in_no_report_before_somebody_takes_it() -> None:
    state = asked()
    assert proposals(state, "en")["calls_to_action"][0].entry == 15
    assert state.draft == {}
    assert report_view(state, "").calls_to_action == ()


def drafting(profile: str) -> State:
    state = State()
    state.apply(1, 1, "p", ev.ProgrammePublished("A session", (), profile=profile))
    return state


def test_the_fields_of_the_longer_report_are_those_of_the_profile() -> None:
    assert fields_of(drafting("igf-2021")) == {"session_report": "Session Report"}
    older = fields_of(drafting("igf-2019"))
    assert "session_report" not in older
    assert list(older)[:2] == ["key_policy_questions", "discussion_areas"]
    assert fields_of(drafting("no such profile")) == fields_of(State()) == {}


def test_the_longer_report_is_in_the_order_of_the_profile_without_what_is_empty() -> None:
    state = drafting("igf-2019")
    for number, field in enumerate(("gender", "unheard_of", "discussion_areas", "progress")):
        text = "" if field == "progress" else f"On {field}."
        state.draft[f"field_{field}"] = [Drafted(str(number), f"field_{field}", text)]
    assert [one.field for one in sections(state)] == ["discussion_areas", "gender", "unheard_of"]


def test_a_view_has_the_longer_report_with_its_titles_and_its_evidence() -> None:
    begun = [PROGRAMME, *voices(), ev.StatementSeeded("One."), ev.SessionOpened(), ev.SessionClosed()]
    one = ev.Section("session_report", (ev.Sentence("It began.", (AGREED,)),))
    other = ev.Section("what_else", (ev.Sentence("It ended."),))
    begun[0] = msgspec.structs.replace(PROGRAMME, profile="panel")
    view = report_view(recorded([*begun, ev.ReportPublished(sections=(one, other))]).state, "")
    assert [(found.title, found.paragraphs[0].text) for found in view.sections] == [
        ("Session Report", "It began."),
        ("What else", "It ended."),
    ]
    assert [found.seq for found in view.evidence] == [AGREED]


def voted(*counts: tuple[int, int, int]) -> State:
    """Statements 14, 15 and so on, on which so many of twelve people agree, disagree and pass."""
    seeded = [ev.StatementSeeded(f"Claim {number}.") for number in range(len(counts))]
    votes: list[tuple[str, ev.Event]] = []
    for number, row in enumerate(counts, 14):
        choices: tuple[ev.Choice, ...] = ("agree", "disagree", "pass")
        cast = [choice for choice, times in zip(choices, row) for _ in range(times)]
        votes += [(f"v{voice}", ev.VoteCast(number, choice)) for voice, choice in enumerate(cast)]
    return recorded([PROGRAMME, *voices(), *seeded, ev.SessionOpened(), *votes]).state


def test_the_desk_says_no_more_of_the_votes_than_the_opinion_map() -> None:
    """W M3: 71 % of 7 and 57 % of 7 stood under "Agreed in every group", with a button for the areas of consensus."""
    state = voted((5, 2, 0), (4, 3, 0), (7, 0, 0), (2, 5, 0), (0, 7, 0), (6, 6, 0))
    kinds: dict[str, list[int]] = {}
    for offer in offers(state, "en"):
        kinds.setdefault(offer.kind, []).append(offer.entry)
    shared = areas(state)
    assert [area.statement for area in shared.consensus] == kinds["consensus"] == [16]
    assert [area.statement for area in shared.concern] == kinds["concern"] == [18]
    assert kinds["most_agree"] == [14, 15]
    assert kinds["most_oppose"] == [17]
    assert kinds["divided"] == [area.statement for area in shared.divided] == [19]
    begun = proposals(state, "en")
    assert [offer.entry for offer in begun["consensus"]] == [offer.entry for offer in begun["takeaways"]] == [16]
    assert list(kinds) == [kind for kind in HEADS if kind in kinds], "in the order of the headings"


def test_a_heading_of_the_desk_has_its_rule_in_words() -> None:
    assert "More than half agree in every group that can be shown" in HEADS["consensus"][1]
    assert "not an area of consensus" in HEADS["most_agree"][0]
    assert not any("every group" in title for title, _ in HEADS.values())
