"""The opinion map and the bars of a statement as SVG: legible in grey, in the dark and read aloud. Words come in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from acquis.opinion.votes import Floats, Ints

WIDTH, HEIGHT, EDGE = 640, 480, 44
STEPS, MOST_MARKS = (96, 72, 54, 40, 30), 1_500
"""Cells across the picture, fewer where there would be more marks: people in one cell are one mark, whose area grows
with their number."""
SIZES = (1, 2, 4, 8, 16, 32, 64)
NINETY = 2.145966026289347
STYLE = """\
.om-map{background:var(--om-paper,#fff)}.om-axis{stroke:var(--om-line,#8a8f98);stroke-width:1}
.om-word{fill:var(--om-ink,#1d2126);font:19px system-ui,sans-serif}.om-name{font-weight:700}
.om-none{fill:var(--om-quiet,#6b7280)}.om-g0{fill:#1f5fbf}.om-g1{fill:#c2410c}.om-g2{fill:#0f766e}.om-g3{fill:#7c3aed}
.om-g4{fill:#a16207}.om-hull{fill-opacity:.12;stroke-width:2;stroke-dasharray:6 4}
.om-hull.om-g0{stroke:#1f5fbf}.om-hull.om-g1{stroke:#c2410c}.om-hull.om-g2{stroke:#0f766e}.om-hull.om-g3{stroke:#7c3aed}
.om-hull.om-g4{stroke:#a16207}.om-me{fill:none;stroke:var(--om-ink,#1d2126);stroke-width:3}
.om-known{fill:none;stroke:var(--om-ink,#1d2126);stroke-width:1.5;stroke-dasharray:4 4}
.om-agree{fill:#17693a}.om-pass{fill:#d5d9df}.om-disagree{fill:#d4596a}.om-whisker{stroke:var(--om-ink,#1d2126);stroke-width:2}
@media (prefers-color-scheme:dark){.om-g0{fill:#8ab4f8}.om-g1{fill:#fdba74}.om-g2{fill:#5eead4}.om-g3{fill:#c4b5fd}
.om-g4{fill:#fde047}.om-agree{fill:#6fcf97}.om-pass{fill:#4b5563}.om-disagree{fill:#f38ab4}}
"""
ALONE = "@media (prefers-color-scheme:dark){svg{--om-paper:#14171b;--om-ink:#eceff3;--om-quiet:#9aa3af}}"


@dataclass(frozen=True)
class Bar:
    """What one group says of a statement: shares 0..1, the 90 % interval of agreeing, and how many voted."""

    group: str
    agree: float
    passes: float
    disagree: float
    low: float
    high: float
    voters: int
    said: str
    """The bar in words."""


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
    """The map of people at xy (n, 2). label: (n,) groups, -1 none; without `names` no borders are drawn. ends: words at
    the left, right, lower and upper end of the axes. me: (2,) a place to mark, with the ellipse of `Positions.ellipse`.
    alone: a file of its own, with its style."""
    scale = _scale(xy, me, known)
    shown = label if names else np.full(len(label), -1)
    parts = [*_axes_and_ends(ends)]
    parts += [_hull(xy[shown == g], scale, g) for g in range(len(names))]
    parts += _marks(xy, shown, scale)
    parts += [_name(xy[shown == g], scale, name, g) for g, name in enumerate(names)]
    if me is not None:
        parts.append(_me(me, scale, known))
    return _svg("".join(parts), HEIGHT, title, description, alone, people=len(xy))


def bars_svg(bars: Sequence[Bar], *, title: str, description: str, rtl: bool = False, alone: bool = False) -> str:
    """One bar for each group: agree, pass, disagree; a whisker for what is not known of agreeing."""
    row, top, wide = 52, 8, WIDTH - 16
    parts = []
    for number, bar in enumerate(bars):
        y = top + number * row
        anchor, edge = ("end", WIDTH - 8) if rtl else ("start", 8)
        parts.append(f'<text class="om-word" x="{edge}" y="{y + 14}" text-anchor="{anchor}">{escape(bar.said)}</text>')
        at = 0.0
        for kind, share in (("agree", bar.agree), ("pass", bar.passes), ("disagree", bar.disagree)):
            x = 8 + wide * ((1 - at - share) if rtl else at)
            if bar.voters and share > 0:
                parts.append(
                    f'<rect class="om-{kind}" x="{x:.1f}" y="{y + 20}" width="{wide * share:.1f}" height="18"/>'
                )
            at += share
        if bar.voters:
            low, high = (8 + wide * ((1 - end) if rtl else end) for end in (bar.low, bar.high))
            parts.append(f'<path class="om-whisker" d="M{low:.1f} {y + 42}H{high:.1f}m0-3v6M{low:.1f} {y + 39}v6"/>')
    return _svg("".join(parts), top + row * max(len(bars), 1), title, description, alone)


def _svg(body: str, height: int, title: str, description: str, alone: bool, people: int | None = None) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" class="om-map"'
    size = f' width="{WIDTH}" height="{height}"' if alone else ""
    count = f' data-n="{people}"' if people is not None else ""
    style = f"<style>{STYLE}{ALONE}</style>" if alone else ""
    words = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return f"{head}{size}{count} aria-label={quoteattr(f'{title}. {description}')}>{words}{style}{body}</svg>\n"


def _scale(xy: Floats, me: Floats | None, known: tuple[float, float, float] | None) -> float:
    """Pixels for one unit: the same on both axes, so that distances can be compared; all but the farthest fit."""
    room = np.array([WIDTH / 2 - EDGE, HEIGHT / 2 - EDGE])
    reach = np.quantile(np.abs(xy), 0.995, axis=0) if len(xy) else np.ones(2)
    if me is not None:
        reach = np.maximum(reach, np.abs(me) + (known[1] if known else 0))
    return float((room / np.maximum(reach, 0.5)).min())


def _screen(xy: Floats, scale: float) -> Floats:
    """Pixels, y upwards; who is too far away stands at the edge."""
    place = np.stack([WIDTH / 2 + scale * xy[:, 0], HEIGHT / 2 - scale * xy[:, 1]], axis=1)
    return np.clip(place, [EDGE / 2, EDGE / 2], [WIDTH - EDGE / 2, HEIGHT - EDGE / 2])


def _axes_and_ends(ends: tuple[str, str, str, str]) -> list[str]:
    middle, base = WIDTH // 2, HEIGHT // 2
    places = (
        (8, HEIGHT - 32, "start"),
        (WIDTH - 8, HEIGHT - 8, "end"),
        (middle + 8, HEIGHT - 56, "start"),
        (middle + 8, 16, "start"),
    )
    words = [
        f'<text class="om-word" x="{x}" y="{y}" text-anchor="{anchor}">{escape(word)}</text>'
        for word, (x, y, anchor) in zip(ends, places)
        if word
    ]
    return [f'<path class="om-axis" d="M8 {base}H{WIDTH - 8}M{middle} 8V{HEIGHT - 8}"/>', *words]


def _marks(xy: Floats, label: Ints, scale: float) -> list[str]:
    """One path for each group and size; a mark stands for 1, 2, 4 ... people of a cell."""
    if not len(xy):
        return []
    place = _screen(xy, scale)
    for steps in STEPS:
        step = WIDTH / steps
        cell = (place // step).astype(np.int64)
        keys, number = np.unique(np.column_stack([label, cell]), axis=0, return_inverse=True)
        if len(keys) <= MOST_MARKS:
            break
    number = number.ravel()
    count = np.bincount(number)
    # A mark stands in the middle of the people it stands for.
    middle = np.stack([np.bincount(number, place[:, axis]) / count for axis in (0, 1)], axis=1)
    size = np.searchsorted(SIZES, count, side="right") - 1
    parts = []
    for g in np.unique(keys[:, 0]).tolist():
        kind = "om-none" if g < 0 else f"om-g{g % 5}"
        for s in np.unique(size[keys[:, 0] == g]).tolist():
            chosen = middle[(keys[:, 0] == g) & (size == s)]
            shape = _shape(g, min(2.2 * SIZES[s] ** 0.5 + 0.8, step * 0.8))
            data = "".join(f"M{x:.0f} {y:.0f}{shape}" for x, y in chosen.tolist())
            parts.append(f'<path class="{kind}" d="{data}"/>')
    return parts


def _shape(g: int, r: float) -> str:
    """A mark around the current point, in relative steps: circle, square, triangle, diamond, cross; a dot for none."""
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
    """A soft outline of a group: the ellipse that would hold nine of ten of its people."""
    if len(xy) < 3:
        return ""
    middle = _screen(xy.mean(0)[None, :], scale)[0]
    values, vectors = np.linalg.eigh(np.cov(xy.T) + 1e-6 * np.eye(2))
    long, short = NINETY * scale * np.sqrt(values[::-1])
    angle = -np.degrees(np.arctan2(vectors[1, 1], vectors[0, 1]))
    return (
        f'<ellipse class="om-hull om-g{g % 5}" rx="{long:.1f}" ry="{short:.1f}" '
        f'transform="translate({middle[0]:.1f} {middle[1]:.1f}) rotate({angle:.1f})"/>'
    )


def _name(xy: Floats, scale: float, name: str, g: int) -> str:
    if not len(xy):
        return ""
    x = float(_screen(xy.mean(0)[None, :], scale)[0, 0])
    y = 24 + 20 * (g % 2)
    shape = _shape(g, 6)
    return (
        f'<path class="om-g{g % 5}" d="M{x - 12:.0f} {y - 5}{shape}"/>'
        f'<text class="om-word om-name" x="{x:.0f}" y="{y}">{escape(name)}</text>'
    )


def _me(xy: Floats, scale: float, known: tuple[float, float, float] | None) -> str:
    x, y = _screen(xy[None, :], scale)[0]
    mark = f'<path class="om-me" d="M{x:.0f} {y:.0f}m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0m9-15v30m-15-15h30"/>'
    if known is None:
        return mark
    long, short, angle = known
    turned = f"translate({x:.1f} {y:.1f}) rotate({-np.degrees(angle):.1f})"
    return f'<ellipse class="om-known" rx="{long * scale:.1f}" ry="{short * scale:.1f}" transform="{turned}"/>{mark}'
