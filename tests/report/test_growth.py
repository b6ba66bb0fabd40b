"""The work for a document grows with what is in it, and not with its square."""

from __future__ import annotations

import pytest
from tests.work import calls

from acquis import events as ev
from acquis.documents.blocks import Table
from acquis.documents.formats import BY_NAME
from acquis.documents.source import DocumentSource, source

from .story import recorded

FORMS = ("report.docx", "report.html", "report.md", "report.json", "questions.csv", "inputs.csv")


def asked(questions: int) -> DocumentSource:
    """A session with so many questions that everybody may read."""
    said: list[ev.Event] = [ev.ProgrammePublished("A dialogue", (ev.Segment("Questions"),)), ev.SessionOpened()]
    said += [ev.QuestionAsked(f"Who pays for keeper {n}?", 0) for n in range(questions)]
    said += [ev.QuestionApproved(3 + n) for n in range(questions)]
    return source(recorded([*said, ev.SessionClosed()]).entries)


@pytest.mark.parametrize("form", FORMS)
def test_twice_as_many_questions_are_twice_the_work(form: str) -> None:
    BY_NAME[form].content(asked(1))  # loads what is loaded once
    few, some, many = (calls(lambda of=of: BY_NAME[form].content(of)) for of in map(asked, (30, 60, 120)))  # type: ignore[misc]  # its own source
    assert many - some < 2.2 * (some - few)


@pytest.mark.parametrize("form", ["report.docx", "report.html", "report.md"])
def test_a_table_is_looked_through_once_and_not_for_each_row(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is computed of all rows in C is no call, so that it is counted here."""
    looked, figures = list[Table](), Table.figures.fget  # type: ignore[attr-defined]  # it is a property

    def counted(table: Table) -> object:
        looked.append(table)
        return figures(table)

    monkeypatch.setattr(Table, "figures", property(counted))
    counts = []
    for questions in (3, 30):
        looked.clear()
        BY_NAME[form].content(asked(questions))
        counts.append(len(looked))
    assert counts[0] == counts[1]
