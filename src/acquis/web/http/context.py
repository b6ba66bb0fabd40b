"""The request context: the data of a request for its handler, determined once.

Only this module looks up the application, the session, the pass and the language of a request, and decides which parts
of a session the reader sees; it contains the conditions of the Chatham House Rule.
"""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal

from msgspec.structs import replace
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from acquis.attributes import ATTRIBUTES
from acquis.board import code_of
from acquis.command import ORGANIZER, TEAM, Refused
from acquis.i18n import say
from acquis.record import RecordFull
from acquis.roster import Pass
from acquis.session import Session
from acquis.state import State
from acquis.state.counting import as_public
from acquis.state.people import choices
from acquis.state.reading import seat_of
from acquis.state.snapshots import snapshot
from acquis.web.http import lengths
from acquis.web.http.application import Application
from acquis.web.http.assets import AGE, SHARED, WATCH, folder_of, linked, styles_of
from acquis.web.http.body import BODY_LIMIT, read_body, read_form
from acquis.web.http.declaration import JOINED, READING, REGIONS_SCRIPT, EndpointDeclaration, StreamKind, page_number
from acquis.web.http.embedding import embedded_pass, embedded_secret, from_the_frame
from acquis.web.http.forms import Forms
from acquis.web.http.ids import new_key
from acquis.web.http.kept import Browser
from acquis.web.http.language import language_of
from acquis.web.http.passes import STRANGER, bearer_of, pass_of, secret_of
from acquis.web.http.rendering import RenderedPage, fragment
from acquis.web.http.returned import Wrong, returned
from acquis.web.http.timekeeping import follow_clock
from acquis.web.http.unsaved import missing_texts
from acquis.web.words.phrases import lines


class StateReplaced(Exception):
    """The state of which a page is made was replaced: an act was taken back, or an entry could not be stored."""


