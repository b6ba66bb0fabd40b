"""The public record of a session, for later readers."""

from __future__ import annotations

import asyncio
import functools
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from acquis.attributes import LANE, STAKEHOLDER
from acquis.board.earlier import earlier_session
from acquis.board.gatherings import gathering_id
from acquis.captions.align import lines_by_turn
from acquis.charts.seats import seats_svg
from acquis.charts.svg import bare
from acquis.command import Refused
from acquis.documents.amendments import amendments, changes_of_people
from acquis.documents.blocks import Block, Heading, as_data
from acquis.documents.contents import (
    areas,
    few_votes,
    heard,
    heard_in_full,
    statements,
    texts_of,
    version,
    versions,
)
from acquis.documents.cover import counted_words
from acquis.documents.coverage import covered
from acquis.documents.earlier import EarlierSession, earlier_movement
from acquis.documents.event import event_script
from acquis.documents.formats import GROUPS, left_out
from acquis.documents.formats import listed as existing
from acquis.documents.in_words import in_words
from acquis.documents.measures import moderation
from acquis.documents.messages import messages
from acquis.documents.moments import two_moments
from acquis.documents.movement import movement_blocks
from acquis.documents.opinion_crowds import crowd_sentences
from acquis.documents.questions import QuestionsShown, questions, ranked_questions
from acquis.documents.representation import short_list
from acquis.documents.sentences import report_sentences
from acquis.documents.verification import verification
from acquis.documents.view import ReportView, report_view
from acquis.followup.commitments import KEEPERS
from acquis.i18n import say
from acquis.i18n.refusals import refusal_sentence
from acquis.i18n.vocabulary import labels
from acquis.plan import dates
from acquis.plan.document import Programme, ProgrammeError, from_data
from acquis.reference.library import library
from acquis.report.publishing import due_at
from acquis.state import State
from acquis.state.reading import speaker_of
from acquis.statistics.attendance import attendance
from acquis.statistics.concentration import TITLES as DIMENSIONS
from acquis.statistics.concentration import dimension_sentences, row_name
from acquis.statistics.heard import account
from acquis.web.http.assets import CHARTS, DOCUMENT, EVIDENCE
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.live.maps import recorded
from acquis.web.pages.lists.pagination import ResultsPage, results_page
from acquis.web.words.phrases import times
from acquis.web.words.reference import href
from acquis.web.words.report import kinds_of

QUESTIONS_EACH = 100
"""How many questions a page of them has."""


@page("/s/{session:slug}/record", roles=PUBLIC, styles=(DOCUMENT, EVIDENCE, CHARTS))
async def record(context: RequestContext) -> Response:
    """The public record with the newest version of the report, or with `?version=3`. The questions are shown page by
    page."""
    state = await context.frozen()
    asked = (context.number("n"), context.number("entry"))
    version = context.query("version", "0")
    view, listed = await asyncio.to_thread(_view, state, context.head, version, asked)
    return await show(context, state, view, listed)


def _view(state: State, head: str, version: str, asked: tuple[int, int]) -> tuple[ReportView, ResultsPage[int]]:
    """The data of a version with the page of questions that is asked for. Raises Refused("no_such_page")."""
    listed = listed_questions(state, *asked)
    try:
        return report_view(state, head, int(version), listed.rows), listed
    except (LookupError, ValueError) as error:
        raise Refused("no_such_page") from error


def _address(context: RequestContext) -> str:
    """The address of the session, by which people take part."""
    return f"{(context.application.base_url or context.base_url).rstrip('/')}/s/{context.id}"


def listed_questions(state: State, number: int, entry: int) -> ResultsPage[int]:
    """The page of questions with a number, or with the question `entry`."""
    ranked = ranked_questions(state)
    if entry in state.questions and entry in ranked:
        number = ranked.index(entry) // QUESTIONS_EACH + 1
    return results_page(ranked, number, QUESTIONS_EACH)


async def show(
    context: RequestContext, state: State, view: ReportView, listed: ResultsPage[int], preview: bool = False
) -> Response:
    """Renders the record page with the report of a view of a snapshot, and a page of the questions. Its parts are made
    in a thread."""
    language, programme = context.language, programme_of(state)
    local = in_words(view, state, language)
    opinion = await recorded(state, language) if state.is_over else None
    earlier = await earlier_session(context.application.board, context.id, state, context.now)
    moved = await asyncio.to_thread(_moved, earlier, state, view, language) if earlier else []
    made = await asyncio.to_thread(_parts, state, language, view, local, listed)
    await context.pause()
    return context.render(
        "pages/record/page.html",
        ("shared/clocks.js",),
        state=state,
        view=view,
        event=event_script(view, state, language, _address(context)),
        preview=preview,
        programme=programme,
        evidence_of=lambda cites: [view.evidence[number - 1] for number in cites],
        spoken=lines_by_turn(state) if any(evidence.kind == "turn" for evidence in view.evidence) else {},
        speaker_of=functools.partial(speaker_of, state),
        statements={line.entry: line for line in view.statements},
        bare=bare,
        opinion=opinion,
        warned=crowd_sentences(opinion[0], language) if opinion else [],
        earlier=earlier if moved else None,
        moved_blocks=moved,
        rows=_rows(view),
        listed=listed,
        address=functools.partial(_page_address, context),
        few_votes=few_votes,
        printed=bool(context.query("print")),
        kinds_of=functools.partial(kinds_of, language),
        counted=_counted,
        slot=dates.slot(view.starts, view.ends, view.zone, language),
        starts=times(language, view.starts, view.zone)[2],
        due=dates.moment(due_at(state), view.zone, language) if due_at(state) else "",
        role_names=context.words(labels("role")),
        record_of=library().find,
        href=href,
        series=_series(state),
        followable=bool(context.actor.roles & KEEPERS),
        schedule=dates.schedule(programme) if programme else [],
        base_url=context.base_url,
        format_groups=context.words({str(group): title for group, title in GROUPS.items()}),
        **made,
    )


