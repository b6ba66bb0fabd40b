"""The sentences for the refusals of asking a body, of its answers, and of joining calls."""

from __future__ import annotations

from acquis.i18n import N_

CALLS: dict[str, str] = {
    "not_asked": N_("This link is not for this call. Open the newest link that you were sent, or ask the organizer."),
    "own_words_missing": N_("Write what your body will do in its own words, or choose “accept”."),
    "reply_missing": N_("Write your reply, or choose another answer."),
    "too_many_answers": N_("This call has reached its limit of answers ({limit}). Write to the organizer instead."),
    "too_many_same_calls": N_("This call has reached its limit of joined calls ({limit})."),
    "no_such_series": N_("Series not found. Check the address."),
    "draft_changed": N_("The draft was changed in another window. Tick again what is to be carried over."),
}