@dataclass(slots=True)
class RequestContext:
    """The argument of a handler. `actor`: the pass of the reader; `typed`, `wrong`, `lead`, `status`, `refused`: for a
    page that is rendered after a refusal; `page`: the name of that page, and `back` its query."""

    request: Request
    declaration: EndpointDeclaration
    application: Application
    now: int
    """Milliseconds since 1970, UTC."""
    actor: Pass = STRANGER
    current: Session | None = None
    visible: State | None = None
    read: State | None = None
    """The state of the session that `visible` was made of."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Person -> name; empty if the reader may not see names."""
    typed: dict[str, str] = field(default_factory=dict)
    wrong: Wrong = ()
    lead: str = ""
    """A sentence before what is wrong."""
    status: int = 200
    refused: Exception | None = None
    page: str = ""
    back: str = ""
    drawn: int = 0
    """The `page_number` of the state that the page shows."""
    source: str = ""
    """The address from which the answer to a form is fetched again when the session moves on; empty: never."""
    answers: EndpointDeclaration | None = None
    """The endpoint to which the form was sent, where the page that answers it is another one."""
    at_once: bool = False
    """Whether no other work goes on while the page is made."""
    _language: str = ""
    _browser: Browser | None = None

    @property
    def language(self) -> str:
        """The language of the reader, determined at the first use."""
        if not self._language:
            self._language = language_of(self.request)
        return self._language

    @property
    def session(self) -> Session:
        """The session that the path names. The address must name one."""
        assert self.current is not None, "this address names no session"
        return self.current

    @property
    def embedded(self) -> bool:
        """Whether a frame of another site makes the request."""
        return self.declaration.embedded

    @property
    def way(self) -> str:
        """The path before the pages of a participant, or before those in a frame; empty without a session."""
        return f"/s/{self.current.log}{'/embed' if self.embedded else ''}" if self.current else ""

    @property
    def secret(self) -> str:
        """The secret of the pass of the session in the browser; empty if there is none."""
        return (embedded_secret if self.embedded else secret_of)(self.request, self.id)

    @property
    def id(self) -> str:
        """The id of the session, which is also the name of its log."""
        return self.session.log

    @property
    def state(self) -> State:
        """The durable state of the session as the reader may see it."""
        assert self.visible is not None, "this endpoint does not declare that it reads the state"
        return self.visible

    @property
    def zone(self) -> str:
        """The time zone of the venue, as a name of the IANA database ("Europe/Zurich")."""
        return self.state.programme.zone

    @property
    def organizes_all(self) -> bool:
        """Whether the reader organizes all sessions, and not only this one."""
        return ORGANIZER in pass_of(self.application, self.request, "").roles

    @property
    def head(self) -> str:
        """The link of the newest entry of the log, in hexadecimal."""
        return self.application.board.record.head(self.id)[1].hex()

    @property
    def base_url(self) -> str:
        """The address of the server with a trailing slash."""
        return str(self.request.base_url)

    @property
    def declarations(self) -> tuple[EndpointDeclaration, ...]:
        """The declarations of all endpoints of the application."""
        declarations: tuple[EndpointDeclaration, ...] = self.request.app.state.declarations
        return declarations

    @property
    def has_to_join(self) -> bool:
        """Whether the reader sees nothing of the floor before joining."""
        return has_to_join(self.session.state, self.actor)

    @property
    def stream(self) -> StreamKind | Literal[""]:
        """The stream that the page follows. The form of joining does not follow that of a live screen, which a reader
        who has not joined may not see."""
        shown = self.current is not None and (self.request.method == "GET" or self.source)
        kind = self.declaration.stream if shown else ""
        return "pages" if kind and self.has_to_join else kind

    @property
    def browser(self) -> Browser:
        """The passes of the session in the browser of the reader."""
        if self._browser is None:
            self._browser = Browser(self.application, self.request, self.id)
        return self._browser

    def query(self, name: str, default: str = "") -> str:
        """A query parameter, or `default`; of a page that is rendered after a refusal, that of the page."""
        return (QueryParams(self.back) if self.back else self.request.query_params).get(name, default)

    def number(self, name: str) -> int:
        """The number of an entry in the path, the typed field or the query parameter `name`; 0 for none."""
        text = self.request.path_params.get(name) or self.typed.get(name) or self.query(name)
        return int(text) if text.isdecimal() and len(text) < 12 else 0

    def part(self, name: str) -> str:
        """The value of a parameter of the path. Raises KeyError if the path has no such parameter."""
        return str(self.request.path_params[name])

    def say(self, message: str, /, **facts: Any) -> str:
        """A message in the language of the reader."""
        return say(self.language, message, **facts)

    def words(self, table: Mapping[str, str]) -> dict[str, str]:
        """A table of messages in the language of the reader."""
        return lines(self.language, table)

    @property
    def network(self) -> str:
        """The network of the client, as a keyed hash that means nothing after the process has ended."""
        client = self.request.client
        return self.application.sources.of(client.host if client else "")

    @property
    def code(self) -> str:
        """The session code ("ABCD-EFGH") for a reader who has a pass, or who came with the code; else empty."""
        row = self.application.roster.session(self.id)
        if row is None or (self.actor is STRANGER and code_of(self.typed_code) != code_of(row.code)):
            return ""
        return f"{row.code[:4]}-{row.code[4:]}"

    @property
    def typed_code(self) -> str:
        """The session code that was typed, or that is in the address."""
        return (self.typed.get("code") or self.query("code"))[: lengths.CODE]

    @property
    def way_in(self) -> str:
        """The address with which one joins the session: with its code for readers who may know it."""
        base, code = (self.application.base_url or self.base_url).rstrip("/"), self.code
        return f"{base}/s/{self.id}{f'?code={code}' if code else ''}"

    def slowed_down(self) -> int:
        """Seconds to wait after too many wrong codes or passes from the network of the client; 0 for none. Correct ones
        never wait, because a hall may share one address."""
        return self.application.claims.wait(self.network, self.now)

    async def body(self, limit: int = BODY_LIMIT) -> bytes:
        """The body of at most `limit` bytes. Raises TooLarge."""
        return await read_body(self.request, limit)

    async def form(self, limit: int = BODY_LIMIT, fields: int = 200) -> dict[str, str]:
        """The fields of the form, which are also stored in `typed`. Raises TooLarge, Refused("bad_fields")."""
        self.typed = await read_form(self.request, limit, fields)
        return self.typed

    def render(self, template: str, scripts: tuple[str, ...] | None = None, /, **values: Any) -> HTMLResponse:
        """A page from a template, named by its path below `acquis/web`, in the language of the reader, with the
        declared scripts or those given. The body has the folder as class, and the style sheet of the folder is used."""
        declaration, folder = self.declaration, folder_of(template)
        styles = styles_of(folder, bool(declaration.live), declaration.styles) if folder else SHARED
        own = declaration.scripts if scripts is None else scripts
        watched = bool(self.stream) and REGIONS_SCRIPT not in own
        common: dict[str, Any] = {
            "me": self.actor,
            "page": folder,
            "session": self.current.log if self.current else "",
            "way": self.way,
            "embedded": self.embedded,
            "key": lambda: new_key(self.now),
            "now": self.now,
            "scripts": tuple(dict.fromkeys((*WATCH, *own))) if watched else own,
            "stream": self.stream,
            "drawn": self.drawn,
            "ages": self.request.method == "GET" and not self.stream and set(AGE) <= set(own),
            "source": self.source,
            "unsaved": (),
            "several": bool(self.current and not self.embedded and self.browser.kept),
            "styles": linked(styles),
        }
        if self.current is not None and self.visible is not None:
            reader = self.actor.actor()
            common["forms"] = Forms(self.state, reader, self.now, self.id, common["key"], embedded=self.embedded)
        values = {**common, **values}
        headers = {"cache-control": "no-store", "vary": "accept-language, cookie"}
        if not self.wrong and not self.lead:
            return RenderedPage(self.language, template, values, self.status, headers)
        text = self._returned(fragment(self.language, template, **values))
        answered = (self.answers or self.declaration).accepts
        if self.wrong and (unsaved := missing_texts(text, self.typed, answered)):
            values["unsaved"] = (*values["unsaved"], *unsaved)
            text = self._returned(fragment(self.language, template, **values))
        return HTMLResponse(text, self.status, headers)

    def _returned(self, html: str) -> str:
        """A page with the form that was refused."""
        path, code = self.request.url.path, getattr(self.refused, "code", "")
        return returned(self.language, html, path, self.typed, self.wrong, lead=self.lead, code=code)

    async def pause(self) -> None:
        """Lets other work go on, until the state of the session is durable again. Raises StateReplaced if what was read
        of it does not hold any more; the page is then made again `at_once`."""
        if self.at_once:
            return
        await asyncio.sleep(0)
        if self.current is not None:
            await self.current.settled()
            if self.read is not None and self.current.state is not self.read:
                raise StateReplaced

    async def frozen(self) -> State:
        """A copy of the state as the reader may see it, for work in a thread. Raises StateReplaced."""
        copy = snapshot(self.state)
        await self.pause()
        return copy

    def redirect(self, address: str) -> RedirectResponse:
        """A redirect to another page with GET (303)."""
        return RedirectResponse(address, 303)

    async def on(self, declaration: EndpointDeclaration, wrong: Wrong = (), status: int = 200) -> RequestContext:
        """The context of the same reader for another page, with the present state. Raises Refused."""
        bare = dataclasses.replace(
            self,
            declaration=declaration,
            wrong=wrong,
            status=status,
            visible=None,
            names={},
            answers=self.declaration,
        )
        return await opened(bare)


