"""The words for the status of a commitment and for the answer of the body that it names."""

from __future__ import annotations

from acquis.i18n import N_

STATUSES = {
    "overdue": N_("overdue"),
    "open": N_("open"),
    "accepted": N_("accepted by the body"),
    "declined": N_("declined by the body"),
    "in_progress": N_("in progress"),
    "done": N_("done"),
    "dropped": N_("discontinued"),
}
ANSWERS = {
    "accepted": N_("accepted"),
    "amended": N_("accepted in other words"),
    "declined": N_("declined"),
    "replied": N_("replied"),
    "unanswered": N_("no answer yet"),
    "not_asked": N_("not asked yet"),
}
"""What the body that a call names said (`tracking.ANSWERS`)."""
ANSWER_OF = N_("Answer of the body: {answer}")
OWN_WORDS = N_("In the words of the body: “{text}”")
OWN_DUE = N_("Due date of the body: {day}")
WORDING_BEFORE = N_("Wording before: {text}")
DUE_BEFORE = N_("Due before: {day}")
OTHER_CALL = N_("Session “{title}”, log entry {seq}")
SAME_CALL = N_("The same call: session “{title}”, log entry {seq}")
