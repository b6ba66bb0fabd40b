"""Splits a page (bytes or text, plain or HTML) into lines."""

from __future__ import annotations

import re

from acquis.plan.importers.importer import ImportFailed
from acquis.plan.importers.office import UnreadableDocument, docx_text, pdf_text
from acquis.text.encoding import EncodingProblem, decoded
from acquis.text.plain_text import unescaped

MAX_BYTES = 10_000_000
MAX_TEXT = 200_000  # bytes of text without markup
MAX_LINES = 5_000

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "br", "caption", "dd", "details", "div", "dl", "dt", "fieldset"}
    | {"figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "option", "p", "pre"}
    | {"section", "summary", "table", "tbody", "td", "th", "title", "tr", "ul"}
)
# Elements that are not part of the text: menus and footers are the same on every page of a site.
_SKIPPED = frozenset({"script", "style", "noscript", "template", "svg", "nav", "footer", "button", "select"})
_HTML = re.compile(r"<(html|body|div|p|br|table|h[1-6]|span|li|!doctype)\b", re.IGNORECASE)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,20})(?P<rest>[^<>]{0,4000})>|<![^<>]{0,4000}>")


def to_lines(data: bytes | str) -> list[str]:
    """The lines of a page, stripped; blank lines are kept, so that line n is `lines[n - 1]`. Scripts, styles, menus and
    footers of HTML are left out.

    Raises ImportFailed: empty, not_text, too_large (limit in bytes, of the page or of its text)."""
    text = to_text(data)
    if _HTML.search(text[:20_000]):
        text = from_html(text)
    if not text.strip():
        raise ImportFailed("empty")
    lines = [_clean(line) for line in text.splitlines()]
    if sum(len(line.encode()) for line in lines) > MAX_TEXT or sum(1 for line in lines if line) > MAX_LINES:
        raise ImportFailed("too_large", limit=MAX_TEXT)
    return lines


def to_text(data: bytes | str) -> str:
    """The text of a file, also of DOCX and PDF. Raises ImportFailed: not_text (or damaged, or
    protected by a password), too_large (limit in bytes)."""
    raw = data.encode("utf-8", "replace") if isinstance(data, str) else data
    if len(raw) > MAX_BYTES:
        raise ImportFailed("too_large", limit=MAX_BYTES)
    for sign, reader in ((b"PK\x03\x04", docx_text), (b"%PDF-", pdf_text)):
        if raw.startswith(sign):
            try:
                return reader(raw)
            except UnreadableDocument as error:
                raise ImportFailed("not_text") from error
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = raw.decode("utf-16", "replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = _in_other_letters(raw)
    # A text has no control characters except line ends and tabs; a picture or a PDF has many.
    odd = sum(1 for c in text[:20_000] if c == "\ufffd" or (c < " " and c not in "\n\r\t\f\x0b"))
    if odd * 50 > len(text[:20_000]):
        raise ImportFailed("not_text")
    return text


def _in_other_letters(raw: bytes) -> str:
    """A text that is not in UTF-8, in the encoding that its letters show; in that of Western Europe where they leave
    doubt, since the organizer sees the programme before it is published."""
    try:
        return decoded(raw).text
    except EncodingProblem:
        return raw.decode("cp1252", "replace")


def _clean(line: str) -> str:
    return " ".join(line.replace("\u200b", "").replace("\ufeff", "").split())


def from_html(text: str) -> str:
    """The text of HTML, one line for each block.

    html.parser is not used, because it takes quadratic time on malformed markup (60 KB of `<a ` took 50 s with Python
    3.11.7) and raises on `<![`. This function takes linear time on any input; text that is not a tag is kept."""
    parts: list[str] = []
    skipping, depth, at = "", 0, 0
    text = _without_comments(text)
    for tag in _TAG.finditer(text):
        if not skipping:
            parts.append(_flat(text[at : tag.start()]))
        at = tag.end()
        name = (tag["name"] or "").lower()
        if skipping:
            if name == skipping and not tag["rest"].endswith("/"):
                depth += -1 if tag["end"] else 1
                skipping = skipping if depth > 0 else ""
        elif name in _SKIPPED and not tag["end"] and not tag["rest"].endswith("/"):
            skipping, depth = name, 1
        elif name in _BLOCKS:
            parts.append("\n")
    if not skipping:
        parts.append(_flat(text[at:]))
    return "".join(parts)


def _flat(text: str) -> str:
    """The text with line ends inside a block of HTML replaced by blanks."""
    return re.sub(r"\s+", " ", unescaped(text))


def _without_comments(text: str) -> str:
    first, *rest = text.split("<!--")
    return first + "".join(piece.partition("-->")[2] for piece in rest)
