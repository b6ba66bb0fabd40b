"""The SVG primitives of all charts: sizes, style sheet, frame, wrapped text and stripes."""

from __future__ import annotations

import re
from html import escape

from acquis.text.plain_text import without_controls
from acquis.text.scripts import ems

WIDTH, MARGIN, LETTER = 640, 8, 19
"""Pixels: the width of a picture, its margin, and the size of its letters."""
WIDE = WIDTH - 2 * MARGIN
"""Pixels between the margins."""
LINE, BAR, GAP = 22, 18, 16
"""Pixels: the height of a line of text, the height of a bar, and the gap between a bar and the next text."""
STYLE = """\
.om-map{background:var(--om-paper,#fff)}.om-axis{stroke:var(--om-line,#85798a);stroke-width:1}
.om-word{fill:var(--om-ink,#231a26);font:19px system-ui,sans-serif}.om-name{font-weight:700}
.om-word{paint-order:stroke;stroke:var(--om-paper,#fff);stroke-width:4px;stroke-linejoin:round}
.om-none{fill:var(--om-quiet,#5f5563)}.om-g0{fill:#1f5fbf}.om-g1{fill:#c2410c}.om-g2{fill:#0f766e}.om-g3{fill:#7c3aed}
.om-g4{fill:#a16207}.om-hull{fill-opacity:.12;stroke-width:2;stroke-dasharray:6 4}
.om-hull.om-g0{stroke:#1f5fbf}.om-hull.om-g1{stroke:#c2410c}.om-hull.om-g2{stroke:#0f766e}.om-hull.om-g3{stroke:#7c3aed}
.om-hull.om-g4{stroke:#a16207}.om-me{fill:none;stroke:var(--om-ink,#231a26);stroke-width:3}
.om-known{fill:none;stroke:var(--om-ink,#231a26);stroke-width:1.5;stroke-dasharray:4 4}
.om-agree{fill:#14655a}.om-pass{fill:#d8cdbc}.om-disagree{fill:#a8461b}.om-whisker{stroke:var(--om-ink,#231a26);stroke-width:2}
.om-share{fill:#62245a}.om-hatch{stroke:var(--om-paper,#fff);stroke-width:2}
@media (prefers-color-scheme:dark){.om-g0{fill:#8ab4f8}.om-g1{fill:#fdba74}.om-g2{fill:#5eead4}.om-g3{fill:#c4b5fd}
.om-g4{fill:#fde047}.om-share{fill:#e4b6dc}.om-agree{fill:#6ccbb7}.om-pass{fill:#40354a}.om-disagree{fill:#f2a57f}
.om-hull.om-g0{stroke:#8ab4f8}.om-hull.om-g1{stroke:#fdba74}.om-hull.om-g2{stroke:#5eead4}.om-hull.om-g3{stroke:#c4b5fd}
.om-hull.om-g4{stroke:#fde047}}
"""
ALONE = "@media (prefers-color-scheme:dark){svg{--om-paper:#17111b;--om-ink:#f4ede3;--om-quiet:#beb2c0}}"
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
    aloud = quoted(f"{title}. {description}")
    return f'{head} direction="ltr"{size}{count} aria-label={aloud}>{words}{style}{body}</svg>\n'


def clean(text: str) -> str:
    """The text escaped for XML, without the characters that XML 1.0 forbids."""
    return escape(without_controls(text), quote=False)


def quoted(text: str) -> str:
    """The text as the value of an attribute, with its quotation marks."""
    return '"' + escape(without_controls(text)).replace("&#x27;", "'").replace("\n", "&#10;") + '"'


def width_of(text: str, bold: bool = False) -> float:
    """The approximate width of a text in pixels, rather too large, because the font is not known."""
    return LETTER * ems(text, 0.68 if bold else 0.6)


def wrapped(text: str, most: float) -> list[str]:
    """The text in lines of at most about `most` pixels, broken at spaces, or anywhere in a longer word."""
    lines, line = [], ""
    for character in " ".join(text.split()):
        line += character
        if width_of(line) > most and len(line) > 1:
            cut = line.rfind(" ")
            cut = cut if cut > 0 else len(line) - 1
            lines.append(line[:cut])
            line = line[cut:].lstrip()
    return [*lines, line]


def words(
    text: str, y: float, rtl: bool = False, *, kind: str = "om-word", left: float = MARGIN, wide: float = WIDE
) -> str:
    """A line of text with its top at `y`, from `left` or, with `rtl`, from the other side of a column `wide` pixels
    wide."""
    x, side = (left + wide, ' direction="rtl"') if rtl else (left, "")
    return f'<text class="{kind}" x="{x:g}" y="{y + 14:g}"{side}>{clean(text)}</text>'


def paragraph(
    text: str, y: int, rtl: bool = False, *, kind: str = "om-word", left: float = MARGIN, wide: float = WIDE
) -> tuple[list[str], int]:
    """The text wrapped in a column, as SVG elements, and the y of the end of its last line."""
    lines = wrapped(text, wide)
    drawn = [words(line, y + number * LINE, rtl, kind=kind, left=left, wide=wide) for number, line in enumerate(lines)]
    return drawn, y + len(lines) * LINE


def stripes(x: float, y: float, wide: float, tall: int, apart: int) -> str:
    """Diagonal lines inside a bar, `apart` pixels from each other, so that bars differ not only by colour."""
    first = apart // 2 - 1
    lines = [f"M{x + left:.1f} {y + tall}l{tall}-{tall}" for left in range(first, int(wide) - tall + 1, apart)]
    return f'<path class="om-hatch" d="{"".join(lines)}"/>' if lines else ""


def fixed(svg: str, family: str = "sans-serif") -> str:
    """The picture for typesetting, with text in `family`: variables are replaced by the colours for a light page, and
    media queries are removed, because typesetters support neither."""
    light = _MEDIA.sub("", _VARIABLE.sub(r"\1", svg))
    # They also ignore that a right-to-left text is anchored at its right end.
    sided = light.replace(' direction="rtl"', ' text-anchor="end"')
    return sided.replace(f"font:{_FACE}", f"font-family:{family};font-size:19px")


def bare(svg: str) -> str:
    """The picture without size and style sheet, for a page that has the style sheet of all pictures."""
    size = re.sub(r'(<svg [^>]*?) width="\d+" height="\d+"', r"\1", svg, count=1)
    return size.replace(f"<style>{STYLE}{ALONE}</style>", "", 1)
