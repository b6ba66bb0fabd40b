"""What every command does, case by case: what things are about, and the follow-up."""

from __future__ import annotations

from acquis import events as ev
from acquis.command import REFERENCES_LIMIT, REFERENCES_TEXT_LIMIT
from acquis.floor.references import ConfirmReferences
from acquis.followup.commitments import (
    ACTORS,
    COMMITMENTS_LIMIT,
    NOTE_LIMIT,
    WHAT_LIMIT,
    AmendCommitment,
    MakeCommitment,
    NoteProgress,
)
from acquis.report.publishing import PublishReport

from .scenarios import Cases, no
from .scenarios_words import OVER_ALL, REPORT, SEEDED, TAKEAWAY
from .story import ANN, OPEN, Happened, asked

case = Cases()

MANY_IDS = " ".join([f"norm-{letter}" for letter in "abcdefghijk"] + ["cbm-1", "cbm-2"])

# --- what things are about --------------------------------------------------------------------------------------

ABOUT = ev.ReferencesConfirmed(4, ("norm-j", "cbm-8"))
case(SEEDED, ConfirmReferences(4, "norm-j cbm-8"), ABOUT)
case((*OPEN, asked(ANN)), ConfirmReferences(4, " norm-j, cbm-8 norm-j"), ABOUT)
case((*SEEDED, ABOUT), ConfirmReferences(4, "norm-j cbm-8"), None)
case((*SEEDED, ABOUT), ConfirmReferences(4), ev.ReferencesConfirmed(4, ()))
case(SEEDED, ConfirmReferences(4), None)
case(SEEDED, ConfirmReferences(3, "norm-j"), no("no_such_evidence", entry=3))
case(SEEDED, ConfirmReferences(4, "norm-z"), no("no_such_reference", id="norm-z"))
case(SEEDED, ConfirmReferences(4, MANY_IDS), no("too_many_references", limit=REFERENCES_LIMIT))
case(SEEDED, ConfirmReferences(4, "n" * 733), no("text_too_long", limit=REFERENCES_TEXT_LIMIT, length=733))

TIED = ev.Sentence("Norms suffice.", (4,), ("norm-j",))
case(OVER_ALL, PublishReport((TIED,)), ev.ReportPublished((TIED,), upto=5))
case(OVER_ALL, PublishReport((ev.Sentence("Norms.", (), ("norm-z",)),)), no("no_such_reference", id="norm-z"))
LOADED = ev.Sentence("Norms.", (), tuple(MANY_IDS.split()))
case(OVER_ALL, PublishReport((LOADED,)), no("too_many_references", limit=REFERENCES_LIMIT))

# --- the follow-up ----------------------------------------------------------------------------------------------

CALLED: tuple[Happened, ...] = (
    *OVER_ALL,
    ev.ReportPublished((TAKEAWAY,), (ev.Sentence("Write to the Chair."),), upto=5),
)
"""Entry 6 is a report with one call to action."""
MADE = ev.CommitmentMade(
    "Write to the Chair.",
    "The working party",
    actor="civil-society",
    due="2026-12-31",
    due_words="before the next session",
    process="oewg-2",
    items=("norm-j",),
    report=6,
    call=1,
)
MAKE = MakeCommitment(
    " Write to the Chair. ",
    "The working party",
    actor="civil-society",
    due="2026-12-31",
    due_words="before the next session",
    process="oewg-2",
    items="norm-j",
    report=6,
    call=1,
)
PROMISED: tuple[Happened, ...] = (*CALLED, MADE)
"""Entry 7 is a commitment."""

