"""The pages of everybody and of the moderators: home, floor, questions, vote, console, stage."""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from acquis.board import code_of
from acquis.board.gatherings import gatherings
from acquis.command import CAPTIONER, PEOPLE, READER, WRITERS
from acquis.documents.opinion import followed
from acquis.floor.turns import own_turns
from acquis.i18n import N_
from acquis.i18n.refusals import refusal_sentence
from acquis.reference.library import library
from acquis.reference.taking_part import coming
from acquis.report.confirming import summary_of_draft
from acquis.roster import Pass
from acquis.session import Session
from acquis.state import CODES, Hand, Question, State, Statement
from acquis.statistics.opinion_words import TITLES
from acquis.text.likeness import Pair, alike
from acquis.web.api.actions import PAGES, address
from acquis.web.http import passes
from acquis.web.http.access import PAGES as ACCESS
from acquis.web.http.application import Application, house_of, new_key
from acquis.web.http.problems import problem
from acquis.web.http.rendering import language_of, render
from acquis.web.live import regions as live
from acquis.web.live.maps import drawn, own_place, texts_of
from acquis.web.pages.gathering.page import due_soon
from acquis.web.words import dates
from acquis.web.words.phrases import lines
from acquis.web.words.reference import chance_words, href

Typed = dict[str, str]


async def home(request: Request) -> Response:
    """Sessions by date, and the way in with a code."""
    return await _home(request)


async def _home(request: Request, status: int = 200, wrong: str = "", code: str = "") -> Response:
    house, language = house_of(request), language_of(request)
    now = house.clock.now()
    listing = await house.board.listing(now)
    return render(
        request,
        "pages/home/page.html",
        status,
        live=[card for card in listing if card.phase == "open"],
        coming=sorted((card for card in listing if card.phase == "published"), key=lambda card: card.starts)[:MOST],
        recent=[card for card in listing if card.phase == "closed"][:MOST],
        more=len(listing) > MOST,
        gatherings=gatherings(listing)[:MOST],
        due=due_soon(listing, now),
        due_at=lambda one: dates.moment(one.due, one.card.zone, language),
        chances=coming(library(), dates.date_of(now), 3),
        chance_words=functools.partial(chance_words, language),
        href=href,
        page="home",
        me=passes.organizer_of(request),
        problem=wrong,
        typed={"code": code},
        scripts=("shared/clocks.js",),
    )


MOST = 6
"""Sessions of one kind on the first page; the others are under their gathering."""


async def join_code(request: Request) -> Response:
    """`/join?code=`: from a code to its session; without one, the place to type it."""
    house = house_of(request)
    typed = request.query_params.get("code", "")[:40]
    if not typed:
        return await _home(request)
    row = house.roster.session_of_code(code_of(typed))
    session = await house.board.session(row.id) if row else None
    if row is not None and session is not None and session.state.programme is not None:
        return RedirectResponse(f"/s/{row.id}", 303)
    # Guessing is slowed down by address; right codes never are: a hall shares one address.
    seconds = house.claims.wait(request.client.host if request.client else "", house.clock.now())
    code = "too_fast" if seconds else "no_such_code"
    sentence = refusal_sentence(language_of(request), code, {"seconds": seconds, "code": typed})
    return await _home(request, 429 if seconds else 404, sentence, typed)


async def open_session(request: Request, page: str) -> tuple[Application, Session, Pass] | Response:
    """What every page of a session begins with: the session, who asks, and whether they may."""
    house = house_of(request)
    session = await house.board.session(request.path_params["session"])
    if session is None:
        return problem(request, 404, "no_such_session")
    me = passes.pass_of(request, session.log)
    if not me.roles & ACCESS[page]:
        return problem(request, 403, "not_allowed", roles=sorted(role for role in ACCESS[page] if role))
    if page in ROOM and passes.has_to_join(session.state, me):
        return problem(request, 403, "join_first", session=session.log)
    return house, session, me


ROOM = frozenset({
    "questions", "vote", "map", "stage", "captions", "live_participants", "live_stage", "live_captions",
})  # fmt: skip
"""Pages that show who acts while a session runs."""


