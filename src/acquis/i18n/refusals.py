"""What a refusal says: one clear sentence that tells what to do, for each code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from acquis.i18n import N_, say

REFUSALS: dict[str, str] = {
    "not_allowed": N_("This needs another role: {roles}. Open the link you were given for it."),
    "unknown_command": N_("This action is not known here. Load the page again and try once more."),
    "bad_fields": N_("Something in the form is not right: {reason}."),
    "no_such_session": N_("There is no such session. Check the code or the link."),
    "too_fast": N_("That was very fast. Wait {seconds} seconds and send it again; nothing is lost."),
    "too_large": N_("This is too large: at most {limit} bytes. Shorten it and send it again."),
    "already_waiting": N_("Your hand is up already: you are number {position} on the list."),
}


def refusal_sentence(language: str, code: str, facts: Mapping[str, Any]) -> str:
    """The sentence for a refusal; a code without a sentence of its own is shown as it is."""
    return say(language, REFUSALS.get(code, N_("This was refused ({code}).")), **{"code": code, **facts})
