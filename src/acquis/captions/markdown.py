"""Reads transcripts and minutes in Markdown. A speaker is a name before a colon, in bold or italics or without, also in
lists and quotes. Headings, tables and lists of attendees are no speech, and what follows them is nobody's until the
next name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from acquis.captions.labels import initials, is_matter, is_people
from acquis.captions.line_names import is_dense, line_begin, repeated_names
from acquis.captions.reader import TranscriptReader
from acquis.captions.turns import Doubt, Left, Spoken, Transcript, Why, spoken, transcript
from acquis.i18n import N_
from acquis.text.speaker_names import could_be_name, head, is_role

_EMPHASIS = re.compile(
    r"(\*{1,3}|_{1,3})((?:[^*_\n]|(?<=\w)_(?=\w)){1,90}?)(?:([:：])[ \t]*\1|\1[ \t]*([:：]))(?=\s|$|\S)[ \t]*(.*)"
)
_TIMED = re.compile(
    r"(\*{1,3}|_{1,3})(?:[\[(]?(?P<before>\d{1,2}:\d\d(?::\d\d)?)[\])]?[ \t]+)?(?P<name>[^*_\n]{1,90}?)[ \t]*[:：]?\1"
    r"[ \t]*(?:[\[(]?(?P<after>\d{1,2}:\d\d(?::\d\d)?)[\])]?)?[ \t]*(?P<colon>[:：]?)[ \t]*(?P<text>.*)"
)
"""A name in bold or italics with a time, before a colon or not: `**Ama Example** (00:12)`."""
_ALONE = re.compile(r"[ \t]*(\*\*|__)(?P<text>[^*_\n]{1,79}[^*_\n.!?…,;])\1[ \t]*")
"""A line all of which is in bold: a title, or a name above what somebody says."""
_INSIDE = re.compile(r"(?<=\S)[ \t]+(?=(?:\*\*|__)[^*_\n:：]{2,80}(?:[:：](?:\*\*|__)|(?:\*\*|__)[ \t]*[:：])(?:\s|$))")
"""Before a name in bold inside of a line."""
_CLOCK = re.compile(r"^[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?[ \t]+")
_BEFORE_WORDS = re.compile(r"\[\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?\][ \t]*")
"""The time between a name and what is said: `**Ama Example:** [00:00:12] Hello.`"""
_TASK = re.compile(r"[ \t>]*[-*+][ \t]+\[[ xX]\]")
_LEAD = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,3}[.)](?=[ \t])|\[[ xX]\](?=[ \t])))*[ \t]*")
"""Marks of quotes, lists and tasks before the text of a line."""
_RULE = re.compile(r"[ \t]*(?:[-*_=~][ \t]*){3,}$|[ \t]*(?:```|~~~)")
_UNDER = re.compile(r"[ \t]*(?:={3,}|-{3,})[ \t]*$")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+\S|^(?:\*\*|__)[^*_\n]{2,80}(?:\*\*|__)[ \t]*$", re.MULTILINE)
_NAMED = re.compile(
    r"^(?:[ \t]*(?:>|[-*+](?=[ \t])))*[ \t]*(\*{1,3}|_{1,3})(?:[^*_\n]|(?<=\w)_(?=\w)){2,80}"
    r"(?:[:：][ \t]*\1|\1[ \t]*[:：])",
    re.MULTILINE,
)
_LOOK = 300
"""Lines at the beginning in which initials are explained."""


class _MinutesLabel(NamedTuple):
    """What stands before the colon of a line: a speaker (empty if it is only offered), the words, who is offered, the
    language; why: that the line is no speech at all, with the reason."""

    name: str
    text: str
    offered: str = ""
    language: str = ""
    why: Why | None = None


class _MinutesDocument:
    """What is known of a whole document before its lines are read one by one."""

    def __init__(self, lines: list[str]) -> None:
        bare = [_LEAD.sub("", line, count=1) for line in lines]
        self.repeated = repeated_names([_unemphasized(line) for line in bare])
        self.people = initials(lines[:_LOOK])
        self._stated: dict[str, bool | None] = {}
        """Words in bold before a colon -> whether they are surely a name; None: they are none."""
        self._loose = is_dense(line for line, whole in zip(bare, lines) if not whole.lstrip().startswith(("#", "|")))
        self.headings = _headings(lines)
        self._labels = {
            number: self._label(line)
            for number, line in enumerate(bare, 1)
            if line.strip() and number not in self.headings
        }
        labels = [label for label in self._labels.values() if label and not label.why]
        people = any(label and label.why == "header" for label in self._labels.values())
        self._dense = len(labels) > 2 and 5 * len(labels) >= 4 * len(self._labels)
        self.by_heading = set() if labels else _speaking(self.headings)
        self.minutes = not self.by_heading and (len(self.headings) > 1 or people)

    def label(self, number: int) -> _MinutesLabel | None:
        """The label of a line, counted from 1; None if there is none. Where nearly every line has a name, a single word
        is one too."""
        label = self._labels.get(number)
        if label and label.offered[:1].isupper() and self._dense:
            text = label.text.partition(":")[2].lstrip()
            return _MinutesLabel(label.offered, text, language=label.language)
        return label

    def label_of(self, part: str) -> _MinutesLabel:
        """The label of a part of a line; of what is no name the speaker is unknown."""
        label = self._label(part)
        return label if label and not label.why else _MinutesLabel("", part)

    def _label(self, line: str) -> _MinutesLabel | None:
        """The label of a line without its marks; None if there is none."""
        match = _EMPHASIS.match(line)
        timed = _TIMED.match(line) if match is None and line[:1] in ("*", "_") else None
        if timed and (timed["before"] or timed["after"]):
            return self._named(timed["name"].rstrip(":： "), timed["text"], line)
        if match is None:
            begin = line_begin(line, self.repeated, self._loose)
            if begin is None:
                plain = re.match(r"([^:\n]{2,40}):[ \t]+(\S.*)", line)
                return self._no_speech(plain[1], plain[2]) if plain else None
            name, text = begin.name, begin.text
            if not name:
                name, _, text = line.partition(":")
            return self._no_speech(name, text) or self._by(
                name.strip(), text.lstrip(), begin.name != "", begin.language
            )
        text = _BEFORE_WORDS.sub("", match[5], count=1)
        return self._named(match[2].strip(), text, line) if match[2].strip() else None

    def _named(self, name: str, text: str, line: str) -> _MinutesLabel:
        """The label of a line that begins with words in bold or italics."""
        name = _CLOCK.sub("", name) or name
        if other := self._no_speech(name, text):
            return other
        if name not in self._stated:
            speaks = could_be_name(name) and head(f"{name}: x", marked=True, mixed=True) is not None
            self._stated[name] = (not _one_word(name) or self._is_known(name)) if speaks or is_role(name) else None
        stated = self._stated[name]
        return _MinutesLabel("", line, why="label") if stated is None else self._by(name, text, stated)

    def _no_speech(self, name: str, text: str) -> _MinutesLabel | None:
        if is_people(name, text):
            return _MinutesLabel("", text, why="header")
        return _MinutesLabel("", text, why="label") if is_matter(name) else None

    def _is_known(self, name: str) -> bool:
        begin = line_begin(f"{name}: x", self.repeated)
        return begin is not None and begin.name != ""

    def _by(self, name: str, text: str, stated: bool, language: str = "") -> _MinutesLabel:
        whole = f"{self.people[name]} ({name})" if name in self.people else name
        if stated or name in self.people:
            return _MinutesLabel(whole, text, language=language)
        return _MinutesLabel("", f"{name}: {text}", offered=name, language=language)


def _one_word(name: str) -> bool:
    return len(name.split()) == 1


def _unemphasized(line: str) -> str:
    match = _EMPHASIS.match(line)
    return f"{match[2]}: {match[5]}" if match else line


def _heading(lines: list[str], number: int) -> str | None:
    """The text of the heading on a line, counted from 1 (`## Text ##`, or with a line of signs below); None if there is
    none."""
    line = lines[number - 1]
    bare = line.strip()
    text = bare.lstrip("#")
    if len(line) - len(line.lstrip()) <= 3 and 1 <= len(bare) - len(text) <= 6 and not text[:1].strip():
        return text.rstrip("#").strip()
    if bare.startswith(("**", "__")) and (bold := _ALONE.fullmatch(line)):
        return bold["text"].strip()
    under = number < len(lines) and bare and _UNDER.match(lines[number])
    alone = number == 1 or not lines[number - 2].strip()
    return bare if under and alone and not _RULE.match(line) and ":" not in bare else None


def _headings(lines: list[str]) -> dict[int, str]:
    """Number of a line, from 1 -> the heading on it."""
    headings = {n: _heading(lines, n) for n, line in enumerate(lines, 1) if _may_be_heading(lines, n)}
    return {number: heading for number, heading in headings.items() if heading is not None}


def _may_be_heading(lines: list[str], number: int) -> bool:
    line = lines[number - 1]
    return "#" in line or line.rstrip().endswith(("**", "__")) or _may_be_under(lines, number)


def _may_be_under(lines: list[str], number: int) -> bool:
    return number < len(lines) and lines[number].lstrip()[:1] in ("=", "-")


def _speaking(headings: Mapping[int, str]) -> set[str]:
    """The headings that are speakers, in a document without any other names: names of two words and offices, each of
    at least two of them above words more than once."""
    texts = list(headings.values())
    counts = Counter(
        text for text in texts if is_role(text) or (line_begin(f"{text}: x", frozenset()) or _NOBODY).name == text
    )
    names = {name for name, times in counts.items() if times > 1 and not is_matter(name) and not is_people(name, "")}
    return set(counts) if len(names) > 1 and 2 * sum(counts.values()) >= len(texts) else set()


_NOBODY = _MinutesLabel("", "")


class _MinutesTurn:
    """A turn that is being read."""

    def __init__(self, label: _MinutesLabel, line: int, doubt: Doubt) -> None:
        self.label, self.doubt = label, doubt
        self.parts, self.first, self.last = [label.text], line, line

    def closed(self) -> Spoken:
        label = self.label
        return spoken(
            label.name,
            " ".join(self.parts),
            self.first,
            self.last,
            language=label.language,
            offered=label.offered,
            doubt=self.doubt,
        )


class _MinutesReading:
    """The turns and the other lines so far. `speaker` is whoever spoke last outside of a quote, until a heading."""

    def __init__(self, document: _MinutesDocument) -> None:
        self.document = document
        self.turns: list[_MinutesTurn] = []
        self.left: list[Left] = []
        self.open = False
        self.speaker = ""
        self.quoted = False

    def aside(self, number: int, line: str, why: Why) -> None:
        """A line that is no speech: what follows it belongs to nobody unless a name says so."""
        self.left.append(Left(number, line, why))
        self.open, self.speaker = False, ""

    def begin(self, label: _MinutesLabel, number: int, quoted: bool, doubt: Doubt) -> None:
        self.turns.append(_MinutesTurn(label, number, doubt))
        self.open, self.quoted = True, quoted
        if not quoted and doubt != "after_a_break":
            self.speaker = label.name

    def go_on(self, number: int, bare: str, line: str, same: bool, quoted: bool) -> None:
        """A line without a name. same: it is in the paragraph of the line before."""
        continued = bare.startswith(("…", "..."))
        if (
            self.open
            and ((same and quoted == self.quoted) or not self.document.minutes)
            and not (self.quoted and not quoted)
        ):
            self.turns[-1].parts.append(bare)
            self.turns[-1].last = number
        elif continued and self.speaker and not quoted:
            self.begin(_MinutesLabel(self.speaker, bare), number, quoted, "")
        elif self.speaker:
            self.begin(_MinutesLabel("", bare, offered=self.speaker), number, quoted, "after_a_break")
        else:
            self.left.append(Left(number, line, "unattributed" if self.turns else "preamble"))


def read_markdown(lines: list[str]) -> Transcript:
    """The turns of a document in Markdown, and what is no speech."""
    reading = _MinutesReading(_MinutesDocument(lines))
    gap = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            gap = True
            continue
        lead = _LEAD.match(line)
        mark = lead[0] if lead else ""
        _line(reading, lines, number, mark, gap)
        gap = False
    return transcript("markdown", lines, [turn.closed() for turn in reading.turns], reading.left, "not_understood")


def _line(reading: _MinutesReading, lines: list[str], number: int, mark: str, gap: bool) -> None:
    line, document = lines[number - 1], reading.document
    heading = document.headings.get(number)
    if heading is not None and heading in document.by_heading:
        reading.begin(_MinutesLabel(heading, ""), number, quoted=False, doubt="")
        return
    if heading is not None:
        reading.aside(number, line, "heading")
        return
    if not line[len(mark) :].strip():
        reading.left.append(Left(number, line, "markup"))
        return
    if _RULE.match(line) or line.lstrip().startswith("|") or _TASK.match(line):
        reading.aside(number, line, "label" if "[" in mark else "header" if "|" in line else "markup")
        return
    label = document.label(number)
    quoted = ">" in mark
    if label is None:
        words = line[len(mark) :] if not mark.strip(" \t>-*+") else line.lstrip(" \t>-*+")
        first, *others = _INSIDE.split(words) if "**" in words or "__" in words else (words,)
        reading.go_on(number, first, line, same=not gap and mark.strip(" \t>") == "", quoted=quoted)
    elif label.why:
        reading.aside(number, line, label.why)
        return
    else:
        first, *others = _INSIDE.split(label.text) if "**" in label.text or "__" in label.text else (label.text,)
        label = label._replace(text=first) if others else label
        reading.begin(label, number, quoted, "one_word" if label.offered else "")
    for part in others:
        inner = document.label_of(part)
        reading.begin(inner, number, quoted, "one_word" if inner.offered else "")


def recognises(begin: str) -> bool:
    """Whether two names stand in bold or italics before a colon, or headings and names at the beginning of lines."""
    if ">>" in begin:
        return False
    if len(_NAMED.findall(begin)) > 1:
        return True
    if not _HEADING.search(begin):
        return False
    lines = [_LEAD.sub("", line, count=1) for line in begin.split("\n")]
    repeated = repeated_names(lines)
    named = sum((label := line_begin(line, repeated)) is not None and label.name != "" for line in lines)
    return named > 1 or len(_speaking(_headings(lines))) > 0


MARKDOWN = TranscriptReader(
    form="markdown",
    accepts="Markdown",
    sign=N_("Names are in bold or italics before a colon, or lines begin with names below headings with #."),
    example="**Ama Example**: Hello.\n\n> *Bao Sample:* Thanks.",
    kept="names also in lists and quotes; initials with the name that a list of attendees gives them",
    doubtful="a paragraph without a name in minutes with headings (the speaker before it is offered); a single word "
    "before a colon (it is offered); headings, lines in bold, tables, tasks, attendees and decisions "
    "are nobody's words",
    recognises=recognises,
    read=lambda text, lines: read_markdown(lines),
)
