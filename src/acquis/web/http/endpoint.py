"""Endpoints: handlers with their declarations, and the responses to refused requests."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Literal, Required, TypedDict, Unpack

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from acquis.command import Refused
from acquis.i18n.refusals import refusal_sentence
from acquis.record import RecordBroken
from acquis.web.http.body import TooLarge
from acquis.web.http.context import RequestContext, StateReplaced, bare_context, opened
from acquis.web.http.declaration import READING, Access, EndpointDeclaration, Kind, StreamKind
from acquis.web.http.headers import embeddable
from acquis.web.http.language import remember_language
from acquis.web.http.loop import name_work
from acquis.web.http.notices import warn
from acquis.web.http.problems import FAULTS, fault_line, problem, refusal, wants_json
from acquis.web.http.rendering import RenderedPage, finished
from acquis.web.http.returned import Wrong

Handler = Callable[[RequestContext], Awaitable[Response]]
REFUSALS = (Refused, TooLarge, *FAULTS)
PAGES = "acquis.web.pages."


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A handler, its declaration and the name of its module."""

    declaration: EndpointDeclaration
    handler: Handler
    module: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request: with the response of the handler, or that to its refusal."""
        response = await self.respond(Request(scope, receive, send))
        await response(scope, receive, send)

    async def respond(self, request: Request) -> Response:
        """The response of the handler, or that to its refusal."""
        name_work(self.declaration.name)
        context = self._begun(request)
        try:
            response = await self._answer(context)
        except REFUSALS as error:
            response = await _refused(context, error)
        if self.declaration.embedded:
            response.headers.update(embeddable(context.application.sites or ("'none'",)))
        if b"lang" in request.scope["query_string"]:
            remember_language(request, response, context.way if context.embedded else "")
        return response

    async def _answer(self, context: RequestContext) -> Response:
        """The response of the handler. A page is rendered in slices; what changed in the session meanwhile the reader
        learns by its stream, because the page has the number of the state with which it began."""
        try:
            response = await self.handler(await opened(context))
            if isinstance(response, RenderedPage) and context.request.method in READING:
                await response.finish_beside(context.pause)
        except StateReplaced:
            response = await self.handler(await opened(self._begun(context.request, at_once=True)))
        except RuntimeError as error:
            if "during iteration" not in str(error):
                raise
            # a list became longer meanwhile
            response = await self.handler(await opened(self._begun(context.request, at_once=True)))
        return finished(response)

    def _begun(self, request: Request, at_once: bool = False) -> RequestContext:
        """The context with which the answer to a request begins."""
        context = bare_context(request, self.declaration)
        context.page, context.at_once = self.declaration.page, at_once
        return context

    async def rendered(self, context: RequestContext, wrong: Wrong = (), status: int = 200) -> Response:
        """This page for the reader of a context, with what is wrong and the typed fields. Raises Refused."""
        return finished(await self.handler(await context.on(self.declaration, wrong, status)))

    @property
    def route(self) -> Route:
        """The endpoint as a route of Starlette: its path, method and name, with the checks before it."""
        declared = self.declaration
        return Route(declared.path, self, methods=[declared.method], name=declared.name)


async def _refused(context: RequestContext, error: Exception) -> Response:
    """The page of the form with the error and the typed fields, or a problem page, or JSON."""
    context.refused = error
    status, code, facts = refusal(error)
    if context.request.method not in READING:
        context.application.metrics.refused(code)
    if isinstance(error, FAULTS):
        warn(fault_line(error, context.request.method, context.request.url.path, status))
    if code == "broken" and context.request.method == "GET":
        code = "cannot_read"
    if isinstance(error, FAULTS):
        context.application.incidents.note(code, context.now)
    page = _page(context)
    if page is not None and code not in _NO_PAGE and not wants_json(context.request):
        try:
            wrong = getattr(error, "field", ""), refusal_sentence(context.language, code, facts)
            return await page.rendered(context, [wrong], status)
        except (Refused, *FAULTS) as refused:
            error, (status, code, facts) = refused, refusal(refused)
    if isinstance(error, RecordBroken):
        context.current = None  # its state may not be known
    return problem(context, status, code, getattr(error, "field", ""), **facts)


def _page(context: RequestContext) -> Endpoint | None:
    """The page to which a form of this request returns; None if there is none."""
    page: Endpoint | None = context.request.app.state.pages.get(context.page)
    if page is None or page.declaration.embedded != context.embedded:
        return None
    return page if page.declaration.of_session == (context.current is not None) else None


def address(context: RequestContext) -> str:
    """The address of the page to which a form of this request returns, or that of the session."""
    page = _page(context)
    place = page.declaration.address(context.id) if page else context.way
    return f"{place}?{context.back}" if context.back else place


_NO_PAGE = frozenset({"not_allowed", "no_such_session", "not_published"})
"""Refusals that every page of the session would give too."""


class Declared(TypedDict, total=False):
    """The arguments of `page` and `endpoint`, as in `EndpointDeclaration`. Roles have no default."""

    roles: Required[frozenset[str]]
    name: str
    access: Access
    reads: bool
    drafts: bool
    live: Kind | Literal[""]
    follows: StreamKind
    names: frozenset[str]
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    page: str
    bearer: bool
    in_address: str
    embedded: bool
    accepts: Mapping[str, Mapping[str, Any]]
    answers: Mapping[str, Any]


def page(path: str, **declared: Unpack[Declared]) -> Callable[[Handler], Endpoint]:
    """Declares a page. Its name is that of the handler, its folder that of the module; it reads the state of its
    session."""
    return _declared(path, "GET", {"reads": True, **declared}, True)


def endpoint(method: str, path: str, **declared: Unpack[Declared]) -> Callable[[Handler], Endpoint]:
    """Declares an endpoint that is not a page: the target of a form, data, a stream."""
    return _declared(path, method, declared, False)


def _declared(path: str, method: str, declared: Declared, is_page: bool) -> Callable[[Handler], Endpoint]:
    def of(handler: Handler) -> Endpoint:
        module = handler.__module__
        folder = module.removeprefix(PAGES).partition(".")[0] if module.startswith(PAGES) else ""
        named: Declared = {"name": handler.__name__, **declared}
        summary = " ".join((handler.__doc__ or "").split()).partition(". ")[0].rstrip(".")
        declaration = EndpointDeclaration(
            path=path, method=method, folder=folder, is_page=is_page, summary=summary, **named
        )
        return Endpoint(declaration, handler, module)

    return of


def endpoints_of(modules: Iterable[ModuleType]) -> Iterator[Endpoint]:
    """The endpoints that modules declare, in their order."""
    for module in modules:
        for value in vars(module).values():
            if isinstance(value, Endpoint) and value.module == module.__name__:
                yield value
