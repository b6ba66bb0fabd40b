"""What every command does, case by case: the second half, questions, statements and the report."""

from __future__ import annotations

from acquis import events as ev
from acquis.command import Actor
from acquis.erasure import EraseText
from acquis.floor.questions import (
    AnswerInWriting,
    ApproveQuestion,
    AskQuestion,
    AssignQuestion,
    HoldBackQuestion,
    MarkAnswered,
    MergeQuestions,
    PutQuestion,
    SupportQuestion,
    WithdrawQuestion,
    WithdrawSupport,
)
from acquis.floor.statements import (
    CastVote,
    CloseStatement,
    HoldBackStatement,
    OpenStatement,
    ProposeStatement,
    SeedStatement,
    WithdrawStatement,
    WithdrawVote,
)
from acquis.report.publishing import SENTENCE_LIMIT, SENTENCES_LIMIT, PublishReport

from .scenarios import APPROVED, FREE, PUBLISHED, Cases, no
from .story import ANN, BEN, EVE, OPEN, PANELLIST, PROGRAMME, Happened, asked, joined

case = Cases()

# --- questions --------------------------------------------------------------------------------------------------

case(OPEN, AskQuestion(" Why? "), ev.QuestionAsked("Why?", 0, lane="online", stakeholder="Government"), EVE)
case(OPEN, AskQuestion("Why?", to=2, anonymous=True), ev.QuestionAsked("Why?", 2), EVE)
case((*OPEN, asked(ANN)), AskQuestion("Why?"), no("asked_before"), ANN)
case((*OPEN, asked(ANN)), AskQuestion("Why?"), ev.QuestionAsked("Why?", 0, lane="online"), BEN)
case((*OPEN, ev.SettingsChanged(True, False)), AskQuestion("Why?", anonymous=True), no("anonymous_off"), ANN)
THREE: tuple[Happened, ...] = (asked(ANN, "One?"), asked(ANN, "Two?"), asked(ANN, "Three?"))
case((*OPEN, *THREE), AskQuestion("Four?"), no("too_many_questions", limit=3), ANN)
case(OPEN, AskQuestion("Why?", to=3), no("no_such_seat", seat=3), ANN)
case(OPEN, AskQuestion("\n"), no("text_empty"), ANN)
case(OPEN, AskQuestion("x" * 401), no("text_too_long", limit=400, length=401), ANN)
case.only_open(AskQuestion("Why?"), ANN)

case((*OPEN, asked(ANN)), WithdrawQuestion(4), ev.QuestionWithdrawn(4), ANN)
case((*OPEN, asked(ANN), ev.QuestionWithdrawn(4)), WithdrawQuestion(4), None, ANN)
case((*OPEN, asked(ANN)), WithdrawQuestion(4), no("not_yours"), BEN)
case((*OPEN, ("", ev.QuestionAsked("Why?"))), WithdrawQuestion(4), no("not_yours"), Actor(""))
ANSWERED: tuple[Happened, ...] = (*APPROVED, ev.QuestionAnswered(4))
OVER = no("question_is_over", question=4, fate="answered_live")
case(ANSWERED, WithdrawQuestion(4), OVER, ANN)
case(OPEN, WithdrawQuestion(4), no("no_such_question", question=4), ANN)

SUPPORTED: tuple[Happened, ...] = (*APPROVED, joined(BEN), (BEN.voice, ev.QuestionSupported(4)))
MERGED: tuple[Happened, ...] = (
    *FREE,
    joined(BEN),
    asked(ANN, "Why?"),
    asked(ANN, "How?"),
    (BEN.voice, ev.QuestionSupported(5)),
    ev.QuestionMerged(5, 6),
)
case((*APPROVED, joined(BEN)), SupportQuestion(4), ev.QuestionSupported(4), BEN)
case((*MERGED, joined(ANN)), SupportQuestion(5), ev.QuestionSupported(6), ANN)
case(SUPPORTED, SupportQuestion(4), None, BEN)
case(MERGED, SupportQuestion(6), None, BEN)
case((*OPEN, asked(ANN), joined(BEN)), SupportQuestion(4), no("question_is_over", question=4, fate="waiting"), BEN)
case(APPROVED, SupportQuestion(4), no("not_joined"), BEN)
case(OPEN, SupportQuestion(4), no("no_such_question", question=4), BEN)

