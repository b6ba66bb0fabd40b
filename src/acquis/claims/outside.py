"""Reads a draft of a report that was written elsewhere (text, Markdown or a Word document): its sentences, the part of
the report to which each belongs, and the stated author.

A file may state how much of it a machine wrote, by the vocabulary of the W3C community group on AI content disclosure:
in a line "ai-disclosure: ai-generated", in `<meta name="ai-disclosure">`, or in a property of the Word document
(https://github.com/dweekly/ai-content-disclosure, read on 30 November 2026)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import ClassVar

import msgspec
import regex

from acquis.captions.turns import CaptionsError
from acquis.captions.word import LARGEST_TEXT, SIGNATURE, word_text
from acquis.captions.xml_events import XmlEvents
from acquis.claims.lexicon import LANGUAGES, Lexicon, lexicon
from acquis.claims.reading import plain
from acquis.events import Origin
from acquis.i18n.refusals import Failure
from acquis.text.encoding import EncodingProblem, decoded
from acquis.text.sentences import sentences

MAX_BYTES, MAX_TEXT = 10_000_000, 200_000
"""The most bytes of a file, and of its text."""
MOST_SENTENCES = 120
LONGEST = 5_000
"""The most sentences of a draft, and the most characters of a sentence."""
DISCLOSED: dict[str, Origin] = {
    "none": "person",
    "ai-assisted": "both",
    "ai-generated": "machine",
    "autonomous": "machine",
    "ai-autonomous": "machine",
    "mixed": "both",
}
"""What a file says about its author -> the origin of its sentences."""
FEWEST_WORDS, WRAPPED = 8, 50
"""A line without a full stop is a sentence if it has so many words. A line of so many characters may continue in the
next."""

_PROPERTIES = "docProps/custom.xml"
_LARGEST_PROPERTIES = 1_000_000
_VALUES = "|".join(sorted(DISCLOSED, key=len, reverse=True))
_SAYS = regex.compile(rf"(?mi)^[^\w\n]*(?:meta\s+name\W+)?ai-disclosure\W+(?:content\W+)?({_VALUES})\W*$")
_LEAD = regex.compile(r"\s*(?:(?:>|[-*+•·–—](?=\s)|\d{1,3}[.)](?=\s)|[a-z]\)(?=\s)|\[[ xX]\](?=\s))\s*)+")
_HEADING = regex.compile(r"\s{0,3}#{1,6}\s+(.*)")
_RULE = regex.compile(r"\s*(?:(?>(?:[-*_=~|:+]\s*+){3,})|(?:```|~~~).*)$")
_LINK = regex.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,2000}\)")
_EMPHASIS = regex.compile(r"(?<!\w)(\*{1,3}|_{1,3}|`)(?=\S)([^*_`\n]{1,2000}?)(?<=\S)\1(?!\w)")
_ENDS = regex.compile(r"[.!?…][”\"’»)\]]*$")


class OutsideDraftError(Failure):
    """A draft cannot be read: a code (empty, not_text, too_large, too_many_sentences, long_sentence, origin_missing)
    and facts."""

    about: ClassVar[str] = "outside_draft"


class OutsideSentence(msgspec.Struct, frozen=True):
    """A sentence of a draft. `part`: of the report, by the heading above it; empty if the heading is none of these.
    `is_prose`: false for a line that looks like a title."""

    text: str
    part: str = ""
    is_prose: bool = True


class OutsideDraft(msgspec.Struct, frozen=True):
    """A draft that was written elsewhere. `disclosed`: what the file says about its author, a key of `DISCLOSED`, or
    empty."""

    sentences: tuple[OutsideSentence, ...]
    disclosed: str = ""


def read_outside_draft(source: bytes | str, fields: dict[str, str] | None = None) -> OutsideDraft:
    """The sentences of a draft. `fields`: title of a field of the full report -> its part ("field_session_report").

    Raises OutsideDraftError: empty, not_text, too_large (limit), too_many_sentences (limit, there), long_sentence
    (limit, text)."""
    text, disclosed = (source, "") if isinstance(source, str) else _text_of(source)
    if len(text.encode("utf-8", "replace")) > MAX_TEXT:
        raise OutsideDraftError("too_large", limit=MAX_TEXT)
    if said := _SAYS.search(text):
        disclosed = disclosed or said[1].lower()
        text = text[: said.start()] + text[said.end() :]
    is_word = not isinstance(source, str) and source.startswith(SIGNATURE)
    headings = {plain(title): part for title, part in (fields or {}).items()}
    listed = tuple(_sentences(_paragraphs(text, joined=not is_word), headings, lexicon(LANGUAGES[0])))
    if not listed:
        raise OutsideDraftError("empty")
    if len(listed) > MOST_SENTENCES:
        raise OutsideDraftError("too_many_sentences", limit=MOST_SENTENCES, there=len(listed))
    if long := next((sentence for sentence in listed if len(sentence.text) > LONGEST), None):
        raise OutsideDraftError("long_sentence", limit=LONGEST, text=long.text[:80])
    return OutsideDraft(listed, disclosed)


def origin_of(draft: OutsideDraft, chosen: str) -> Origin:
    """The author of a draft. What the file says has priority over what a person chose. Raises OutsideDraftError:
    origin_missing."""
    origins: dict[str, Origin] = {"person": "person", "machine": "machine", "both": "both"}
    if origin := DISCLOSED.get(draft.disclosed) or origins.get(chosen):
        return origin
    raise OutsideDraftError("origin_missing")


def _text_of(data: bytes) -> tuple[str, str]:
    """The text of a file, and what its properties say about its author."""
    if len(data) > MAX_BYTES:
        raise OutsideDraftError("too_large", limit=MAX_BYTES)
    try:
        if data.startswith(SIGNATURE):
            return word_text(data, LARGEST_TEXT)[0], _disclosed_in_word(data)
        return (decoded(data).text if data.strip() else ""), ""
    except (CaptionsError, EncodingProblem) as error:
        if error.code == "too_large":
            raise OutsideDraftError("too_large", limit=MAX_TEXT) from error
        raise OutsideDraftError("not_text") from error


def _disclosed_in_word(data: bytes) -> str:
    """The property "ai-disclosure" of a Word document that `word_text` could read; empty if it has none."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = next((info for info in archive.infolist() if info.filename == _PROPERTIES), None)
        if info is None or info.file_size > _LARGEST_PROPERTIES:
            return ""
        try:
            written = archive.read(info)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
            return ""
    named, said = [""], dict[str, str]()

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.endswith(" property"):
            named[0] = attributes.get("name", "").lower()

    def say(text: str) -> None:
        said[named[0]] = said.get(named[0], "") + text

    XmlEvents(start, lambda _: None, say).read(written)
    value = said.get("ai-disclosure", "").strip().lower()
    return value if value in DISCLOSED else ""


