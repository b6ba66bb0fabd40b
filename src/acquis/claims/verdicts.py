"""The verdict on a claim, and the words for outcomes, rules and values."""

from __future__ import annotations

from typing import Literal

import msgspec

from acquis.i18n import N_

Outcome = Literal["holds", "fails", "open"]

OUTCOMES: dict[Outcome, str] = {
    "holds": N_("Agrees with the record"),
    "fails": N_("Does not agree with the record"),
    "open": N_("Cannot be decided from the record"),
}
"""The outcome of a claim -> its label."""

SentenceOutcome = Literal["fails", "half", "holds", "open", ""]
"""The outcome of a whole sentence. "half": some of its claims hold and others cannot be decided; empty: it has no
claims."""
HALF = N_("Checked in part")
HALF_RULE = N_("A sentence agrees with the record only if everything that the rules check in it agrees.")
HALF_VALUE = N_("What the record decides: {n} of {of}.")

RULES = {
    "share": N_(
        "A share must be the rounded share of the votes on the statement, for the group and the total that the "
        "sentence names."
    ),
    "count": N_("A number of people, votes or questions must be the number in the record."),
    "direction": N_(
        "“Agreed” needs more than half of the votes, and “opposed” too. “Divided” needs a third on each side, or "
        "groups on both sides."
    ),
    "quantifier": N_("“Everyone” needs all votes, “no one” needs none, and “most” needs more than half."),
    "groups": N_("More than half of the votes of each group that the sentence names must be on this side."),
    "askers": N_("The groups named must be those of the people who asked."),
    "speaker": N_("The person named must be the one who said it in the record."),
    "body": N_("A person must belong to the organization or group named beside the name."),
    "quotation": N_("The words between quotation marks must be in the record, in this order."),
    "answer": N_("The sentence must agree with the outcome of the question."),
    "commitment": N_("The sentence must agree with the status of the commitment."),
    "decision": N_(
        "A decision must be in the closing summary that the Chair confirmed. A vote alone is not a decision."
    ),
    "date": N_("A date must be that of the session or of the commitment, or it must be in the evidence."),
    "symbol": N_("The document symbol must be in the evidence, or elsewhere in the record."),
    "paragraph": N_("The paragraph must be the one that the record gives for the document."),
}
"""Rule -> its text."""

VALUES = {
    "votes": N_("Votes on the statement: {agree} agree, {disagree} disagree, {passes} pass."),
    "votes_of": N_("Votes of {group}: {agree} agree, {disagree} disagree, {passes} pass."),
    "number": N_("The record has {n}."),
    "without": N_("Not more than half in: {groups}."),
    "groups": N_("Groups that asked: {groups}."),
    "said_by": N_("Said by {name}."),
    "body": N_("{name}: {body}."),
    "asked_by": N_("Asked by a person of this group: {group}."),
    "words": N_("The record has “{text}”."),
    "not_there": N_("The evidence does not have these words."),
    "fate": N_("Outcome of the question: {fate}."),
    "answers": N_("Questions answered: {n} of {of}."),
    "status": N_("Status of the commitment: {status}."),
    "due": N_("The commitment is due: {due}."),
    "held": N_("Date of the session: {day}."),
    "no_day": N_("This day does not exist."),
    "symbols": N_("The evidence names {symbols}."),
    "malformed": N_("No document has a symbol of this form."),
    "no_decision": N_("The record has a vote on this and no decision."),
    "same": N_("The record says the same."),
    "nothing": N_("The record has nothing to compare this with."),
}
"""Code -> the sentence about what the record says."""


class ClaimVerdict(msgspec.Struct, frozen=True, omit_defaults=True):
    """The verdict of a rule on a claim. `words`: the words of the sentence that make the claim. `value`: a code of
    `VALUES`, and `facts`: its values. `entries`: the entries of the record that decide it."""

    rule: str
    outcome: Outcome
    words: str
    value: str = "same"
    facts: dict[str, str | int] = {}
    entries: tuple[int, ...] = ()


def decided(right: object) -> Outcome:
    """The outcome of a claim that the record decides; true or not empty: it holds."""
    return "holds" if right else "fails"


def outcome_of(verdicts: tuple[ClaimVerdict, ...]) -> SentenceOutcome:
    """The outcome of a sentence. It fails if one of its claims fails. It is half checked if one holds and another
    cannot be decided. It is open if none can be decided, and empty without claims."""
    outcomes = {verdict.outcome for verdict in verdicts}
    if "fails" in outcomes:
        return "fails"
    if outcomes == {"holds", "open"}:
        return "half"
    return next(iter(outcomes), "")
