"""Pictures: small, valid, escaped, everybody in them, and no border where there is no group."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acquis.opinion.pictures import Bar, bars_svg, map_svg

SVG = "{http://www.w3.org/2000/svg}"


def drawn(text: str) -> ElementTree.Element:
    assert "NaN" not in text
    assert "nan" not in text
    return ElementTree.fromstring(text)


def kinds(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [one for one in root.iter() if name in one.get("class", "").split()]


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000), st.integers(2, 5))
def test_ten_thousand_people_in_less_than_100_kb(seed: int, k: int) -> None:
    random = np.random.default_rng(seed)
    label = random.integers(0, k, 10_000)
    xy = random.normal(0, 0.4, (10_000, 2)) + 1.5 * np.stack([np.cos(label * 2.0), np.sin(label * 2.0)], axis=1)
    text = map_svg(xy, label, title="t", description="d", names=[f"group {g}" for g in range(k)], alone=True)
    assert len(text.encode()) < 100_000
    root = drawn(text)
    assert root.get("data-n") == "10000"
    assert len(kinds(root, "om-hull")) == k


@pytest.mark.parametrize("n", [0, 1, 2, 26])
def test_few_people_and_no_groups_have_no_borders(n: int) -> None:
    xy = np.random.default_rng(0).normal(size=(n, 2))
    root = drawn(map_svg(xy, np.zeros(n, int), title="t", description="d"))
    assert kinds(root, "om-hull") == []
    marks = sum(path.get("d", "").count("M") for path in kinds(root, "om-none"))
    assert marks == n or (n > 2 and 0 < marks <= n)


def test_all_at_one_point_are_one_larger_mark() -> None:
    one, many = (drawn(map_svg(np.zeros((n, 2)), np.full(n, -1), title="t", description="d")) for n in (1, 64))
    assert [len(kinds(root, "om-none")) for root in (one, many)] == [1, 1]
    assert kinds(one, "om-none")[0].get("d") != kinds(many, "om-none")[0].get("d")


def test_groups_differ_by_shape_not_by_colour_alone() -> None:
    xy, label = (
        np.repeat([[1.0, 1.0], [-1.0, 1.0], [1.0, -1.0], [-1.0, -1.0], [0.0, 0.0]], 4, axis=0),
        np.repeat(range(5), 4),
    )
    root = drawn(map_svg(xy, label, title="t", description="d", names=list("abcde")))
    shapes = {kinds(root, f"om-g{g}")[1].get("d", "").split("m", 1)[1] for g in range(5)}
    assert len(shapes) == 5


def test_a_person_is_marked_with_what_is_not_known() -> None:
    root = drawn(map_svg(np.eye(2), np.zeros(2, int), title="t", description="d", me=np.ones(2), known=(1.0, 0.5, 0.3)))
    assert len(kinds(root, "om-me")) == len(kinds(root, "om-known")) == 1


EVIL = "<script>\"'&"


def test_words_are_escaped_and_read_aloud() -> None:
    text = map_svg(np.zeros((5, 2)), np.zeros(5, int), title=EVIL, description=EVIL, names=[EVIL], ends=(EVIL,) * 4)
    root = drawn(text)
    assert "<script" not in text
    assert root.get("role") == "img"
    assert EVIL in (root.get("aria-label") or "")
    assert [one.text for one in root.iter(f"{SVG}title")] == [EVIL]


def bar(**how: Any) -> Bar:
    return Bar(
        **{
            "group": "a",
            "agree": 0.5,
            "passes": 0.2,
            "disagree": 0.3,
            "low": 0.4,
            "high": 0.6,
            "voters": 10,
            "said": "a: 50 %",
            **how,
        }
    )


def test_bars_add_up_and_mirror() -> None:
    for rtl in (False, True):
        root = drawn(bars_svg([bar(), bar(voters=0, said=EVIL)], title="t", description="d", rtl=rtl))
        widths = {one.get("class"): float(one.get("width", "0")) for one in root.iter(f"{SVG}rect")}
        assert sum(widths.values()) == pytest.approx(624, abs=0.5)
        first = float(kinds(root, "om-agree")[0].get("x", "0"))
        assert (first > 300) == rtl
        assert len(kinds(root, "om-whisker")) == 1


def test_no_style_attribute_that_a_strict_policy_refuses() -> None:
    text = map_svg(np.zeros((5, 2)), np.zeros(5, int), title="t", description="d", names=["a"])
    assert "style" not in text
    assert "<style>" in map_svg(np.zeros((5, 2)), np.zeros(5, int), title="t", description="d", alone=True)
