"""The messages of a session as blocks: each with its outcome, what stands against it, and the history of its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from acquis.documents.blocks import Block, Heading, Paragraph, worded_table
from acquis.documents.view import ReportView
from acquis.i18n import N_, say
from acquis.i18n.vocabulary import word
from acquis.messages.drafts import DraftParagraph
from acquis.messages.lines import AmendmentLine, MessageLine, ObjectionLine, VoteLine, WordingLine
from acquis.messages.procedure import procedure_text
from acquis.plan.dates import day, moment
from acquis.statistics.opinion_words import area_title
from acquis.text.plain_text import one_line

PARTS = {"takeaways": N_("Key takeaway"), "calls_to_action": N_("Call to action")}
FATES = {
    "open": N_("open"),
    "silence": N_("under the silence procedure"),
    "broken": N_("the silence was broken"),
    "by_silence": N_("adopted by silence"),
    "adopted": N_("adopted"),
    "adopted_with_reservations": N_("adopted with reservations"),
    "fallen": N_("fallen"),
}
"""How a message stands, in words."""


def messages(view: ReportView, language: str) -> Iterator[Block]:
    """All messages with their history; no block without messages."""
    if not view.messages:
        return
    yield Heading(say(language, N_("Messages")), anchor="messages")
    if view.procedure is not None:
        chosen = view.procedure
        read = N_("Procedure: {title}. Source, read on {date}: {source}")
        heard = N_("Procedure: {title}. Source, seen on {date} and not verified: {source}")
        title = procedure_text(chosen.procedure, chosen.title, language)
        facts = {"title": title, "source": chosen.source, "date": _day(chosen.date, language)}
        yield Paragraph(one_line(say(language, read if chosen.is_sourced else heard, **facts)))
        if chosen.shared:
            yield Paragraph(say(language, N_("It is the procedure of the whole event.")))
    yield from draft_table(view.draft, language)
    for line in view.messages:
        yield from _message(line, view.zone, language)


DRAFT_HEAD = (
    N_("Message"),
    N_("Status"),
    N_("Amendments"),
    N_("Supporters"),
    N_("Objections"),
    N_("Reservations"),
    N_("Withdrawn"),
    N_("With a public text"),
    N_("Stakeholder groups"),
)
"""The columns of `draft_row`."""


def draft_table(draft: Iterable[DraftParagraph], language: str) -> Iterator[Block]:
    """What was proposed on each message, and what became of it; no block if nothing was."""
    listed = tuple(draft)
    if any(paragraph.is_discussed for paragraph in listed):
        rows = tuple(draft_row(paragraph, language) for paragraph in listed)
        yield worded_table(language, N_("What was proposed on each message"), DRAFT_HEAD, rows)


def draft_row(paragraph: DraftParagraph, language: str) -> tuple[str, ...]:
    """What was proposed on a message, by how many and from which groups, and what became of it."""
    fates = paragraph.amendments.items()
    amendments = "\n".join(f"{word(language, 'fate', fate)}: {n}" for fate, n in fates) or "0"
    counts = (paragraph.supporters, paragraph.objections, paragraph.reservations)
    groups = one_line(", ".join(paragraph.groups)) or say(language, N_("Not stated"))
    status = say(language, FATES[paragraph.fate])
    more = (paragraph.withdrawn, paragraph.comments)
    message = "\n".join(filter(None, (str(paragraph.number), one_line(paragraph.text))))
    return message, status, amendments, *map(str, (*counts, *more)), groups


def _day(written: str, language: str) -> str:
    """A day such as 2026-11-28 in words; as it is written if there is no such day."""
    try:
        noon = datetime.fromisoformat(f"{written}T12:00+00:00")
    except ValueError:
        return written
    return day(int(noon.timestamp() * 1000), language)


def _message(line: MessageLine, zone: str, language: str) -> Iterator[Block]:
    title = N_("Message {n}: {fate}")
    facts = {"n": line.number, "fate": say(language, FATES[line.fate])}
    yield Heading(say(language, title, **facts), 2, anchor=f"m{line.entry}")
    yield Paragraph(say(language, PARTS[line.part]))
    yield Paragraph(one_line(line.text) or say(language, N_("(text not public)")))
    sentences = (*outcome_sentences(line, zone, language), standing_sentence(line.objections, language))
    yield from map(Paragraph, filter(None, sentences))
    rows = tuple(history(line, language))
    head = (N_("Entry"), N_("What happened"), N_("Text"))
    caption = say(language, N_("History of message {n}"), n=line.number)
    yield worded_table(language, caption, head, rows)


def outcome_sentences(line: MessageLine, zone: str, language: str) -> Iterator[str]:
    """Why a message stands as it does."""
    if line.fate in ("silence", "by_silence", "broken"):
        until = int(datetime.fromisoformat(line.until).timestamp() * 1000)
        yield say(language, _SILENCE[line.fate], time=moment(until, zone, language))
    if line.why:
        yield say(language, N_("The Chair gave this reason: {why}"), why=one_line(line.why))


def standing_sentence(objections: Iterable[ObjectionLine], language: str) -> str:
    """How many objections and reservations to a message were not withdrawn; empty if none stands."""
    standing = [objection.reservation for objection in objections if not objection.withdrawn]
    if not standing:
        return ""
    counted = N_("Objections not withdrawn: {objections}. Reservations: {reservations}.")
    return say(language, counted, objections=standing.count(False), reservations=standing.count(True))


_SILENCE = {
    "silence": N_("It is adopted unless a named party objects by {time}. None has objected so far."),
    "by_silence": N_("No named party objected by {time}. So it is adopted, by the rule of the silence procedure."),
    "broken": N_("A named party objected before {time}. The silence was broken, so it is not adopted."),
}


def history(line: MessageLine, language: str) -> Iterator[tuple[str, str, str]]:
    """What happened to a message, in the order of the log: the entry, what it was, and its text."""
    rows = [(wording.entry, *_wording(wording, language)) for wording in line.wordings]
    rows += [(objection.entry, *_objection(objection, language)) for objection in line.objections]
    rows += [(amendment.entry, *_amendment(amendment, language)) for amendment in line.amendments]
    rows += [(vote.statement, *_vote(vote, language)) for vote in line.tests]
    if line.stated:
        stated = say(language, N_("The Chair stated the outcome: {fate}"), fate=say(language, FATES[line.fate]))
        rows.append((line.stated, stated, line.why))
    bare = {objection.entry for objection in line.objections} | {line.stated}
    nothing = {True: say(language, N_("(no public reason)")), False: say(language, N_("(no public text)"))}
    yield from ((str(entry), what, one_line(text) or nothing[entry in bare]) for entry, what, text in sorted(rows))


def _wording(wording: WordingLine, language: str) -> tuple[str, str]:
    if wording.erratum:
        what = say(language, N_("Erratum {n}"), n=wording.erratum)
    elif wording.amendment:
        what = say(language, N_("New wording, from amendment {n}"), n=wording.amendment)
    else:
        what = say(language, N_("Wording"))
    why = say(language, N_("Reason: {reason}"), reason=one_line(wording.why)) if wording.why else ""
    return "\n".join(filter(None, (what, why))), wording.text


def _objection(objection: ObjectionLine, language: str) -> tuple[str, str]:
    what = say(language, N_("Reservation") if objection.reservation else N_("Objection"))
    who = ", ".join(filter(None, (one_line(objection.name), one_line(objection.party))))
    gone = word(language, "fate", "withdrawn") if objection.withdrawn else ""
    return "\n".join(filter(None, (what, who, gone))), objection.text


def _amendment(amendment: AmendmentLine, language: str) -> tuple[str, str]:
    title = N_("Amendment {n}: {fate}. Supporters: {supporters}")
    facts = {"n": amendment.number, "supporters": amendment.supporters}
    what = say(language, title, fate=word(language, "fate", amendment.fate), **facts)
    why = say(language, N_("Reason: {reason}"), reason=one_line(amendment.why)) if amendment.why else ""
    return "\n".join(filter(None, (what, why))), amendment.text


def _vote(vote: VoteLine, language: str) -> tuple[str, str]:
    # Figures of a running vote would influence it, and two of them a vote apart would show a vote.
    result = say(language, N_("(the vote is open)")) if vote.open else vote_sentence(vote, language)
    return "\n".join((say(language, N_("Vote on this wording")), result)), vote.text


def vote_sentence(vote: VoteLine, language: str) -> str:
    """The result of a vote on a message: the area of agreement in which it is, and the figures of everybody."""
    if not vote.agree + vote.disagree + vote.passes:
        return say(language, N_("No votes."))
    area = area_title(language, vote.area, groups=vote.by_group) if vote.area else say(language, N_("No clear result"))
    figures = N_("{area}: agree {agree}, disagree {disagree}, pass {passes}")
    return say(language, figures, area=area, agree=vote.agree, disagree=vote.disagree, passes=vote.passes)
