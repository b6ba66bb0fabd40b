"""The messages for `CaptionsError`, by code."""

from __future__ import annotations

from acquis.i18n import N_

FAILURES = {
    "empty": N_("There is nothing in this file. Choose the file of the transcript and send it again."),
    "not_text": N_("This is not text. Save the transcript as text, WebVTT, SRT, Markdown, HTML or TEI."),
    "too_large": N_("This is too large: at most {limit} bytes. Cut it into sessions."),
    "bad_xml": N_("Line {line} is not well-formed XML: {reason}. Correct it and send it again."),
}
