"""The rapporteur's desk: the draft of the report, the evidence for it, and the time until it is due.

The draft is one form, and every button sends all of it, so that nothing typed is lost without a script: each sentence
is saved as an entry, then the action of the button is carried out, and the page is shown again.
"""

from __future__ import annotations

import asyncio
import functools
from typing import Any, NamedTuple
from urllib.parse import urlencode

import msgspec
from starlette.responses import Response

from acquis.captions.align import lines_by_turn
from acquis.documents.view import ReportView, confirmation, read_report, report_view, sections_of
from acquis.events import Figure, ReportPublished
from acquis.floor.queue import NoteTurn
from acquis.i18n import N_
from acquis.plan import dates
from acquis.reference.library import library
from acquis.reference.records import Item
from acquis.report.confirming import summary_of_draft
from acquis.report.desk_form import draft_mark, sections, whole
from acquis.report.offers import HEADS, Offer, offers
from acquis.report.publishing import due_at
from acquis.state import State
from acquis.state.drafting import FIELD, PARTS
from acquis.state.reading import likely_speaker, public_statement, speaker_of
from acquis.statistics.concentration import live_sentence
from acquis.statistics.evidence import Evidence, cite
from acquis.statistics.heard import live
from acquis.statistics.summary import areas, figures
from acquis.web.http.assets import CHARTS, DOCUMENT, EVIDENCE
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import page
from acquis.web.http.problems import json_response, wants_json
from acquis.web.pages.desk.draft import draft_context
from acquis.web.pages.desk.saving import AT_DESK, NotKept
from acquis.web.pages.desk.summary import checked_summary
from acquis.web.pages.lists.pagination import ResultsPage, results_page
from acquis.web.pages.record import page as record

ENTRIES_EACH = 100
"""How many questions or written contributions a page of the evidence has, beside those that are offered or cited."""
HERE_MS = 15_000
"""A person counts as present for this long after the last request of their page."""

_SAVED = N_("Saved.")


@page(
    "/s/{session:slug}/desk",
    roles=AT_DESK,
    names=AT_DESK,
    follows="desk",
    scripts=(
        "shared/dom.js",
        "shared/storage.js",
        "pages/desk/page.js",
        "pages/desk/keys.js",
        "pages/desk/evidence.js",
    ),
    styles=(DOCUMENT, EVIDENCE, CHARTS),
)
async def desk(context: RequestContext) -> Response:
    """The desk, or (`?preview=1`) the record as it would look. As JSON: the mark of the draft and who else is here."""
    if wants_json(context.request):
        return json_response(200, {"mark": draft_mark(context.state), "others": _others(context)})
    if context.query("preview"):
        return await _preview(context)
    return await _show(context)


class Sought(NamedTuple):
    """The pages of the questions and of the written contributions that are asked for, or an entry on one of them, and
    the present time."""

    questions: int
    contributions: int
    entry: int
    at: int


async def _show(context: RequestContext) -> Response:
    """The desk, with what was typed and could not be saved; with `only` in the form or the address, only the draft. Its
    data are put together in a thread."""
    state, me = await context.frozen(), context.actor
    asked = Sought(context.number("questions"), context.number("contributions"), context.number("entry"), context.now)
    only = "only" in (context.typed or context.request.query_params)
    refused = context.refused if isinstance(context.refused, NotKept) else None
    made = await asyncio.to_thread(_made, state, context.language, refused, None if only else asked)
    await context.pause()
    due = due_at(state)
    values = {
        "state": state,
        "names": context.names,
        "others": _others(context),
        "due": due,
        "items": library().of(Item),
        "notice": context.say(_SAVED) if context.query("saved") and not context.wrong else "",
        **made,
    }
    if only:
        return context.render("pages/desk/draft.html", **values)
    values |= {
        "speaker_of": functools.partial(speaker_of, state),
        "likely_of": functools.partial(likely_speaker, state),
        "policy": record.programme_of(state),
        "due_text": dates.moment(due, context.zone, context.language) if due else "",
        "may_note": bool(me.roles & NoteTurn.roles),
        "address": lambda **other: f"?{urlencode({'questions': other['n']})}#h-evidence",
        "contributed_address": lambda **other: f"?{urlencode({'contributions': other['n']})}#h-evidence",
    }
    return context.render("pages/desk/page.html", **values)


