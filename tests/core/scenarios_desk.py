"""What every command does, case by case: drafting the report."""

from __future__ import annotations

import msgspec

from acquis import events as ev
from acquis.floor.people import Join
from acquis.floor.questions import AskQuestion
from acquis.floor.queue import RaiseHand
from acquis.report.drafting import CITES_LIMIT, DRAFT_LIMIT, DRAFTS_LIMIT, DraftSentence, DropSentence, MoveSentence
from acquis.report.publishing import PARAGRAPHS_LIMIT, PublishReport

from .scenarios import DRAFT, PUBLISHED, Cases, no
from .scenarios_words import OVER_ALL, SEEDED, TAKEAWAY
from .story import ANN, OPEN, Happened

case = Cases()

RULED = ev.Settings(chatham=True)
ONE = ev.SentenceDrafted("takeaways", "Norms need a keeper.", (4,), ("norm-j",))
FIRST: tuple[Happened, ...] = (*SEEDED, ONE)
"""Entry 5 begins a sentence."""
TWO: tuple[Happened, ...] = (
    *FIRST,
    ev.SentenceDrafted("takeaways", "And money."),
    ev.SentenceDrafted("concern", "Hm."),
)

# --- writing ----------------------------------------------------------------------------------------------------

NEW = DraftSentence("takeaways", " Norms need a keeper. ", (4, 4), ("norm-j", "norm-j"))
case(SEEDED, NEW, ONE)
case(PUBLISHED, DraftSentence("field_session_report", ""), ev.SentenceDrafted("field_session_report", ""))
case(DRAFT, DraftSentence("takeaways", "x"), no("not_published"))
case(SEEDED, DraftSentence("Not a part", "x"), no("no_such_part"))
case(SEEDED, DraftSentence("takeaways", "x" * 5001), no("text_too_long", limit=DRAFT_LIMIT, length=5001))
case(SEEDED, DraftSentence("takeaways", "x", (3,)), no("no_such_evidence", entry=3))
case(SEEDED, DraftSentence("takeaways", "x", (4,) * 61), no("too_many_cites", limit=CITES_LIMIT))
case(SEEDED, DraftSentence("takeaways", "x", (), ("x" * 61,)), no("too_many_references", limit=12))
FULL: tuple[Happened, ...] = (*SEEDED, *[ev.SentenceDrafted("concern", "x")] * DRAFTS_LIMIT)
case(FULL, DraftSentence("takeaways", "x"), no("too_many_sentences", limit=DRAFTS_LIMIT))

REWORDED = DraftSentence("takeaways", "Norms need money.", (4,), ("norm-j",), "5", 5)
case(FIRST, REWORDED, ev.SentenceDrafted("takeaways", "Norms need money.", (4,), ("norm-j",), "5"))
case(FIRST, DraftSentence("takeaways", "Norms need a keeper. ", (4,), ("norm-j",), "5", 1), None)
MEANWHILE: tuple[Happened, ...] = (*FIRST, ev.SentenceDrafted("takeaways", "Theirs.", (), (), "5"))
case(MEANWHILE, REWORDED, no("sentence_changed", theirs="Theirs.", entry=6))
case((*FIRST, ev.SentenceDropped("5")), REWORDED, no("sentence_gone"))
case(FIRST, DraftSentence("concern", "x", (), (), "5", 5), no("sentence_gone"))

# --- a draft that was made elsewhere ----------------------------------------------------------------------------

MADE = DraftSentence("takeaways", "Norms need a keeper.", origin="machine")
OUTSIDE: tuple[Happened, ...] = (*SEEDED, ev.SentenceDrafted("takeaways", "Norms need a keeper.", origin="machine"))
"""Entry 5 is a sentence that a machine wrote."""
case(SEEDED, MADE, ev.SentenceDrafted("takeaways", "Norms need a keeper.", origin="machine"))
case(OUTSIDE, DraftSentence("takeaways", "Norms need two.", sentence="5", base=5),
     ev.SentenceDrafted("takeaways", "Norms need two.", sentence="5", origin="both"))  # fmt: skip