# B row 26: support is taken back, as long as the question waits.
case(SUPPORTED, WithdrawSupport(4), ev.SupportWithdrawn(4), BEN)
case(MERGED, WithdrawSupport(5), ev.SupportWithdrawn(6), BEN)
case((*APPROVED, joined(BEN)), WithdrawSupport(4), None, BEN)
case((*SUPPORTED, ev.QuestionAnswered(4)), WithdrawSupport(4), OVER, BEN)
case(APPROVED, WithdrawSupport(4), no("not_joined"), BEN)
case(OPEN, WithdrawSupport(4), no("no_such_question", question=4), BEN)

HELD: tuple[Happened, ...] = (*OPEN, asked(ANN), ev.QuestionHeldBack(4, "off_topic"))
case((*OPEN, asked(ANN)), ApproveQuestion(4), ev.QuestionApproved(4))
case(HELD, ApproveQuestion(4), ev.QuestionApproved(4))
case(APPROVED, ApproveQuestion(4), None)
case(ANSWERED, ApproveQuestion(4), OVER)
case(OPEN, ApproveQuestion(4), no("no_such_question", question=4))
case((*HELD, ev.SessionClosed()), ApproveQuestion(4), ev.QuestionApproved(4))

case(APPROVED, HoldBackQuestion(4, "abusive"), ev.QuestionHeldBack(4, "abusive"))
case(HELD, HoldBackQuestion(4, "abusive"), ev.QuestionHeldBack(4, "abusive"))
case(HELD, HoldBackQuestion(4, "off_topic"), None)
case(ANSWERED, HoldBackQuestion(4, "abusive"), ev.QuestionHeldBack(4, "abusive"))
case(MERGED, HoldBackQuestion(5, "abusive"), ev.QuestionHeldBack(5, "abusive"))
case((*APPROVED, ev.SessionClosed()), HoldBackQuestion(4, "abusive"), ev.QuestionHeldBack(4, "abusive"))
TAKEN_BACK: tuple[Happened, ...] = (*OPEN, asked(ANN), (ANN.person, ev.QuestionWithdrawn(4)))
case(TAKEN_BACK, HoldBackQuestion(4, "abusive"), no("question_is_over", question=4, fate="withdrawn"))
case(OPEN, HoldBackQuestion(4, "abusive"), no("no_such_question", question=4))

PAIR: tuple[Happened, ...] = (*FREE, asked(ANN, "Why?"), asked(BEN, "Why not?"))
case(PAIR, MergeQuestions(4, 5), ev.QuestionMerged(4, 5))
case((*PAIR, ev.QuestionMerged(4, 5)), MergeQuestions(4, 5), None)
case(PAIR, MergeQuestions(4, 4), no("merge_with_itself"))
case((*PAIR, ev.QuestionAnswered(4)), MergeQuestions(4, 5), OVER)
case((*PAIR, ev.QuestionAnswered(4)), MergeQuestions(5, 4), OVER)
case((*PAIR, ev.QuestionMerged(4, 5)), MergeQuestions(5, 4), no("question_is_over", question=4, fate="merged"))
case(PAIR, MergeQuestions(4, 6), no("no_such_question", question=6))

case(APPROVED, AssignQuestion(4, 2), ev.QuestionAssigned(4, 2))
case((*APPROVED, ev.QuestionAssigned(4, 2)), AssignQuestion(4, 2), None)
case(APPROVED, AssignQuestion(4, 3), no("no_such_seat", seat=3))
case(ANSWERED, AssignQuestion(4, 2), OVER)
case(OPEN, AssignQuestion(4, 2), no("no_such_question", question=4))

case(APPROVED, PutQuestion(4), ev.QuestionPut(4))
case((*APPROVED, ev.QuestionPut(4)), PutQuestion(4), None)
case(ANSWERED, PutQuestion(4), OVER)
case(OPEN, PutQuestion(4), no("no_such_question", question=4))
case.only_open(PutQuestion(4))

case(APPROVED, MarkAnswered(4), ev.QuestionAnswered(4))
case((*APPROVED, ev.SessionClosed()), MarkAnswered(4), ev.QuestionAnswered(4))
case(ANSWERED, MarkAnswered(4), None)
case(HELD, MarkAnswered(4), no("question_is_over", question=4, fate="held_back"))
case(OPEN, MarkAnswered(4), no("no_such_question", question=4))

