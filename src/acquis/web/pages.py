"""The pages of everybody and of the moderators: home, floor, questions, vote, console, stage."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from acquis.board import code_of
from acquis.command import PEOPLE
from acquis.plan.roster import Pass
from acquis.session import Session
from acquis.web import live, passes
from acquis.web.access import PAGES as ACCESS
from acquis.web.commands import PAGES, address
from acquis.web.house import House, house_of, new_key
from acquis.web.problems import problem
from acquis.web.render import render

Typed = dict[str, str]


async def home(request: Request) -> Response:
    """Sessions by date, and the way in with a code."""
    listing = await house_of(request).board.listing()
    return render(request, "home.html", sessions=listing, page="home", me=passes.organizer_of(request))


async def join_code(request: Request) -> Response:
    """`/join?code=`: from a code to its session."""
    house = house_of(request)
    code = code_of(request.query_params.get("code", ""))
    row = house.roster.session_of_code(code) if code else None
    session = await house.board.session(row.id) if row else None
    if row is None or session is None or session.state.programme is None:
        address = request.client.host if request.client else ""
        seconds = house.claims.wait(address, house.clock.now())
        return problem(request, 429 if seconds else 404, "too_fast" if seconds else "no_such_code", seconds=seconds)
    return RedirectResponse(f"/s/{row.id}", 303)


async def open_session(request: Request, page: str) -> tuple[House, Session, Pass] | Response:
    """What every page of a session begins with: the session, who asks, and whether they may."""
    house = house_of(request)
    session = await house.board.session(request.path_params["session"])
    if session is None:
        return problem(request, 404, "no_such_session")
    me = passes.pass_of(request, session.log)
    if not me.roles & ACCESS[page]:
        return problem(request, 403, "not_allowed", roles=sorted(role for role in ACCESS[page] if role))
    return house, session, me


async def _live_page(
    request: Request, page: str, template: str, problem_text: str, typed: Typed | None, status: int, **more: Any
) -> Response:
    found = await open_session(request, page)
    if isinstance(found, Response):
        return found
    house, session, me = found
    state = await session.settled()
    if state.programme is None:
        return problem(request, 404, "not_published")
    joined = bool(me.roles & PEOPLE) and me.voice in state.voice_numbers
    if page in ("questions", "vote") and not joined and state.phase != "closed":
        return RedirectResponse(address(session.log, "floor"), 303)
    view = house.streams.view(session, house.streams.count(session.log))
    now = house.clock.now()
    context = {
        **live.context_of(view),
        "mine": live.mine_of(state, me.person, me.voice) if joined else live.Mine(),
        "key": lambda: new_key(now),
        "me": me,
        "joined": joined,
        "page": page,
        "problem": problem_text,
        "typed": typed or {},
        "code": f"{view.code[:4]}-{view.code[4:]}",
        "join_url": f"{house.streams.base_url or str(request.base_url).rstrip('/')}/s/{session.log}",
        **more,
    }
    return render(request, template, status, **context)


async def floor(request: Request, problem: str = "", typed: Typed | None = None, status: int = 200) -> Response:
    """The session's address: join, then the floor."""
    return await _live_page(request, "floor", "floor.html", problem, typed, status)


async def questions(request: Request, problem: str = "", typed: Typed | None = None, status: int = 200) -> Response:
    """Ask, support, and the fate of every question."""
    return await _live_page(request, "questions", "questions.html", problem, typed, status)


async def vote(request: Request, problem: str = "", typed: Typed | None = None, status: int = 200) -> Response:
    """One statement at a time."""
    again = request.query_params.get("again", "")
    return await _live_page(request, "vote", "vote.html", problem, typed, status, again=again)


async def console(request: Request, problem: str = "", typed: Typed | None = None, status: int = 200) -> Response:
    """The moderators' page, the same for the room and for online."""
    return await _live_page(request, "console", "console.html", problem, typed, status, moderator=True)


async def stage(request: Request) -> Response:
    """The projector."""
    scene = request.query_params.get("scene", "questions")
    scene = scene if scene in ("questions", "results") else "questions"
    return await _live_page(request, "stage", "stage.html", "", None, 200, scene=scene)


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
            return Response(body, 200, {"cache-control": "no-store"}, "application/json")
        return _Live(house, channel, me.person)

    return stream


class _Live(Response):
    """A response that stays open."""

    def __init__(self, house: House, channel: Any, person: str) -> None:
        super().__init__()
        self.house, self.channel, self.person = house, channel, person

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.house.streams.serve(self.channel, self.person, scope, receive, send)


PAGES.update({"floor": floor, "questions": questions, "vote": vote, "console": console})

ROUTES = [
    Route("/", home, name="home"),
    Route("/join", join_code, name="join_code"),
    Route("/s/{session:slug}", floor, name="floor"),
    Route("/s/{session:slug}/questions", questions, name="questions"),
    Route("/s/{session:slug}/vote", vote, name="vote"),
    Route("/s/{session:slug}/console", console, name="console"),
    Route("/s/{session:slug}/stage", stage, name="stage"),
    Route("/s/{session:slug}/live/participants", _stream("participants"), name="live_participants"),
    Route("/s/{session:slug}/live/moderators", _stream("moderators"), name="live_moderators"),
    Route("/s/{session:slug}/live/stage", _stream("stage"), name="live_stage"),
]
