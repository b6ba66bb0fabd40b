"""The colours and the mark of documents: those of the design tokens of the pages (`web/shared/tokens.css`), which a
test compares. A document has no ground of its own on paper."""

from __future__ import annotations

LIGHT = {
    "paper": "#f8f3e9",
    "sheet": "#fffefb",
    "ink": "#231a26",
    "quiet": "#5f5563",
    "edge": "#85798a",
    "line": "#d8cdbc",
    "plum": "#62245a",
    "brass": "#97690f",
}
DARK = {
    "paper": "#17111b",
    "sheet": "#221a28",
    "ink": "#f4ede3",
    "quiet": "#beb2c0",
    "edge": "#94879a",
    "line": "#40354a",
    "plum": "#e4b6dc",
    "brass": "#e0b25a",
}
"""Token -> colour, on a light and on a dark page."""

MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32" fill="none">'
    f'<path d="M6 29V15.5a10 10 0 0 1 20 0V29" stroke="{LIGHT["plum"]}" stroke-width="5.5"/>'
    f'<path d="M11.5 21.5h9" stroke="{LIGHT["brass"]}" stroke-width="4"/></svg>'
)
"""The mark of the program, as SVG."""