case(APPROVED, AnswerInWriting(4, " Because. "), ev.AnswerWritten(4, "Because."), PANELLIST)
case((*APPROVED, ev.SessionClosed()), AnswerInWriting(4, "Because."), ev.AnswerWritten(4, "Because."))
case((*APPROVED, ev.AnswerWritten(4, "Because.")), AnswerInWriting(4, "Because."), None)
case((*APPROVED, ev.QuestionAssigned(4, 2)), AnswerInWriting(4, "Because."), no("not_yours"), PANELLIST)
HELD_BACK = no("question_is_over", question=4, fate="held_back")
case(HELD, AnswerInWriting(4, "Because."), HELD_BACK)
case(APPROVED, AnswerInWriting(4, ""), no("text_empty"))
case(APPROVED, AnswerInWriting(4, "x" * 4001), no("text_too_long", limit=4000, length=4001))
case(OPEN, AnswerInWriting(4, "Because."), no("no_such_question", question=4))

# --- statements -------------------------------------------------------------------------------------------------

SEEDED: tuple[Happened, ...] = (*OPEN, ev.StatementSeeded("Norms suffice."))
PROPOSED: tuple[Happened, ...] = (*OPEN, (ANN.person, ev.StatementProposed("Norms suffice.")))
case(OPEN, ProposeStatement(" Norms suffice. "), ev.StatementProposed("Norms suffice."), ANN)
case(SEEDED, ProposeStatement("norms SUFFICE."), no("statement_exists"), ANN)
case((*SEEDED, ev.StatementClosed(4)), ProposeStatement("Norms suffice."), no("statement_is_closed"), ANN)
case(PROPOSED, ProposeStatement("Norms suffice."), no("statement_waits"), BEN)
UNVOTABLE: tuple[Happened, ...] = (*PROPOSED, ev.StatementHeldBack(4, "off_topic"))
case(UNVOTABLE, ProposeStatement("Norms suffice."), no("statement_was_held_back"), BEN)
case(
    (*UNVOTABLE, ev.StatementSeeded("Norms suffice.")), ProposeStatement("Norms suffice."), no("statement_exists"), BEN
)
FIVE: tuple[Happened, ...] = tuple((ANN.person, ev.StatementProposed(f"Claim {number}.")) for number in range(5))
case((*OPEN, *FIVE), ProposeStatement("Claim 6."), no("too_many_statements", limit=5), ANN)
case(OPEN, ProposeStatement(""), no("text_empty"), ANN)
# B row 23: an author corrects a slip, or takes the statement back, before the first vote.
AGAIN = ProposeStatement("Norms suffice?", replaces=4)
case(PROPOSED, AGAIN, ev.StatementProposed("Norms suffice?", replaces=4), ANN)
case((*OPEN, *FIVE), AGAIN, ev.StatementProposed("Norms suffice?", replaces=4), ANN)
case(PROPOSED, ProposeStatement("Norms suffice.", replaces=4), None, ANN)
case(PROPOSED, AGAIN, no("not_yours"), BEN)
case(OPEN, AGAIN, no("no_such_statement", statement=4), ANN)
case(UNVOTABLE, AGAIN, no("statement_not_open", fate="held_back"), ANN)
OWN_VOTED: tuple[Happened, ...] = (
    *FREE,
    joined(BEN),
    (ANN.person, ev.StatementProposed("Norms suffice.")),
    (BEN.voice, ev.VoteCast(5, "agree")),
)
case(OWN_VOTED, ProposeStatement("Norms suffice?", replaces=5), no("statement_has_votes"), ANN)
case(OWN_VOTED, WithdrawStatement(5), no("statement_has_votes"), ANN)
NO_LONGER_VOTED: tuple[Happened, ...] = (*OWN_VOTED, (BEN.voice, ev.VoteWithdrawn(5)))
case(NO_LONGER_VOTED, WithdrawStatement(5), ev.StatementWithdrawn(5), ANN)
GONE: tuple[Happened, ...] = (*PROPOSED, (ANN.person, ev.StatementWithdrawn(4)))
case(PROPOSED, WithdrawStatement(4), ev.StatementWithdrawn(4), ANN)
case(SEEDED, WithdrawStatement(4), ev.StatementWithdrawn(4))
case(GONE, WithdrawStatement(4), None, ANN)
case(PROPOSED, WithdrawStatement(4), no("not_yours"), BEN)
case(UNVOTABLE, WithdrawStatement(4), no("statement_not_open", fate="held_back"), ANN)
case(OPEN, WithdrawStatement(4), no("no_such_statement", statement=4), ANN)
case(GONE, ProposeStatement("Norms suffice."), ev.StatementProposed("Norms suffice."), BEN)
case(GONE, OpenStatement(4), no("statement_is_withdrawn"))
case(GONE, HoldBackStatement(4, "other"), no("statement_is_withdrawn"))
case(SEEDED, SeedStatement("Norms suffice?", replaces=4), ev.StatementSeeded("Norms suffice?", replaces=4))
case(SEEDED, SeedStatement("Norms suffice.", replaces=4), None)
case(PROPOSED, SeedStatement("Norms suffice?", replaces=4), no("not_yours"))
case((*SEEDED, ev.StatementClosed(4)), SeedStatement("X.", replaces=4), no("statement_not_open", fate="closed"))
case(OPEN, SeedStatement("X.", replaces=4), no("no_such_statement", statement=4))
case(OPEN, ProposeStatement("x" * 201), no("text_too_long", limit=200, length=201), ANN)
case.only_open(ProposeStatement("Norms suffice."), ANN)

