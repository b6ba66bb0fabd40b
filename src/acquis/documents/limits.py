"""What a record proves and what it does not, in plain words: for the page of a session, and for the offline verifiers.

Each sentence is a claim. `tests/web/test_limits.py` names the test of each.
"""

from __future__ import annotations

from acquis.i18n import N_

PROVED = (
    N_(
        "No entry before a fingerprint that was noted, a receipt that was saved or the signature of a witness was "
        "changed, added, removed or moved."
    ),
    N_(
        "Everything that the record shows is what was recorded. What was erased, withheld or masked is counted, with "
        "the numbers of the entries. Records that an earlier version began prove less, and their verifier says what."
    ),
    N_("Where the ballots are published, the results of the whole room and the report follow from them."),
    N_(
        "Each choice of the next speaker followed the rule that was announced. Under the Chatham House Rule this can "
        "be checked between room and online, and not inside them."
    ),
    N_(
        "A receipt shows the outcome of one person’s action. The receipt of a ballot shows that it is in the list "
        "once and as it was cast."
    ),
)
NOT_PROVED = (
    N_(
        "That the participants exist: whoever operates the server could invent some. People in the room can count "
        "heads and compare."
    ),
    N_(
        "That this record is the first one: the operator could make another record from its first entry. Only a "
        "fingerprint, a receipt or a witness outside the server shows that."
    ),
    N_(
        "The results by group, the number of people and the support for questions are stated by the server. The "
        "organizer can recalculate them from the sealed log."
    ),
    N_("That each participant was counted once, that captions are accurate, and that people said who they are."),
)
NOT_SECRET = (
    N_(
        "Whoever has your receipt or your ballot number can see how you voted. Do not use it where people may be "
        "pressured."
    ),
    N_("People in the room know what they saw and heard, whatever the record leaves out."),
    N_(
        "Results are updated in steps of five voters. If four of the five tell each other how they voted, they know "
        "the vote of the fifth."
    ),
    N_("Whoever operates the server can find out how each person voted."),
    N_(
        "A moderator can sign a device out and make a code for another one. Whoever uses the code sees and changes the "
        "votes of that person, who is signed out. The record shows who made it."
    ),
    N_(
        "A statement is shown without the name of whoever proposed it. Except under the Chatham House Rule, the record "
        "has the id of this person. Where the person asks for the floor or asks a question, the same id is beside the "
        "name."
    ),
)
