from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times
from tools.suggestions import LABELLED, Labelled, framework, labelled, measure, table

from acquis.reference.suggest import ENOUGH, suggest
from acquis.text.folding import folded

ITEMS = framework()
HELD_OUT = labelled("held-out")
ALL = (*labelled("tune"), *HELD_OUT)
DOCS = LABELLED.parents[2] / "docs" / "suggestions.md"

FALSE_ALARMS = {"procedure": 0.0, "thanks": 0.0, "other": 0.0, "hard": 0.2}
"""Of the texts of a class that nothing is tied to, the largest share that may get a suggestion."""


def test_every_label_names_an_item_and_every_kind_of_item_is_labelled() -> None:
    ids = {item.id for item in ITEMS}
    times = Counter(id for row in ALL for id in row.ids)
    assert set(times) - ids == set()
    assert [id for id in sorted(ids) if times[id] < (5 if id.startswith("norm-") else 1)] == []
    assert len(ALL) >= 160
    assert len({row.n for row in ALL}) == len({row.text for row in ALL}) == len(ALL)
    assert sum(not row.ids for row in ALL) >= 45
    assert {row.kind for row in ALL if not row.ids} == set(FALSE_ALARMS)


def test_most_suggestions_for_texts_that_were_held_out_are_right() -> None:
    measured = measure(ITEMS, HELD_OUT)
    assert measured.precision >= 0.85
    assert measured.recall >= 0.7


@pytest.mark.parametrize("kind", FALSE_ALARMS)
def test_texts_about_something_else_get_nothing(kind: str) -> None:
    rows = [row for row in HELD_OUT if row.kind == kind]
    alarms = [row.text for row in rows if suggest(ITEMS, row.text)]
    assert len(rows) >= 4
    assert len(alarms) / len(rows) <= FALSE_ALARMS[kind], alarms


def test_a_suggestion_names_words_that_stand_in_the_text() -> None:
    def wrong(row: Labelled) -> bool:
        text = folded(row.text)
        return any(
            found.score < ENOUGH or not found.because or any(word not in text for word in found.because)
            for found in suggest(ITEMS, row.text)
        )

    assert [row.n for row in ALL if wrong(row)] == []


def test_the_order_of_the_items_does_not_matter() -> None:
    shuffled = list(ITEMS)
    random.Random(7).shuffle(shuffled)
    assert [suggest(shuffled, row.text) for row in ALL] == [suggest(ITEMS, row.text) for row in ALL]


def test_the_best_comes_first_and_no_more_than_asked_for() -> None:
    text = "Ransomware, quantum, spyware, bitcoin and the seabed"
    found = suggest(ITEMS, text, most=4)
    assert len(found) == 4
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert suggest(ITEMS, text, most=2) == found[:2]
    assert suggest(ITEMS, text, most=0) == []


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("What about norm k?", "norm-k"),
        ("Norm 11 is broken daily", "norm-k"),
        ("paragraph 13 (k) says so", "norm-k"),
        ("I speak of 13(k).", "norm-k"),
        ("CBM 8 comes first", "cbm-8"),
        ("cbm-3", "cbm-3"),
        ("Norm A is the first", "norm-a"),
        ("RANÇONGICIEL et rancongiciels", "threat-ransomware"),
    ],
)
def test_a_name_or_a_code_is_enough(text: str, id: str) -> None:
    assert [one.id for one in suggest(ITEMS, text)][:1] == [id]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "…",
        "norm",
        "capacity",
        "security",
        "cyber state UN",
        "The norm a state sets itself is its own affair",
        "States use ICT; the United Nations should support international security.",
    ],
)
def test_words_that_everybody_uses_decide_nothing(text: str) -> None:
    assert suggest(ITEMS, text) == []


def test_one_item_and_none_can_be_asked_about() -> None:
    assert suggest((), "ransomware") == []
    assert len(suggest([item for item in ITEMS if item.id == "threat-ransomware"], "ransomware")) <= 1


@settings(max_examples=times(60))
@given(st.text(max_size=400))
def test_no_text_breaks_it(text: str) -> None:
    first = suggest(ITEMS, text)
    assert first == suggest(ITEMS, text)
    assert len(first) <= 3


def test_the_page_holds_what_is_measured() -> None:
    assert table() in DOCS.read_text("utf-8")
