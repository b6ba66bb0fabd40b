"""What every picture shares, as SVG: sizes, the style, the frame, words that fit, stripes."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from acquis.text.plain_text import without_controls
from acquis.text.scripts import ems

WIDTH, MARGIN, LETTER = 640, 8, 19
"""Pixels: how wide a picture is, what stays free beside its words, and how high these are."""
WIDE = WIDTH - 2 * MARGIN
"""Pixels between the margins."""
LINE, BAR, GAP = 22, 18, 16
"""Pixels: a line of words, the height of a bar, and from one bar to the words of the next."""
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
_VARIABLE = re.compile(r"var\(--[\w-]+,([^()]*)\)")
_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}")
_FACE = "19px system-ui,sans-serif"


def framed(body: str, height: int, title: str, description: str, alone: bool, people: int | None = None) -> str:
    """A picture as SVG text, read aloud as its title and description. alone: with its size and style, for a file.

    It is laid out from the left, also in a page that is read from the right: only words turn."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" class="om-map"'
    size = f' width="{WIDTH}" height="{height}"' if alone else ""
    count = f' data-n="{people}"' if people is not None else ""
    style = f"<style>{STYLE}{ALONE}</style>" if alone else ""
    words = f"<title>{clean(title)}</title><desc>{clean(description)}</desc>"
    aloud = quoteattr(without_controls(f"{title}. {description}"))
    return f'{head} direction="ltr"{size}{count} aria-label={aloud}>{words}{style}{body}</svg>\n'


def clean(text: str) -> str:
    """Text for XML: escaped, without the characters that XML cannot carry."""
    return escape(without_controls(text))


def width_of(text: str, bold: bool = False) -> float:
    """About how many pixels a line of words takes: nothing is known of the reader's fonts, so rather too many."""
    return LETTER * ems(text, 0.68 if bold else 0.6)


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


def words(text: str, y: float, rtl: bool = False, *, kind: str = "om-word") -> str:
    """One line of words whose upper end is at `y`, at the left margin, or at the right one (rtl)."""
    x, side = (WIDTH - MARGIN, ' direction="rtl"') if rtl else (MARGIN, "")
    return f'<text class="{kind}" x="{x}" y="{y + 14:g}"{side}>{clean(text)}</text>'


def paragraph(text: str, y: int, rtl: bool = False, *, kind: str = "om-word") -> tuple[list[str], int]:
    """Words in as many lines between the margins as they need, and where the next thing begins."""
    lines = wrapped(text, WIDE)
    return [words(line, y + number * LINE, rtl, kind=kind) for number, line in enumerate(lines)], y + len(lines) * LINE


def stripes(x: float, y: float, wide: float, tall: int, apart: int) -> str:
    """Slanted lines inside a bar, `apart` pixels from each other: what is told apart by colour must also be so in
    grey."""
    first = apart // 2 - 1
    lines = [f"M{x + left:.1f} {y + tall}l{tall}-{tall}" for left in range(first, int(wide) - tall + 1, apart)]
    return f'<path class="om-hatch" d="{"".join(lines)}"/>' if lines else ""


def fixed(svg: str, family: str = "sans-serif") -> str:
    """A picture for paper: its colours are written out and those for a dark screen are gone, since typesetters know
    neither variables nor media; words in `family`."""
    light = _MEDIA.sub("", _VARIABLE.sub(r"\1", svg))
    # Nor do they know that a line from the right begins at its right end.
    sided = light.replace(' direction="rtl"', ' text-anchor="end"')
    return sided.replace(f"font:{_FACE}", f"font-family:{family};font-size:19px")


def bare(svg: str) -> str:
    """A picture for a page that has the style of all pictures already."""
    size = re.sub(r'(<svg [^>]*?) width="\d+" height="\d+"', r"\1", svg, count=1)
    return size.replace(f"<style>{STYLE}{ALONE}</style>", "", 1)
