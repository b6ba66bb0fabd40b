"""The message of each refusal of the commands for messages; `refusals` has all."""

from __future__ import annotations

from acquis.i18n import N_

MESSAGES: dict[str, str] = {
    "no_such_message": N_("Message not found. Choose one from the page of messages."),
    "no_such_objection": N_("Objection not found. Choose one from the page of messages."),
    "no_such_amendment": N_("Amendment not found. Choose one from the page of messages."),
    "no_procedure": N_("Choose the procedure for agreeing on messages first. A moderator can do this."),
    "no_session_takes_it": N_(
        "No session of this event can take the procedure: each chose its own or is cancelled. Change it in the session."
    ),
    "bad_procedure": N_("This file is not a procedure: {reason} Correct it, then send it again."),
    "not_in_step": N_("The procedure does not allow this now. Its present step is: {step}."),
    "under_silence": N_("This message is decided by the silence procedure. No one can change it or decide otherwise."),
    "why_needed": N_("Give the reason in a few words. It is printed with the message."),
    "reservations_stand": N_(
        "This message has objections or reservations. Choose “Adopted with reservations”, or “Fallen”."
    ),
    "chatham_names": N_("The Chatham House Rule allows no names. Leave the name empty."),
    "not_a_party": N_(
        "Only a speaker for one of the named parties can object, or a moderator who enters a letter. Choose your party."
    ),
    "objected_by_name": N_(
        "Your objection or reservation has your name and is not withdrawn. Withdraw it first, so that nothing links "
        "it to one without your name."
    ),
    "objected_without_name": N_(
        "Your objection or reservation has no name and is not withdrawn. Withdraw it first, so that nothing links it "
        "to one with your name."
    ),
    "nothing_amended": N_("Your amendment is the present wording. Change the text, then send it."),
    "too_many_amendments": N_("You have {limit} open amendments to this message. Withdraw one first."),
    "amendment_settled": N_("This amendment is settled or withdrawn. Choose another one, or propose a new one."),
    "votes_counted": N_("The session has ended, and support is counted. You can still propose an amendment."),
}
