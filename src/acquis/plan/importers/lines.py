"""A page, as bytes or text, plain or HTML, becomes numbered lines."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from acquis.plan.importers import ImportFailed

MAX_BYTES = 10_000_000

_BLOCKS = frozenset(
    "address article aside blockquote br caption dd details div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol option p pre section summary table tbody td th title tr ul".split()
)
_SKIPPED = frozenset({"script", "style", "noscript", "template", "svg", "head"})
_HTML = re.compile(r"<(html|body|div|p|br|table|h[1-6]|span|!doctype)\b", re.IGNORECASE)


def to_lines(data: bytes | str) -> list[str]:
    """The lines of a page, stripped; blank ones are kept, so that line n is `lines[n - 1]`.

    Raises ImportFailed: empty, not_text, too_large (limit in bytes)."""
    raw = data.encode() if isinstance(data, str) else data
    if len(raw) > MAX_BYTES:
        raise ImportFailed("too_large", limit=MAX_BYTES)
    text = _text(raw)
    if _HTML.search(text[:20_000]):
        text = _from_html(text)
    if not text.strip():
        raise ImportFailed("empty")
    return [_clean(line) for line in text.splitlines()]


def _text(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    # A page has line ends and tabs, no other control characters; a picture or a PDF has many.
    odd = sum(1 for c in text[:20_000] if c == "\ufffd" or (c < " " and c not in "\n\r\t\f\x0b"))
    if odd * 50 > len(text[:20_000]):
        raise ImportFailed("not_text")
    return text


def _clean(line: str) -> str:
    return " ".join(line.replace("\u200b", "").replace("\ufeff", "").split())


def _from_html(text: str) -> str:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return "".join(reader.parts)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipping += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipping = max(0, self._skipping - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            # A line end inside a paragraph of HTML is a blank.
            self.parts.append(re.sub(r"\s+", " ", data))
