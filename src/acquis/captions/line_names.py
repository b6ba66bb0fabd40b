"""Names at the beginning of lines in transcripts that mark no speakers: which words before a colon are a speaker."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from babel import Locale

from acquis.captions.verbatim import LANGUAGES, spoken_language
from acquis.reference.states import members
from acquis.text.folding import folded
from acquis.text.speaker_names import SMALL_WORDS, could_be_name, head, is_role

_BEGIN = re.compile(
    r"[ \t\u00a0]*(?P<name>[^\W\d_][^:：!?;\n]{0,59}?)[ \t\u00a0]*(?::(?!//)|：)(?=\s)[ \t\u00a0]*(?P<text>.*)"
)
_PROGRAM = re.compile(
    r"(?i).{1,80} (?:started|stopped) (?:the )?(?:transcription|recording)\.?|"
    r"(?:meeting|transcription|recording) (?:started|ended|stopped)(?: after)?[ \d:.,hms]*\W*|"
    r"this editable transcript was (?:computer|automatically) generated\b.{0,300}|"
    r"(?:automatically )?transcribed (?:by|with) \S{1,80}.{0,80}|"
    r".{1,80} (?:hat die transkription (?:gestartet|beendet)|a (?:démarré|arrêté) la transcription|"
    r"(?:inició|detuvo|finalizó) la transcripción|(?:iniciou|parou|interrompeu) a transcrição)\.?|"
    r"[-–—] ?\d{1,4} ?[-–—]|page \d{1,4}(?: (?:of|/) \d{1,4})?|"
    r".{8,60}\b\d\d:\d\d:\d\d\b.{0,20}👋|"
    r"(?:diese[smr]?|cette|est[ae]|quest[ao]|deze) .{0,40}\btrans[ck]ri.{1,80}"
    r"(?:comput|ordinat|automat|automá|ordenad).{0,300}"
)
"""Notices of programs, and numbers of pages; the last two are those at the end of Google Meet, in several languages."""
_MOST_WORDS = 5
_LONGEST_LABEL = 100
"""Characters of a line in which its first colon is looked for."""
_OTHER_NAMES = frozenset((
    "bahamas", "brunei darussalam", "cabo verde", "czechia", "democratic people's republic of korea",
    "democratic republic of the congo", "eswatini", "group of 77", "group of 77 and china", "g77", "g77 and china",
    "holy see", "lao pdr", "lao people's democratic republic", "micronesia", "myanmar", "non-aligned movement",
    "north macedonia", "palestine", "republic of korea", "republic of moldova", "russian federation",
    "saint kitts and nevis", "saint vincent and the grenadines", "sao tome",
    "state of palestine", "syrian arab republic", "timor-leste", "turkiye", "united kingdom of great britain and "
    "northern ireland", "united republic of tanzania", "united states of america", "viet nam", "uk", "usa", "us", "eu",
))  # fmt: skip
"""Names of States and groups other than the short ones in English: those of the United Nations and abbreviations."""
_BEFORE_NAMES = frozenset((
    "in", "at", "on", "as", "for", "from", "to", "with", "by", "dear", "thank", "thanks", "after", "before", "when",
    "if", "and", "but", "so", "yes", "no",
))  # fmt: skip
_SAYING = frozenset(("said", "says", "asked", "wrote", "added", "noted", "replied", "adds", "is", "are", "was"))
"""Words that begin or end what is no name with an office before a colon ("As Ama Example, our chair, said: ...")."""
_JOINED = re.compile(r"(?:al|el|as|ash|at|ad|an|ar|d|l|o|dell)['’\-](?=\w)", re.IGNORECASE)
"""A particle that is joined to a name: `al-Khatib`, `d'Ivoire`."""
_CLOCK = re.compile(r"[ \t]*[(\[]\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?[)\]](?=[ \t]*[:：])", re.IGNORECASE)
"""The time between a name and its colon, as in the records of some parliaments."""
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_QUESTIONED = re.compile(r"[ \t]*(?:\d{1,2}[ \t]+)?(?P<name>[QA]\.)[ \t]+(?P<text>\S.*)")
_LOOSE = re.compile(r"[ \t\u00a0]*(?P<name>[^:：\n]{1,40}?)[ \t\u00a0]*(?::(?!//)|：)[ \t]+(?=\S)")
_LONGEST_NOTE = 2_000


class LineBegin(NamedTuple):
    """A line that begins with a speaker: the name, empty if it is in doubt who speaks; what is said; the language in
    which it was said, if the transcript notes it (a code of ISO 639-1); and who may have said it, if that is in
    doubt; and the notes of the language and of the time as they are written."""

    name: str
    text: str
    language: str = ""
    offered: str = ""
    note: str = ""


def is_known(name: str) -> bool:
    """Whether a name is that of an office, a State or a group, also before a comma ("Kenya, on behalf of a group")."""
    plain = _bare(name.partition(",")[0])
    return is_role(plain) or _is_state(plain)


@functools.cache
def _states() -> frozenset[str]:
    """The names of States and of groups of States as records of meetings write them, folded, without an article."""
    listed = (Locale(language).territories for language in LANGUAGES)
    short = (folded(names[member.iso2]) for names in listed for member in members().records if member.iso2 in names)
    return frozenset(name.replace("&", "and").replace("st. ", "saint ") for name in short) | _OTHER_NAMES


def _is_state(name: str) -> bool:
    plain = folded(name).removeprefix("the ").replace("&", "and").strip()
    return plain in _states()


def repeated_names(lines: list[str]) -> frozenset[str]:
    """The words of one name that begin at least two lines, folded: who speaks again has a name here."""
    labels: Counter[str] = Counter()
    for line in lines:
        at = line.find(":", 0, _LONGEST_LABEL) if "：" not in line else line.replace("：", ":").find(":")
        if at > 0:
            labels[line[: at + 2]] += 1
    counts: Counter[str] = Counter()
    for label, times in labels.items():
        if match := _named(label):
            counts[folded(_bare(match["name"]))] += times
    return frozenset(name for name, times in counts.items() if times > 1)


def _bare(name: str) -> str:
    """A name without what stands in brackets ("AE (from chat)"), unless nothing else is left."""
    return (_BRACKETS.sub("", name).strip() or name.strip()) if "(" in name or "[" in name else name.strip()


def _high(word: str) -> bool:
    """Whether a word of a name does not begin with a small letter; a particle before it is left aside."""
    return not _JOINED.sub("", word, count=1)[0].islower()


def _named(line: str) -> re.Match[str] | None:
    match = _BEGIN.match(line) if ":" in line or "：" in line else None
    if match is None:
        return None
    name = _bare(match["name"])
    words = name.split()
    first = _high(words[0]) or (len(words) > 1 and words[0] in SMALL_WORDS and _high(words[-1]))
    capital = first and all(_high(word) or len(word) <= 3 or word in SMALL_WORDS for word in words)
    speaks = (capital and len(words) <= _MOST_WORDS) or _is_state(name) or _has_office(name)
    return match if speaks and could_be_name(name) else None


def _has_office(name: str) -> bool:
    """Whether words are a name of two words or more with an office behind a comma (`Exemple Anne, conseillère`)."""
    person, comma, office = name.partition(", ")
    words, last = person.split(), office.split()[-1:]
    if not comma or not 2 <= len(words) <= 4 or folded(words[0]) in _BEFORE_NAMES or folded("".join(last)) in _SAYING:
        return False
    return all(_high(word) and word[0].isalpha() for word in words)


def line_begin(line: str, repeated: frozenset[str], dense: bool = False) -> LineBegin | None:
    """The speaker with which a line begins; None if it goes on with the speaker before it. A line that begins with a
    word and a colon, and is not clearly a name, is of somebody unknown, with all of its words. dense: nearly every
    line of the record begins with a name, so that any words before a colon may be one."""
    spoke = spoken_language(line)
    bare = line[: spoke.start] + line[spoke.end :] if spoke else line
    language, note = (spoke.code, line[spoke.start : spoke.end].strip()) if spoke else ("", "")
    if ("(" in bare or "[" in bare) and (clock := _CLOCK.search(bare, 0, _LONGEST_LABEL)):
        bare, note = bare[: clock.start()] + bare[clock.end() :], f"{note} {clock[0].strip()}".strip()
    if named := head(bare, marked=False, mixed=True):
        return LineBegin(*named, language, note=note)
    match = _named(bare)
    if match is None:
        return _loose(line) if dense else None
    name = match["name"].strip()
    plain = _bare(name)
    if is_role(plain) or _is_state(plain) or folded(plain) in repeated:
        return LineBegin(name, match["text"], language, note=note)
    return LineBegin("", line, language, offered=name) if match["text"] else None


def _loose(line: str) -> LineBegin | None:
    """A line of a record full of names: what stands before its colon may be one ("Someone from Cisco", "??")."""
    match = _LOOSE.match(line)
    if match is None:
        return None
    name = match["name"]
    if not any(sign.isalpha() for sign in name):
        return LineBegin("", line)
    words = _bare(name).split()
    may = len(words) <= _MOST_WORDS and (len(words) == 1 or (_high(words[0]) and _high(words[-1])))
    return LineBegin("", line, offered=name) if may and could_be_name(name) else None


def is_dense(lines: Iterable[str]) -> bool:
    """Whether at least three in four lines begin with words and a colon, as in notes of who said what."""
    texts = [line for line in lines if line.strip()]
    return len(texts) > 3 and 4 * sum(_LOOSE.match(line) is not None for line in texts) >= 3 * len(texts)


def asks_and_answers(lines: Iterable[str]) -> bool:
    """Whether at least two lines begin with "Q." and two with "A.", as in records of hearings."""
    counts = Counter(match["name"] for line in lines if (match := _QUESTIONED.match(line)))
    return counts["Q."] > 1 and counts["A."] > 1


def asked(line: str) -> LineBegin | None:
    """The side that asks ("Q.") or answers ("A.") at the beginning of a line; None if it begins with neither."""
    match = _QUESTIONED.match(line)
    return LineBegin(match["name"], match["text"]) if match else None


def is_notice(line: str) -> bool:
    """Whether a line is a notice of the program that made the transcript ("Ama Example stopped transcription")."""
    return len(line) < _LONGEST_NOTE and _PROGRAM.fullmatch(line.strip()) is not None
