"""Genuine receipts of inputs, whose outcomes the verifiers tell: what the report takes up, what the team stated, and
what the record shows itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .cases import IN_PART, VERIFIED, Case, Edit, number
from .generator import Given, Record, canonical
from .stories import MODERATOR, RAPPORTEUR, story

ASKED, PROPOSED, SEEDED = number("QuestionAsked"), number("StatementProposed"), 4
WITHHELD, RULED = number("QuestionAsked", 1, "withheld"), number("QuestionAsked", kind="chatham")
REPORT, LAST = number("ReportPublished"), len(story("plain").entries)


def kept(seq: int, edit: Edit = lambda _: None, kind: str = "plain") -> Callable[[], Given]:
    """A receipt of an entry and the log, after more has happened."""

    def made() -> Given:
        record = story(kind)
        edit(record)
        file = canonical(record.receipt(seq)).encode() + b"\n"
        return Given(log=record.log(), receipts={"receipt.json": file})

    return made


def stated(seq: int, fate: str, **members: Any) -> Edit:
    return lambda record: record.add(RAPPORTEUR, "FatesStated", inputs=[SEEDED + 1, seq], fate=fate, **members)


def cited(seq: int) -> Edit:
    sentences = [{"text": "Nobody reads all reports."}, {"text": "Somebody has to read them.", "cites": [seq, 3]}]
    return lambda record: record.change(REPORT, takeaways=sentences)


def rest(reason: str) -> Edit:
    return lambda record: record.change(REPORT, rest=reason)


def unread(record: Record) -> None:
    """A question that no moderator read, and a later report."""
    members = {name: value for name, value in record.members(REPORT).items() if name in ("takeaways", "figures")}
    record.add("p-late", "QuestionAsked", text="Is it too late to ask?")
    record.add(RAPPORTEUR, "ReportPublished", **members, upto=len(record.entries), rest="on_record", correction="Late.")


def reopened(record: Record) -> None:
    """It was answered, and that is undone by hand; the report then gives a reason."""
    rest("not_reached")(record)
    record.add(MODERATOR, "QuestionReopened", question=ASKED)


def merged(record: Record) -> None:
    record.add(MODERATOR, "QuestionMerged", question=ASKED, into=record.add("p-late", "QuestionAsked", text="Who?"))


def masked(record: Record) -> None:
    """Under the Chatham House Rule, with a name in what was stated."""
    entry = record.add(RAPPORTEUR, "FatesStated", inputs=[RULED], fate="deferred", to="Ama Example")
    record.hide(entry, "to")
    record.add("", "TextMasked", entry=entry, shown='{"to":"[…]"}')


def again(record: Record) -> None:
    stated(ASKED, "deferred", to="The next session")(record)
    stated(ASKED, "not_used", reason="other", words="Nobody is here to answer.")(record)


def _case(name: str, said: str, made: Callable[[], Given], status: int = VERIFIED) -> Case:
    return Case(f"outcome: {name}", made, status, (said,), full=VERIFIED)


OUTCOMES = [
    _case("answered in the session", "answered in the session", kept(ASKED)),
    _case("of a statement on which nothing is said", "unchanged", kept(SEEDED)),
    _case("taken up", "Sentences: 1. The first one: “Somebody has to read them.”", kept(ASKED, cited(ASKED))),
    _case("merged by the team", "into entry 3", kept(ASKED, stated(ASKED, "merged", into=[3, 3]))),
    _case("answered by somebody", "by Ama", kept(PROPOSED, stated(PROPOSED, "answered", who="Ama"))),
    _case("answered in writing", "in writing.", kept(PROPOSED, stated(PROPOSED, "answered_in_writing"))),
    _case("deferred", "The next session", kept(ASKED, stated(ASKED, "deferred", to="The next session"))),
    _case("stated again", "Nobody is here to answer.", kept(ASKED, again)),
    _case("a reason of the list", "outside the topic", kept(SEEDED, stated(SEEDED, "not_used", reason="off_topic"))),
    _case("the reason for the rest", "the result is on the record", kept(PROPOSED, rest("result_published"))),
    _case("no reason for what came later", "unchanged", kept(LAST + 1, merged)),
    _case("not reviewed", "no moderator reviewed it", kept(LAST + 1, unread)),
    _case("opened again", "not reached in the time", kept(ASKED, reopened)),
    _case("merged in the session", "merged into question", kept(ASKED, merged)),
    _case("withheld", "a moderator withheld it", kept(WITHHELD, kind="withheld"), IN_PART),
    _case("masked", "To: […]", kept(RULED, masked, "chatham")),
]
