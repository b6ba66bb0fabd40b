"""Renders the pages that show a live session."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Literal
from urllib.parse import urlencode

import msgspec
from starlette.responses import Response

from acquis.command import PEOPLE, READER
from acquis.floor.turns import had
from acquis.roster import Pass
from acquis.state import CODES, Hand, Question, State, Statement
from acquis.state.counting import strike_of
from acquis.state.measures import Struck
from acquis.state.reading import public_statement
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import Kind
from acquis.web.http.ids import new_key
from acquis.web.live import regions
from acquis.web.live.asked import asked_of
from acquis.web.live.audiences import audience_of
from acquis.web.live.frames import SHOWS_MAP, people_watching, view_of
from acquis.web.live.view import View

LIVE = (
    "shared/dom.js", "shared/storage.js", "shared/idempotency.js", "shared/clocks.js", "live/morph.js",
    "live/current.js", "live/mine.js", "live/results.js", "live/follow.js", "live/live.js", "live/history.js",
    "shared/forms.js",
)  # fmt: skip
"""The scripts of a live page with forms. All are named in the page, so that the imports among them need no further
round trip."""
CHOICE_OF = {code: choice for choice, code in CODES.items()}


class Mine(msgspec.Struct, frozen=True):
    """The data of the reader on a page. It is never part of a frame."""

    joined: bool
    hands: dict[str, Hand] = {}
    """Kind -> the reader's waiting hand."""
    lowered: Hand | None = None
    """The reader's latest hand if a moderator lowered it."""
    voice: int = -1
    """The reader's number among the voices."""
    votes: dict[int, str] = {}
    """Statement -> agree, disagree or pass."""
    questions: list[Question] = []
    proposed: list[Statement] = []

    def supports(self, question: Question) -> bool:
        """Whether the reader supports a question."""
        return self.voice in question.supporters


def mine_of(state: State, me: Pass) -> Mine:
    """The data of the holder of a pass in a state."""
    number = state.voice_numbers.get(me.voice) if me.roles & PEOPLE else None
    if number is None:
        return Mine(joined=False)
    waiting = [state.hands[seq] for seq in state.waiting]
    latest = next((hand for hand in reversed(state.hands.values()) if hand.person == me.person), None)
    return Mine(
        joined=True,
        hands={hand.kind: hand for hand in waiting if hand.person == me.person},
        lowered=latest if latest and latest.fate == "lowered" and latest.lowered_by_moderator else None,
        voice=number,
        votes={seq: CHOICE_OF[votes[number]] for seq, votes in state.votes.items() if votes[number]},
        questions=[state.questions[seq] for seq in state.asked_by.get(me.person, ())],
        proposed=[st for st in state.statements.values() if st.person == me.person],
    )


def concerns(scene: regions.Scene, mine: Mine, me: Pass, also: str = "") -> str:
    """What the frames say about the holder of a pass, as the page shows it: waiting requests, whether the person is
    speaking, the questions for a panellist, the status of own questions and statements, and the number of rows left out
    if an own one may be among them. `also`: a fact of the frames that the page shows to everybody, as `name=value`.
    `mine.js` makes the same text from the frames; if the two differ, the page is fetched again."""
    if not mine.joined and not me.seat and not also:
        return ""
    state = scene.view.state
    turn = state.turns.get(state.turn)
    shown = {q.seq for q in (*scene.top("asked"), *scene.top("ledger"))}
    questions = [(f"q{q.seq}", q.fate if q.seq in shown or q.fate == "held_back" else "") for q in mine.questions]
    hidden = [("beyond", str(scene.beyond))] if any(q.seq not in shown for q in mine.questions) else []
    statements = [(f"s{st.seq}", st.fate if public_statement(st) or st.is_held_back else "") for st in mine.proposed]
    hands = sorted(hand.seq for hand in mine.hands.values())
    return " ".join(
        [
            f"hands={','.join(map(str, hands))}",
            f"speaks={int(turn is not None and had(turn, me.actor()))}",
            f"asked={','.join(f'{q.seq}:{when}' for q, when in asked_of(scene.top('asked'), me.seat))}",
            *(f"{name}={fate}" for name, fate in (*questions, *statements, *hidden)),
            *([also] if also else []),
        ]
    )


