"""Previews the draft, and publishes it after a page that says what will be published."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterable, Mapping

from msgspec.structs import replace
from starlette.responses import Response

from acquis.claims.coverage import coverage
from acquis.claims.facts import facts
from acquis.command import ENDED, Refused
from acquis.contributions.reasons import reasons
from acquis.events import Sentence
from acquis.i18n import N_
from acquis.i18n.refusals import refusal_sentence
from acquis.messages.standing import agreed_sentences
from acquis.report.desk_form import draft_mark, sections, whole
from acquis.report.publishing import CORRECTION_LIMIT, PublishReport, published_draft
from acquis.state import State
from acquis.state.drafting import FIELD, PARTS
from acquis.web.api.actions import carry_out
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import REFUSALS, endpoint
from acquis.web.http.problems import refusal
from acquis.web.http.returned import Wrong
from acquis.web.pages.desk.asking import PublicationSummary, publication_summary
from acquis.web.pages.desk.page import desk
from acquis.web.pages.desk.saving import AT_DESK, DRAFT_FORM, FORM_FIELDS, FORM_LIMIT, keep

_CHANGED = N_("The draft has changed since you were asked. Check again what will be published.")


@endpoint(
    "POST",
    "/s/{session:slug}/desk/preview",
    name="desk_preview",
    roles=AT_DESK,
    names=AT_DESK,
    reads=True,
    page="desk",
    accepts=DRAFT_FORM,
)
async def preview(context: RequestContext) -> Response:
    """Save the form and show the record as it would look."""
    await context.form(FORM_LIMIT, FORM_FIELDS)
    await keep(context)
    return context.redirect(f"/s/{context.id}/desk?preview=1")


@endpoint(
    "POST",
    "/s/{session:slug}/desk/publish",
    name="desk_publish",
    roles=AT_DESK,
    names=AT_DESK,
    reads=True,
    page="desk",
    accepts=DRAFT_FORM,
)
async def publish(context: RequestContext) -> Response:
    """Save the form and say what will be published. A form whose field `sure` is the mark of the draft, which only the
    page that says it has, publishes the report or a correction of it."""
    await context.form(FORM_LIMIT, FORM_FIELDS)
    await keep(context)
    state = await context.session.settled()
    ENDED.check(state.phase)
    report = _drafted(state, context.typed)
    if not report.takeaways:
        raise Refused("report_empty")
    sure = context.typed.get("sure", "")
    if sure != draft_mark(state):
        return await _ask(context, report, [("", context.say(_CHANGED))] if sure else [], 409 if sure else 200)
    try:
        await carry_out(context, report, context.typed.get("key", ""))
    except REFUSALS as error:
        status, code, facts = refusal(error)
        sentence = refusal_sentence(context.language, code, facts)
        return await _ask(context, report, [(getattr(error, "field", ""), sentence)], status)
    return context.redirect(f"/s/{context.id}/record")


def _drafted(state: State, typed: Mapping[str, str]) -> PublishReport:
    """The report of the draft, with the reasons that were typed for its sentences, or else those of the latest
    version."""
    parts = {part: whole(state, part) for part in PARTS}
    known = {sentence.text: sentence.reason for part in published_draft(state).values() for sentence in part}
    numbers = itertools.count()

    def reasoned(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
        named = [(sentence, f"reason.{next(numbers)}") for sentence in sentences]
        return tuple(
            replace(sentence, reason=typed.get(name, known.get(sentence.text, ""))) for sentence, name in named
        )

    return PublishReport(
        **{part: reasoned(sentences) for part, sentences in parts.items()},
        correction=typed.get("correction", ""),
        rest=typed.get("rest", "on_record"),
        sections=tuple(replace(section, paragraphs=reasoned(section.paragraphs)) for section in sections(state)),
    )


async def _ask(context: RequestContext, report: PublishReport, wrong: Wrong, status: int) -> Response:
    """The page that says what will be published."""
    there = await context.on(desk.declaration, wrong, status)
    state = await there.frozen()
    summary = await asyncio.to_thread(_summary, state, report, there.language)
    await there.pause()
    return there.render(
        "pages/desk/publish.html",
        (),
        state=state,
        asked=summary,
        correction_limit=CORRECTION_LIMIT,
        reasons={code: reason.label for code, reason in reasons().items() if not reason.words},
    )


def _summary(state: State, report: PublishReport, language: str) -> PublicationSummary:
    """What the page says of a report."""
    parts = [(part, getattr(report, part)) for part in PARTS]
    parts += [(FIELD + section.field, section.paragraphs) for section in report.sections]
    parts.append(agreed_sentences(state, {sentence.text for _, sentences in parts for sentence in sentences}))
    return publication_summary(state, report, coverage(parts, state, facts(state)), language)
