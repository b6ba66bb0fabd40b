"""Reads the records of parliaments that divide a speaker from the words with other signs than a colon, and the summary
records of the United Nations, which tell in numbered paragraphs what was said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from acquis.captions.line_names import is_notice
from acquis.captions.reader import TranscriptReader
from acquis.captions.turns import Left, Spoken, Transcript, spoken, transcript
from acquis.captions.verbatim import is_procedure, spoken_language
from acquis.i18n import N_
from acquis.text.speaker_names import head, is_role

_LETTER = r"[^\W\d_]"
_FRENCH = r"(?:M\.|Mme|MM\.|Mmes|Mlle)[ \u00a0]+(?:[A-Z]\. ?){0,3}[^.!?:;]{2,120}"
_TITLE = r"(?:(?:El|La|O|A) )?(?:Mr|Ms|Mrs|Mme|M|Sra?|Dr)\.?"
_OFFICE = (
    r"(?:The|Le|La|El) (?:Acting )?(?:Chair(?:person|man|woman)?|President|Président|Présidente|Presidente|Presidenta)"
)
_SUMMARY = rf"(?:{_TITLE}[ \u00a0][^,()]{{2,60}}? \([^()]{{2,80}}\)|{_OFFICE}(?: par intérim)?)"
_BORDERS = tuple(
    re.compile(rf"[ \t\u00a0]*{pattern}")
    for pattern in (
        rf"(?P<name>{_FRENCH})\.[ \u00a0]+(?:[–—][ \u00a0]*)?(?P<text>\S.*)",
        rf"(?P<name>{_LETTER}[^.!?;–—\n]{{1,140}}?)[ \u00a0]*\.[ \u00a0]*[–—][ \u00a0]+(?P<text>\S.*)",
        r"(?P<name>[OA]S? SR(?:A?S?)\. [^()\n]{2,80}?(?: ?\([^()\n]{1,160}\))?)[ \u00a0]+[-–—][ \u00a0]+(?P<text>\S.*)",
        r"[○◯](?P<name>[^\s○◯][^\n]{1,39}?)(?:\u3000+|[ \u00a0]{2,}|\t+)(?P<text>\S.*)",
        r"(?P<name>(?:(?:Mr|Ms|Mrs|Miss|Dr|Hon)\. )?[^.!?:;–—\n]{3,100}?)\.[ \u00a0]+(?P<text>\S.*)",
        r"(?P<name>[^.!?:;–—\n]{3,100}?)[ \u00a0]+[–—][ \u00a0]+(?P<text>\S.*)",
        rf"(?P<number>\d{{1,3}}\.)[ \t\u00a0]+(?P<name>{_SUMMARY})(?P<text>(?:,|[ \u00a0]{_LETTER}).*)",
    )
)
"""The beginnings of turns: in French records, those of the European Parliament, Brazilian ones, Japanese and Korean
ones, those with names in capitals before a period or a dash, and summary records."""
_CAPITALS = _BORDERS[4:6]
_CALLED = re.compile(r"(?:(?:Mr|Ms|Mrs|Miss|Dr|Hon)\. |The )")
_OF_CONGRESS = re.compile(
    r"(?:(?:Mr|Ms|Mrs|Miss|Dr)\.|Chair(?:man|woman)?|Senator|Secretary|Representative)(?: [A-Z][\w'’-]+){1,3}"
)
_CUT = re.compile(r"\b(?:MR|MS|MRS|DR|HON|NO|ST)$")
"""A shortened word before a period that ends no name."""
_NUMBER = re.compile(r"[ \t]*(\d{1,3}\.)[ \t\u00a0]+")
_ITEM = re.compile(r"(?i)[ \t]*(?:agenda item \d|point \d+ de l|tema \d+ del )")
_FEWEST, _SHARE = 2, 4
"""A text has this form if at least two of its lines, and a quarter, begin turns in one of these ways."""


class _RecordLine(NamedTuple):
    """The beginning of a turn: the speaker, the words, the number of the paragraph, and the language with its note."""

    name: str
    text: str
    number: str = ""
    language: str = ""
    note: str = ""


def _begin(line: str, border: re.Pattern[str], has_colons: bool = False) -> _RecordLine | None:
    """The beginning of a turn in this way; has_colons: or with a name in capitals and a colon."""
    spoke = spoken_language(line)
    bare = line[: spoke.start] + line[spoke.end :] if spoke else line
    match = border.match(bare)
    if match is None:
        named = head(bare, marked=False, mixed=False)
        return _RecordLine(*named) if named and has_colons else None
    name, first = match["name"].strip(), match["name"].lstrip()[0]
    if first.islower() or (border is _BORDERS[1] and not _speaks(name)) or (border in _CAPITALS and not _shouts(name)):
        return None
    note = line[spoke.start : spoke.end].strip() if spoke else ""
    number = match.groupdict().get("number") or ""
    return _RecordLine(name, match["text"].lstrip(", "), number, spoke.code if spoke else "", note)


def _speaks(name: str) -> bool:
    """Whether words before a dash are a name or an office: their first words have capital letters."""
    plain = name.partition("(")[0].partition(",")[0].split()
    return is_role(" ".join(plain)) or (len(plain) > 1 and all(not word[0].islower() for word in (plain[0], plain[-1])))


def _shouts(name: str) -> bool:
    """Whether words before a period or a dash are a name in capitals, with or without a title, or one with an office of
    a congress."""
    if _OF_CONGRESS.fullmatch(name):
        return True
    bare = re.split(r",| of | \(", _CALLED.sub("", name, count=1), maxsplit=1)[0]
    return bare.isupper() and not _CUT.search(name) and sum(map(str.isalpha, bare)) > 3


def _border(lines: list[str]) -> re.Pattern[str] | None:
    """The way in which the turns of a text begin; None if it is in no such form."""
    filled = [line for line in lines if line.strip()]
    counts = [(sum(_begin(line, border) is not None for line in filled), border) for border in _BORDERS]
    times, border = max(counts, key=lambda pair: pair[0])
    colons = sum(head(line, marked=False, mixed=True) is not None for line in filled)
    return border if times >= max(_FEWEST, 2 * colons) and _SHARE * times >= len(filled) else None


def recognises(begin: str) -> bool:
    """Whether a quarter of the lines, and two, begin turns as in such records."""
    return ">>" not in begin and _border(begin.split("\n")) is not None


def read_records(lines: list[str]) -> Transcript:
    """The turns of such a record; a turn lasts until the next one."""
    left: list[Left] = []
    return transcript("records", lines, _turns(lines, left), left, "not_understood")


def _turns(lines: list[str], left: list[Left]) -> Iterator[Spoken]:
    border = _border(lines) or _BORDERS[0]
    now: _RecordLine | None = None
    parts: list[str] = []
    began = last = 0
    for number, line in enumerate([*lines, ""], 1):
        begin = _begin(line, border, has_colons=True)
        ends = number > len(lines)
        if begin is None and not line.strip() and not ends:
            continue
        counter = _NUMBER.match(line) if begin is None and border is _BORDERS[-1] else None
        bare = line[counter.end() :] if counter else line
        if begin is None and not ends and (is_procedure(bare) or _ITEM.match(bare) or is_notice(bare)):
            left.append(Left(number, line.strip(), "notice" if is_notice(bare) else "procedure"))
            continue
        if begin is None and now is None and not ends:
            left.append(Left(number, line.strip(), "preamble"))
            continue
        if now and (begin or ends):
            yield spoken(now.name, " ".join(parts), began, last, language=now.language)
        if begin:
            left += [Left(number, note, "procedure") for note in (begin.number, begin.note) if note]
            now, parts, began = begin, [begin.text], number
        elif not ends:
            left += [Left(number, counter[1], "procedure")] if counter else []
            parts.append(bare)
        last = number


RECORDS = TranscriptReader(
    form="records",
    accepts=N_("records of parliaments, and summary records of the United Nations"),
    sign=N_(
        "Lines begin with a speaker before a full stop, a dash or a wide space, or with a numbered paragraph about one."
    ),
    example="M. Ama Example. Hello.\n\nMme Bao Sample. Thanks.",
    kept="names, offices and groups as written; the language of a turn that is noted; what summary records report",
    doubtful="a paragraph without a name goes on with the turn; items of the agenda, notes on the procedure and "
    "numbers of paragraphs are listed",
    recognises=recognises,
    read=lambda text, lines: read_records(lines),
)
