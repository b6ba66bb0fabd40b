"""Sentences that compare the closing summary of a report with the summary that the chair confirmed."""

from __future__ import annotations

from collections.abc import Collection

from acquis.documents.blocks import ChairNote
from acquis.i18n import N_, say
from acquis.report.confirming import Confirmation, one_line
from acquis.text.plain_text import one_line as plain

QUOTED = "“{text}”"


def confirmation_note(language: str, confirmation: Confirmation | None, part: str, text: str) -> ChairNote | None:
    """The note on a sentence of `part` ("consensus", "concern") of a report; None if no summary was confirmed."""
    if confirmation is None:
        return None
    for sentence in confirmation.sentences:
        if sentence.part == part and sentence.published == one_line(text):
            if sentence.fate == "same":
                return ChairNote(say(language, N_("Confirmed by the Chair at {time}"), time=confirmation.at))
            if sentence.fate == "changed":
                differs = say(
                    language, N_("Differs from the text confirmed by the Chair at {time}:"), time=confirmation.at
                )
                return ChairNote(differs, plain(sentence.text), same=False)
            added = say(language, N_("Not in the text confirmed by the Chair at {time}"), time=confirmation.at)
            return ChairNote(added, same=False)
    return None


def left_out_line(language: str, confirmation: Confirmation | None, part: str, said: Collection[str]) -> str:
    """The confirmed sentences of `part` that the report does not have, in one line; empty if there are none. said: the
    sentences of all parts of the report, because one that stands in another part is not left out."""
    texts = [text for text in _left_out(confirmation, part) if text not in said] if confirmation else []
    if confirmation is None or not texts:
        return ""
    lead = say(language, N_("Confirmed by the Chair at {time} but not in this report:"), time=confirmation.at)
    return " ".join((lead, *(QUOTED.format(text=text) for text in texts)))


def confirmed_only(language: str, confirmation: Confirmation | None, part: str) -> list[tuple[str, ChairNote]]:
    """The confirmed sentences of `part` before a report is published, each with its note."""
    if confirmation is None:
        return []
    note = ChairNote(say(language, N_("Confirmed by the Chair at {time}"), time=confirmation.at))
    return [(text, note) for text in _left_out(confirmation, part)]


def _left_out(confirmation: Confirmation, part: str) -> list[str]:
    left_out = (sentence for sentence in confirmation.sentences if sentence.fate == "left_out")
    return [sentence.text for sentence in left_out if sentence.part == part]