case(OUTSIDE, DraftSentence("takeaways", "Norms need a keeper.", (4,), sentence="5", base=5),
     ev.SentenceDrafted("takeaways", "Norms need a keeper.", (4,), sentence="5", origin="machine"))  # fmt: skip
BY_A_PERSON: tuple[Happened, ...] = (*SEEDED, ev.SentenceDrafted("takeaways", "Norms need a keeper.", origin="person"))
case(BY_A_PERSON, DraftSentence("takeaways", "Norms need two.", sentence="5", base=5, origin="machine"),
     ev.SentenceDrafted("takeaways", "Norms need two.", sentence="5", origin="person"))  # fmt: skip
OF_A_MACHINE = ev.Sentence("Norms need a keeper.", origin="machine")
case(OVER_ALL, PublishReport((OF_A_MACHINE,)), ev.ReportPublished((OF_A_MACHINE,), upto=5, rest="on_record"))

# --- order and leaving out --------------------------------------------------------------------------------------

case(TWO, MoveSentence("6"), ev.SentenceMoved("6"))
case(TWO, MoveSentence("5", "6"), ev.SentenceMoved("5", "6"))
case(TWO, MoveSentence("6", "5"), None)
case(TWO, MoveSentence("5"), None)
case(TWO, MoveSentence("5", "7"), no("sentence_gone"))
case(TWO, MoveSentence("9"), no("sentence_gone"))
case(TWO, DropSentence("5", 5), ev.SentenceDropped("5"))
case(TWO, DropSentence("9"), None)
case(MEANWHILE, DropSentence("5", 5), no("sentence_changed", theirs="Theirs.", entry=6))

# --- under the Chatham House Rule ---------------------------------------------------------------------------------

UNDER_THE_RULE: tuple[Happened, ...] = (
    ev.ProgrammePublished("A dialogue", (ev.Segment("Panel"),), seats=(ev.Seat("Ama Example"),), settings=RULED),
    ev.SessionOpened(),
    ev.SessionClosed(),
)
NAMING = PublishReport((ev.Sentence("Example wants a keeper."),))
case(UNDER_THE_RULE, NAMING, no("names_under_rule", text="Example wants a keeper."))

# --- the longer report ------------------------------------------------------------------------------------------

LONGER = ev.Section("session_report", (ev.Sentence("It began late.", (4,)),))
case(OVER_ALL, PublishReport((TAKEAWAY,), sections=(LONGER, ev.Section("empty"))),
     ev.ReportPublished((TAKEAWAY,), upto=5, sections=(LONGER,)))  # fmt: skip
case(OVER_ALL, PublishReport((TAKEAWAY,), sections=(ev.Section("Not a field"),)), no("no_such_part"))
MANY = ev.Section("session_report", (ev.Sentence("x"),) * 61)
case(OVER_ALL, PublishReport((TAKEAWAY,), sections=(MANY,)), no("too_many_sentences", limit=PARAGRAPHS_LIMIT))

# --- what people say of themselves when they are asked ----------------------------------------------------------

ASKING: tuple[Happened, ...] = (ev.ProgrammePublished("A dialogue", (), settings=ev.Settings(ask_gender=True)),)
case(ASKING, Join(lane="room", gender="woman"), ev.ParticipantJoined(lane="room", gender="woman"), ANN)
case(PUBLISHED, Join(lane="room", gender="woman"), ev.ParticipantJoined(lane="room"), ANN)
SHE = msgspec.structs.replace(ANN, attributes=msgspec.structs.replace(ANN.attributes, gender="woman"))
UNDER_WAY: tuple[Happened, ...] = (
    ev.ProgrammePublished("A dialogue", (ev.Segment("Questions"),), settings=ev.Settings(ask_gender=True)),
    ev.SessionOpened(),
    ev.SegmentStarted(0, ("room", "online", "other")),
)
case(UNDER_WAY, RaiseHand(), ev.HandRaised("turn", lane="room", gender="woman"), SHE)
case(UNDER_WAY, AskQuestion("Why?"), ev.QuestionAsked("Why?", 0, lane="room", gender="woman"), SHE)
case(OPEN, RaiseHand(), ev.HandRaised("turn", lane="room"), SHE)
