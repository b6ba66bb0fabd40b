"""Reads transcripts in Markdown and HTML, where a speaker is a bold name before the text, a heading, or a list term."""

from __future__ import annotations

import re

from acquis.captions.reader import TranscriptReader
from acquis.captions.turns import Left, Transcript, spoken, transcript
from acquis.text.plain_text import unescaped
from acquis.text.speaker_names import head, is_role

_NAMED = re.compile(r"^[ \t]*(?:[-*][ \t]+)?(?:\*\*|__)[^*_\n]{2,80}(?::(?:\*\*|__)|(?:\*\*|__)[ \t]*:)", re.MULTILINE)
_PAGE = re.compile(r"<(?:!doctype html|html|body|p|div|dl|strong|h[1-6])\b", re.IGNORECASE)
_BOLD = re.compile(r"^\s*(?:[-*]\s+)?(\*\*|__)(.+?)\1\s*(.*)$")
_QUOTED = r"\"(?:[^\"<]|<(?![a-zA-Z/!?]))*+\"|'(?:[^'<]|<(?![a-zA-Z/!?]))*+'"
_TOKEN = re.compile(
    rf"<!--.*?(?:-->|$)|<(/?)([a-zA-Z][a-zA-Z0-9]*+)(?:[^<>\"']++|{_QUOTED})*+>|<[!?][^<>]*+>", re.DOTALL
)
"""A comment or a tag. No tag reaches beyond the next `<` that may begin one, so the time is linear in the text."""
_LANG = re.compile(r"\blang\s*=\s*[\"']?([A-Za-z][A-Za-z0-9-]*)")
_TAGS = "p div li dt dd h1 h2 h3 h4 h5 h6 tr td th blockquote section article br ul ol dl table body"
_BLOCKS = frozenset(re.findall(r"\w+", _TAGS))
_SILENT = frozenset(("script", "style", "template", "head", "noscript"))


def read_markdown(lines: list[str]) -> Transcript:
    """The turns of Markdown; a turn begins with `**Name**: text`, `**Name:** text` or `### Name`."""
    turns: list[tuple[str, list[str], int, int]] = []
    left: list[Left] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        heading, bold = _heading(line), _BOLD.match(line)
        name = _name(heading) if heading else ""
        if heading is not None and not name:
            left.append(Left(number, line, "heading"))
        elif heading is not None:
            turns.append((name, [], number, number))
        elif bold and (name := _bold(bold[2], bold[3])):
            turns.append((name, [bold[3].lstrip(":： ")], number, number))
        elif turns:
            who, parts, first, _ = turns[-1]
            parts.append(line)
            turns[-1] = (who, parts, first, number)
        else:
            left.append(Left(number, line, "preamble"))
    spoken_turns = [spoken(who, " ".join(parts), first, last) for who, parts, first, last in turns]
    return transcript("markdown", lines, spoken_turns, left, "not_understood")


def _heading(line: str) -> str | None:
    """The text of a heading (`## Text ##`); None if the line is none."""
    bare = line.strip()
    text = bare.lstrip("#")
    begins = len(line) - len(line.lstrip()) <= 3 and 1 <= len(bare) - len(text) <= 6 and not text[:1].strip()
    return text.rstrip("#").strip() if begins else None


def _bold(inside: str, after: str) -> str:
    """The name in bold if a colon follows inside or outside of the markup; otherwise empty."""
    if inside.rstrip().endswith((":", "：")):
        return _name(inside.rstrip()[:-1])
    return _name(inside) if after.startswith((":", "：")) else ""


def _name(text: str) -> str:
    text = text.strip().strip("*_:：").strip()
    named = head(f"{text}: x", marked=True, mixed=True)
    return text if named is not None or is_role(text) else ""


def read_html(text: str, lines: list[str]) -> Transcript:
    """The turns of HTML: paragraphs that begin with a name in bold or capitals, or `<dt>` and `<dd>`. Scripts are
    skipped."""
    reader = _Page(text)
    turns: list[tuple[str, list[str], int, int]] = []
    for block in reader.blocks:
        said = " ".join(block.text.split())
        if not said:
            continue
        named = head(said.lstrip(">» "), marked=said.startswith((">>", "»")), mixed=block.strong)
        if block.term:
            named = (said.rstrip(":： "), "")
        if named is not None:
            turns.append((named[0], [named[1]], block.first, block.last))
        elif turns:
            who, parts, first, last = turns[-1]
            parts.append(said)
            turns[-1] = (who, parts, first, max(last, block.last))
        else:
            reader.before.append(block)
    spoken_turns = [spoken(who, " ".join(parts), first, last) for who, parts, first, last in turns]
    covered = {n for turn in spoken_turns for n in range(turn.first_line, turn.last_line + 1)}
    numbers = {n for block in reader.before for n in range(block.first, block.last + 1)} - covered
    left = [Left(n, lines[n - 1], "preamble") for n in sorted(numbers) if lines[n - 1].strip()]
    # In a page without line breaks the text before the first turn is on the same line as that turn.
    left += [
        Left(block.first, " ".join(block.text.split()), "preamble") for block in reader.before if block.first in covered
    ]
    return transcript("html", lines, spoken_turns, left, "markup", reader.language)


class _Block:
    """A block of text with the numbers of its first and last line."""

    __slots__ = ("first", "last", "parts", "strong", "term")

    def __init__(self, line: int, term: bool) -> None:
        self.first, self.last, self.strong, self.term = line, line, False, term
        self.parts: list[str] = []

    @property
    def text(self) -> str:
        """The text of the block, with its blanks unchanged."""
        return "".join(self.parts)


class _Page:
    """The text blocks of a page. They are found with one regular expression, which reads ten megabytes in seconds."""

    def __init__(self, text: str) -> None:
        self.blocks: list[_Block] = []
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
                self._now.parts.append(unescaped(data) if "&" in data else data)
                self._now.last = self._line + data.rstrip().count("\n")
            elif self._now.parts:
                self._now.parts.append(" ")
        self._line += data.count("\n")

    def _end(self, term: bool = False) -> None:
        now = self._now
        if now.parts:
            self.blocks.append(now)
            self._now = _Block(self._line, term)
        else:  # most tags end no block: the empty block is reused
            now.first = now.last = self._line
            now.strong, now.term = False, term


HTML = TranscriptReader("html", "HTML", lambda begin: _PAGE.search(begin) is not None, read_html)
MARKDOWN = TranscriptReader(
    "markdown",
    "Markdown",
    lambda begin: len(_NAMED.findall(begin)) > 1 and ">>" not in begin,
    lambda text, lines: read_markdown(lines),
)