def _paragraphs(text: str, *, joined: bool) -> Iterator[tuple[str, bool]]:
    """The paragraphs of a text without their marks, and whether each is a heading. `joined`: a line may continue in the
    next one, as in text of fixed width."""
    kept: list[str] = []
    for line in text.splitlines():
        heading = _HEADING.match(line)
        lead = _LEAD.match(line)
        title = heading[1].rstrip().rstrip("#") if heading else ""
        bare = _bare(title if heading else line[lead.end() :] if lead else line)
        ends = not bare or heading is not None or lead is not None or _RULE.fullmatch(line) is not None
        if kept and (ends or not joined or not _goes_on(kept, bare)):
            yield " ".join(kept), False
            kept = []
        if heading:
            yield bare, True
        elif bare and not _RULE.fullmatch(line):
            kept.append(bare)
    if kept:
        yield " ".join(kept), False


def _goes_on(lines: list[str], after: str) -> bool:
    """Whether a paragraph of these lines goes on in the next one."""
    if _ENDS.search(lines[-1]):
        return False
    return after[0].islower() or after[0].isdecimal() or len(" ".join(lines[-WRAPPED:])) >= WRAPPED


def _bare(line: str) -> str:
    """A line without the marks of links, emphasis and tables."""
    line = _LINK.sub(r"\1", line)
    for _ in range(2):  # emphasis inside emphasis
        line = _EMPHASIS.sub(r"\2", line)
    if line.lstrip().startswith("|"):
        line = line.replace("|", " ")
    return " ".join(line.replace("\u200b", "").replace("\ufeff", "").split())


def _sentences(
    paragraphs: Iterator[tuple[str, bool]], headings: dict[str, str], words: Lexicon
) -> Iterator[OutsideSentence]:
    part = ""
    for text, is_heading in paragraphs:
        named = _part_of(text, headings, words)
        if named or is_heading:
            part = named
            continue
        for sentence in sentences(text):
            yield OutsideSentence(sentence, part, bool(_ENDS.search(sentence)) or sentence.count(" ") >= FEWEST_WORDS)


def _part_of(text: str, headings: dict[str, str], words: Lexicon) -> str:
    """The part of the report that a heading names; empty for any other text."""
    title = plain(text).strip().rstrip(":").strip()
    if title in headings:
        return headings[title]
    return next((part for part, pattern in words.headings.items() if pattern.fullmatch(title)), "")
