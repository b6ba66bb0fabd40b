"""Versions beside each other: nothing of either is lost, and what changed is told as what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.work import calls

from acquis.events import Figure, ReportPublished, Section, Sentence
from acquis.report.versions import Comparison, compared
from acquis.text.differences import paired, word_by_word

SENTENCES = st.builds(
    Sentence,
    st.text(alphabet="ab c.\n规范नि ש", max_size=30) | st.sampled_from(["Norms need a keeper.", "Norms need money."]),
    st.lists(st.integers(1, 9), max_size=3).map(tuple),
)
PARTS = st.lists(SENTENCES, max_size=6).map(tuple)
FIGURES = st.dictionaries(
    st.tuples(st.integers(1, 4), st.sampled_from(["", "room"])), st.tuples(*[st.integers(0, 3)] * 3), max_size=4
).map(lambda found: tuple(Figure(seq, votes[0], votes[1], votes[2], group) for (seq, group), votes in found.items()))
REPORTS = st.builds(
    ReportPublished,
    takeaways=PARTS,
    concern=PARTS,
    figures=FIGURES,
    sections=st.lists(st.builds(Section, st.sampled_from(["session_report", "other"]), PARTS), max_size=1).map(tuple),
)


def kinds(both: Comparison, part: str = "takeaways") -> list[tuple[str, bool]]:
    return [(one.kind, one.moved) for one in both.parts[part]]


def takeaways(*texts: str) -> ReportPublished:
    return ReportPublished(tuple(Sentence(text) for text in texts))


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_character_of_two_texts_is_lost(before: str, after: str) -> None:
    pieces = word_by_word(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after


@given(REPORTS, REPORTS)
def test_no_sentence_and_no_figure_of_two_versions_is_lost(before: ReportPublished, after: ReportPublished) -> None:
    both = compared(before, after)
    for part in ("takeaways", "concern"):
        told = both.parts[part]
        old, new = ([one for one in (getattr(c, side) for c in told) if one] for side in ("before", "after"))
        assert new == list(getattr(after, part)), "the later one in its order"
        assert sorted(map(repr, old)) == sorted(map(repr, getattr(before, part)))
        for one in told:
            assert (one.kind == "same") == (one.before == one.after)
            assert "".join(p.text for p in one.pieces if p.kind != "added") == (one.before.text if one.before else "")
    changed = {(one.statement, one.group) for one in both.figures}
    for figure in before.figures:
        assert (figure not in after.figures) == ((figure.statement, figure.group) in changed)
    for change in both.figures:
        assert change.before is None or change.before in before.figures
        assert change.after is None or change.after in after.figures


@given(REPORTS)
def test_a_version_beside_itself_has_no_change(report: ReportPublished) -> None:
    both = compared(report, report)
    assert (both.changes, both.figures) == (0, ())


def test_what_was_changed_taken_out_and_added_is_told_apart() -> None:
    both = compared(
        takeaways("Norms need a keeper.", "Money comes first.", "It rains."),
        takeaways("Norms need a keeper with money.", "It rains.", "Small states need help."),
    )
    assert kinds(both) == [("changed", False), ("removed", False), ("same", False), ("added", False)]
    pieces = [(piece.kind, piece.text) for piece in both.parts["takeaways"][0].pieces]
    assert pieces == [("same", "Norms need a keeper"), ("added", " with money"), ("same", ".")]


def test_the_same_sentence_on_other_evidence_is_changed() -> None:
    both = compared(ReportPublished((Sentence("Norms.", (4,)),)), ReportPublished((Sentence("Norms.", (4, 9)),)))
    assert kinds(both) == [("changed", False)]


@pytest.mark.parametrize(("now", "moved"), [("BACD", 1), ("DABC", 1), ("ABCD", 0), ("DCBA", 3)])
def test_a_sentence_that_only_moved_is_told_so(now: str, moved: int) -> None:
    told = kinds(compared(takeaways(*"ABCD"), takeaways(*now)))
    assert {kind for kind, _ in told} == {"same"}
    assert sum(has_moved for _, has_moved in told) == moved


def test_chinese_is_compared_by_character_and_an_accent_stays_with_its_letter() -> None:
    pieces = word_by_word("规范需要监督。", "规范需要资金。")
    assert [piece.text for piece in pieces if piece.kind == "added"] == ["资金"]
    pieces = word_by_word("नियम चाहिए", "नीयम चाहिए")
    assert [piece.text for piece in pieces if piece.kind == "removed"] == ["नियम"]


def test_the_most_alike_are_one_sentence() -> None:
    old = ["Norms need a keeper.", "Norms need a keeper now."]
    assert paired(old, ["Norms need a keeper now, please."]) == [(0, None), (1, 0)]


def test_the_work_for_a_hostile_report_is_bounded() -> None:
    one = ReportPublished(sections=(Section("x", tuple(Sentence("a b " * 1200 + str(n)) for n in range(60))),))
    other = ReportPublished(sections=(Section("x", tuple(Sentence("b a " * 1200 + str(n)) for n in range(60))),))
    assert calls(lambda: compared(one, other)) < 5_000_000  # comparing word by word would be 300 million
    assert len(compared(one, other).parts["field_x"]) == 60
