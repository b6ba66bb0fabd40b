"""The axes of opinion as sentences: how many predict the votes, what each explains, and what its ends mean."""

from __future__ import annotations

from collections.abc import Iterator

from acquis.documents.opinion_result import Result, StatementResult
from acquis.i18n import N_, say
from acquis.statistics.opinion_words import percent

STRUCTURED = ("camps", "spectrum", "undecided")
"""The verdicts with which axes say something."""
_ONE = N_(
    "One axis predicts the votes best. The map shows it from left to right. Further up are people who agree more "
    "often, whatever the statement."
)
_TWO = N_("Two axes predict the votes. The map shows them from left to right and from bottom to top.")
_MORE = N_("{n} axes predict the votes best. The map shows the first two, from left to right and from bottom to top.")
_EXPLAINS = N_("Axis {number} explains {share}% of the differences between the votes.")
_ENDS = N_("People at one end agree more with “{left}”, and people at the other end with “{right}”.")


def ends_of(read: Result, axis: int) -> tuple[StatementResult | None, StatementResult | None]:
    """The statement with which people at the left (or lower) end of an axis agree more than others, and that of the
    other end; None if there is none."""
    rows = [row for row in read.statements if row.axes[axis]]
    left, right = (
        max((row for row in rows if side * row.axes[axis] > 0), key=lambda row: abs(row.axes[axis]), default=None)
        for side in (-1, 1)
    )
    return left, right


def statement_name(row: StatementResult | None, language: str) -> str:
    """The text of a statement, or its id if it has none; empty for none."""
    if row is None:
        return ""
    return row.text or say(language, N_("Statement {statement}"), statement=row.statement)


def axis_ends(read: Result, language: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """What the left and the right end of the map mean: a label, and the statement with which people there agree more
    than others; the statement is empty if there is none."""
    left, right = ends_of(read, 0)
    return (
        ("← " + say(language, N_("People further left agree more with:")), statement_name(left, language)),
        ("→ " + say(language, N_("People further right agree more with:")), statement_name(right, language)),
    )


def axes_sentences(read: Result, language: str) -> Iterator[str]:
    """First how many axes there are, then a paragraph on each; nothing if the votes have no structure."""
    if read.structure.verdict not in STRUCTURED:
        return
    number = len(read.explained)
    yield say(language, _ONE if number == 1 else _TWO if number == 2 else _MORE, n=number)
    for axis, share in enumerate(read.explained):
        said = say(language, _EXPLAINS, number=axis + 1, share=percent(share))
        left, right = (statement_name(row, language) for row in ends_of(read, axis))
        yield f"{said} {say(language, _ENDS, left=left, right=right)}" if left and right else said