def _moved(earlier: EarlierSession, state: State, view: ReportView, language: str) -> list[dict[str, Any]]:
    """How agreement changed since an earlier session; empty where too few voted."""
    moved = earlier_movement(earlier, state)
    return _built(movement_blocks(moved, texts_of(view), language)) if moved else []


def _series(state: State) -> tuple[str, str] | None:
    """The id and the name of the series of a session; None if it belongs to none."""
    name = str(state.programme.document.get("series", ""))
    return (gathering_id(name), name) if name else None


def _parts(
    state: State, language: str, view: ReportView, local: ReportView, listed: ResultsPage[int]
) -> dict[str, Any]:
    """The parts of the page that take long in a large session."""
    there, shown = attendance(state), QuestionsShown(frozenset(listed.rows), _fates(state))
    return {
        "area_blocks": _built(areas(view, language)),
        "list_blocks": _built(short_list(view, language)),
        "moment_blocks": _built(two_moments(view.moved, texts_of(view), language)),
        "heard_blocks": _built(heard(view, language)),
        "floor_time": _floor_time(state, language),
        "full_blocks": _built(heard_in_full(view, state, language)) if state.turns or state.meeting_reports else [],
        "seats": seats_svg(there),
        "attended": counted_words(there, language),
        "asked_sections": [
            *_sections(messages(view, language)),
            *_sections(questions(view, language, shown)),
            *_sections(statements(view, state, language)),
            *_sections(moderation(state, language)),
            *_sections(amendments(state, language)),
        ],
        "formats": existing(state),
        "too_long": left_out(state),
        "too_long_for_pdf": refusal_sentence(language, "too_long_for_pdf", {}),
        "changes": changes_of_people(state, language),
        "report_sections": list(_sections(report_sentences(local, language))),
        "version_sections": list(_sections(versions(local, language))),
        "version_blocks": _built(version(local, language)),
        "coverage_sections": list(_sections(covered(view, language))),
        "verify_blocks": _built(verification(view, language)),
    }


def _fates(state: State) -> Counter[str]:
    return Counter([question.fate for question in state.questions.values()])


def _page_address(context: RequestContext, **other: object) -> str:
    """The address of this page with another page of the questions."""
    kept = {name: context.query(name) for name in ("version", "print", "preview") if context.query(name)}
    return f"?{urlencode({**kept, **other})}#questions"


def _floor_time(state: State, language: str) -> list[tuple[str, list[tuple[str, int, int]], str]]:
    """The floor time by attendance and by stakeholder group, by the rule of the documents: the title, then name,
    milliseconds and turns of each row, and why there are no rows if no group can be shown."""
    drawn: list[tuple[str, list[tuple[str, int, int]], str]] = []
    for dimension in account(state, state.at).dimensions:
        if dimension.name in (LANE.name, STAKEHOLDER.name) and any(row.turns for row in dimension.rows):
            rows = [(row_name(language, row), row.floor_ms, row.turns) for row in dimension.rows]
            few = "" if dimension.groups else " ".join(dimension_sentences(language, dimension))
            drawn.append((say(language, DIMENSIONS[dimension.name]), rows, few))
    return drawn


def _rows(view: ReportView) -> dict[str, Any]:
    """The questions, statements and versions of a report by the anchor of their row."""
    return {
        **{f"q{line.entry}": line for line in view.questions},
        **{f"s{line.entry}": line for line in view.statements},
        **{f"v{line.version}": line for line in view.versions},
    }


def _sections(blocks: Iterable[Block]) -> Iterator[tuple[Heading, list[dict[str, Any]]]]:
    """The sections of a part of a document: the heading and the blocks below it."""
    below: list[dict[str, Any]] = []
    for block in blocks:
        if isinstance(block, Heading):
            below = []
            yield block, below
        else:
            below.append(as_data(block))


def _counted(blocks: list[dict[str, Any]]) -> int:
    """How many sentences or rows the blocks of a section have."""
    return sum(len(block.get("said", ()) or block.get("rows", ())) for block in blocks)


def programme_of(state: State) -> Programme | None:
    """The document that was published; None where a log holds one that is not known any more."""
    try:
        return from_data(state.programme.document)
    except ProgrammeError:
        return None


def _built(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Blocks of a document as templates read them: each with its kind."""
    return [as_data(block) for block in blocks]
