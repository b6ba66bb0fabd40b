"""The classes by which a text of the room screen gets the largest type that fits, and their style sheet."""

from __future__ import annotations

import re

import pytest
from tools import type_sheet

from acquis.text.measure import narrowest
from acquis.web.words.fitting import GROWTH, LINES, STEPS, fits, sheet, step_of

TEXTS = ("Li", "Maximiliana-Theodora van der Wasserstrom-Oyelaran", "How " * 100, "字" * 400, "R" * 120)


def test_the_style_sheet_is_the_one_that_the_tool_makes() -> None:
    assert type_sheet.OUT.read_text("utf-8") == type_sheet.text()


@pytest.mark.parametrize("text", TEXTS)
def test_the_classes_say_a_box_that_is_wide_enough(text: str) -> None:
    names = fits(text).removeprefix("tall ").split()
    assert all(f".{name} " in " ".join(sheet()) for name in names)
    pairs = (name[1:].split("-") for name in names)
    classes: dict[int, int] = {}
    for lines, step in pairs:
        classes[int(lines)] = classes.get(int(lines), 0) + int(step)
    assert classes.keys() <= set(LINES)
    assert all(GROWTH**step >= narrowest(text, lines) - 0.001 for lines, step in classes.items())
    assert list(classes.values()) == sorted(set(classes.values()), reverse=True)


def test_texts_of_a_list_share_the_largest_numbers() -> None:
    assert fits("Li", TEXTS[1]) == fits(TEXTS[1])
    assert fits("Li", bold=True) == fits("Li", "", bold=True)


def test_high_scripts_get_higher_lines() -> None:
    assert fits("مريم").startswith("tall ")
    assert fits("हिन्दी").startswith("tall ")
    assert "tall" not in fits("Мария 字")


def test_a_width_beyond_the_scale_has_no_class() -> None:
    assert step_of(0) == step_of(1) == 0
    assert step_of(GROWTH**STEPS) == STEPS
    steps = re.findall(r"m\d+-(\d+) n\d+-(\d)", fits("W" * 3000))
    assert steps
    assert max(int(tens) + int(units) for tens, units in steps) <= STEPS
