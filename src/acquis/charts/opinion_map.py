"""The opinion map as SVG. It has a title and description, can be read without colour, and has colours for a dark page.
Its texts are arguments."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from acquis.charts.svg import MARGIN, WIDTH, clean, framed, width_of
from acquis.opinion.arrays import Floats, Ints
from acquis.opinion.place import NINETY

HEIGHT, EDGE = 480, 44
STEPS, MOST_MARKS = (96, 72, 54, 40, 30), 1_500
"""Numbers of cells across the picture, tried in order until there are at most `MOST_MARKS` marks. People of a group in
one cell share a mark, whose area grows with their number."""
SIZES = tuple(2**power for power in range(15))
SMALLEST, ONE, LARGEST = 1.5, 5.5, 20.0
"""Half the width of a mark in pixels: the least, the most for one person, and the most."""
NAME_ROWS = range(22, HEIGHT - 76, 22)
Box = tuple[float, float, float, float]


def map_svg(
    xy: Floats,
    label: Ints,
    *,
    title: str,
    description: str,
    names: Sequence[str] = (),
    ends: tuple[str, str, str, str] = ("", "", "", ""),
    me: Floats | None = None,
    known: tuple[float, float, float] | None = None,
    alone: bool = False,
) -> str:
    """The map of people at xy (n, 2). label: (n,) groups, -1 none; without `names` no outlines are drawn. ends: words
    at the left, right, lower and upper end of the axes. me: (2,) a position to mark; known: its uncertainty, from
    `Positions.ellipse`. alone: with size and style sheet, for a file. Raises ValueError if a position is not
    finite."""
    if not (np.isfinite(xy).all() and np.isfinite([] if me is None else me).all()):
        raise ValueError("A place on the map is not a number: leave out the people who have none.")
    scale = _scale(xy, me, known)
    shown = label if names else np.full(len(label), -1)
    parts = _axes_and_ends(ends)
    parts += [_hull(xy[shown == g], scale, g) for g in range(len(names))]
    parts += _marks(xy, shown, scale)
    parts += _names([xy[shown == g] for g in range(len(names))], scale, names, me)
    if me is not None:
        parts.append(_me(me, scale, known))
    return framed("".join(parts), HEIGHT, title, description, alone, people=len(xy))


def _scale(xy: Floats, me: Floats | None, known: tuple[float, float, float] | None) -> float:
    """Pixels per unit, equal on both axes so that distances can be compared; 99.5 % of the people fit in the
    picture."""
    room = np.array([WIDTH / 2 - EDGE, HEIGHT / 2 - EDGE])
    reach = np.quantile(np.abs(xy), 0.995, axis=0) if len(xy) else np.ones(2)
    if me is not None:
        reach = np.maximum(reach, np.abs(me) + (known[1] if known else 0))
    return float((room / np.maximum(reach, 0.5)).min())


def _screen(xy: Floats, scale: float) -> Floats:
    """Positions in pixels, y downwards; positions outside the picture are moved to its border."""
    place = np.stack([WIDTH / 2 + scale * xy[:, 0], HEIGHT / 2 - scale * xy[:, 1]], axis=1)
    return np.clip(place, [EDGE / 2, EDGE / 2], [WIDTH - EDGE / 2, HEIGHT - EDGE / 2])


def _axes_and_ends(ends: tuple[str, str, str, str]) -> list[str]:
    middle, base = WIDTH // 2, HEIGHT // 2
    places = (
        (MARGIN, HEIGHT - 32, "start"),
        (WIDTH - MARGIN, HEIGHT - 8, "end"),
        (middle + 8, HEIGHT - 56, "start"),
        (middle + 8, 16, "start"),
    )
    words = []
    for word, (x, y, anchor) in zip(ends, places):
        room = WIDTH - MARGIN - (x if anchor == "start" else MARGIN)
        # Words that are too long are condensed, so that they stay inside the picture.
        tight = f' textLength="{room}" lengthAdjust="spacingAndGlyphs"' if width_of(word) > room else ""
        if word:
            words.append(f'<text class="om-word" x="{x}" y="{y}" text-anchor="{anchor}"{tight}>{clean(word)}</text>')
    return [f'<path class="om-axis" d="M8 {base}H{WIDTH - 8}M{middle} 8V{HEIGHT - 8}"/>', *words]


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
        keys, number = np.unique(np.column_stack([label, cell]), axis=0, return_inverse=True)
        if len(keys) <= MOST_MARKS:
            break
    number = number.ravel()
    count = np.bincount(number)
    # A mark is drawn at the mean position of its people.
    middle = np.stack([np.bincount(number, place[:, axis]) / count for axis in (0, 1)], axis=1)
    return keys[:, 0], middle, count, step


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
    # The minimum keeps an outline around people who are in one line.
    long, short = np.maximum(NINETY * scale * np.sqrt(values[::-1]), 10)
    angle = -np.degrees(np.arctan2(vectors[1, 1], vectors[0, 1]))
    return (
        f'<ellipse class="om-hull om-g{g % 5}" rx="{long:.1f}" ry="{short:.1f}" '
        f'transform="translate({middle[0]:.1f} {middle[1]:.1f}) rotate({angle:.1f})"/>'
    )


def _names(groups: Sequence[Floats], scale: float, names: Sequence[str], me: Floats | None) -> list[str]:
    """The name of each group near its outline, where it overlaps neither another name nor `me`."""
    taken: list[Box] = []
    if me is not None:
        x, y = _screen(me[None, :], scale)[0]
        taken.append((x - 18, y - 18, x + 18, y + 18))
    parts = []
    for g, (xy, name) in enumerate(zip(groups, names)):
        if not len(xy):
            continue
        x, middle = _screen(xy.mean(0)[None, :], scale)[0]
        high = max(NINETY * scale * float(xy[:, 1].std()), 10)
        box = _free((float(x), float(middle)), high, min(width_of(name, bold=True) + 20, WIDTH - 2 * MARGIN), taken)
        taken.append(box)
        left, base = box[0], box[3] - 5
        parts.append(
            f'<path class="om-g{g % 5}" d="M{left + 6:.0f} {base - 6:.0f}{_shape(g, 6)}"/>'
            f'<text class="om-word om-name" x="{left + 18:.0f}" y="{base:.0f}">{clean(name)}</text>'
        )
    return parts


def _free(middle: tuple[float, float], high: float, wide: float, taken: Sequence[Box]) -> Box:
    """The box of a name of width `wide`: above its group, below it, or in the nearest free row."""
    left = min(max(middle[0] - wide / 2, MARGIN), WIDTH - MARGIN - wide)
    above, below = middle[1] - high - 6, middle[1] + high + 20
    rows = sorted(NAME_ROWS, key=lambda row: min(abs(row - above), abs(row - below)))
    wanted = [row for row in (above, below) if NAME_ROWS[0] <= row <= NAME_ROWS[-1]]
    boxes = [(left, row - 17, left + wide, row + 5) for row in (*wanted, *rows)]
    return next((box for box in boxes if not any(_overlap(box, other) for other in taken)), boxes[0])


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _me(xy: Floats, scale: float, known: tuple[float, float, float] | None) -> str:
    x, y = _screen(xy[None, :], scale)[0]
    mark = f'<path class="om-me" d="M{x:.0f} {y:.0f}m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0m9-15v30m-15-15h30"/>'
    if known is None:
        return mark
    long, short, angle = known
    turned = f"translate({x:.1f} {y:.1f}) rotate({-np.degrees(angle):.1f})"
    return f'<ellipse class="om-known" rx="{long * scale:.1f}" ry="{short * scale:.1f}" transform="{turned}"/>{mark}'