case(PUBLISHED, SeedStatement("Norms suffice."), ev.StatementSeeded("Norms suffice."))
case(SEEDED, SeedStatement("Norms suffice."), no("statement_exists"))
case((*SEEDED, ev.StatementClosed(4)), SeedStatement("Norms suffice."), no("statement_is_closed"))
case(PROPOSED, SeedStatement("Norms suffice."), no("statement_waits"))
case(UNVOTABLE, SeedStatement("Norms suffice."), no("statement_was_held_back"))
case(OPEN, SeedStatement(""), no("text_empty"))
case(OPEN, SeedStatement("x" * 201), no("text_too_long", limit=200, length=201))
case.only_published(SeedStatement("Norms suffice."))

case(PROPOSED, OpenStatement(4), ev.StatementOpened(4))
case((*SEEDED, ev.StatementClosed(4)), OpenStatement(4), ev.StatementOpened(4))
case(SEEDED, OpenStatement(4), None)
case(OPEN, OpenStatement(4), no("no_such_statement", statement=4))
case((PROGRAMME, ev.StatementSeeded("Norms suffice."), ev.StatementClosed(2)), OpenStatement(2), no("not_open"))
case((*SEEDED, ev.SessionClosed()), OpenStatement(4), no("session_closed"))
case((*SEEDED, ev.StatementHeldBack(4, "other"), ev.SessionClosed()), OpenStatement(4), ev.StatementOpened(4))

VOTED: tuple[Happened, ...] = (*SEEDED, joined(ANN), (ANN.voice, ev.VoteCast(4, "agree")))
case(PROPOSED, HoldBackStatement(4, "other"), ev.StatementHeldBack(4, "other"))
case((*PROPOSED, ev.StatementHeldBack(4, "other")), HoldBackStatement(4, "other"), None)
case(VOTED, HoldBackStatement(4, "other"), ev.StatementHeldBack(4, "other"))
case(OPEN, HoldBackStatement(4, "other"), no("no_such_statement", statement=4))

# B row 46: any moderator closes and opens a statement.
case(SEEDED, CloseStatement(4), ev.StatementClosed(4))
case((*SEEDED, ev.StatementClosed(4)), CloseStatement(4), None)
case(PROPOSED, CloseStatement(4), no("statement_not_open", fate="proposed"))
case(OPEN, CloseStatement(4), no("no_such_statement", statement=4))

case((*SEEDED, joined(ANN)), CastVote(4, "agree"), ev.VoteCast(4, "agree"), ANN)
case(VOTED, CastVote(4, "pass"), ev.VoteCast(4, "pass"), ANN)
case(VOTED, CastVote(4, "agree"), None, ANN)
case(SEEDED, CastVote(4, "agree"), no("not_joined"), ANN)
# B row 20: authors do not vote on what is not open yet. B row 45: nobody votes on what is closed.
case((*PROPOSED, joined(ANN)), CastVote(4, "agree"), no("statement_not_open", fate="proposed"), ANN)
case((*VOTED, ev.StatementClosed(4)), CastVote(4, "pass"), no("statement_not_open", fate="closed"), ANN)
case((*VOTED, ev.SessionClosed()), CastVote(4, "pass"), no("statement_not_open", fate="closed"), ANN)
case(OPEN, CastVote(4, "agree"), no("no_such_statement", statement=4), ANN)

