"""Measures letters in a browser, for `acquis.text.measure`: `python -m tools.letter_widths [CHROMIUM]` writes
`src/acquis/text/letter_widths.py` with the widest of the fonts that this machine has."""

from __future__ import annotations

import math
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

OUT = Path(__file__).resolve().parents[1] / "src" / "acquis" / "text" / "letter_widths.py"
FONTS = (
    "DejaVu Sans", "DejaVu Serif", "Noto Sans", "Noto Serif", "Noto Naskh Arabic", "Noto Sans Arabic",
    "Liberation Sans", "Liberation Serif", "Noto Sans Devanagari", "Noto Serif Devanagari",
    "Noto Sans Thai", "Noto Serif Thai", "Noto Sans Hebrew", "Noto Serif Hebrew",
)  # fmt: skip
"""The fonts of the style sheets that free systems have, with the widest of those that stand in for them."""
RANGES = (
    (0x20, 0x7F), (0xA0, 0x250), (0x370, 0x400), (0x400, 0x530), (0x5D0, 0x5F5), (0x600, 0x700), (0x900, 0x980),
    (0xE00, 0xE60), (0x2010, 0x2040), (0x20A0, 0x20C0), (0x2190, 0x2194), (0x25A0, 0x25D0),
)  # fmt: skip
STEP = 2
"""Widths are rounded up to so many hundredths of an em."""
MEASURE = """([font, weight, texts]) => {
  const pen = document.createElement('canvas').getContext('2d');
  pen.font = `${weight} 1000px "${font}"`;
  pen.textRendering = 'geometricPrecision';
  return texts.map((text) => pen.measureText(text).width);
}"""
KA, DASH = "\N{DEVANAGARI LETTER KA}", "\N{ARABIC TATWEEL}"
"""A letter for signs to stand on, and the line that joins Arabic letters."""


def letters() -> list[str]:
    """The characters to measure; letters with accents are as wide as those without."""
    chars = (chr(code) for begin, end in RANGES for code in range(begin, end))
    measured = (char for char in chars if unicodedata.category(char) not in ("Cn", "Cc", "Cf", "Mn", "Me"))
    return [char for char in measured if char == unicodedata.normalize("NFD", char)[0]]


def forms(char: str, joined: bool) -> list[tuple[str, str]]:
    """A letter as it stands alone and at the end of a word, or `joined` to the next one, with what stands beside it."""
    if unicodedata.category(char) == "Mc":
        return [(KA + char, KA)]
    if "\u0620" <= char < "\u0700" and char != DASH:
        after = DASH if joined else ""
        return [(char + after, after), (DASH + char + after, DASH + after)]
    return [(char, "")]


def widest(page: Page, weight: int, chars: list[str], joined: bool = False) -> dict[str, float]:
    """Character -> em in the widest font of a weight."""
    pairs = [(char, *form) for char in chars for form in forms(char, joined)]
    known: dict[str, float] = defaultdict(float)
    for font in FONTS:
        whole, rest = (page.evaluate(MEASURE, [font, weight, [pair[part] for pair in pairs]]) for part in (1, 2))
        for (char, *_), with_it, without in zip(pairs, whole, rest, strict=True):
            known[char] = max(known[char], (with_it - without) / 1000)
    return known


def groups(widths: dict[str, float]) -> Iterable[tuple[int, str]]:
    """Hundredths of an em, rounded up, and the characters that are so wide."""
    rows: dict[int, str] = defaultdict(str)
    for char, width in widths.items():
        rows[STEP * math.ceil(100 * width / STEP - 0.01)] += char
    return sorted(rows.items())


def table(name: str, about: str, widths: dict[str, float]) -> str:
    """A table as Python source."""
    rows = "".join(f"    {width}: {chars!a},\n" for width, chars in groups(widths))
    return f'\n{name} = {{\n{rows}}}\n"""{about}"""\n'


def main(chromium: str) -> None:
    arabic = [char for char in letters() if "\u0620" <= char < "\u0700" and char.isalpha()]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        regular, bold = (widest(page, weight, letters()) for weight in (400, 700))
        joined, joined_bold = (widest(page, weight, arabic, joined=True) for weight in (400, 700))
        browser.close()
    text = '"""Widths of letters, made by `tools/letter_widths.py`: the widest of the fonts that it names."""\n'
    text += "# fmt: off\n# ruff: noqa: E501\n"
    text += table("REGULAR", "Hundredths of an em -> characters.", regular)
    text += table("BOLD", "The same of bold letters.", bold)
    text += table("JOINED", "The same of Arabic letters that another letter follows.", joined)
    text += table("JOINED_BOLD", "The same of bold ones.", joined_bold)
    OUT.write_text(text, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "chromium")
