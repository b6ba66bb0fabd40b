"""The words of the report: fates, reasons, roles, and the one line that tells what a verification found."""

from __future__ import annotations

from acquis.i18n import N_, say
from acquis.report.verify import Verification

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
    # lanes
    "room": N_("the room"),
    "online": N_("online"),
    "woman": N_("women"),
    "man": N_("men"),
    "another": N_("another gender"),
    "": N_("not said"),
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

_PROBLEMS: dict[str, str] = {
    "empty": N_("There is nothing in this log."),
    "line": N_("Not verified: entry {entry} is damaged ({reason}). {good} entries before it are good."),
    "chain": N_("Not verified: entry {entry} was changed, added or left out ({reason}). {good} before it are good."),
    "event": N_("Not verified: entry {entry} tells of something that cannot be ({reason})."),
    "erasure": N_("Not verified: the text of entry {entry} is missing without a reason in the record ({reason})."),
    "head": N_("Not verified: this log fits itself, but it has no entry with the head {reason}. It is another log."),
    "figures": N_("Not verified: the report in entry {entry} gives figures that the votes do not give ({reason})."),
}


def word(language: str, code: str) -> str:
    """What people call a fate, a reason, a lane or a role; a group is called by its own name."""
    return say(language, WORDS[code]) if code in WORDS else code


def sentence(language: str, found: Verification) -> str:
    """The verdict in one line."""
    if found.ok:
        message = N_(
            "Verified: {entries} entries, none changed, added or left out; {erased} texts erased on request, "
            "{withheld} withheld by the moderators; every figure of {reports} published reports computed again. "
            "Head: {head}"
        )
        facts = {name: getattr(found, name) for name in ("entries", "erased", "withheld", "reports", "head")}
        noted = say(language, N_("The head you noted is that of entry {n}."), n=found.seen_at) if found.seen_at else ""
        return " ".join(filter(None, (say(language, message, **facts), noted)))
    return say(language, _PROBLEMS[found.problem], entry=found.first_bad or 0, reason=found.reason, good=found.entries)