def view(context: RequestContext, kind: Kind | Literal[""] = "") -> View:
    """The view of the present state for a page, by default for the kind of screen that the page declares."""
    application, session = context.application, context.session
    current = application.maps.latest(session) if context.declaration.live in SHOWS_MAP else None
    shown = view_of(application, session, context.state, context.names, context.language)
    kind = kind or context.declaration.live or "participants"
    audience = audience_of(kind, context.state, context.actor.actor(), context.embedded)
    return msgspec.structs.replace(
        shown, audience=audience, presence=people_watching(application, session.log), current=current
    )


def scene_of_page(context: RequestContext, kind: Kind | Literal[""] = "") -> regions.Scene:
    """The scene of `view`."""
    return regions.scene(view(context, kind))


def address_of(context: RequestContext) -> str:
    """The address of the session, for people who join."""
    return f"{(context.application.base_url or context.base_url).rstrip('/')}/s/{context.id}"


def _kept_query(context: RequestContext) -> str:
    """The part of the query that a page keeps when it is loaded again: watching only, and the session code."""
    query = context.request.query_params
    kept = {"watch": "1"} if "watch" in query else {}
    kept |= {"code": context.code} if "code" in query and context.code else {}
    return f"?{urlencode(kept)}" if kept else ""


def _carried(context: RequestContext, **query: object) -> str:
    """The query of a link to another page of the session: `query`, and the session code for a reader who came with it
    and has not joined."""
    code = {"code": context.code} if context.actor.roles == {READER} and context.code else {}
    return f"?{urlencode(query | code)}" if query or code else ""


def _struck(context: RequestContext) -> Struck | None:
    """The votes of the reader if they are left out of the results."""
    state = context.session.state
    return state.measures.struck.get(strike_of(state, context.actor.voice))


def render_live(
    context: RequestContext,
    template: str,
    /,
    kind: Kind | Literal[""] = "",
    home: str = "",
    macros: str = regions.PARTICIPANTS,
    scripts: tuple[str, ...] | None = None,
    more: Callable[[regions.Scene], dict[str, Any]] = lambda _: {},
    scene: regions.Scene | None = None,
    also: str = "",
    **values: Any,
) -> Response:
    """A page of a session with the regions of its live screen, or those of another `kind`, which are the macros of a
    template. `home`: the page to which all its forms return; `scripts`: others than those of the declaration; `more`:
    further values of the template, made from the scene. `scene`: if it was made before; `also`: as in
    `concerns`."""
    scene, state = scene or scene_of_page(context, kind), context.state
    mine = mine_of(state, context.actor)
    hidden = context.has_to_join  # the page then has no regions and no stream
    address = context.declaration.address(context.id)
    return context.render(
        template,
        ("shared/clocks.js",) if hidden else scripts,
        view=scene.view,
        s=state,
        scene=scene,
        parts=regions.parts(scene, lambda: new_key(context.now), still=True, home=home, macros=macros),
        facts=regions.facts(scene),
        floor=regions.floor_for(state, context.actor.attributes.stakeholder),
        mine=mine,
        concerns=concerns(scene, mine, context.actor, also),
        here=address + _kept_query(context),
        code=context.code,
        carried=functools.partial(_carried, context),
        join_url=address_of(context),
        may_join=bool(context.actor.roles & (PEOPLE | {READER})) and not mine.joined and not state.is_over,
        hidden=hidden,
        silenced=state.measures.silenced.get(context.actor.person, ""),
        struck=struck.reason if (struck := _struck(context)) else "",
        stopped=state.is_paused or context.actor.person in state.measures.silenced,
        **more(scene),
        **values,
    )
