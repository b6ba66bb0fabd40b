"""What the chair confirmed in the room beside what the report says."""

from __future__ import annotations

from tests.core.story import OPEN, given

from acquis import events as ev
from acquis.documents.blocks import Paragraph, Sentences
from acquis.documents.contents import contents
from acquis.documents.markdown import markdown
from acquis.documents.view import report_view
from acquis.events import Sentence
from acquis.report.confirming import compared_summary, summary_of_draft
from acquis.state import State

CONFIRMED = ev.SummaryConfirmed(("Norms need a keeper.", "Money is short."), ("Nobody pays.",))
CLOSED = (*OPEN, CONFIRMED, ev.SessionClosed())


def test_each_sentence_is_word_for_word_changed_left_out_or_added() -> None:
    state = given(*CLOSED)
    found = compared_summary(
        state, (Sentence("Norms  need a\nkeeper."), Sentence("Small states wait.")), (Sentence("Nobody pays yet."),)
    )
    assert [(one.part, one.fate, one.text, one.published) for one in found] == [
        ("consensus", "same", "Norms need a keeper.", "Norms need a keeper."),
        ("consensus", "left_out", "Money is short.", ""),
        ("consensus", "added", "", "Small states wait."),
        ("concern", "changed", "Nobody pays.", "Nobody pays yet."),
    ]


def test_the_view_of_each_version_tells_of_the_same_confirmation() -> None:
    first = ev.ReportPublished((Sentence("T."),), consensus=(Sentence("Norms need a keeper."),))
    second = ev.ReportPublished((Sentence("T."),), consensus=(Sentence("Norms need a keeper, and money."),))
    state = given(*CLOSED, first, second)
    fates = []
    for version in (1, 2):
        confirmed = report_view(state, "", version).confirmed
        assert confirmed is not None
        assert (confirmed.entry, confirmed.at) == (4, "2023-11-14T22:13:23Z")
        fates.append(confirmed.sentences[0].fate)
    assert fates == ["same", "changed"]


def test_without_a_confirmation_nothing_is_said() -> None:
    state = given(*OPEN, ev.SessionClosed())
    assert compared_summary(state, (Sentence("Norms."),)) == ()
    assert report_view(state, "").confirmed is None


def test_what_the_draft_has_is_what_there_is_to_confirm() -> None:
    drafted = [
        ev.SentenceDrafted("consensus", "Norms need\na keeper."),
        ev.SentenceDrafted("consensus", " "),
        ev.SentenceDrafted("takeaways", "Not part of it."),
    ]
    assert summary_of_draft(given(*OPEN, *drafted)) == {"consensus": ("Norms need a keeper.",), "concern": ()}


def test_every_document_says_how_the_summary_stands_beside_what_the_chair_confirmed() -> None:
    report = ev.ReportPublished(
        (Sentence("T."),),
        consensus=(Sentence("Norms need a keeper."), Sentence("New.")),
        concern=(Sentence("Nobody pays yet."),),
    )
    state = given(*CLOSED, report)
    for text in documents(state):
        assert "(Confirmed by the Chair at 22:13)" in text
        assert "(Differs from the text confirmed by the Chair at 22:13: “Nobody pays.”)" in text
        assert "(Not in the text confirmed by the Chair at 22:13)" in text
        left = "Confirmed by the Chair at 22:13 but not in this report: “Money is short.”"
        assert text.count(left) == 1


def test_before_the_report_every_document_has_the_summary_as_it_was_confirmed() -> None:
    for text in documents(given(*CLOSED)):
        assert "No report has been published yet." in text
        for said in (*CONFIRMED.consensus, *CONFIRMED.concern):
            assert f"{said} (Confirmed by the Chair at 22:13)" in text


def documents(state: State) -> tuple[str, str]:
    """What Markdown says, and what DOCX, PDF and HTML are made of."""
    view = report_view(state, "")
    said = []
    for block in contents(view, state, "en").blocks:
        if isinstance(block, Sentences):
            said += [f"{one.text} {one.remark}" for one in block.said]
        elif isinstance(block, Paragraph):
            said.append(block.text)
    return markdown(contents(view, state, "en")), "\n".join(said)
