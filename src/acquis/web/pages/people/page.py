"""The people of a session, for moderators: what each of them did, and what moderators can do about it."""

from __future__ import annotations

import itertools
from typing import Any
from urllib.parse import urlencode

import msgspec
from starlette.responses import Response

from acquis.command import HOSTS, PEOPLE
from acquis.roster import Pass
from acquis.state import Hand, Question, State, Statement
from acquis.text.folding import folded
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import page
from acquis.web.live.page import render_live
from acquis.web.live.regions import Scene
from acquis.web.pages.lists.pagination import contains, results_page

PEOPLE_EACH = 50
"""How many people a page of the list has."""
TOGETHER_MS = 5000
"""Two people who join within this time may be one who wants to count twice."""


class Attendee(msgspec.Struct, frozen=True):
    """A person of a session and what the person did on the floor; never how he or she voted. `namesake`: somebody else
    has the same name; `close`: joined shortly after or before somebody else; `seated`: a speaker of the programme."""

    given: Pass
    turns: int
    hands: list[Hand]
    questions: list[Question]
    statements: list[Statement]
    namesake: bool
    close: bool

    @property
    def about(self) -> list[Hand]:
        """The hands with a few words of what they are about."""
        return [hand for hand in self.hands if hand.about]


def attendees(state: State, passes: list[Pass]) -> list[Attendee]:
    """The people who can take part, or who were entered by a moderator, the latest first. `passes`: those of the
    session, in the order in which they were issued."""
    people = [given for given in passes if not given.roles or given.roles & PEOPLE]
    names = [folded(given.name) for given in people]
    gaps = [after.issued - before.issued for before, after in itertools.pairwise(people)]
    near = [min(around) < TOGETHER_MS for around in zip([TOGETHER_MS, *gaps], [*gaps, TOGETHER_MS])]
    return [
        Attendee(
            given,
            turns=sum(turn.person == given.person and turn.was_taken for turn in state.turns.values()),
            hands=[hand for hand in state.hands.values() if hand.person == given.person],
            questions=[q for q in state.questions.values() if q.person == given.person],
            statements=[s for s in state.statements.values() if s.person == given.person],
            namesake=bool(name) and names.count(name) > 1,
            close=close,
        )
        for given, name, close in reversed(list(zip(people, names, near, strict=True)))
    ]


@page("/s/{session:slug}/people", roles=HOSTS, names=HOSTS, live="moderators")
async def people(context: RequestContext) -> Response:
    """Everybody who joined; `?q=` searches by name, `?n=2` is the second page. Under the Chatham House Rule nobody is
    listed after the session."""
    state, words = context.session.state, context.query("q").strip()
    closed = state.settings.chatham and state.is_over
    listed = [] if closed else attendees(state, list(context.application.roster.passes(context.id)))

    def more(scene: Scene) -> dict[str, Any]:
        names = context.names
        rows = [attendee for attendee in listed if contains(names.get(attendee.given.person, ""), words)]
        return {"results": results_page(rows, context.number("n"), PEOPLE_EACH)}

    def address(n: int) -> str:
        return f"/s/{context.id}/people?{urlencode({'q': words, 'n': n})}"

    return render_live(
        context, "pages/people/page.html", home="people", more=more, q=words, closed=closed, address=address
    )
