"""Reads transcripts of speech (captions of the IGF, WebVTT, SRT, Markdown, HTML, TEI) into turns. Lines that are not
understood are kept with their number and the reason."""

from __future__ import annotations

import msgspec

from acquis.captions.alternating import ALTERNATING
from acquis.captions.cues import SBV, SRT, WEBVTT
from acquis.captions.igf import IGF
from acquis.captions.marked import HTML, MARKDOWN
from acquis.captions.reader import TranscriptReader
from acquis.captions.stamped import STAMPED
from acquis.captions.tei import TEI
from acquis.captions.turns import CaptionsError, Form, Left, Spoken, Transcript, to_json
from acquis.text.encoding import Decoded, EncodingProblem, decoded

MAX_BYTES = 50 * 1024 * 1024
_LOOK = 20_000
"""Number of characters at the beginning of a text that are used to detect its form."""

READERS: tuple[TranscriptReader, ...] = (WEBVTT, TEI, SRT, SBV, HTML, MARKDOWN, STAMPED, ALTERNATING, IGF)
"""The readers in the order in which they are tried; the last one reads everything that no other recognizes."""


def detect(text: str) -> Form:
    """The form of a transcript, detected from its beginning."""
    begin = text[:_LOOK].lstrip("\ufeff \t\r\n")
    return next(reader.form for reader in READERS if reader.recognises(begin))


def read_captions(source: bytes | str, form: Form | None = None, encoding: str = "") -> Transcript:
    """The turns of a transcript and the lines that were not understood. Form and encoding are detected if they are not
    given.

    Raises CaptionsError: empty, not_text, bad_encoding (encoding), unknown_encoding (guesses), too_large (limit),
    bad_xml (line, reason)."""
    data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    if len(data) > MAX_BYTES:
        raise CaptionsError("too_large", limit=MAX_BYTES)
    read = Decoded(source, "", certain=True) if isinstance(source, str) else _decoded(data, encoding)
    if not read.text.strip("\ufeff \t\r\n\f\v"):
        raise CaptionsError("empty")
    text = read.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    kind = form or detect(text)
    reader = next(reader for reader in READERS if reader.form == kind)
    transcript = reader.read(text, text.split("\n"))
    return msgspec.structs.replace(transcript, encoding=read.encoding, certain=read.certain)


def _decoded(data: bytes, encoding: str) -> Decoded:
    try:
        return decoded(data, encoding)
    except EncodingProblem as problem:
        facts = {"bad_encoding": {"encoding": problem.names}, "unknown_encoding": {"guesses": problem.names}}
        raise CaptionsError(problem.code, **facts.get(problem.code, {})) from None


__all__ = ["READERS", "CaptionsError", "Form", "Left", "Spoken", "Transcript", "detect", "read_captions", "to_json"]
