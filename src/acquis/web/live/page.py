"""Rendering of the pages that show a live session."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.responses import Response

from acquis.command import PEOPLE, READER
from acquis.roster import Pass
from acquis.state import CODES, Hand, Question, State, Statement
from acquis.state.reading import public_statement
from acquis.web.http.context import RequestContext
from acquis.web.http.ids import new_key
from acquis.web.live import regions
from acquis.web.live.audiences import audience_of
from acquis.web.live.frames import SHOWS_MAP, people_watching, view_of

LIVE = (
    "shared/dom.js", "shared/storage.js", "shared/idempotency.js", "shared/clocks.js", "live/morph.js",
    "live/current.js", "live/mine.js", "live/follow.js", "live/live.js", "shared/forms.js",
)  # fmt: skip
"""The scripts of a live page with forms. All are named in the page, so that the imports among them need no further
round trip."""
CHOICE_OF = {code: choice for choice, code in CODES.items()}


class Mine(msgspec.Struct, frozen=True):
    """The data of the reader on a page, which is never part of a frame."""

    joined: bool
    hands: dict[str, Hand]
    """Kind -> the reader's waiting hand."""
    supported: frozenset[int]
    votes: dict[int, str]
    """Statement -> agree, disagree or pass."""
    questions: list[Question]
    proposed: list[Statement]


def mine_of(state: State, me: Pass) -> Mine:
    """The data of the holder of a pass in a state."""
    number = state.voice_numbers.get(me.voice) if me.roles & PEOPLE else None
    if number is None:
        return Mine(False, {}, frozenset(), {}, [], [])
    waiting = [state.hands[seq] for seq in state.waiting]
    return Mine(
        True,
        {hand.kind: hand for hand in waiting if hand.person == me.person},
        frozenset(q.seq for q in state.questions.values() if number in q.supporters),
        {seq: CHOICE_OF[votes[number]] for seq, votes in state.votes.items() if votes[number]},
        [q for q in state.questions.values() if q.person == me.person],
        [st for st in state.statements.values() if st.person == me.person],
    )


def concerns(state: State, mine: Mine, me: Pass) -> str:
    """What the frames say of the holder of a pass, as the page shows it: waiting hands, whether the person speaks, and
    the status of own questions and statements that are public. `mine.js` makes the same text of the frames; where they
    differ, the page is fetched again."""
    if not mine.joined:
        return ""
    turn = state.turns.get(state.turn)
    questions = [(f"q{q.seq}", q.fate if q.fate not in ("waiting", "withdrawn") else "") for q in mine.questions]
    statements = [(f"s{st.seq}", st.fate if public_statement(st) else "") for st in mine.proposed]
    hands = sorted(hand.seq for hand in mine.hands.values())
    return " ".join(
        [
            f"hands={','.join(map(str, hands))}",
            f"speaks={int(turn is not None and turn.person == me.person)}",
            *(f"{name}={fate}" for name, fate in (*questions, *statements)),
        ]
    )


def view(context: RequestContext) -> regions.View:
    """The view of the present state for the page of a context."""
    application, session = context.application, context.session
    current = application.maps.latest(session) if context.declaration.live in SHOWS_MAP else None
    shown = view_of(application, session, context.state, context.names, context.language)
    audience = audience_of(context.declaration.live or "participants", context.state, context.actor.actor())
    return msgspec.structs.replace(
        shown, audience=audience, presence=people_watching(application, session.log), current=current
    )


def render_live(context: RequestContext, template: str, /, **values: Any) -> Response:
    """A page of a session with the regions of its live screen."""
    shown, state = view(context), context.state
    scene = regions.scene(shown)
    mine = mine_of(state, context.actor)
    hidden = context.has_to_join  # the page then has no regions and no stream
    address = context.declaration.address(context.id)
    return context.render(
        template,
        ("shared/clocks.js",) if hidden else None,
        view=shown,
        s=state,
        scene=scene,
        parts=regions.parts(scene, lambda: new_key(context.now), still=True),
        facts=regions.facts(scene),
        floor=regions.floor_for(state, context.actor.attributes.stakeholder),
        mine=mine,
        concerns=concerns(state, mine, context.actor),
        here=address + ("?watch=1" if "watch" in context.request.query_params else ""),
        code=f"{shown.code[:4]}-{shown.code[4:]}",
        join_url=f"{(shown.base_url or context.base_url).rstrip('/')}/s/{context.id}",
        may_join=READER in context.actor.roles and not mine.joined and not state.is_over,
        hidden=hidden,
        **values,
    )
