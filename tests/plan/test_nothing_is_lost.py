"""Every word of a page is in the programme: in a field, or among the lines that were not understood."""

from __future__ import annotations

import itertools
import json
import re
from html import escape

import msgspec
from hypothesis import example, given, reject, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis.plan.document import Programme, from_yaml, to_data, to_yaml
from acquis.plan.importers import ImportFailed
from acquis.plan.importers.igf import import_igf
from acquis.plan.importers.labels import PEOPLE, PLACES
from acquis.plan.importers.lines import to_lines
from acquis.reference import profile

IGF = profile("igf-2021")
TIME = "Friday, 10th December, 2021 (10:15 UTC) - Friday, 10th December, 2021 (11:45 UTC)"

ENDS = ("", ":", ": W", ": W, W", " W", " (* deadline soon) W")
# W stands for a word that occurs nowhere else on the page.
SHAPES = [
    "",
    "W",
    "W W",
    "W?",
    "W: W?",
    "• W W",
    "2. W?",
    "IGF 2021 WS #5 W",
    "IGF 2020 W W",
    "IGF 2021 – Day 4 – W",
    TIME,
    f"{TIME} W",
    f"W {TIME}",
    TIME.replace("10th", "11th"),
    "Organizer 1: W, W",
    "Organizer 2: W W, W, W and W",
    "Organizer 3: Civil Society, W",
    "Speaker 1: W W, Government, African Group",
    "Speaker 2: W, Government, W",
    "Speaker 3: W, W, W",
    "Speaker 4: W",
    "Speaker 5: W, African Group, W",
    "W W, Civil Society, Western European and Others Group (WEOG)",
    "W, Technical Community",
    "W, Academia, W",
    "W, W",
    "Panel - W - 90 Min",
    "Panel - Auditorium - 90 Min",
    "W - 60 Min",
    "Roundtable",
    "60",
    "60 W",
    "GOAL 16: Peace, Justice and W",
    "16. Peace, Justice and W",
    "16.10 W",
    "00:00 – 00:10 W 00:10 – 00:30 W",
    "W (10 min)",
    "W W " + "long " * 60 + "W",
    "W W " + "long " * 90 + "W.",
    *(
        f"{label.capitalize()}{end}"
        for label in (*PEOPLE, *PLACES)
        for end in ("", ":", ": W", ": W, W", " W", " (* deadline soon) W")
    ),
]
SIGNS = ["Usage of IGF Official Tool.", "Expected Outcomes:", "Policy Question(s):"]


def filled(shapes: list[str]) -> list[str]:
    """The shapes with a word for each W, made of letters alone: a name has no digits."""
    words = ("q" + "".join("abcdefghij"[int(digit)] for digit in f"{n:03}") + "x" for n in itertools.count())
    return [re.sub(r"\bW\b", lambda _: next(words), shape) for shape in shapes]


PAGES = st.lists(st.sampled_from(SHAPES), max_size=15).map(lambda shapes: filled([*shapes, *SIGNS]))


def imported(page: str) -> Programme:
    try:
        return import_igf(page, IGF)
    except ImportFailed:  # too few signs of a session page before a second session begins
        reject()


def words_of(text: str) -> set[str]:
    return set(re.findall(r"q[a-j]{3,}x", text))


@example(filled(["Title: W", "IGF 2020 W W", *SIGNS]))
@settings(max_examples=times(150))
@given(PAGES)
def test_every_word_is_in_a_field_or_among_the_lines_that_were_not_understood(lines: list[str]) -> None:
    programme = imported("\n".join(lines))
    assert words_of("\n".join(lines)) - words_of(json.dumps(to_data(programme))) == set()


@settings(max_examples=times(50))
@given(PAGES)
def test_lines_that_were_not_understood_are_the_lines_of_the_page(lines: list[str]) -> None:
    programme = imported("\n".join(lines))
    assert [line.text for line in programme.unparsed] == [lines[line.line - 1] for line in programme.unparsed]


@settings(max_examples=times(50))
@given(PAGES)
def test_every_import_is_a_document(lines: list[str]) -> None:
    programme = imported("\n".join(lines))
    assert from_yaml(to_yaml(programme)) == programme


def without_lines(programme: Programme) -> Programme:
    """Line numbers differ between HTML and text, and some marks name them."""
    return msgspec.structs.replace(programme, unparsed=(), inferred=())


@settings(max_examples=times(50))
@given(PAGES)
def test_html_and_text_say_the_same(lines: list[str]) -> None:
    page = "<html><body>" + "".join(f"<p>{escape(line)}</p>\n" for line in lines) + "</body></html>"
    assert [line for line in to_lines(page) if line] == [line for line in lines if line]
    assert without_lines(imported(page)) == without_lines(imported("\n\n".join(lines)))


@settings(max_examples=times(100))
@given(
    st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=300)
    | st.text("<>/!-pdivscriptnav =\"'&;a\n", max_size=200)
)
def test_markup_of_any_kind_becomes_lines(text: str) -> None:
    lines = to_lines("Speaker <p>" + text)
    assert lines[0].startswith("Speaker")
