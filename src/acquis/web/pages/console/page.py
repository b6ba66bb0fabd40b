"""The moderators' page, the same for the room and for online."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import msgspec
from starlette.responses import Response

from acquis.command import HOSTS
from acquis.report.confirming import summary_of_draft
from acquis.state import Question
from acquis.text.caches import text_cache
from acquis.text.likeness import Pair, alike
from acquis.web.http.assets import CHARTS
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import page
from acquis.web.http.ids import new_key
from acquis.web.live.page import LIVE, render_live, scene_of_page
from acquis.web.live.regions import CONSOLE, Scene
from acquis.web.live.rows import console_rows
from acquis.web.pages.desk.summary import checked_summary

STYLES = (CHARTS, *(f"pages/console/{part}.css" for part in ("ruler", "columns", "session")))
MOST = 6
"""The most pairs of questions to show."""


@page(
    "/s/{session:slug}/console",
    roles=HOSTS,
    names=HOSTS,
    live="moderators",
    scripts=(*LIVE, "live/keys.js"),
    styles=STYLES,
)
async def console(context: RequestContext) -> Response:
    """Questions that may ask the same are looked for when the page is loaded, in a thread."""
    scene = scene_of_page(context)
    await asyncio.to_thread(_alike, _texts(_compared(scene)))
    await context.pause()
    checked = checked_summary(context.state, context.language) if not context.state.reports else []
    await context.pause()
    return render_live(
        context,
        "pages/console/page.html",
        scene=scene,
        macros=CONSOLE,
        more=lambda scene: {"row": console_rows(scene, lambda: new_key(context.now))},
        twins=lambda: twins(_compared(scene)),
        summary_of=summary_of_draft,
        checked_summary=checked,
    )


class Twin(msgspec.Struct, frozen=True):
    """Two questions that may ask the same, with their common words."""

    kept: Question
    gone: Question
    because: tuple[str, ...]


def twins(shown: Iterable[Question]) -> list[Twin]:
    """Pairs of these open questions that may ask the same: which could be merged into which, and the words that say so.
    Only those that the console shows are compared."""
    still = {q.seq: q for q in shown if q.text}
    pairs = []
    for pair in _alike(_texts(shown)):
        kept, gone = still[pair.first], still[pair.second]
        if kept.fate == "waiting":
            kept, gone = gone, kept
        if kept.fate != "waiting":  # a question can be merged only into a public one
            pairs.append(Twin(kept, gone, pair.because))
    return pairs


def _compared(scene: Scene) -> list[Question]:
    return [*scene.top("toapprove"), *scene.top("on_floor"), *scene.top("unanswered")]


def _texts(questions: Iterable[Question]) -> tuple[tuple[int, str], ...]:
    return tuple((question.seq, question.text) for question in questions if question.text)


@text_cache(64)
def _alike(questions: tuple[tuple[int, str], ...]) -> list[Pair]:
    return alike(questions, MOST)
