"""Writes an empty assessment that can be filled in with a text editor."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from acquis.assessment.coverage import TITLES
from acquis.assessment.shape import PARTS, VERSION, Edition, part_of
from acquis.i18n import N_, say
from acquis.text import yaml_text

QUESTIONS: dict[Edition, str] = {
    "state": N_("Action on {item}: {title}"),
    "non-state": N_("Contribution of our organization to {item}: {title}"),
}
"""Edition -> the question that each item asks."""

_HOW = (
    N_("All answers are optional. Leave empty what you do not want to answer."),
    N_("This file stays with you. It is not sent anywhere. Others see only what you export yourself."),
    N_("It has the structure of the national survey of UNIDIR. UNIDIR did not produce or review it."),
)
_TRUE = N_(
    "An answer with “private: true” is left out of an export unless you include private answers. A "
    "complete answer looks like this:"
)
_EXAMPLE = """\
  norm-x:
    measures:
      - text: {measure}
        since: 2024-05
        evidence:
          - title: {document}
            url: https://example.org/
            date: 2024-05-09
            symbol: A/00/000
    challenges: {challenges}
    gaps: {gaps}
    private: true"""


def new(edition: Edition, by: str, items: Mapping[str, str], today: datetime.date, language: str = "en") -> str:
    """The YAML of an assessment with every item (id -> title) and no answer. Items that belong to no part are left
    out."""
    head = {"version": VERSION, "edition": edition, "by": by, "as_of": today.isoformat(), "language": ""}
    lines = [*_comments(language), "", yaml_text.written(head).rstrip("\n")]
    for part in PARTS:
        inside = {item: title for item, title in items.items() if part_of(item) == part}
        if inside:
            lines += ["", f"# {say(language, TITLES[part])}", f"{part}:"]
        for item, title in inside.items():
            lines += _empty(say(language, QUESTIONS[edition], item=item, title=" ".join(title.split())), item)
    return "\n".join(lines) + "\n"


def _empty(question: str, item: str) -> list[str]:
    return ["", f"  # {question}", f"  {item}:", "    measures:", "    challenges:", "    gaps:"]


def _comments(language: str) -> Iterator[str]:
    yield from (f"# {say(language, line)}" for line in (*_HOW, _TRUE))
    yield "#"
    example = _EXAMPLE.format(
        measure=say(language, N_("Action taken, in one sentence.")),
        document=say(language, N_("Where to see it")),
        challenges=say(language, N_("Obstacles.")),
        gaps=say(language, N_("Capacity that is missing.")),
    )
    yield from (f"# {line}" for line in example.split("\n"))
