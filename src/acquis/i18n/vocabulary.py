"""The vocabulary: what people call the codes of the program, in the language of the reader."""

from __future__ import annotations

from acquis.i18n import N_, say
from acquis.i18n.attributes import GROUP_WORDS

WORDS: dict[str, str] = {
    # fates of questions and statements
    "waiting": N_("waiting for a moderator"),
    "approved": N_("open"),
    "merged": N_("merged"),
    "on_floor": N_("on the floor"),
    "answered_live": N_("answered live"),
    "answered_in_writing": N_("answered in writing"),
    "not_reached": N_("not reached"),
    "held_back": N_("held back"),
    "withdrawn": N_("withdrawn"),
    "proposed": N_("proposed"),
    "open": N_("open for votes"),
    "closed": N_("closed"),
    # why something was held back
    "off_topic": N_("off topic"),
    "duplicate": N_("asked already"),
    "abusive": N_("abusive"),
    "personal_data": N_("personal data"),
    "not_a_question": N_("not a question"),
    "other": N_("other"),
    **GROUP_WORDS,
    # kinds of turns beside the queue
    "speaker": N_("speakers of the programme"),
    "point_of_order": N_("points of order"),
    "right_of_reply": N_("rights of reply"),
    # roles
    "organizers": N_("Organizer"),
    "onsite_moderators": N_("On-site moderator"),
    "online_moderators": N_("Online moderator"),
    "rapporteurs": N_("Rapporteur"),
    "speakers": N_("Speakers"),
}


def word(language: str, code: str) -> str:
    """What people call a fate, a reason, a lane or a role; a group is called by its own name."""
    return say(language, WORDS[code]) if code in WORDS else code
