"""Turns in Markdown and in HTML: a name in bold before the text, a name as a heading, a list of terms."""

from __future__ import annotations

import html
import re

from acquis.captions.names import head, is_role
from acquis.captions.reader import TranscriptReader
from acquis.captions.turns import Left, Transcript, spoken, transcript

_NAMED = re.compile(r"^\s*(?:[-*]\s+)?(?:\*\*|__)[^*_\n]{2,80}(?::(?:\*\*|__)|(?:\*\*|__)\s*:)", re.MULTILINE)
_PAGE = re.compile(r"<(?:!doctype html|html|body|p|div|dl|strong|h[1-6])\b", re.IGNORECASE)
_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_BOLD = re.compile(r"^\s*(?:[-*]\s+)?(\*\*|__)(.+?)\1\s*(.*)$")
_ATTRIBUTES = r"(?:[^<>\"']|\"[^\"]{0,4000}\"|'[^']{0,4000}')*"
_TOKEN = re.compile(rf"<!--.*?(?:-->|$)|<(/?)([a-zA-Z][a-zA-Z0-9]*){_ATTRIBUTES}>|<[!?][^>]*>", re.DOTALL)
_LANG = re.compile(r"\blang\s*=\s*[\"']?([A-Za-z][A-Za-z0-9-]*)")
_TAGS = "p div li dt dd h1 h2 h3 h4 h5 h6 tr td th blockquote section article br ul ol dl table body"
_BLOCKS = frozenset(re.findall(r"\w+", _TAGS))
_SILENT = frozenset(("script", "style", "template", "head", "noscript"))


def markdown(lines: list[str]) -> Transcript:
    """`**Name**: text`, `**Name:** text`, `### Name`; what follows belongs to the turn."""
    turns: list[tuple[str, list[str], int, int]] = []
    left: list[Left] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        heading, bold = _HEADING.match(line), _BOLD.match(line)
        name = _name(heading[2]) if heading else ""
        if heading and not name:
            left.append(Left(number, line, "heading"))
        elif heading:
            turns.append((name, [], number, number))
        elif bold and (name := _bold(bold[2], bold[3])):
            turns.append((name, [bold[3].lstrip(":： ")], number, number))
        elif turns:
            who, parts, first, _ = turns[-1]
            parts.append(line)
            turns[-1] = (who, parts, first, number)
        else:
            left.append(Left(number, line, "preamble"))
    found = [spoken(who, " ".join(parts), first, last) for who, parts, first, last in turns]
    return transcript("markdown", lines, found, left, "not_understood")


def _bold(inside: str, after: str) -> str:
    """The name in bold, where a colon follows inside or outside."""
    if inside.rstrip().endswith((":", "：")):
        return _name(inside.rstrip()[:-1])
    return _name(inside) if after.startswith((":", "：")) else ""


def _name(text: str) -> str:
    text = text.strip().strip("*_:：").strip()
    found = head(f"{text}: x", marked=True, mixed=True)
    return text if found is not None or is_role(text) else ""


def page(text: str, lines: list[str]) -> Transcript:
    """HTML: paragraphs that begin with a name in bold or capitals, `<dt>` and `<dd>`; scripts are never read."""
    reader = _Page(text)
    turns: list[tuple[str, list[str], int, int]] = []
    for block in reader.found:
        said = " ".join(block.text.split())
        if not said:
            continue
        told = head(said.lstrip(">» "), marked=said.startswith((">>", "»")), mixed=block.strong)
        if block.term:
            told = (said.rstrip(":： "), "")
        if told is not None:
            turns.append((told[0], [told[1]], block.first, block.last))
        elif turns:
            who, parts, first, last = turns[-1]
            parts.append(said)
            turns[-1] = (who, parts, first, max(last, block.last))
        else:
            reader.before.append(block)
    found = [spoken(who, " ".join(parts), first, last) for who, parts, first, last in turns]
    covered = {n for turn in found for n in range(turn.first_line, turn.last_line + 1)}
    numbers = {n for block in reader.before for n in range(block.first, block.last + 1)} - covered
    left = [Left(n, lines[n - 1], "preamble") for n in sorted(numbers) if lines[n - 1].strip()]
    # A page in one line: what stands before the first turn shares its line.
    left += [Left(one.first, " ".join(one.text.split()), "preamble") for one in reader.before if one.first in covered]
    return transcript("html", lines, found, left, "markup", reader.language)


class _Block:
    """A block of text and the lines it stands on."""

    __slots__ = ("first", "last", "parts", "strong", "term")

    def __init__(self, line: int, term: bool) -> None:
        self.first, self.last, self.strong, self.term = line, line, False, term
        self.parts: list[str] = []

    @property
    def text(self) -> str:
        """Its text."""
        return "".join(self.parts)


class _Page:
    """The blocks of a page, found with one expression: a page of ten megabytes is read in seconds."""

    def __init__(self, text: str) -> None:
        self.found: list[_Block] = []
        self.before: list[_Block] = []
        self.language = ""
        self._now, self._line, self._silent = _Block(1, False), 1, ""
        at = 0
        for tag in _TOKEN.finditer(text):
            self._data(text[at : tag.start()])
            self._tag(tag)
            self._line += tag[0].count("\n")
            at = tag.end()
        self._data(text[at:])
        self._end()

    def _tag(self, tag: re.Match[str]) -> None:
        name, closes = (tag[2] or "").lower(), tag[1] == "/"
        if self._silent:
            self._silent = "" if closes and name == self._silent else self._silent
        elif name in _SILENT and not closes:
            self._silent = name
        elif name == "html" and (said := _LANG.search(tag[0])):
            self.language = said[1]
        elif name in _BLOCKS:
            self._end(name == "dt" and not closes)
        elif name in ("strong", "b") and not self._now.parts:
            self._now.strong = True

    def _data(self, data: str) -> None:
        if data and not self._silent:
            bare = data.strip()
            if bare:
                if not self._now.parts:
                    self._now.first = self._line + data[: len(data) - len(data.lstrip())].count("\n")
                self._now.parts.append(html.unescape(data) if "&" in data else data)
                self._now.last = self._line + data.rstrip().count("\n")
            elif self._now.parts:
                self._now.parts.append(" ")
        self._line += data.count("\n")

    def _end(self, term: bool = False) -> None:
        now = self._now
        if now.parts:
            self.found.append(now)
            self._now = _Block(self._line, term)
        else:  # most tags end nothing: the empty block is used again
            now.first = now.last = self._line
            now.strong, now.term = False, term


HTML = TranscriptReader("html", "HTML", lambda begin: _PAGE.search(begin) is not None, page)
MARKDOWN = TranscriptReader(
    "markdown",
    "Markdown",
    lambda begin: len(_NAMED.findall(begin)) > 1 and ">>" not in begin,
    lambda text, lines: markdown(lines),
)