def bare_context(request: Request, declaration: EndpointDeclaration) -> RequestContext:
    """The context of a request before `opened`: without session and reader."""
    application: Application = request.app.state.application
    return RequestContext(request, declaration, application, application.clock.now())


async def opened(context: RequestContext) -> RequestContext:
    """Adds the session, the reader, and the visible state and names. Raises Refused: no_such_session, not_allowed,
    join_first, not_published."""
    declaration, application, request = context.declaration, context.application, context.request
    id = request.path_params["session"] if declaration.of_session else ""
    if id and context.current is None:
        context.current = await application.board.session(id)
        if context.current is None:
            raise Refused("no_such_session")
        with suppress(RecordFull):  # reading goes on
            await follow_clock(application, context.current)
    bearer = declaration.bearer or bool(declaration.in_address)
    holder = bearer_of(application, request, id, declaration.in_address) if bearer else None
    if declaration.embedded:
        _require_site(context)
        holder = embedded_pass(application, request, id)
    context.actor = holder or pass_of(application, request, id)
    if context.current is not None:
        context.actor = in_seat(context.actor, context.current.state)
    if not context.actor.roles & declaration.roles:
        raise Refused("not_allowed", roles=sorted(role for role in declaration.roles if role))
    if context.current is not None:
        if declaration.access == JOINED and has_to_join(context.current.state, context.actor):
            raise Refused("join_first", session=id)
        if declaration.reads:
            state = await context.current.settled()
            if state.is_draft and not declaration.drafts:
                raise Refused("not_published")
            context.read = state
            context.drawn = page_number(_number_of(context), state)
            sees = bool(context.actor.roles & declaration.names)
            context.visible, context.names = await visible(
                application, context.current, state, bool(declaration.live), sees, context.language
            )
            if context.visible is not state:
                context.read = await context.current.settled()  # it may have gone on while the public state was made
            if not declaration.roles <= TEAM:
                context.visible = as_public(context.visible)
    return context


def _require_site(context: RequestContext) -> None:
    """Raises Refused if no site may embed pages, or a page of another site sends a form."""
    if not context.application.sites:
        raise Refused("not_embeddable")
    if context.request.method not in READING and not from_the_frame(context.request):
        raise Refused("cross_site")


def in_seat(holder: Pass, state: State) -> Pass:
    """The pass of a speaker with the name and the groups that the programme states; any other pass as it is."""
    seat = seat_of(state, holder.seat)
    if seat is None:
        return holder
    stated = {
        attribute.name: attribute.of(seat)
        for attribute in ATTRIBUTES
        if attribute.of(seat) in choices(state, attribute)
    }
    return replace(holder, name=seat.name, attributes=replace(holder.attributes, **stated))


def _number_of(context: RequestContext) -> StreamKind:
    """The kind whose number the page shows: of those who have to join, the one that tells nothing of the floor."""
    return "participants" if context.has_to_join else context.stream or "pages"


def has_to_join(state: State, actor: Pass) -> bool:
    """Whether the reader has to join to see the session: under the Chatham House Rule, without a pass, until the
    session has ended. Afterwards everybody sees it without names."""
    return state.settings.chatham and not state.closed_at and actor is STRANGER


async def visible(
    application: Application, session: Session, state: State, live: bool, names: bool, language: str
) -> tuple[State, Mapping[str, str]]:
    """The state and the names of people that a reader may see, of a settled state of the session. `live`: on a live
    screen, which shows names while the session is open; `names`: at any time. Raises RecordBroken."""
    if names or (live and not (state.settings.chatham and state.closed_at)):
        return state, application.shown_names.of(session.log, state, language)
    return await application.board.public(session, state), {}
