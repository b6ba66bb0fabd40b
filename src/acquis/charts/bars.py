"""The bars of a statement as SVG, and what every picture shares: the style, the frame, words that fit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import category, east_asian_width
from xml.sax.saxutils import escape, quoteattr

WIDTH, MARGIN, LETTER = 640, 8, 19
"""Pixels: how wide a picture is, what stays free beside its words, and how high these are."""
STYLE = """\
.om-map{background:var(--om-paper,#fff)}.om-axis{stroke:var(--om-line,#8a8f98);stroke-width:1}
.om-word{fill:var(--om-ink,#1d2126);font:19px system-ui,sans-serif}.om-name{font-weight:700}
.om-word{paint-order:stroke;stroke:var(--om-paper,#fff);stroke-width:4px;stroke-linejoin:round}
.om-none{fill:var(--om-quiet,#6b7280)}.om-g0{fill:#1f5fbf}.om-g1{fill:#c2410c}.om-g2{fill:#0f766e}.om-g3{fill:#7c3aed}
.om-g4{fill:#a16207}.om-hull{fill-opacity:.12;stroke-width:2;stroke-dasharray:6 4}
.om-hull.om-g0{stroke:#1f5fbf}.om-hull.om-g1{stroke:#c2410c}.om-hull.om-g2{stroke:#0f766e}.om-hull.om-g3{stroke:#7c3aed}
.om-hull.om-g4{stroke:#a16207}.om-me{fill:none;stroke:var(--om-ink,#1d2126);stroke-width:3}
.om-known{fill:none;stroke:var(--om-ink,#1d2126);stroke-width:1.5;stroke-dasharray:4 4}
.om-agree{fill:#17693a}.om-pass{fill:#d5d9df}.om-disagree{fill:#d4596a}.om-whisker{stroke:var(--om-ink,#1d2126);stroke-width:2}
.om-hatch{stroke:var(--om-paper,#fff);stroke-width:2}
@media (prefers-color-scheme:dark){.om-g0{fill:#8ab4f8}.om-g1{fill:#fdba74}.om-g2{fill:#5eead4}.om-g3{fill:#c4b5fd}
.om-g4{fill:#fde047}.om-agree{fill:#6fcf97}.om-pass{fill:#4b5563}.om-disagree{fill:#f38ab4}
.om-hull.om-g0{stroke:#8ab4f8}.om-hull.om-g1{stroke:#fdba74}.om-hull.om-g2{stroke:#5eead4}.om-hull.om-g3{stroke:#c4b5fd}
.om-hull.om-g4{stroke:#fde047}}
"""
ALONE = "@media (prefers-color-scheme:dark){svg{--om-paper:#14171b;--om-ink:#eceff3;--om-quiet:#9aa3af}}"
LINE, BAR, GAP = 22, 18, 16
"""Pixels: a line of words, the height of a bar, and from one bar to the words of the next."""
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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


def bars_svg(bars: Sequence[Bar], *, title: str, description: str, rtl: bool = False, alone: bool = False) -> str:
    """One bar for each group: agree, pass, disagree (hatched); a whisker for what is not known of agreeing.

    The words of a bar stand above it, in as many lines as they need; a group without votes has words only. rtl: bars
    and words begin at the right."""
    parts, y = [], MARGIN
    side = ' direction="rtl"' if rtl else ""
    for bar in bars:
        for line in wrapped(bar.said, WIDTH - 2 * MARGIN):
            x = WIDTH - MARGIN if rtl else MARGIN
            parts.append(f'<text class="om-word" x="{x}" y="{y + 14}"{side}>{clean(line)}</text>')
            y += LINE
        if bar.voters:
            parts += _bar(bar, y, rtl)
            y += BAR
        y += GAP
    return framed("".join(parts), max(y, 60), title, description, alone)


def _bar(bar: Bar, y: int, rtl: bool) -> list[str]:
    wide, parts, at = WIDTH - 2 * MARGIN, [], 0.0
    for kind, share in (("agree", bar.agree), ("pass", bar.passes), ("disagree", bar.disagree)):
        if share > 0:
            x = MARGIN + wide * ((1 - at - share) if rtl else at)
            parts.append(f'<rect class="om-{kind}" x="{x:.1f}" y="{y}" width="{wide * share:.1f}" height="{BAR}"/>')
            if kind == "disagree":
                parts.append(_hatch(x, y, wide * share))
        at += share
    low, high = (MARGIN + wide * ((1 - end) if rtl else end) for end in (bar.low, bar.high))
    foot = y + BAR + 4
    return [
        *parts,
        # Passing is pale, so that the bar needs a border to have an end.
        f'<path class="om-axis" fill="none" d="M{MARGIN} {y}h{wide}v{BAR}h-{wide}z"/>',
        f'<path class="om-whisker" d="M{low:.1f} {foot}H{high:.1f}m0-3v6M{low:.1f} {foot - 3}v6"/>',
    ]


def _hatch(x: float, y: int, wide: float) -> str:
    """Slanted lines inside a box of a bar: what is told apart by colour must also be so in grey."""
    lines = [f"M{x + left:.1f} {y + BAR}l{BAR}-{BAR}" for left in range(4, int(wide) - BAR + 1, 10)]
    return f'<path class="om-hatch" d="{"".join(lines)}"/>' if lines else ""


def framed(body: str, height: int, title: str, description: str, alone: bool, people: int | None = None) -> str:
    """A picture as SVG text, read aloud as its title and description. alone: with its size and style, for a file.

    It is laid out from the left, also in a page that is read from the right: only words turn."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" class="om-map"'
    size = f' width="{WIDTH}" height="{height}"' if alone else ""
    count = f' data-n="{people}"' if people is not None else ""
    style = f"<style>{STYLE}{ALONE}</style>" if alone else ""
    words = f"<title>{clean(title)}</title><desc>{clean(description)}</desc>"
    aloud = quoteattr(NO_XML.sub("", f"{title}. {description}"))
    return f'{head} direction="ltr"{size}{count} aria-label={aloud}>{words}{style}{body}</svg>\n'


def clean(text: str) -> str:
    """Text for XML: escaped, without the characters that XML cannot carry."""
    return escape(NO_XML.sub("", text))


def width_of(text: str, bold: bool = False) -> float:
    """About how many pixels a line of words takes: nothing is known of the reader's fonts, so rather too many."""
    em = 0.68 if bold else 0.6
    widths = (1.0 if east_asian_width(one) in "WF" else 0.0 if category(one) in ("Mn", "Cf") else em for one in text)
    return LETTER * sum(widths)


def wrapped(text: str, most: float) -> list[str]:
    """Lines of at most about `most` pixels, broken at spaces, or anywhere in what has none."""
    lines, line = [], ""
    for one in " ".join(text.split()):
        line += one
        if width_of(line) > most and len(line) > 1:
            cut = line.rfind(" ")
            cut = cut if cut > 0 else len(line) - 1
            lines.append(line[:cut])
            line = line[cut:].lstrip()
    return [*lines, line]
