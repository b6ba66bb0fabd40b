"""The pages of whole lists. They are no live screens: they are fetched again when the session has moved on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from acquis.command import HOSTS
from acquis.i18n import N_
from acquis.state import Hand, Question
from acquis.state.reading import public_about
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import JOINED, PUBLIC, Kind
from acquis.web.http.endpoint import page
from acquis.web.live.page import render_live, scene_of_page
from acquis.web.live.regions import CONSOLE, PARTICIPANTS, Scene
from acquis.web.pages.lists.pagination import contains, matching, results_page

QUESTIONS_EACH, HANDS_EACH = 50, 100
"""How many rows a page of the list has."""
LISTS = {
    "toapprove": N_("Waiting for review"),
    "asked": N_("Waiting for an answer"),
    "ledger": N_("Other questions"),
    "held_back": N_("Withheld"),
}
FOR_MODERATORS = ("toapprove", "held_back")


@page("/s/{session:slug}/questions/all", roles=PUBLIC, access=JOINED, live="participants", names=HOSTS)
async def all_questions(context: RequestContext) -> Response:
    """Every question: `?show=` names one of the lists, `?q=` searches in all of them by words or number, `?n=2` is the
    second page."""
    team, words = bool(context.actor.roles & HOSTS), context.query("q").strip()
    lists = [name for name in LISTS if team or name not in FOR_MODERATORS]
    show = context.query("show") if context.query("show") in lists else "asked"

    scene = scene_of_page(context, "moderators" if team else "participants")
    rows: Sequence[Question] = getattr(scene, show)
    if words:
        listed = [[question.seq for question in getattr(scene, name)] for name in lists]
        state = await context.frozen()
        sought = [[state.questions[seq] for seq in seqs] for seqs in listed]
        results = await asyncio.to_thread(lambda: [matching(questions, words, unread=team) for questions in sought])
        await context.pause()
        rows = [question for questions in results for question in questions]

    def more(scene: Scene) -> dict[str, Any]:
        return {
            "results": results_page(rows, context.number("n"), QUESTIONS_EACH),
            "lists": {name: (LISTS[name], len(getattr(scene, name))) for name in lists},
        }

    return _render(context, "pages/lists/page.html", more, scene=scene, show="" if words else show, q=words)


@page("/s/{session:slug}/list", roles=PUBLIC, access=JOINED, live="participants", names=HOSTS)
async def whole_list(context: RequestContext) -> Response:
    """Everybody who waits for the floor; `?q=` searches by name and subject, `?n=2` is the second page."""
    words = context.query("q").strip()

    def about(hand: Hand) -> str:
        return hand.about if context.actor.roles & HOSTS else public_about(context.state, hand)

    def more(scene: Scene) -> dict[str, Any]:
        line = enumerate(scene.line, 1)
        rows = [(n, entry) for n, entry in line if contains(f"{entry.name} {about(entry.hand)}", words)]
        return {"results": results_page(rows, context.number("n"), HANDS_EACH)}

    return _render(context, "pages/lists/hands.html", more, q=words)


def _render(
    context: RequestContext,
    template: str,
    more: Callable[[Scene], dict[str, Any]],
    scene: Scene | None = None,
    **query: Any,
) -> Response:
    kind: Kind = "moderators" if context.actor.roles & HOSTS else "participants"
    given = {name: value for name, value in query.items() if value}

    def address(**other: object) -> str:
        return f"{context.declaration.address(context.id)}?{urlencode({**given, **other})}"

    back = f"{context.declaration.name}?{urlencode({**given, 'n': context.number('n') or 1})}"
    return render_live(
        context,
        template,
        kind=kind,
        home=back,
        macros=CONSOLE if kind == "moderators" else PARTICIPANTS,
        more=more,
        scene=scene,
        team=kind == "moderators",
        address=address,
        **query,
    )
