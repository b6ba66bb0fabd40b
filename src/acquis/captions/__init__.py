"""Reads transcripts of speech (captions of the IGF, of meeting programs and of broadcasters, minutes, verbatim records)
into turns. Lines that are not understood are kept with their number and the reason."""

from __future__ import annotations

import re

import msgspec

from acquis.captions.alternating import ALTERNATING
from acquis.captions.cues import SBV, SRT, WEBVTT
from acquis.captions.html import HTML
from acquis.captions.igf import IGF
from acquis.captions.irc import IRC
from acquis.captions.markdown import MARKDOWN
from acquis.captions.reader import TranscriptReader
from acquis.captions.records import RECORDS
from acquis.captions.segments import COLUMNS, JSON
from acquis.captions.stamped import STAMPED
from acquis.captions.tei import TEI
from acquis.captions.ttml import TTML
from acquis.captions.turns import REASONS, CaptionsError, Form, Left, Spoken, Transcript, to_json, with_offers
from acquis.captions.word import SIGNATURE, word_text
from acquis.text.encoding import Decoded, EncodingProblem, decoded
from acquis.text.plain_text import TURNING_SIGNS, without_turning

MAX_BYTES = 50 * 1024 * 1024
MAX_LINES = 2_000_000
_MARKED = re.compile(r"^[ \t]*[\u200e\u200f]+|(?<![\u200e\u200f])[\u200e\u200f]++(?=[ \t]*[:：])", re.MULTILINE)
"""Marks of the direction before a name or after it."""
_LOOK = 20_000
"""Number of characters at the beginning of a text that are used to detect its form."""

READERS: tuple[TranscriptReader, ...] = (
    WEBVTT, TEI, TTML, JSON, SRT, SBV, COLUMNS, HTML, IRC, RECORDS, MARKDOWN, STAMPED, ALTERNATING, IGF,
)  # fmt: skip
"""The readers in the order in which they are tried; the last one reads everything that no other recognizes."""


def detected(text: str) -> TranscriptReader:
    """The reader of a transcript, detected from its beginning."""
    begin = text[:_LOOK].lstrip("\ufeff \t\r\n")
    return next(reader for reader in READERS if reader.recognises(begin))


def detect(text: str) -> Form:
    """The form of a transcript, detected from its beginning."""
    return detected(text).form


def read_captions(source: bytes | str, form: Form | None = None, encoding: str = "") -> Transcript:
    """The turns of a transcript, or of a Word document with one, and the lines that were not understood. Form and
    encoding are detected if they are not given.

    Raises CaptionsError: empty, not_text, bad_encoding (encoding), unknown_encoding (guesses), too_large (limit),
    bad_xml (line, reason), bad_json (reason)."""
    data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    if len(data) > MAX_BYTES:
        raise CaptionsError("too_large", limit=MAX_BYTES)
    asides: list[str] = []
    if isinstance(source, str):
        read = Decoded(source, "", certain=True)
    elif data.startswith(SIGNATURE):
        text, asides = word_text(data)
        read = Decoded(text, "docx", certain=True)
    else:
        read = _decoded(data, encoding)
    if not read.text.strip("\ufeff \t\r\n\f\v"):
        raise CaptionsError("empty")
    text = _without_turning(read.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    if text.count("\n") > MAX_LINES:
        raise CaptionsError("too_large", limit=MAX_BYTES)
    reader = next(reader for reader in READERS if reader.form == form) if form else detected(text)
    transcript = reader.read(text, text.split("\n"))
    last = text.count("\n") + 1
    unparsed = (*transcript.unparsed, *(Left(last, line, "header") for line in asides))
    sign = "" if form else reader.sign
    return msgspec.structs.replace(
        transcript, unparsed=unparsed, encoding=read.encoding, certain=read.certain, sign=sign
    )


def _without_turning(text: str) -> str:
    """The text without the signs that change its direction, which would stay open when a line is divided; the marks of
    single letters are left out where a line begins, since a name may stand there."""
    if text.isascii() or not any(sign in text for sign in TURNING_SIGNS):
        return text
    return _MARKED.sub("", without_turning(text))


def _decoded(data: bytes, encoding: str) -> Decoded:
    try:
        return decoded(data, encoding)
    except EncodingProblem as problem:
        facts = {"bad_encoding": {"encoding": problem.names}, "unknown_encoding": {"guesses": problem.names}}
        raise CaptionsError(problem.code, **facts.get(problem.code, {})) from None


__all__ = [
    "READERS", "REASONS", "CaptionsError", "Form", "Left", "Spoken", "Transcript", "detect", "detected",
    "read_captions", "to_json", "with_offers",
]  # fmt: skip
