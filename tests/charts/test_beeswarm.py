"""The beeswarm plot: every dot at its place, none over another, shapes and words without colour."""

from __future__ import annotations

import re
from math import hypot
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis.charts.beeswarm import RADII, Dot, beeswarm_svg, evenness
from acquis.charts.svg import MARGIN, WIDE, WIDTH

SVG = "{http://www.w3.org/2000/svg}"


def picture(dots: list[Dot], *, rtl: bool = False, alone: bool = True) -> ElementTree.Element:
    ends, key = ("One side", "Both sides"), ("Agree", "Not")
    text = beeswarm_svg(dots, title="Statements", description="All", ends=ends, key=key, rtl=rtl, alone=alone)
    return ElementTree.fromstring(text)


def test_the_words_are_in_a_file_and_not_in_a_page() -> None:
    dots = [Dot(0.2, agrees=True, said="Norms")]
    assert [len([*picture(dots, alone=alone).iter(f"{SVG}text")]) for alone in (True, False)] == [4, 0]


def centers(root: ElementTree.Element, radius: int) -> list[tuple[float, float]]:
    """The middle of each dot, in the order of the file."""
    found = []
    for path in root.iter(f"{SVG}path"):
        if "om-dot" in path.get("class", ""):
            x, y = map(float, re.findall(r"-?[\d.]+", path.get("d", ""))[:2])
            found.append((x + radius, y) if "om-agree" in path.get("class", "") else (x, y + radius))
    return found


def test_evenness() -> None:
    assert [evenness(*votes) for votes in ((10, 0), (0, 3), (5, 5), (30, 10))] == [0, 0, 1, 0.5]


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=80), st.booleans())
@settings(max_examples=times(30))
def test_dots_are_at_their_place_and_do_not_overlap(rows: list[tuple[float, bool]], rtl: bool) -> None:
    dots = [Dot(divided, agrees, f"Statement {number:03}") for number, (divided, agrees) in enumerate(rows)]
    root = picture(dots, rtl=rtl)
    radius = next(size for most, size in RADII if len(dots) <= most)
    spots = centers(root, radius)
    assert len(spots) == len(dots)
    height = float(root.get("viewBox", "").split()[3])
    for (x, y), dot in zip(spots, sorted(dots, key=lambda dot: (dot.divided, dot.said))):
        from_start = WIDTH - x if rtl else x
        assert abs(from_start - (MARGIN + radius + dot.divided * (WIDE - 2 * radius))) < 0.06
        assert radius <= x <= WIDTH - radius
        assert radius <= y <= height - radius
    for number, (x, y) in enumerate(spots):
        assert all(hypot(x - a, y - b) >= 2 * radius for a, b in spots[:number])


def test_a_dot_says_its_statement_and_side_without_colour() -> None:
    root = picture([Dot(0.2, agrees=True, said="Norms & rules"), Dot(0.9, agrees=False, said="A treaty")])
    dots = [path for path in root.iter(f"{SVG}path") if "om-dot" in path.get("class", "")]
    assert [dot.findtext(f"{SVG}title") for dot in dots] == ["Norms & rules", "A treaty"]
    assert "a7 7" in dots[0].get("d", "")
    assert "a" not in dots[1].get("d", "")
    assert {text.text for text in root.iter(f"{SVG}text")} == {"One side", "Both sides", "Agree", "Not"}
