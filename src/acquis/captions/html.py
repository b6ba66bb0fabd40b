"""Reads transcripts and minutes in HTML: pages of sites, podcasts (`<cite>` and `<time>`), minutes of the W3C.

A speaker is a `<cite>`, a term of a list, or a name at the beginning of a paragraph. Headings, lists of attendees and
what stands around the page are no speech."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from acquis.captions.html_blocks import Block, HtmlBlocks
from acquis.captions.labels import is_bot, is_matter, is_people
from acquis.captions.line_names import line_begin, repeated_names
from acquis.captions.reader import TranscriptReader
from acquis.captions.turns import Doubt, Left, Transcript, Why, spoken, transcript
from acquis.captions.verbatim import is_procedure
from acquis.i18n import N_
from acquis.text.speaker_names import head, is_role

_PAGE = re.compile(r"<(?:!doctype html|html|body|p|div|dl|ul|ol|table|strong|cite|h[1-6])\b", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})(?:[.,]\d{1,3})?")
_CITED = re.compile(r"<([^<>]{1,80})>:?|([^<>]{1,80}?)\s*[:：]")
_ONLY_TIME = re.compile(r"\s*<time\b[^<>]*>[\d:., ]*</time>\s*")
_LONGEST_NAME = 80


class _PageLabel(NamedTuple):
    """Who begins to speak in a block, with the words that follow; without a name if somebody is only offered."""

    name: str
    text: str
    offered: str = ""
    language: str = ""


class _PageTurn:
    """A turn that is being read."""

    def __init__(self, label: _PageLabel, block: Block, doubt: Doubt = "") -> None:
        self.label, self.doubt = label, doubt
        self.parts = [label.text] if label.text else []
        self.first, self.last = block.first, block.last
        self.starts: int | None = None


class _PageReading:
    """The turns and other texts of a page so far, and the properties of the whole page: whether its speakers are cited,
    which names occur several times, and whether there are headings between the turns."""

    def __init__(self, blocks: list[Block]) -> None:
        self.turns: list[_PageTurn] = []
        self.left: list[Left] = []
        self.open, self.listed, self.speaker = False, False, ""
        self.time: int | None = None
        cites = [block for block in blocks if block.kind == "cite" and _CITED.fullmatch(block.text)]
        self.cited = len(cites) > 0
        self.cited_inside = any(block.paragraph for block in cites)
        names = [f"{_cited(block)}: x" for block in cites]
        texts = [block.text for block in blocks if block.kind != "heading"]
        self.repeated = repeated_names([*texts, *names, *names])
        self.titles = _titles(blocks)
        self.minutes = sum(block.kind == "heading" for block in blocks) > 2 or self.cited_inside

    def aside(self, block: Block, why: Why) -> None:
        """Adds a block that is no speech. Nobody speaks after it until the next name."""
        self.left.append(Left(block.first, block.text, why))
        self.open, self.speaker = False, ""

    def begin(self, label: _PageLabel, block: Block, doubt: Doubt = "") -> None:
        self.turns.append(_PageTurn(label, block, doubt))
        self.turns[-1].starts, self.time = self.time, None
        self.open, self.listed = True, block.kind == "term"
        if doubt != "after_a_break":
            self.speaker = label.name

    def waits(self) -> bool:
        """Whether the last turn has only a name so far."""
        return self.open and not self.turns[-1].parts

    def words(self, block: Block) -> None:
        """Adds a block to the last turn."""
        turn = self.turns[-1]
        turn.parts.append(block.text)
        turn.last = max(turn.last, block.last)

    def timed(self, block: Block) -> bool:
        """Whether the block is a time: of the turn that has no words so far, or of the next one."""
        match = _CLOCK.fullmatch(block.text.strip("[]() "))
        if match is None:
            return False
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        at = ((hours * 60 + minutes) * 60 + seconds) * 1000
        if self.waits():
            self.turns[-1].starts = at
        else:
            self.time = at
        return True

    def go_on(self, block: Block) -> None:
        """Adds a block without a name."""
        same = block.soft or not self.minutes or (self.cited and not self.cited_inside)
        if (self.cited and self.time is not None) or (self.listed and block.kind != "described"):
            same = False  # another time, or behind the list in which the speaker stands
        if self.open and same and not block.row:
            self.words(block)
        elif self.speaker and not block.row:
            self.begin(_PageLabel("", block.text, self.speaker), block, "after_a_break")
        else:
            self.left.append(Left(block.first, block.text, "unattributed" if self.turns else "preamble"))
            self.open = False


def _cited(block: Block) -> str:
    match = _CITED.fullmatch(block.text)
    return (match[1] or match[2] or "").strip() if match else ""


def _titles(blocks: list[Block]) -> frozenset[str]:
    """Names without a colon that stand alone in bold, in a heading or in the first cell of a row. At least two of them
    must occur twice."""
    texts: Counter[str] = Counter()
    row = 0
    for block in blocks:
        alone = block.kind == "heading" or (block.strong and not block.plain) or (block.row and block.row != row)
        row = block.row
        text = block.text.rstrip(":： ")
        if alone and len(text) < _LONGEST_NAME and (is_role(text) or head(f"{text}: x", marked=False, mixed=True)):
            texts[text] += 1
    names = {text for text, times in texts.items() if times > 1 and not is_matter(text) and not is_people(text, "")}
    return frozenset(texts) - {text for text in texts if is_matter(text)} if len(names) > 1 else frozenset()


def read_html(text: str, lines: list[str]) -> Transcript:
    """The turns of a page and the texts that are in none."""
    page = HtmlBlocks(text)
    reading = _PageReading(page.blocks)
    for block, after in zip(page.blocks, [*page.blocks[1:], None]):
        _read(reading, block, after)
    turns = [
        spoken(
            turn.label.name,
            " ".join(turn.parts),
            turn.first,
            turn.last,
            turn.starts,
            language=turn.label.language,
            offered=turn.label.offered,
            doubt=turn.doubt,
        )
        for turn in reading.turns
    ]
    return transcript("html", lines, turns, reading.left, "markup", page.language, structure=_only_times(lines))


def _only_times(lines: list[str]) -> set[int]:
    return {n for n, line in enumerate(lines, 1) if "<time" in line and _ONLY_TIME.fullmatch(line)}


def _read(reading: _PageReading, block: Block, after: Block | None) -> None:
    said = block.text
    if block.kind == "around":
        reading.aside(block, "markup")
    elif block.kind in ("time", "beside") and reading.timed(block):
        return
    elif block.kind == "beside":
        reading.left.append(Left(block.first, block.text, "markup"))
    elif block.kind == "cite" and (name := _cited(block)):
        if is_bot(name):
            reading.aside(block, "notice")
        else:
            reading.begin(_PageLabel(name, ""), block)
    elif block.kind == "cite" and block.paragraph:
        reading.go_on(block)
    elif reading.titles and not reading.cited and said.rstrip(":： ") in reading.titles:
        reading.begin(_PageLabel(said.rstrip(":： "), ""), block)
    elif block.kind == "heading" or (block.strong and not block.plain and _is_title(block)):
        reading.aside(block, "heading")
    elif block.kind == "term":
        _term(reading, block, after)
    elif reading.waits() and head(said, marked=False, mixed=True) is None:
        reading.words(block)
    elif is_procedure(said):
        reading.aside(block, "procedure")
    else:
        _paragraph(reading, block)


def _is_title(block: Block) -> bool:
    """Whether a block in bold is a title: short, without the end of a sentence and without a name before words."""
    said = block.text
    return len(said) < _LONGEST_NAME and said[-1] not in ".!?…" and ":" not in said.rstrip(":")


def _term(reading: _PageReading, block: Block, after: Block | None) -> None:
    """Reads a term of a list. It is a speaker if its description is speech."""
    name = block.text.rstrip(":： ")
    text = after.text if after and after.kind == "described" else ""
    if reading.cited or is_people(name, text) or is_matter(name) or not text:
        reading.aside(block, "header")
        if after and after.kind == "described":
            after.kind = "around"
    elif head(f"{name}: x", marked=True, mixed=True) or is_role(name):
        reading.begin(_PageLabel(name, ""), block)
    else:
        reading.begin(_PageLabel("", f"{block.text} "), block)


def _paragraph(reading: _PageReading, block: Block) -> None:
    said = block.text
    marked = said.startswith((">>", "»"))
    named = head(said.lstrip(">» ") if marked else said, marked=marked, mixed=block.strong)
    begin = None if named else line_begin(said, reading.repeated)
    name, text = named or ((begin.name, begin.text) if begin else ("", said))
    label = name or said.partition(":")[0]
    if (named or begin or ":" in said[:_LONGEST_NAME]) and not marked and is_people(label, said.partition(":")[2]):
        reading.aside(block, "header")
    elif (named or begin or block.strong) and not marked and ":" in said[:_LONGEST_NAME] and is_matter(label):
        reading.aside(block, "label")
    elif named or (begin and begin.name):
        reading.begin(_PageLabel(name, text, language=begin.language if begin else ""), block)
    elif begin:
        reading.begin(_PageLabel("", said, offered=label.strip()), block, "one_word")
    elif marked:
        reading.begin(_PageLabel("", said.lstrip(">» ")), block)
    else:
        reading.go_on(block)


HTML = TranscriptReader(
    form="html",
    accepts="HTML",
    sign=N_("The text begins with the tags of a page."),
    example="<cite>Ama Example:</cite> <time>0:03</time> <p>Hello.</p>",
    kept="names in `<cite>`, in lists of terms, in bold, and at the beginning of paragraphs; times of podcasts; the "
    "language of the page",
    doubtful="a paragraph without a name in a page with headings (the speaker before it is offered); a single word "
    "before a colon (it is offered); headings, what stands beside the text, attendees and decisions are nobody's words",
    recognises=lambda begin: _PAGE.search(begin) is not None,
    read=read_html,
)