case(VOTED, SeedStatement("X.", replaces=4), no("statement_has_votes"))
# B row 49: a vote given by slip is taken back to "not voted".
case(VOTED, WithdrawVote(4), ev.VoteWithdrawn(4), ANN)
case((*VOTED, (ANN.voice, ev.VoteWithdrawn(4))), WithdrawVote(4), None, ANN)
case(SEEDED, WithdrawVote(4), no("not_joined"), ANN)
case((*VOTED, ev.StatementClosed(4)), WithdrawVote(4), no("statement_not_open", fate="closed"), ANN)
case(OPEN, WithdrawVote(4), no("no_such_statement", statement=4), ANN)

# --- report -----------------------------------------------------------------------------------------------------

TAKEAWAY = ev.Sentence("Norms suffice.", (4,))
OVER_ALL: tuple[Happened, ...] = (*SEEDED, ev.SessionClosed())
REPORT = ev.ReportPublished((TAKEAWAY,), upto=5)
case(OVER_ALL, PublishReport((TAKEAWAY,)), REPORT)
case((*OVER_ALL, REPORT), PublishReport((TAKEAWAY,)), None)
CORRECTED = ev.Sentence("Norms may suffice.")
CORRECTION = ev.ReportPublished((CORRECTED,), upto=6, correction="Said too much.", rest="on_record")
case((*OVER_ALL, REPORT), PublishReport((CORRECTED,), correction="Said too much."), CORRECTION)
case((*OVER_ALL, REPORT), PublishReport((CORRECTED,)), no("correction_needs_reason"))
WRONG = ev.Sentence("It was decided that norms suffice.", (4,))
case(OVER_ALL, PublishReport((WRONG,)), no("check_needs_reason", text=WRONG.text))
REASONED = ev.Sentence(WRONG.text, (4,), reason="It was, in the corridor.")
case(OVER_ALL, PublishReport((REASONED,)), ev.ReportPublished((REASONED,), upto=5))
case(SEEDED, PublishReport((TAKEAWAY,)), no("not_closed"))
case(OVER_ALL, PublishReport(), no("report_empty"))
BALLOT = (ANN.voice, ev.ParticipantJoined(lane="room", ballot="0" * 32))
case((*OVER_ALL, BALLOT), PublishReport((TAKEAWAY,)), no("votes_not_published"))
case(OVER_ALL, PublishReport((ev.Sentence("Why?", (1,)),)), no("no_such_evidence", entry=1))
case(OVER_ALL, PublishReport((ev.Sentence(" "),)), no("text_empty"))
LONG = ev.Sentence("x" * (SENTENCE_LIMIT + 1))
TOO_LONG = no("text_too_long", limit=SENTENCE_LIMIT, length=SENTENCE_LIMIT + 1)
case(OVER_ALL, PublishReport((LONG,)), TOO_LONG)
MANY = (TAKEAWAY,) * (SENTENCES_LIMIT + 1)
case(OVER_ALL, PublishReport(MANY), no("too_many_sentences", limit=SENTENCES_LIMIT))

REST = "0" * 64
ERASED: tuple[Happened, ...] = (*OPEN, asked(ANN), ev.TextErased(4, REST, "asked to"))
case((*OPEN, asked(ANN)), EraseText(4, " asked to ", REST), ev.TextErased(4, REST, "asked to"))
case(ERASED, EraseText(4, "asked to", REST), None)
case(OPEN, EraseText(2, "asked to"), no("nothing_to_erase", entry=2))
case(OPEN, EraseText(4, "asked to", REST), no("no_such_entry", entry=4))
case(OPEN, EraseText(0, "asked to", REST), no("no_such_entry", entry=0))
case((*OPEN, asked(ANN)), EraseText(4, "", REST), no("text_empty"))
case((*OPEN, asked(ANN)), EraseText(4, "x" * 201, REST), no("text_too_long", limit=200, length=201))
