"""The blocks of text of an HTML page, with what a reader of speech needs to know of each. One regular expression finds
the tags, which takes time that is linear in the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from acquis.text.plain_text import unescaped
from acquis.text.speaker_names import could_be_name

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
_OTHER = "div dt tr th section article header main figcaption br hr ul ol dl table body summary cite time"
_SILENT = frozenset(("script", "style", "template", "noscript"))
_AROUND = ("nav", "footer", "address")
_BESIDE = ("aside", "figure", "form", "button", "dialog")
_STRONG = ("strong", "b", "em", "i", "u")
_LONGEST_NAME = 80
Kind = Literal["text", "heading", "term", "described", "cell", "cite", "time", "around", "beside"]
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(_HEADINGS, "heading"),
    "dt": "term",
    "dd": "described",
    "td": "cell",
    "th": "cell",
    "cite": "cite",
    "time": "time",
}


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
        self._around = self._beside = self._bold = self._row = 0
        self._paragraph = False
        self._strong_from = self._strong_to = 0
        """Which parts of the block stand in bold inside of it: the place of the first, and behind the last; 0: none."""
        at = 0
        acts = self._acts()
        for tag in _TOKEN.finditer(text):
            begin, end = tag.span()
            if at < begin:
                self._data(text[at:begin])
            closes, name = tag.groups()
            if name is not None:
                act = acts.get(name) or acts.get(name.lower())
                if self._silent:
                    self._silent = "" if closes and name.lower() == self._silent else self._silent
                elif act is not None:
                    act(name.lower(), closes == "/")
                    if not closes and name.lower() == "html" and (said := _LANG.search(tag[0])):
                        self.language = said[1]
            self._line += text.count("\n", begin, end)
            at = end
        if at < len(text):
            self._data(text[at:])
        self._end("")

    def _acts(self) -> dict[str, Callable[[str, bool], None]]:
        """Tag -> what it does; all others do nothing."""
        return {
            **dict.fromkeys((*_PARAGRAPHS, *_HEADINGS, *_OTHER.split()), self._block),
            **dict.fromkeys((*_AROUND, *_BESIDE), self._leave),
            **dict.fromkeys(_SILENT, self._silence),
            **dict.fromkeys(_STRONG, self._strong),
            "html": lambda name, closes: None,
        }

    def _silence(self, name: str, closes: bool) -> None:
        self._silent = "" if closes else name

    def _leave(self, name: str, closes: bool) -> None:
        """What stands around the page, or beside its text, begins or ends."""
        self._end("")
        change = -1 if closes else 1
        if name in _AROUND:
            self._around = max(self._around + change, 0)
        else:
            self._beside = max(self._beside + change, 0)
        self._now.kind = self._outside() or "text"

    def _strong(self, name: str, closes: bool) -> None:
        """Bold type begins or ends. A name in bold inside of a paragraph, with a colon, begins a block."""
        self._bold = max(self._bold + (-1 if closes else 1), 0)
        parts = self._now.parts
        if not closes and self._bold == 1:
            self._strong_from, self._strong_to = len(parts), 0
        elif closes and not self._bold and self._strong_from:
            self._strong_to = len(parts)
            if "".join(parts[self._strong_from :]).rstrip().endswith((":", "：")):
                self._divide()

    def _divide(self) -> None:
        """End the block before what stands in bold inside of it, if that may be a name."""
        parts, at = self._now.parts, self._strong_from
        strong = parts[at:]
        if self._strong_to > at and could_be_name("".join(strong).strip(" :：\t\r\n")[:_LONGEST_NAME]):
            del parts[at:]
            line, last, paragraph = self._now.last, self._now.last, self._now.paragraph
            self._end("br")
            self._now.parts, self._now.first, self._now.last = strong, line, last
            self._now.strong, self._now.paragraph = True, paragraph
        self._strong_from = self._strong_to = 0

    def _block(self, name: str, closes: bool) -> None:
        if name in _PARAGRAPHS:
            self._paragraph = not closes
        elif name in ("cite", "time"):
            if self._now.kind != name if closes else self._now.parts:
                return  # the title of a work, or a time that somebody names
        elif name == "br":
            self._end("br")
            return
        else:
            self._paragraph = False
            if name in ("tr", "table"):
                self._row += not closes or name == "table"
        self._end("", "text" if closes else _KINDS.get(name, "text"))

    def _data(self, data: str) -> None:
        breaks = data.count("\n")
        now = self._now
        if self._silent:
            pass
        elif data.isspace():
            if now.parts:
                now.parts.append(" ")
        else:
            if self._strong_to and data.lstrip().startswith((":", "：")):
                self._divide()
                now = self._now
            self._strong_to = 0
            if not now.parts:
                now.first = self._line + (data[: len(data) - len(data.lstrip())].count("\n") if breaks else 0)
                now.strong, now.row = self._bold > 0, self._row if now.kind == "cell" else 0
                now.paragraph = self._paragraph
            now.plain = now.plain or (not self._bold and _LETTER.search(data) is not None)
            now.parts.append(unescaped(data) if "&" in data else data)
            now.last = self._line + (data.rstrip().count("\n") if breaks else 0)
        self._line += breaks

    def _end(self, by: str, kind: Kind = "text") -> None:
        now = self._now
        if now.parts:
            now.text = " ".join("".join(now.parts).split())
            self.blocks.append(now)
            self._now = now = Block(self._line)
            self._strong_from = self._strong_to = 0
        else:  # most tags end no block: the empty block is reused
            now.first = now.last = self._line
        now.kind = self._outside() or kind if self._around or self._beside else kind
        now.soft = by == "br"

    def _outside(self) -> Kind | None:
        return "around" if self._around else "beside" if self._beside else None