async def live_page(
    request: Request, page: str, wrong: str, typed: Typed | None, status: int, template: str = "", **more: Any
) -> Response:
    """A page of a session around what its live screens show; `wrong` is the sentence of what went wrong."""
    found = await open_session(request, page)
    if isinstance(found, Response):
        return found
    house, session, me = found
    state = await session.settled()
    if state.programme is None:
        return problem(request, 404, "not_published")
    shown = house.streams.maps.latest(session) if page in KINDS else None
    inside = page == "console" or (page == "captions" and bool(me.roles & (WRITERS | {CAPTIONER})))
    view = house.streams.view(session, house.streams.count(session.log), shown, inside)
    state = view.state
    view = msgspec.structs.replace(view, lang=language_of(request))
    now = house.clock.now()
    scene = live.scene(view)
    shut = passes.has_to_join(state, me)  # nothing of what goes on is in the page, nor does it follow
    context = {
        "view": view,
        "s": state,
        "scene": scene,
        "parts": live.parts(scene, lambda: new_key(now), still=True),
        "facts": live.facts(scene),
        "floor_is": live.floor_is(state),
        "mine": mine_of(state, me),
        "me": me,
        "page": page,
        "session": session.log,
        "here": address(session.log, page) + ("?watch=1" if "watch" in request.query_params else ""),
        "problem": wrong,
        "typed": defaultdict(str, typed or {}),
        "code": f"{view.code[:4]}-{view.code[4:]}",
        "join_url": f"{(view.base_url or str(request.base_url)).rstrip('/')}/s/{session.log}",
        "shut": shut,
        "scripts": ("shared/clocks.js",) if shut else SCRIPTS.get(page, ()),
        "kind": KINDS.get(page, "participants"),
        **more,
    }
    return render(request, template or f"pages/{page}/page.html", status, **context)


LIVE = ("shared/clocks.js", "live/mine.js", "live/follow.js", "live/live.js", "shared/forms.js")
"""All are named in the page, so that the imports among them need no further round trip."""
SCRIPTS = {
    "floor": (*LIVE, "pages/captions/page.js"),
    "questions": LIVE,
    "vote": LIVE,
    "console": (*LIVE, "live/keys.js"),
    "stage": (*LIVE[:4], "live/keys.js"),
    "captions": ("live/follow.js", "pages/captions/page.js"),
}
KINDS: dict[str, live.Kind] = {"console": "moderators", "stage": "stage", "captions": "captions"}


class Mine(msgspec.Struct, frozen=True):
    """What is one's own on a page; never part of a frame."""

    joined: bool
    hands: dict[str, Hand]
    """One's waiting hands by kind."""
    supported: frozenset[int]
    votes: dict[int, str]
    """Statement -> agree, disagree or pass."""
    questions: list[Question]
    proposed: list[Statement]


def mine_of(state: State, me: Pass) -> Mine:
    """What belongs to the holder of a pass."""
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


CHOICE_OF = {code: choice for choice, code in CODES.items()}


async def floor(request: Request, problem: str = "", typed: Typed | None = None, status: int = 200) -> Response:
    """The session's address: join, then the floor. `?watch=1` shows the floor to who does not want to take part,
    `?join=1` lets people change what they said when they joined."""
    found = await open_session(request, "floor")
    if isinstance(found, Response):
        return found
    _, session, me = found
    again = "join" in request.query_params or (typed is not None and "do" not in typed)
    guest = me.roles <= PEOPLE | {READER}
    watches = "watch" in request.query_params and not passes.has_to_join(session.state, me)
    outside = me.voice not in session.state.voice_numbers and not watches
    ask = guest and (outside or again) and session.state.phase != "closed"
    words = bool(me.roles & PEOPLE) and (session.state.phase == "closed" or bool(own_turns(session.state, me.actor())))
    return await live_page(
        request, "floor", problem, typed, status, "pages/floor/join.html" if ask else "", own_words=words
    )


async def questions(request: Request, problem: str = "", typed: Typed | None = None, status: int = 200) -> Response:
    """Ask, support, and the fate of every question. `?answer=41` opens the form of a speaker's answer in writing."""
    asked = (typed or {}).get("question", "") or request.query_params.get("answer", "")
    answer = int(asked) if asked.isdecimal() and len(asked) < 12 else 0
    return await live_page(request, "questions", problem, typed, status, answer=answer)


async def vote(request: Request, problem: str = "", typed: Typed | None = None, status: int = 200) -> Response:
    """One statement at a time; `?statement=41` shows that one again."""
    again = (typed or {}).get("statement", "") or request.query_params.get("statement", "")
    again_seq = int(again) if again.isdecimal() and len(again) < 12 else 0
    return await live_page(request, "vote", problem, typed, status, again=again_seq, choose=live.choose)


async def console(request: Request, problem: str = "", typed: Typed | None = None, status: int = 200) -> Response:
    """The moderators' page, the same for the room and for online. Questions that may ask the same are looked for when
    the page is loaded."""
    return await live_page(request, "console", problem, typed, status, twins=twins, summary_of=summary_of_draft)


