"""Reads transcripts of speech (captions of the IGF, WebVTT, SRT, Markdown, HTML, TEI) into turns. Lines that are not
understood are kept with their number and the reason."""

from __future__ import annotations

from acquis.captions.cues import SRT, WEBVTT
from acquis.captions.igf import IGF
from acquis.captions.marked import HTML, MARKDOWN
from acquis.captions.reader import TranscriptReader
from acquis.captions.tei import TEI
from acquis.captions.turns import CaptionsError, Form, Left, Spoken, Transcript, to_json

MAX_BYTES = 50 * 1024 * 1024
_LOOK = 20_000
"""Number of characters at the beginning of a text that are used to detect its form."""

READERS: tuple[TranscriptReader, ...] = (WEBVTT, TEI, SRT, HTML, MARKDOWN, IGF)
"""The readers in the order in which they are tried; the last one reads everything that no other recognizes."""


def detect(text: str) -> Form:
    """The form of a transcript, detected from its beginning."""
    begin = text[:_LOOK].lstrip("\ufeff \t\r\n")
    return next(reader.form for reader in READERS if reader.recognises(begin))


def read_captions(source: bytes | str, form: Form | None = None) -> Transcript:
    """The turns of a transcript and the lines that were not understood. The form is detected if it is not given.

    Raises CaptionsError: empty, not_text, too_large (limit), bad_xml (line, reason)."""
    data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    if len(data) > MAX_BYTES:
        raise CaptionsError("too_large", limit=MAX_BYTES)
    text = source if isinstance(source, str) else _decoded(data)
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise CaptionsError("empty")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    kind = form or detect(text)
    reader = next(reader for reader in READERS if reader.form == kind)
    return reader.read(text, text.split("\n"))


def _decoded(data: bytes) -> str:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if b"\0" in data[:_LOOK] and not wide:
        raise CaptionsError("not_text")
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CaptionsError("not_text")


__all__ = ["READERS", "CaptionsError", "Form", "Left", "Spoken", "Transcript", "detect", "read_captions", "to_json"]
