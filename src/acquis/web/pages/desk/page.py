"""The rapporteur's desk: the draft of the report, the evidence for it, and the time until it is due.

The draft is one form, and every button sends all of it, so that nothing typed is lost without a script: each sentence
is saved as an entry, then the action of the button is carried out, and the page is shown again.
"""

from __future__ import annotations

import asyncio
import functools
from typing import Any

import msgspec
from starlette.responses import Response

from acquis.captions.align import lines_by_turn
from acquis.claims.checking import read_texts
from acquis.claims.facts import texts_of
from acquis.documents.view import confirmation, read_report, report_view, sections_of
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
from acquis.state.drafting import FIELD, PARTS
from acquis.state.reading import public_statement, speaker_of
from acquis.statistics.concentration import live_sentence
from acquis.statistics.evidence import cite
from acquis.statistics.heard import live
from acquis.statistics.summary import are_live, areas, figures
from acquis.statistics.totals import cast_votes, live_figures
from acquis.web.http.assets import CHARTS, DOCUMENT, EVIDENCE
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import page
from acquis.web.http.problems import json_response, wants_json
from acquis.web.pages.desk.draft import draft_context
from acquis.web.pages.desk.saving import AT_DESK, NotKept
from acquis.web.pages.desk.summary import checked_summary
from acquis.web.pages.record import page as record

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
    return await _show(context, await _figures(context))


async def _figures(context: RequestContext) -> tuple[Figure, ...]:
    """The present figures. While they are not published they are computed in a thread, of a copy of the votes. The
    texts with which sentences are compared are read there too."""
    await asyncio.to_thread(read_texts, texts_of(context.state))
    await context.pause()
    if not are_live(context.state):
        return figures(context.state)
    live = await asyncio.to_thread(live_figures, cast_votes(context.state))
    await context.pause()
    return figures(context.state, live)


async def _show(context: RequestContext, listed: tuple[Figure, ...]) -> Response:
    """The desk, with what was typed and could not be saved; with `only` in the form or the address, only the draft.
    Other work goes on between its parts."""
    refused = context.refused if isinstance(context.refused, NotKept) else None
    state, language = context.state, context.language
    firm = areas(state, listed)
    await context.pause()
    loose = areas(state, listed, firm=False)
    await context.pause()
    offered = offers(state, language, listed=listed, read=(firm, loose))
    values = {
        "state": state,
        "names": context.names,
        "others": _others(context),
        "due": due_at(state),
        "items": library().of(Item),
        "notice": context.say(_SAVED) if context.query("saved") and not context.wrong else "",
        **draft_context(
            state,
            language,
            offered,
            refused.typed if refused else {},
            refused.theirs if refused else {},
            listed=listed,
        ),
    }
    if "only" in (context.typed or context.request.query_params):
        return context.render("pages/desk/draft.html", **values)
    await context.pause()
    checked = checked_summary(state, language, listed)
    await context.pause()
    values["checked_summary"] = checked
    return context.render("pages/desk/page.html", **values | _evidence(context, offered, listed))


def _evidence(context: RequestContext, offered: list[Offer], listed: tuple[Figure, ...]) -> dict[str, Any]:
    """What can be cited, and the summary that is read out."""
    state, due, once = context.state, due_at(context.state), _each_once(offered)
    seqs = [*state.turns, *state.questions, *state.statements, *state.speech, *state.contributions]
    return {
        "offered": once,
        "offered_entries": {offer.entry for offer in once if offer.kind != "noted"},
        "because": {offer.entry: offer.because for offer in once},
        "voted": [statement.seq for statement in state.statements.values() if public_statement(statement)],
        "heads": HEADS,
        "evidence": {evidence.seq: evidence for evidence in cite(state, seqs, listed)},
        "spoken": lines_by_turn(state),
        "speaker_of": functools.partial(speaker_of, state),
        "policy": record.programme_of(state),
        "balance": live_sentence(context.language, live(state, context.application.clock.now())),
        "due_text": dates.moment(due, context.zone, context.language) if due else "",
        "summary_of_draft": summary_of_draft(state),
        "may_note": bool(context.actor.roles & NoteTurn.roles),
    }


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
    listed, state, asked = await _figures(context), context.state, record.listed_questions(context)
    parts = {part: whole(state, part) for part in PARTS}
    longer = sections_of(state, sections(state))
    written = (*parts.values(), *(section.paragraphs for section in longer))
    cited = dict.fromkeys(seq for sentences in written for sentence in sentences for seq in sentence.cites)
    drafted = (*parts.items(), *((FIELD + section.field, section.paragraphs) for section in longer))
    verdicts, covered = read_report(drafted, state, listed)
    await context.pause()
    view = msgspec.structs.replace(
        report_view(state, context.head, listed=asked.rows),
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
    return await record.show(context, view, asked, preview=True)