def twins(state: State) -> list[Twin]:
    """Pairs of open questions that may ask the same: which could be merged into which, and the words that say so."""
    still = {q.seq: q for q in state.questions.values() if q.fate in ("waiting", "approved", "on_floor") and q.text}
    found = []
    for pair in _alike(tuple((q.seq, q.text) for q in still.values())):
        kept, gone = still[pair.first], still[pair.second]
        if kept.fate == "waiting":
            kept, gone = gone, kept
        if kept.fate != "waiting":  # a question is merged only into one that everybody can read
            found.append(Twin(kept, gone, pair.because))
    return found


@functools.lru_cache(maxsize=64)
def _alike(questions: tuple[tuple[int, str], ...]) -> list[Pair]:
    return alike(questions, MOST)


class Twin(msgspec.Struct, frozen=True):
    """Two questions that may ask the same."""

    kept: Question
    gone: Question
    because: tuple[str, ...]


async def stage(request: Request) -> Response:
    """The projector."""
    scene = request.query_params.get("scene", SCENES[0])
    found = await open_session(request, "stage")
    lines = live.stage_captions(found[0].streams.view(found[1], 0)) if isinstance(found, tuple) else ""
    at = scene if scene in SCENES else SCENES[0]
    return await live_page(request, "stage", "", None, 200, at=at, scenes=SCENES, live_lines=lines)


SCENES = ("questions", "results", "map")


def _stream(kind: live.Kind) -> Any:
    async def stream(request: Request) -> Response:
        found = await open_session(request, f"live_{kind}")
        if isinstance(found, Response):
            return found
        house, session, me = found
        if session.state.programme is None:
            return problem(request, 404, "not_published")
        channel = house.streams.channel(session, kind)
        if (after := request.query_params.get("poll")) is not None:
            seq = int(after) if after.lstrip("-").isdecimal() and len(after) < 18 else -1
            body = await channel.after(seq)
            if isinstance(again := await open_session(request, f"live_{kind}"), Response):
                return again  # the pass was revoked while it waited
            return Response(body, 200, {"cache-control": "no-store"}, "application/json")
        return _Live(house, channel, me.person)

    return stream


class _Live(Response):
    """A response that stays open."""

    def __init__(self, house: Application, channel: Any, person: str) -> None:
        super().__init__()
        self.house, self.channel, self.person = house, channel, person

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.house.streams.serve(self.channel, self.person, scope, receive, send)


KINDS_NAMED = {
    "stakeholder_group": N_("Stakeholder groups"),
    "regional_group": N_("Regional groups"),
    "lane": N_("In the room and online"),
}


async def opinion_page(request: Request) -> Response:
    """What the votes show, and where one stands oneself. The map may lag a few seconds behind."""
    found = await open_session(request, "map")
    if isinstance(found, Response):
        return found
    house, session, me = found
    state = await session.settled()
    if state.closed_at:
        state = house.board.public(session.log, state)
    shown = await house.streams.maps.first(session)
    language = language_of(request)
    read, svg = drawn(shown, state, language) if shown else (None, "")
    own, because = own_place(shown, state, me.voice, language) if shown else ("", [])
    return await live_page(
        request, "map", "", None, 200, read=read, svg=svg, own=own, because=because, texts=texts_of(state),
        upto=shown.cast.upto if shown else 0, area_titles=lines(language, TITLES),
        kinds=lines(language, KINDS_NAMED), followed=functools.partial(followed, language=language),
    )  # fmt: skip


PAGES.update({"floor": floor, "questions": questions, "vote": vote, "console": console})

ROUTES = [
    Route("/", home, name="home"),
    Route("/join", join_code, name="join_code"),
    Route("/s/{session:slug}", floor, name="floor"),
    Route("/s/{session:slug}/questions", questions, name="questions"),
    Route("/s/{session:slug}/vote", vote, name="vote"),
    Route("/s/{session:slug}/map", opinion_page, methods=["GET"], name="map"),
    Route("/s/{session:slug}/console", console, name="console"),
    Route("/s/{session:slug}/stage", stage, name="stage"),
    Route("/s/{session:slug}/live/participants", _stream("participants"), name="live_participants"),
    Route("/s/{session:slug}/live/moderators", _stream("moderators"), name="live_moderators"),
    Route("/s/{session:slug}/live/stage", _stream("stage"), name="live_stage"),
    Route("/s/{session:slug}/live/captions", _stream("captions"), name="live_captions"),
]
