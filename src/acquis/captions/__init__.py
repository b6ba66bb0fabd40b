"""Transcripts of speech: captions of the IGF, WebVTT, SRT, Markdown, HTML, TEI, read into turns. What is not understood
is kept, with its line and the reason."""

from __future__ import annotations

import re

from acquis.captions import cues, igf, marked, tei
from acquis.captions.turns import CaptionsError, Form, Left, Spoken, Transcript, to_json

MAX_BYTES = 50 * 1024 * 1024
_LOOK = 20_000
_CUE = re.compile(r"^\s*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->", re.MULTILINE)
_BOLD = re.compile(r"^\s*(?:[-*]\s+)?(?:\*\*|__)[^*_\n]{2,80}(?::(?:\*\*|__)|(?:\*\*|__)\s*:)", re.MULTILINE)
_TAGS = re.compile(r"<(?:!doctype html|html|body|p|div|dl|strong|h[1-6])\b", re.IGNORECASE)


def detect(text: str) -> Form:
    """The form of a transcript, by its beginning."""
    begin = text[:_LOOK].lstrip("\ufeff \t\r\n")
    if begin.startswith("WEBVTT"):
        return "webvtt"
    if re.match(r"(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:TEI|teiCorpus)\b", begin, re.DOTALL):
        return "tei"
    if _CUE.search(begin):
        return "srt"
    if _TAGS.search(begin):
        return "html"
    if len(_BOLD.findall(begin)) > 1 and ">>" not in begin:
        return "markdown"
    return "igf"


def read_captions(source: bytes | str, form: Form | None = None) -> Transcript:
    """The turns of a transcript, and what was not understood; the form is found out where it is not given.

    Raises CaptionsError: empty, not_text, too_large (limit), bad_xml (line, reason)."""
    data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    if len(data) > MAX_BYTES:
        raise CaptionsError("too_large", limit=MAX_BYTES)
    text = source if isinstance(source, str) else _decoded(data)
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise CaptionsError("empty")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines, kind = text.split("\n"), form or detect(text)
    if kind == "tei":
        return tei.read(text.encode("utf-8", "replace"), lines)
    if kind in ("webvtt", "srt"):
        return cues.read(lines, kind)
    if kind == "html":
        return marked.page(text, lines)
    return marked.markdown(lines) if kind == "markdown" else igf.read(lines)


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


__all__ = ["CaptionsError", "Form", "Left", "Spoken", "Transcript", "detect", "read_captions", "to_json"]