case(CALLED, MAKE, MADE)
case(CALLED, MakeCommitment("Come.", due="end(gm-dtg-2026-12)"), ev.CommitmentMade("Come.", due="end(gm-dtg-2026-12)"))
case(PROMISED, MAKE, None)
case(SEEDED, MakeCommitment("Come."), no("not_closed"))
case(CALLED, MakeCommitment(" "), no("text_empty"))
case(CALLED, MakeCommitment("x" * (WHAT_LIMIT + 1)), no("text_too_long", limit=WHAT_LIMIT, length=WHAT_LIMIT + 1))
case(CALLED, MakeCommitment("Come.", due="soon"), no("bad_due", due="soon"))
case(CALLED, MakeCommitment("Come.", due="rolling"), no("bad_due", due="rolling"))
case(CALLED, MakeCommitment("Come.", due="end(no-such-meeting)"), no("bad_due", due="end(no-such-meeting)"))
case(CALLED, MakeCommitment("Come.", actor="martians"), no("no_such_actor", actor="martians", actors=ACTORS))
case(CALLED, MakeCommitment("Come.", process="norm-j"), no("no_such_reference", id="norm-j"))
case(CALLED, MakeCommitment("Come.", items="norm-z"), no("no_such_reference", id="norm-z"))
case(CALLED, MakeCommitment("Come.", items=MANY_IDS), no("too_many_references", limit=REFERENCES_LIMIT))
case(CALLED, MakeCommitment("Come.", report=6, call=2), no("no_such_call", call=2))
case(CALLED, MakeCommitment("Come.", report=5, call=1), no("no_such_call", call=1))
FULL = tuple(ev.CommitmentMade(f"Come {n}.") for n in range(COMMITMENTS_LIMIT))
case((*CALLED, *FULL), MakeCommitment("Come."), no("too_many_commitments", limit=COMMITMENTS_LIMIT))

case(PROMISED, AmendCommitment(7, " Later. ", "Write soon."), ev.CommitmentAmended(7, "Later.", "Write soon."))
SAME = AmendCommitment(
    7,
    "No reason.",
    what=MADE.what,
    who=MADE.who,
    actor=MADE.actor,
    due=MADE.due,
    due_words=MADE.due_words,
    process=MADE.process,
    items="norm-j",
)
case(PROMISED, SAME, None)
case(PROMISED, AmendCommitment(7, " ", "Write soon."), no("text_empty"))
case(PROMISED, AmendCommitment(7, "Later.", " "), no("text_empty"))
LONG_REASON = "x" * (NOTE_LIMIT + 1)
case(PROMISED, AmendCommitment(7, LONG_REASON, "Soon."), no("text_too_long", limit=NOTE_LIMIT, length=NOTE_LIMIT + 1))
case(PROMISED, AmendCommitment(6, "Later.", "Write soon."), no("no_such_commitment", commitment=6))
case(PROMISED, AmendCommitment(7, "Later.", "Soon.", due="soon"), no("bad_due", due="soon"))
case(PROMISED, AmendCommitment(7, "Later.", "Soon.", actor="x"), no("no_such_actor", actor="x", actors=ACTORS))
case(PROMISED, AmendCommitment(7, "Later.", "Soon.", items="norm-z"), no("no_such_reference", id="norm-z"))
TOO_MANY = no("too_many_references", limit=REFERENCES_LIMIT)
case(PROMISED, AmendCommitment(7, "Later.", "Soon.", items=MANY_IDS), TOO_MANY)

NOTED = ev.CommitmentProgressed(7, "done", "Written.", "A/80/257", "https://example.org/letter", "2023-11-14")
case(PROMISED, NoteProgress(7, "done", " Written. ", "a/80/257", "https://example.org/letter", "2023-11-14"), NOTED)
case((*PROMISED, NOTED), NoteProgress(7, "done", "Written.", NOTED.symbol, NOTED.url, NOTED.on), None)
case(PROMISED, NoteProgress(7, "in_progress", "A draft."), ev.CommitmentProgressed(7, "in_progress", "A draft."))
case(PROMISED, NoteProgress(7, "done", "Written."), no("evidence_missing"))
case(PROMISED, NoteProgress(7, "open", " "), no("text_empty"))
case(PROMISED, NoteProgress(7, "open", LONG_REASON), no("text_too_long", limit=NOTE_LIMIT, length=NOTE_LIMIT + 1))
case(PROMISED, NoteProgress(7, "done", "Written.", "A/80"), no("bad_symbol", symbol="A/80"))
case(PROMISED, NoteProgress(7, "done", "Written.", url="javascript:alert(1)"), no("bad_link"))
case(PROMISED, NoteProgress(7, "done", "Written.", "A/80/257", on="yesterday"), no("bad_day", day="yesterday"))
case(PROMISED, NoteProgress(7, "done", "Written.", "A/80/257", on="2099-01-01"), no("bad_day", day="2099-01-01"))
case(PROMISED, NoteProgress(6, "open", "What?"), no("no_such_commitment", commitment=6))

assert REPORT.upto == 5, "the numbers of the entries here rest on it"
