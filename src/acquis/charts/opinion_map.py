"""The opinion map as SVG. It has a title and description, can be read without colour, and has colours for a dark page.
Its texts are arguments, and no text stands among the dots."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from acquis.charts.svg import GAP, LINE, MARGIN, WIDE, WIDTH, clean, framed, paragraph, width_of
from acquis.opinion.arrays import Floats, Ints
from acquis.opinion.place import NINETY
from acquis.opinion.quantiles import quantile
from acquis.text.scripts import language_of, right_to_left

HEIGHT, EDGE = 480, 32
"""Pixels: the height of the area of dots, and its border in which there are only few dots."""
STEPS, MOST_MARKS = (96, 72, 54, 40, 30), 1_500
"""Numbers of cells across the picture, tried in order until there are at most `MOST_MARKS` marks. People of a group in
one cell share a mark, whose area grows with their number."""
SIZES = tuple(2**power for power in range(15))
SMALLEST, ONE, LARGEST = 1.5, 5.5, 20.0
"""Half the width of a mark in pixels: the least, the most for one person, and the most."""
THINNEST = 10
"""The least half width of an outline in pixels, so that it stays visible around people who are in one line."""
COLUMN = (WIDE - 24) / 2
"""The width in pixels of the words at one end of the axis."""


def map_svg(
    xy: Floats,
    label: Ints,
    *,
    title: str,
    description: str,
    names: Sequence[str] = (),
    ends: Sequence[tuple[str, str]] = (),
    me: Floats | None = None,
    known: tuple[float, float, float] | None = None,
    alone: bool = False,
) -> str:
    """The map of people at xy (n, 2). label: (n,) groups, -1 none; without `names` no outlines are drawn. ends: what
    the left and the right end of the axis mean, each as a label and a text. me: (2,) a position to mark; known: its
    uncertainty, from `Positions.ellipse`. alone: for a file, with size and style sheet and, below the dots, the names
    of the groups and the words at the ends; a page sets these itself. Raises ValueError if a position is not
    finite."""
    if not (np.isfinite(xy).all() and np.isfinite([] if me is None else me).all()):
        raise ValueError("A place on the map is not a number: leave out the people who have none.")
    shown = label if names else np.full(len(label), -1)
    groups = [xy[shown == g] for g in range(len(names))]
    scale = _scale(xy, groups, me, known)
    parts = [f'<path class="om-axis" d="M8 {HEIGHT // 2}H{WIDTH - 8}M{WIDTH // 2} 8V{HEIGHT - 8}"/>']
    parts += [_hull(group, scale, g) for g, group in enumerate(groups)]
    parts += _marks(xy, shown, scale)
    if me is not None:
        parts.append(_me(me, scale, known))
    below, height = _words_below(names, ends) if alone else ([], HEIGHT)
    return framed("".join([*parts, *below]), height, title, description, alone, people=len(xy))


def no_map_svg(title: str, reason: str, rtl: bool = False) -> str:
    """The picture in place of a map that would say nothing: the reason, as text. A file with size and style sheet."""
    lines, bottom = paragraph(reason, MARGIN, rtl)
    return framed("".join(lines), bottom + MARGIN, title, reason, alone=True)


def _scale(xy: Floats, groups: Sequence[Floats], me: Floats | None, known: tuple[float, float, float] | None) -> float:
    """Pixels per unit, equal on both axes so that distances can be compared; 99.5 % of the people and the outlines of
    all groups fit in the area of dots."""
    room = np.array([WIDTH / 2 - EDGE, HEIGHT / 2 - EDGE])
    reach = quantile(np.abs(xy), 0.995) if len(xy) else np.ones(2)
    for group in (group for group in groups if len(group) >= 3):
        reach = np.maximum(reach, np.abs(group.mean(0)) + NINETY * group.std(0, ddof=1))
    if me is not None:
        reach = np.maximum(reach, np.abs(me) + _half_sizes(known))
    return float((room / np.maximum(reach, 0.5)).min())


def _half_sizes(known: tuple[float, float, float] | None) -> Floats:
    """Half the width and half the height of an ellipse (semi-axes and angle), (2,)."""
    if known is None:
        return np.zeros(2)
    long, short, angle = known
    turned = np.array([[np.cos(angle), np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.hypot(long * turned[:, 0], short * turned[:, 1])


def _screen(xy: Floats, scale: float) -> Floats:
    """Positions in pixels, y downwards; positions outside the picture are moved to its border."""
    place = np.stack([WIDTH / 2 + scale * xy[:, 0], HEIGHT / 2 - scale * xy[:, 1]], axis=1)
    return np.clip(place, [EDGE / 2, EDGE / 2], [WIDTH - EDGE / 2, HEIGHT - EDGE / 2])


def _marks(xy: Floats, label: Ints, scale: float) -> list[str]:
    """One path for each group and size. The size of a mark stands for 1, 2, 4, ... people of a cell; data-n is the
    number of people of all marks of the path. Larger marks are drawn first, so that they hide no smaller one."""
    if not len(xy):
        return []
    place = _screen(xy, scale)
    group, middle, count, step = _cells(place, label)
    size = np.searchsorted(SIZES, count, side="right") - 1
    parts = []
    for s, g in sorted({(-int(s), int(g)) for s, g in zip(size, group)}):
        chosen = (group == g) & (size == -s)
        shape = _shape(g, _radius(SIZES[-s], len(xy), len(group), step))
        data = "".join(f"M{x:.0f} {y:.0f}{shape}" for x, y in middle[chosen].tolist())
        kind = "om-none" if g < 0 else f"om-g{g % 5}"
        parts.append(f'<path class="{kind}" data-n="{int(count[chosen].sum())}" d="{data}"/>')
    return parts


def _cells(place: Floats, label: Ints) -> tuple[Ints, Floats, Ints, float]:
    """The groups (c,), places (c, 2) and counts (c,) of the marks, and the width of a cell in pixels."""
    for steps in STEPS:
        step = WIDTH / steps
        cell = (place // step).astype(np.int64)
        _, first, number = np.unique(
            (label * steps + cell[:, 0]) * steps + cell[:, 1], return_index=True, return_inverse=True
        )
        if len(first) <= MOST_MARKS:
            break
    count = np.bincount(number)
    # A mark is drawn at the mean position of its people.
    middle = np.stack([np.bincount(number, place[:, axis]) / count for axis in (0, 1)], axis=1)
    return label[first], middle, count, step


def _radius(people: int, n: int, marks: int, step: float) -> float:
    """Half the width in pixels of a mark for `people` of `n` people, if there are `marks` marks. The area grows with
    the people and is limited so that the marks do not cover the picture."""
    per_person = min(70 / n**0.5, ONE)
    most = min(max(0.5 * (WIDTH * HEIGHT / np.pi / marks) ** 0.5, 0.5 * step), LARGEST)
    return float(min(max(per_person * people**0.5, SMALLEST), most))


def _shape(g: int, r: float) -> str:
    """The relative path of the mark of group `g` with half width `r`: circle, square, triangle, diamond or cross; a
    smaller circle for no group (-1)."""
    if g < 0:
        r *= 0.8
    d, h = f"{2 * r:.1f}", f"{r:.1f}"
    if g < 0 or g % 5 == 0:
        return f"m-{h} 0a{h} {h} 0 1 0 {d} 0a{h} {h} 0 1 0-{d} 0"
    if g % 5 == 1:
        return f"m-{h}-{h}h{d}v{d}h-{d}z"
    if g % 5 == 2:
        return f"m0-{h}l{h} {d}h-{d}z"
    if g % 5 == 3:
        return f"m0-{h}l{h} {h}l-{h} {h}l-{h}-{h}z"
    t = f"{r * 0.6:.1f}"
    k = f"{r * 0.7:.1f}"
    return f"m-{r * 0.3:.1f}-{h}h{t}v{k}h{k}v{t}h-{k}v{k}h-{t}v-{k}h-{k}v-{t}h{k}z"


def _hull(xy: Floats, scale: float, g: int) -> str:
    """The outline of a group: the ellipse of 90 % of a normal distribution with its mean and covariance."""
    if len(xy) < 3:
        return ""
    middle = _screen(xy.mean(0)[None, :], scale)[0]
    values, vectors = np.linalg.eigh(np.cov(xy.T) + 1e-6 * np.eye(2))
    long, short = np.maximum(NINETY * scale * np.sqrt(values[::-1]), THINNEST)
    angle = -np.degrees(np.arctan2(vectors[1, 1], vectors[0, 1]))
    return (
        f'<ellipse class="om-hull om-g{g % 5}" rx="{long:.1f}" ry="{short:.1f}" '
        f'transform="translate({middle[0]:.1f} {middle[1]:.1f}) rotate({angle:.1f})"/>'
    )


def _words_below(names: Sequence[str], ends: Sequence[tuple[str, str]]) -> tuple[list[str], int]:
    """The names of the groups with their marks, then the words at the two ends side by side, and the height of the
    picture."""
    parts, y = _key(names, HEIGHT + GAP // 2)
    columns = [_end(label, text, y, left) for (label, text), left in zip(ends, (MARGIN, WIDTH - MARGIN - COLUMN))]
    parts += [part for column, _ in columns for part in column]
    y = max((bottom for _, bottom in columns), default=y)
    return parts, y + MARGIN if parts else HEIGHT


def _key(names: Sequence[str], y: int) -> tuple[list[str], int]:
    """The marks and names of the groups in rows, and the y of their end."""
    parts, x = [], float(MARGIN)
    for g, name in enumerate(names):
        wide = 18 + width_of(name, bold=True)
        if x > MARGIN and x + wide > WIDTH - MARGIN:
            x, y = MARGIN, y + LINE
        side, at = (' direction="rtl"', x + wide) if _turned(name) else ("", x + 18)
        parts.append(
            f'<path class="om-g{g % 5}" d="M{x + 6:.0f} {y + 8}{_shape(g, 6)}"/>'
            f'<text class="om-word om-name" x="{at:.0f}" y="{y + 14}"{side}>{clean(name)}</text>'
        )
        x += wide + GAP
    return parts, y + LINE + GAP // 2 if parts else y


def _end(label: str, text: str, y: int, left: float) -> tuple[list[str], int]:
    """What one end of the axis means, in a column that begins at `left`, and the y of its end."""
    if not text:
        return [], y
    kind = "om-word om-none"
    first, y = paragraph(label, y, _turned(label), kind=kind, left=left, wide=COLUMN)
    rest, y = paragraph(text, y, _turned(text), left=left, wide=COLUMN)
    return first + rest, y


def _turned(text: str) -> bool:
    return right_to_left(language_of(text, "en"))


def _me(xy: Floats, scale: float, known: tuple[float, float, float] | None) -> str:
    x, y = _screen(xy[None, :], scale)[0]
    mark = f'<path class="om-me" d="M{x:.0f} {y:.0f}m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0m9-15v30m-15-15h30"/>'
    if known is None:
        return mark
    long, short, angle = known
    turned = f"translate({x:.1f} {y:.1f}) rotate({-np.degrees(angle):.1f})"
    return f'<ellipse class="om-known" rx="{long * scale:.1f}" ry="{short * scale:.1f}" transform="{turned}"/>{mark}'
