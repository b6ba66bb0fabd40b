"""The design tokens: contrast by the formula of WCAG 2, and style sheets that use them for colours and text sizes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from acquis.web import app as web

WEB = Path(web.__file__).parent
TOKENS = "shared/tokens.css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SHEETS = {
    path.relative_to(WEB).as_posix(): COMMENT.sub("", path.read_text("utf-8")) for path in sorted(WEB.rglob("*.css"))
}
OTHER_SHEETS = set(SHEETS) - {TOKENS, "shared/charts.css"}
"""The sheets but for those in which colours and sizes are defined."""
LIGHT, DARK = SHEETS[TOKENS].split("@media (prefers-color-scheme: dark)")
TEXT, LARGE_OR_BORDER = 4.5, 3.0
"""The least contrast of text, and of large text and of what shows a control (WCAG 2.2, 1.4.3 and 1.4.11)."""
ON_PAPER = {
    **dict.fromkeys(("ink", "quiet", "plum", "agree", "disagree", "pass", "amber", "alarm"), TEXT),
    "edge": LARGE_OR_BORDER,
    "brass": LARGE_OR_BORDER,
}
ON_TABLE = {
    **dict.fromkeys(
        ("on-table", "on-table-quiet", "agree-on-table", "amber-on-table", "alarm-on-table", "brass-on-table"), TEXT
    ),
    "table-edge": LARGE_OR_BORDER,
}


def colours(text: str) -> dict[str, str]:
    """Name -> colour as six hexadecimal digits, of the tokens in a text."""
    pairs = re.findall(r"--([\w-]+): #([0-9a-f]{3}|[0-9a-f]{6});", text)
    return {name: value if len(value) == 6 else "".join(sign * 2 for sign in value) for name, value in pairs}


THEMES = {"light": colours(LIGHT), "dark": colours(LIGHT) | colours(DARK)}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(first: str, second: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    brighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_the_formula_gives_the_known_values() -> None:
    assert round(contrast("ffffff", "000000"), 2) == 21
    assert round(contrast("777777", "ffffff"), 2) == 4.48


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_has_enough_contrast_on_every_ground(theme: str) -> None:
    tokens = THEMES[theme]
    pairs = [(name, ground, least) for name, least in ON_PAPER.items() for ground in ("paper", "sheet", "sand")]
    pairs += [(name, ground, least) for name, least in ON_TABLE.items() for ground in ("table", "table-2")]
    pairs += [("on-plum", "plum", TEXT), ("ink", "plum-soft", TEXT), ("plum", "plum-soft", TEXT)]
    pairs += [("amber", "amber-soft", TEXT), ("ink", "amber-soft", TEXT), ("on-caption", "caption", TEXT)]
    pairs += [("paper", "live-mark", TEXT)]
    weak = {(name, ground): contrast(tokens[name], tokens[ground]) for name, ground, _ in pairs}
    assert {pair: round(weak[pair[:2]], 2) for pair in pairs if weak[pair[:2]] < pair[2]} == {}


def test_what_is_dark_in_both_themes_keeps_its_colours() -> None:
    """A colour that is defined for light pages only is one that both themes share."""
    assert colours(LIGHT).keys() - colours(DARK).keys() == {"caption", "on-caption", "code-ground"}


def test_a_style_sheet_has_no_colour_of_its_own() -> None:
    for sheet in OTHER_SHEETS:
        assert re.findall(r"(?:#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\()[^;]*", SHEETS[sheet]) == [], sheet


def test_text_sizes_are_tokens_or_relative() -> None:
    """Sizes in em, cqi, cqb, percent or computed sizes follow their surroundings; no size is given in rem or px."""
    for sheet in OTHER_SHEETS:
        sizes = re.findall(r"font-size: ([^;]+);", SHEETS[sheet])
        assert [size for size in sizes if re.fullmatch(r"[\d.]+(rem|px|pt)", size)] == [], sheet


def test_every_variable_is_defined() -> None:
    """A variable comes from the tokens, from a style sheet, or from the style of an element."""
    defined = set(re.findall(r"(--[\w-]+):", "".join(SHEETS.values())))
    for sheet in {TOKENS, *OTHER_SHEETS}:
        used = set(re.findall(r"var\((--[\w-]+)\)", SHEETS[sheet]))
        assert used - defined == set(), sheet
