"""Pictures: small, valid, escaped, everybody in them, and no border where there is no group."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis.charts.bars import Bar, bars_svg
from acquis.charts.opinion_map import map_svg, no_map_svg
from acquis.charts.svg import STYLE, width_of, wrapped

SVG = "{http://www.w3.org/2000/svg}"


def drawn(text: str) -> ElementTree.Element:
    assert "NaN" not in text
    assert "nan" not in text
    return ElementTree.fromstring(text)


def kinds(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [one for one in root.iter() if name in one.get("class", "").split()]


def counted(root: ElementTree.Element) -> int:
    """For how many people the marks stand."""
    return sum(int(path.get("data-n", "0")) for path in root.iter(f"{SVG}path"))


Box = tuple[float, float, float, float]


def boxes(root: ElementTree.Element) -> list[Box]:
    """Where the lines of text stand: left, top, right, bottom."""
    found = []
    for one in kinds(root, "om-word"):
        x, y = float(one.get("x", "")), float(one.get("y", ""))
        wide = width_of(one.text or "", bold="om-name" in one.get("class", ""))
        found.append((x - wide, y - 14, x, y + 4) if one.get("direction") == "rtl" else (x, y - 14, x + wide, y + 4))
    return found


def marks(root: ElementTree.Element) -> list[Box]:
    """The boxes of the marks of people and of the outlines of groups."""
    found = []
    for path in (path for path in root.iter(f"{SVG}path") if path.get("data-n")):
        for x, y, kind, size in re.findall(r"M(\d+) (\d+)m(?:0)?-([\d.]+)[^M]*?([\d.]*)", path.get("d", "")):
            half = float(kind or size)
            found.append((float(x) - half, float(y) - half, float(x) + half, float(y) + half))
    for outline in kinds(root, "om-hull"):
        x, y, angle = map(float, re.findall(r"-?[\d.]+", outline.get("transform", "")))
        rx, ry, turn = float(outline.get("rx", "")), float(outline.get("ry", "")), np.radians(angle)
        wide, high = np.hypot(rx * np.cos(turn), ry * np.sin(turn)), np.hypot(rx * np.sin(turn), ry * np.cos(turn))
        found.append((x - wide, y - high, x + wide, y + high))
    return found


def overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@settings(max_examples=times(10))
@given(st.integers(0, 1000), st.integers(2, 5))
def test_ten_thousand_people_in_less_than_100_kb(seed: int, k: int) -> None:
    random = np.random.default_rng(seed)
    label = random.integers(0, k, 10_000)
    xy = random.normal(0, 0.4, (10_000, 2)) + 1.5 * np.stack([np.cos(label * 2.0), np.sin(label * 2.0)], axis=1)
    text = map_svg(xy, label, title="t", description="d", names=[f"group {g}" for g in range(k)], alone=True)
    assert len(text.encode()) < 100_000
    root = drawn(text)
    assert root.get("data-n") == "10000"
    assert counted(root) == 10_000
    assert len(kinds(root, "om-hull")) == k


@pytest.mark.parametrize("n", [0, 1, 2, 26])
def test_few_people_and_no_groups_have_no_borders(n: int) -> None:
    xy = np.random.default_rng(0).normal(size=(n, 2))
    root = drawn(map_svg(xy, np.zeros(n, int), title="t", description="d"))
    assert kinds(root, "om-hull") == []
    assert counted(root) == n
    assert kinds(root, "om-name") == []


def test_all_at_one_point_are_one_larger_mark() -> None:
    one, many = (drawn(map_svg(np.zeros((n, 2)), np.full(n, -1), title="t", description="d")) for n in (1, 64))
    assert [len(kinds(root, "om-none")) for root in (one, many)] == [1, 1]
    assert kinds(one, "om-none")[0].get("d") != kinds(many, "om-none")[0].get("d")


def half_width(root: ElementTree.Element) -> float:
    return float(kinds(root, "om-none")[0].get("d", "").split("a", 1)[1].split(" ")[0])


def test_the_area_of_a_mark_grows_with_its_people() -> None:
    """Among the same number of people: who stand together in eights have marks of eight times the area."""
    n = 4_096
    random = np.random.default_rng(0)
    at = random.permutation(np.stack(np.meshgrid(range(24), range(24)), axis=-1).reshape(-1, 2))[: n // 8] / 8 - 1.5
    found = [
        half_width(drawn(map_svg(np.repeat(at[: n // each], each, axis=0), np.full(n, -1), title="t", description="d")))
        for each in (8, 32)
    ]
    assert found[1] / found[0] == pytest.approx(2, rel=0.1)


def test_the_largest_marks_come_first() -> None:
    xy = np.concatenate([np.zeros((64, 2)), np.full((1, 2), 0.001)])
    label = np.array([1] * 64 + [0])
    root = drawn(map_svg(xy, label, title="t", description="d", names=["a", "b"]))
    assert [path.get("data-n") for path in root.iter(f"{SVG}path") if path.get("data-n")] == ["64", "1"]


STATEMENTS = (
    "准" * 140,
    "Каждое государство должно назвать одно контактное лицо и каждый год сообщать другим. " * 2,
    "ينبغي لكل دولة أن تسمي جهة اتصال واحدة وأن تنشرها كل سنة. " * 2,
    "Every State should name one contact point, and say each year what it did with what it was told." * 2,
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "Yes.",
    "",
)


@settings(max_examples=times(50))
@given(st.integers(0, 1000), st.integers(0, 5), st.floats(0, 2), st.tuples(*[st.sampled_from(STATEMENTS)] * 2))
def test_no_text_of_the_map_covers_another_or_a_dot_or_leaves_it(
    seed: int, k: int, apart: float, statements: tuple[str, str]
) -> None:
    random = np.random.default_rng(seed)
    label = np.arange(60) % max(k, 1)
    xy = random.normal(0, 0.2, (60, 2)) + random.normal(0, apart, (max(k, 1), 2))[label]
    names = [f"Группа мнений {'ABCDE'[g]} · {1000 * g}" for g in range(k)]
    ends = [
        ("← People further left agree more with:", statements[0]),
        ("→ Правее больше согласны:", statements[1]),
    ]
    root = drawn(map_svg(xy, label, title="t", description="d", names=names, ends=ends, alone=True))
    height, found, dots = float(root.get("height", "")), boxes(root), marks(root)
    said = "".join("".join(one.text or "" for one in kinds(root, "om-word")).split())
    assert all("".join(statement.split()) in said for statement in statements)
    assert len(kinds(root, "om-name")) == k
    assert len(dots) >= 10
    for box in (*found, *dots):
        assert min(box[:2]) >= 0
        assert box[2] <= 640
        assert box[3] <= height
    for number, box in enumerate(found):
        assert not any(overlap(box, other) for other in (*found[:number], *dots))


def test_a_page_sets_the_words_of_the_map_itself() -> None:
    root = drawn(map_svg(np.eye(2), np.zeros(2, int), title="t", description="d", names=["a"], ends=[("left", "b")]))
    assert kinds(root, "om-word") == []


def test_the_picture_in_place_of_a_map_says_why() -> None:
    reason = "The opinion map needs the votes of at least 10 people. The votes of 3 more people are missing."
    root = drawn(no_map_svg("Opinion map", reason))
    assert " ".join(one.text or "" for one in kinds(root, "om-word")) == reason
    assert all(right <= 640 for _, _, right, _ in boxes(root))
    assert list(root.iter(f"{SVG}path")) == []


def test_people_in_a_line_have_an_outline_one_can_see() -> None:
    xy = np.stack([np.linspace(-1, 1, 20), np.zeros(20)], axis=1)
    outline = kinds(drawn(map_svg(xy, np.zeros(20, int), title="t", description="d", names=["a"])), "om-hull")[0]
    assert min(float(outline.get(half, "0")) for half in ("rx", "ry")) >= 10


def test_what_comes_in_is_not_changed() -> None:
    xy, label, me = np.random.default_rng(0).normal(size=(30, 2)), np.arange(30) % 3, np.ones(2)
    before = xy.copy(), label.copy(), me.copy()
    map_svg(xy, label, title="t", description="d", names=list("abc"), me=me, known=(1.0, 0.5, 0.3))
    for now, then in zip((xy, label, me), before):
        np.testing.assert_array_equal(now, then)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_place_that_is_no_number_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="leave out the people"):
        map_svg(np.array([[0.0, bad]]), np.zeros(1, int), title="t", description="d")
    with pytest.raises(ValueError, match="leave out the people"):
        map_svg(np.zeros((1, 2)), np.zeros(1, int), title="t", description="d", me=np.array([bad, 0.0]))


def test_groups_differ_by_shape_not_by_colour_alone() -> None:
    xy, label = (
        np.repeat([[1.0, 1.0], [-1.0, 1.0], [1.0, -1.0], [-1.0, -1.0], [0.0, 0.0]], 4, axis=0),
        np.repeat(range(5), 4),
    )
    root = drawn(map_svg(xy, label, title="t", description="d", names=list("abcde")))
    shapes = {
        next(p for p in kinds(root, f"om-g{g}") if p.get("data-n")).get("d", "").split("m", 1)[1] for g in range(5)
    }
    assert len(shapes) == 5


def test_a_person_is_marked_with_what_is_not_known() -> None:
    root = drawn(map_svg(np.eye(2), np.zeros(2, int), title="t", description="d", me=np.ones(2), known=(1.0, 0.5, 0.3)))
    assert len(kinds(root, "om-me")) == len(kinds(root, "om-known")) == 1


EVIL = "<script>\"'&"


def test_words_are_escaped_and_read_aloud() -> None:
    text = map_svg(
        np.zeros((5, 2)), np.zeros(5, int), title=EVIL, description=EVIL, names=[EVIL], ends=[(EVIL, EVIL)], alone=True
    )
    root = drawn(text)
    assert "<script" not in text
    assert root.get("role") == "img"
    assert EVIL in (root.get("aria-label") or "")
    assert [one.text for one in root.iter(f"{SVG}title")] == [EVIL]


def test_characters_that_xml_cannot_carry_are_left_out() -> None:
    odd = "a\x00\x0b\ud800\uffffb"
    root = drawn(
        map_svg(
            np.zeros((1, 2)), np.zeros(1, int), title=odd, description=odd, names=[odd], ends=[(odd, odd)], alone=True
        )
    )
    assert [one.text for one in root.iter(f"{SVG}title")] == ["ab"]
    drawn(bars_svg([bar(said=odd)], title=odd, description=odd))


def test_a_page_read_from_the_right_does_not_turn_the_picture() -> None:
    """Where the page sets the direction, `start` and `end` of words would change sides."""
    for text in (
        map_svg(np.zeros((1, 2)), np.zeros(1, int), title="t", description="d"),
        bars_svg([bar()], title="t", description="d"),
    ):
        assert drawn(text).get("direction") == "ltr"
    words = kinds(drawn(bars_svg([bar()], title="t", description="d", rtl=True)), "om-word")
    assert [(one.get("direction"), one.get("x")) for one in words] == [("rtl", "632")]


@given(st.text(max_size=200), st.integers(40, 600))
def test_lines_fit_and_nothing_but_spaces_is_lost(text: str, most: int) -> None:
    lines = wrapped(text, most)
    assert all(width_of(line) <= most or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_long_name_takes_lines_and_no_bar_covers_words() -> None:
    root = drawn(bars_svg([bar(said="word " * 60), bar()], title="t", description="d"))
    words = [float(one.get("y", "0")) for one in kinds(root, "om-word")]
    assert len(words) > 4
    for box in root.iter(f"{SVG}rect"):
        top = float(box.get("y", "0"))
        assert not any(top < base < top + 18 + 14 for base in words)
    assert float(root.get("viewBox", "").split()[3]) >= max(words) + 18


def test_a_group_without_votes_has_words_and_no_bar() -> None:
    root = drawn(bars_svg([bar(voters=0, said="a: no votes")], title="t", description="d"))
    assert [one.text for one in kinds(root, "om-word")] == ["a: no votes"]
    assert list(root.iter(f"{SVG}rect")) == []
    assert kinds(root, "om-whisker") == []


def test_disagreeing_is_hatched_and_agreeing_is_not() -> None:
    hatched = [
        len(kinds(drawn(bars_svg([one], title="t", description="d")), "om-hatch"))
        for one in (bar(), bar(agree=1.0, passes=0.0, disagree=0.0))
    ]
    assert hatched == [1, 0]


def test_every_class_that_is_drawn_has_a_style() -> None:
    xy, label = np.random.default_rng(0).normal(size=(50, 2)), np.arange(50) % 6 - 1
    pictures = (
        map_svg(xy, label, title="t", description="d", names=list("abcde"), me=xy[0], known=(1.0, 0.5, 0.3)),
        bars_svg([bar()], title="t", description="d"),
    )
    for name in {name for text in pictures for one in drawn(text).iter() for name in one.get("class", "").split()}:
        assert f".{name}" in STYLE


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


def test_the_pages_have_the_same_style_as_the_files() -> None:
    css = Path(__file__).parents[2] / "src" / "acquis" / "web" / "shared" / "charts.css"
    assert STYLE in css.read_text("utf-8")
