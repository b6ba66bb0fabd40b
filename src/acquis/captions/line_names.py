"""Names at the beginning of lines in transcripts that mark no speakers: which words before a colon are a speaker."""

from __future__ import annotations

import functools
import re
from collections import Counter
from typing import NamedTuple

from babel import Locale

from acquis.reference.states import members
from acquis.text.folding import folded
from acquis.text.speaker_names import could_be_name, head, is_role

_BEGIN = re.compile(
    r"[ \t\u00a0]*(?P<name>[^\W\d_][^:：!?;\n]{0,59}?)[ \t\u00a0]*(?::(?!//)|：)(?=\s)[ \t\u00a0]*(?P<text>.*)"
)
_SPOKE = re.compile(r"\s*\((?:spoke|speaking|continued) in (?P<language>[A-Z][a-z]+)(?:;[^()]*)?\)")
_PROCEDURE = re.compile(
    r"(?i)(?:it was so decided|the meeting (?:was called to order|rose|was suspended|was resumed)|"
    r"(?:the )?(?:draft )?(?:resolution|decision|agenda|amendment|paragraph)\b.{0,160}\b"
    r"was (?:adopted|rejected|retained)|"
    r"an? (?:(?:recorded|separate|roll-call) )?vote (?:was|has been) taken|"
    r".{3,120}, (?:vice-president|president|(?:vice-|co-)?chair(?:person|man|woman)?), (?:took|resumed) the chair|"
    r"(?:in favou?r|against|abstaining):|agenda items? \d+[^.:]{0,80}$|.{3,80}(?: \.){4})"
)
_PROGRAM = re.compile(
    r"(?i).{1,80} (?:started|stopped) (?:the )?(?:transcription|recording)\.?|"
    r"(?:meeting|transcription|recording) (?:started|ended|stopped)(?: after)?[ \d:.,hms]*\W*|"
    r"this editable transcript was (?:computer|automatically) generated\b.{0,300}|"
    r"(?:automatically )?transcribed (?:by|with) \S{1,80}.{0,80}"
)
_MOST_WORDS = 5
_LONGEST_NOTE = 2_000


class LineBegin(NamedTuple):
    """A line that begins with a speaker: the name, empty if it is in doubt who speaks; what is said; the language in
    which it was said, if the transcript notes it (a code of ISO 639-1); and who may have said it, if that is in
    doubt."""

    name: str
    text: str
    language: str = ""
    offered: str = ""


@functools.cache
def _states() -> frozenset[str]:
    names = Locale("en").territories
    return frozenset(folded(names[member.iso2]) for member in members().records if member.iso2 in names)


@functools.cache
def _languages() -> dict[str, str]:
    return {name: code for code, name in Locale("en").languages.items() if len(code) == 2}


def repeated_names(lines: list[str]) -> frozenset[str]:
    """The words of one name that begin at least two lines, folded: who speaks again has a name here."""
    counts: Counter[str] = Counter()
    for line, times in Counter(lines).items():
        if match := _named(line):
            counts[folded(match["name"].strip())] += times
    return frozenset(name for name, times in counts.items() if times > 1)


def _named(line: str) -> re.Match[str] | None:
    match = _BEGIN.match(line) if ":" in line or "：" in line else None
    if match is None:
        return None
    name = match["name"].strip()
    words = name.split()
    capital = all(not word[0].islower() or len(word) <= 3 for word in words) and not words[0][0].islower()
    return match if capital and len(words) <= _MOST_WORDS and could_be_name(name) else None


def line_begin(line: str, repeated: frozenset[str]) -> LineBegin | None:
    """The speaker with which a line begins; None if it goes on with the speaker before it. A line that begins with a
    word and a colon, and is not clearly a name, is of somebody unknown, with all of its words."""
    spoke = _SPOKE.search(line[:200])
    bare = _SPOKE.sub("", line[:200], count=1) + line[200:] if spoke else line
    language = _languages().get(spoke["language"], "") if spoke else ""
    if named := head(bare, marked=False, mixed=True):
        return LineBegin(*named, language)
    match = _named(bare)
    if match is None:
        return None
    name = match["name"].strip()
    office = re.sub(r"(?i)^the\s+", "", re.sub(r"\([^()]*\)", "", name)).strip()
    if is_role(office) or folded(name) in _states() or folded(name) in repeated:
        return LineBegin(name, match["text"], language)
    return LineBegin("", line, language, offered=name)


def is_procedure(line: str) -> bool:
    """Whether a line says what happened in the meeting ("It was so decided."), what is dealt with, or who holds an
    office (with a row of dots), and is nobody's words."""
    return len(line) < _LONGEST_NOTE and _PROCEDURE.match(line.strip()) is not None


def is_notice(line: str) -> bool:
    """Whether a line is a notice of the program that made the transcript ("Ama Example stopped transcription")."""
    return len(line) < _LONGEST_NOTE and _PROGRAM.fullmatch(line.strip()) is not None
