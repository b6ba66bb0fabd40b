"""The blocks of text of an HTML page, with what a reader of speech needs to know of each. One regular expression finds
the tags, which takes time that is linear in the text."""

from __future__ import annotations

import re
from typing import Literal

from acquis.text.plain_text import unescaped

_QUOTED = r"\"(?:[^\"<]|<(?![a-zA-Z/!?]))*+\"|'(?:[^'<]|<(?![a-zA-Z/!?]))*+'"
_TOKEN = re.compile(
    rf"<!--.*?(?:-->|$)|<(/?)([a-zA-Z][a-zA-Z0-9]*+)(?:[^<>\"']++|{_QUOTED})*+>|<[!?][^<>]*+>", re.DOTALL
)
"""A comment or a tag. No tag reaches beyond the next `<` that may begin one, so the time is linear in the text."""
_LANG = re.compile(r"\blang\s*=\s*[\"']?([A-Za-z][A-Za-z0-9-]*)")
_LETTER = re.compile(r"[^\W_]")
"""A letter or a digit, as `str.isalnum` has it."""
_PARAGRAPHS = frozenset(("p", "li", "dd", "td", "blockquote"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "title"))
_OTHER = "div dt tr th section article header main figure figcaption br hr ul ol dl table body summary cite time"
_TAGS = _PARAGRAPHS | _HEADINGS | frozenset(_OTHER.split())
_SILENT = frozenset(("script", "style", "template", "noscript"))
_AROUND = frozenset(("nav", "footer"))
_STRONG = frozenset(("strong", "b", "em", "i", "u"))
Kind = Literal["text", "heading", "term", "described", "cell", "cite", "time", "around"]
_KINDS: dict[str, Kind] = {"dt": "term", "dd": "described", "td": "cell", "th": "cell", "cite": "cite", "time": "time"}


class Block:
    """A block of text with the numbers of its first and last line; `text` has single blanks.

    strong: it begins in bold or italics; plain: a part of it is in neither; soft: a line break, and no new paragraph,
    stands before it; row: the number of the row of a table, 0 outside of tables; paragraph: it is in a paragraph."""

    __slots__ = ("first", "kind", "last", "paragraph", "parts", "plain", "row", "soft", "strong", "text")

    def __init__(self, line: int) -> None:
        self.first = self.last = line
        self.parts: list[str] = []
        self.strong = self.plain = self.soft = self.paragraph = False
        self.kind: Kind = "text"
        self.row = 0
        self.text = ""


class HtmlBlocks:
    """The blocks of a page in order, and the language that it names."""

    def __init__(self, text: str) -> None:
        self.blocks: list[Block] = []
        self.language = ""
        self._now, self._line, self._silent = Block(1), 1, ""
        self._around = self._bold = self._row = 0
        self._paragraph = False
        at = 0
        for tag in _TOKEN.finditer(text):
            begin, end = tag.span()
            if at < begin:
                self._data(text[at:begin])
            self._tag(tag)
            self._line += text.count("\n", begin, end)
            at = end
        self._data(text[at:])
        self._end("")

    def _tag(self, tag: re.Match[str]) -> None:
        name, closes = (tag[2] or "").lower(), tag[1] == "/"
        if self._silent:
            self._silent = "" if closes and name == self._silent else self._silent
        elif name in _SILENT and not closes:
            self._silent = name
        elif name in _STRONG:
            self._bold = max(self._bold + (-1 if closes else 1), 0)
        elif name == "html" and (said := _LANG.search(tag[0])):
            self.language = said[1]
        elif name in _AROUND:
            self._end("")
            self._around = max(self._around + (-1 if closes else 1), 0)
            self._now.kind = "around" if self._around else "text"
        elif name in _TAGS:
            self._block(name, closes)

    def _block(self, name: str, closes: bool) -> None:
        if name in ("cite", "time") and not closes and self._now.parts:
            return  # the title of a work, or a time that somebody names
        if name in ("cite", "time") and closes and self._now.kind != name:
            return
        if name in _PARAGRAPHS:
            self._paragraph = not closes
        elif name not in ("br", "cite", "time"):
            self._paragraph = False
        if name == "tr":
            self._row += not closes
        elif name == "table":
            self._row += 1
        kind: Kind = "heading" if name in _HEADINGS else _KINDS.get(name, "text")
        self._end("br" if name == "br" else "", "text" if closes else kind)

    def _data(self, data: str) -> None:
        if not data:
            return
        bare, breaks = data.strip(), data.count("\n")
        if not self._silent:
            now = self._now
            if bare:
                if not now.parts:
                    now.first = self._line + (data[: data.index(bare)].count("\n") if breaks else 0)
                    now.strong, now.row = self._bold > 0, self._row if now.kind == "cell" else 0
                    now.paragraph = self._paragraph
                now.plain = now.plain or (not self._bold and _LETTER.search(bare) is not None)
                now.parts.append(unescaped(data) if "&" in data else data)
                now.last = self._line + (data.rstrip().count("\n") if breaks else 0)
            elif now.parts:
                now.parts.append(" ")
        self._line += breaks

    def _end(self, by: str, kind: Kind = "text") -> None:
        now = self._now
        if now.parts:
            now.text = " ".join("".join(now.parts).split())
            self.blocks.append(now)
            self._now = Block(self._line)
        else:  # most tags end no block: the empty block is reused
            now.first = now.last = self._line
        self._now.kind = "around" if self._around else kind
        self._now.soft = by == "br"
