"""In words: how the closing summary of a report stands beside what the chair confirmed in the room."""

from __future__ import annotations

from acquis.i18n import N_, say
from acquis.report.confirming import Confirmation, one_line

QUOTED = "“{text}”"


def beside(language: str, confirmation: Confirmation | None, part: str, text: str) -> str:
    """What is said beside a sentence of `part` ("consensus", "concern"); empty where nothing was confirmed."""
    if confirmation is None:
        return ""
    for one in confirmation.sentences:
        if one.part == part and one.published == one_line(text):
            if one.fate == "same":
                return say(language, N_("confirmed by the chair, {time}"), time=confirmation.at)
            if one.fate == "changed":
                differs = say(
                    language, N_("not word for word as the chair confirmed it, {time}:"), time=confirmation.at
                )
                return f"{differs} {QUOTED.format(text=one.text)}"
            return say(language, N_("not among what the chair confirmed, {time}"), time=confirmation.at)
    return ""


def left_out_said(language: str, confirmation: Confirmation | None, part: str) -> str:
    """The sentences of `part` that the chair confirmed and the report does not have, in a line; empty without any."""
    if confirmation is None or not (texts := _left_out(confirmation, part)):
        return ""
    told = say(language, N_("Confirmed by the chair, {time}, and not in this report:"), time=confirmation.at)
    return " ".join((told, *(QUOTED.format(text=text) for text in texts)))


def confirmed_only(language: str, confirmation: Confirmation | None, part: str) -> list[tuple[str, str]]:
    """The sentences of `part` that the chair confirmed where no report is out yet, and what is noted beside each."""
    if confirmation is None:
        return []
    note = say(language, N_("confirmed by the chair, {time}"), time=confirmation.at)
    return [(text, note) for text in _left_out(confirmation, part)]


def _left_out(confirmation: Confirmation, part: str) -> list[str]:
    return [one.text for one in confirmation.sentences if one.part == part and one.fate == "left_out"]
