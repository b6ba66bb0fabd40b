"""The vocabulary: what the codes of the program are called, once for each register."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from acquis.i18n import N_, say
from acquis.i18n.attributes import GROUP_WORDS

Kind = Literal["fate", "outcome", "reason", "turn", "phase", "group", "role"]
Register = Literal["label", "clause", "plural"]


class Term(NamedTuple):
    """What a code is called: `label` beside the thing or in a table; `clause` in a sentence about it; `plural` for
    several of a kind, as after a count. A register that is empty is the label."""

    label: str
    clause: str = ""
    plural: str = ""


VOCABULARY: dict[Kind, dict[str, Term]] = {
    # what became of a request to speak, a question or a statement
    "fate": {
        "called": Term(N_("given the floor"), N_("the floor has been given")),
        "registered": Term(N_("registered")),
        "lowered": Term(N_("removed from the list"), N_("it was removed from the list")),
        "waiting": Term(N_("waiting for a moderator"), N_("a moderator has not reviewed it yet")),
        "approved": Term(N_("waiting for an answer"), N_("it waits for an answer")),
        "merged": Term(N_("merged"), N_("it was merged with another question")),
        "on_floor": Term(N_("being answered now"), N_("it is being answered now")),
        "answered_live": Term(N_("answered in the session"), N_("it was answered in the session")),
        "answered_in_writing": Term(N_("answered in writing"), N_("it was answered in writing")),
        "not_reached": Term(N_("not reached"), N_("it was not reached")),
        "held_back": Term(N_("withheld"), N_("it was withheld")),
        "incorporated": Term(N_("accepted")),
        "not_incorporated": Term(N_("not accepted")),
        "withdrawn": Term(N_("withdrawn"), N_("it was withdrawn")),
        "proposed": Term(N_("proposed"), N_("a moderator has not reviewed it yet")),
        "open": Term(N_("open for voting"), N_("it is open for voting")),
        "closed": Term(N_("closed"), N_("voting is over")),
    },
    # what the report made of an input; the clause is a sentence with its facts
    "outcome": {
        "taken_up": Term(N_("Taken up"), N_("Taken up in the report: {places}.")),
        "merged": Term(N_("Merged"), N_("Merged with entry {into}.")),
        "answered": Term(N_("Answered in the session"), N_("Answered in the session by {who}.")),
        "answered_in_writing": Term(N_("Answered in writing"), N_("Answered in writing by {who}.")),
        "deferred": Term(N_("Deferred"), N_("Deferred to {to}.")),
        "not_used": Term(N_("Not used"), N_("Not used in the report: {reason}.")),
        "held_back": Term(N_("Withheld"), N_("Withheld by a moderator: {reason}.")),
        "withdrawn": Term(N_("Withdrawn"), N_("Withdrawn by its author.")),
        "open": Term(N_("No outcome yet"), N_("No outcome has been stated yet.")),
    },
    # why something was held back, and why the floor was given out of turn
    "reason": {
        "off_topic": Term(N_("off topic")),
        "duplicate": Term(N_("duplicate")),
        "abusive": Term(N_("abusive")),
        "personal_data": Term(N_("personal data")),
        "not_a_question": Term(N_("not a question")),
        "relevance": Term(N_("speaks directly to this point"), plural=N_("relevance")),
        "reply_to_last": Term(N_("replies to the last speaker"), plural=N_("reply to the last speaker")),
        "not_heard_yet": Term(N_("not heard yet"), plural=N_("not heard yet")),
        "accessibility": Term(N_("accessibility")),
        "time_of_speaker": Term(N_("must leave soon"), plural=N_("the speaker had to leave")),
        "impersonation": Term(N_("another person’s name")),
        "flooding": Term(N_("too many at once")),
        "voted_twice": Term(N_("voted more than once")),
        "other": Term(N_("other reason")),
    },
    "turn": {
        "turn": Term(N_("intervention"), plural=N_("interventions from the list of speakers")),
        "point_of_order": Term(N_("point of order"), plural=N_("points of order")),
        "right_of_reply": Term(N_("right of reply"), plural=N_("rights of reply")),
        "speaker": Term(N_("panel"), plural=N_("panellists")),
    },
    "phase": {
        "draft": Term(N_("not published yet")),
        "published": Term(N_("not open yet")),
        "open": Term(N_("in progress")),
        "closed": Term(N_("ended")),
    },
    "group": {**{code: Term(label) for code, label in GROUP_WORDS.items()}, "other": Term(N_("other groups"))},
    # what a pass allows, and the lists of people in a programme
    "role": {
        "organizer": Term(N_("organizer"), N_("the organizer")),
        "onsite_moderator": Term(N_("on-site moderator"), N_("the on-site moderator")),
        "online_moderator": Term(N_("online moderator"), N_("the online moderator")),
        "rapporteur": Term(N_("rapporteur"), N_("the rapporteur")),
        "captioner": Term(N_("captioner")),
        "speaker": Term(N_("speaker")),
        "participant": Term(N_("participant")),
        "reader": Term(N_("viewer")),
        "monitor": Term(N_("monitoring system")),
        "body": Term(N_("responsible body")),
        "organizers": Term(N_("Organizer")),
        "onsite_moderators": Term(N_("On-site moderator")),
        "online_moderators": Term(N_("Online moderator")),
        "rapporteurs": Term(N_("Rapporteur")),
        "speakers": Term(N_("Speakers")),
    },
}


def word(language: str, kind: Kind, code: str, register: Register = "label") -> str:
    """What a code is called in a language. A code without a term is shown as it is: stakeholder groups and regional
    groups bear the names that the programme gives them."""
    term = VOCABULARY[kind].get(code)
    return say(language, getattr(term, register) or term.label) if term else code


def labels(kind: Kind, codes: Iterable[str] = ()) -> dict[str, str]:
    """Code -> label, as messages, of these codes of a kind or of all."""
    return {code: VOCABULARY[kind][code].label for code in tuple(codes) or VOCABULARY[kind]}