def _made(state: State, language: str, refused: NotKept | None, asked: Sought | None) -> dict[str, Any]:
    """The draft with its checks, and, for a page of the questions, what can be cited."""
    listed = figures(state)
    firm, loose = areas(state, listed), areas(state, listed, firm=False)
    offered = offers(state, language, listed=listed, read=(firm, loose))
    typed, theirs = (refused.typed, refused.theirs) if refused else ({}, {})
    made = draft_context(state, language, offered, typed, theirs, listed=listed)
    if asked is None:
        return made
    return made | _evidence(state, language, offered, listed, asked, made["evidence"])


def _evidence(
    state: State,
    language: str,
    offered: list[Offer],
    listed: tuple[Figure, ...],
    asked: Sought,
    cited: dict[int, Evidence],
) -> dict[str, Any]:
    """What can be cited, and the summary that is read out. Every page of the questions, and of the contributions,
    has those that are `cited`."""
    once = _each_once(offered)
    proposed = {offer.entry for offer in once if offer.kind != "noted"}
    public = [seq for seq, question in state.questions.items() if question.public]
    shown = _page_of([seq for seq in public if seq not in proposed], asked.questions, asked.entry)
    there = {*proposed, *shown.rows}
    cited_there = [seq for seq in cited if seq in state.questions and state.questions[seq].public and seq not in there]
    questions = [offer.entry for offer in once if offer.kind == "question"]
    contributed = [made.seq for made in state.contributions.values() if made.is_public]
    written = _page_of(contributed, asked.contributions, asked.entry)
    cited_written = sorted({*contributed} & cited.keys() - {*written.rows})
    listed_questions, listed_texts = [*questions, *cited_there, *shown.rows], [*cited_written, *written.rows]
    seqs = [*state.turns, *listed_questions, *state.statements, *state.speech, *listed_texts]
    return {
        "offered": once,
        "offered_entries": proposed,
        "because": {offer.entry: offer.because for offer in once},
        "voted": [statement.seq for statement in state.statements.values() if public_statement(statement)],
        "heads": HEADS,
        "asked": len(public),
        "asked_first": questions,
        "asked_cited": cited_there,
        "asked_page": shown,
        "contributed": len(contributed),
        "contributed_cited": cited_written,
        "contributed_page": written,
        "evidence": cited | {evidence.seq: evidence for evidence in cite(state, seqs, listed)},
        "spoken": lines_by_turn(state),
        "balance": live_sentence(language, live(state, asked.at)),
        "summary_of_draft": summary_of_draft(state),
        "checked_summary": checked_summary(state, language, listed),
    }


def _page_of(entries: list[int], number: int, entry: int) -> ResultsPage[int]:
    """The page of these entries with a number, or the one on which an entry is."""
    if entry in entries:
        number = entries.index(entry) // ENTRIES_EACH + 1
    return results_page(entries, number, ENTRIES_EACH)


def _each_once(offered: list[Offer]) -> list[Offer]:
    """The offers without those of an entry that is offered under an earlier head: an entry stands once on the page."""
    first: dict[int, Offer] = {}
    for offer in offered:
        first.setdefault(offer.entry, offer)
    return list(first.values())


def _others(context: RequestContext) -> list[str]:
    """The names of the other people at the desk. Records that the reader is present."""
    me, now = context.actor.person, context.now
    here = context.application.at_desk.setdefault(context.id, {})
    here[me] = now
    return sorted(
        context.names.get(person, person[-4:].upper())
        for person, at in here.items()
        if person != me and now - at < HERE_MS
    )


async def _preview(context: RequestContext) -> Response:
    """The record as it would look with the draft."""
    state = await context.frozen()
    asked = (context.number("n"), context.number("entry"))
    view, listed = await asyncio.to_thread(_draft_view, state, context.head, asked)
    await context.pause()
    return await record.show(context, state, view, listed, preview=True)


def _draft_view(state: State, head: str, asked: tuple[int, int]) -> tuple[ReportView, ResultsPage[int]]:
    listed, shown = figures(state), record.listed_questions(state, *asked)
    parts = {part: whole(state, part) for part in PARTS}
    longer = sections_of(state, sections(state))
    written = (*parts.values(), *(section.paragraphs for section in longer))
    cited = dict.fromkeys(seq for sentences in written for sentence in sentences for seq in sentence.cites)
    drafted = (*parts.items(), *((FIELD + section.field, section.paragraphs) for section in longer))
    verdicts, covered = read_report(drafted, state, listed)
    view = msgspec.structs.replace(
        report_view(state, head, listed=shown.rows),
        **parts,
        sections=longer,
        verdicts=verdicts,
        coverage=covered,
        confirmed=confirmation(state, ReportPublished(consensus=parts["consensus"], concern=parts["concern"])),
        version=len(state.reports) + 1,
        correction="",
        evidence=cite(state, cited, listed),
        figures=listed,
    )
    return view, shown
