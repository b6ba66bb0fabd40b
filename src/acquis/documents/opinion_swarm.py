"""The statements of a result between "nearly all on one side" and "as many agree as disagree", as a picture."""

from __future__ import annotations

from acquis.charts.beeswarm import Dot, beeswarm_svg, evenness
from acquis.documents.opinion_result import Result
from acquis.i18n import N_, say
from acquis.opinion.consensus import FEWEST
from acquis.text.plain_text import one_line
from acquis.text.scripts import right_to_left

FEWEST_DOTS = 3
"""The least number of statements of which the picture is drawn; fewer are read faster as text."""


def swarm(read: Result, language: str = "en", *, alone: bool = True) -> str:
    """The picture as SVG; empty if there are too few statements with at least `FEWEST` people on one of the sides.
    alone: for a file, with its style sheet."""
    shown = [row for row in read.statements if row.everybody.agree + row.everybody.disagree >= FEWEST]
    if len(shown) < FEWEST_DOTS:
        return ""
    dots = [
        Dot(
            evenness(row.everybody.agree, row.everybody.disagree),
            agrees=row.everybody.agree > row.everybody.disagree,
            said=say(
                language,
                N_("{statement} (agree: {agree}, disagree: {disagree})"),
                statement=one_line(row.text) or row.statement,
                agree=row.everybody.agree,
                disagree=row.everybody.disagree,
            ),
        )
        for row in shown
    ]
    first, *_, last = sorted(dots, key=lambda dot: (dot.divided, dot.said))
    return beeswarm_svg(
        dots,
        title=say(language, N_("Statements from agreement to division")),
        description=say(
            language,
            N_("Statements: {n}. Most clearly on one side: {first}. Most evenly divided: {last}."),
            n=len(dots),
            first=first.said,
            last=last.said,
        ),
        ends=(say(language, N_("Nearly all are on one side")), say(language, N_("As many agree as disagree"))),
        key=(say(language, N_("More people agree")), say(language, N_("More people disagree"))),
        rtl=right_to_left(language),
        alone=alone,
    )
