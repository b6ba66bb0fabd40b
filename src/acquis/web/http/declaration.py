"""The declaration of an endpoint: address, roles, access to the session, scripts and styles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from acquis.command import ROLES
from acquis.state import State

Access: TypeAlias = Literal["anyone", "joined"]
Kind: TypeAlias = Literal["participants", "moderators", "stage", "captions"]
StreamKind: TypeAlias = Kind | Literal["desk", "pages"]
"""The kinds of streams. Those of the desk and of the other pages have no regions: they tell when to fetch the page
again."""

ANYONE: Access = "anyone"
JOINED: Access = "joined"
"""Access for people who joined, while a session under the Chatham House Rule is open; otherwise access for anyone."""

PUBLIC = frozenset({*ROLES, ""})
"""Every role, and readers without a pass."""
READING = frozenset({"GET", "HEAD"})
"""The methods that change nothing."""
EMBEDDED = "/s/{session:slug}/embed"
"""The beginning of the paths that frames of other sites may use, and of no others."""
REGIONS_SCRIPT = "live/live.js"
"""The script of the pages whose regions are in the frames."""


def page_number(kind: StreamKind, state: State) -> int:
    """The number of the last entry after which the pages that follow a stream of this kind are fetched again."""
    if kind in ("desk", "pages"):
        return state.seq
    return state.team_refreshed if kind == "moderators" else state.refreshed


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointDeclaration:
    """The declaration of one page or endpoint.

    path: a Starlette path; `{session:slug}` makes it an endpoint of a session.
    roles: roles that may open it; the commands that it carries out declare their own roles.
    access: ANYONE or JOINED.
    reads: whether the handler needs the state of the session; for a draft it is then refused as `not_published`.
    drafts: whether it also serves a session that is not published.
    live: the kind of live screen of the page, which shows names while the session is open.
    follows: the stream by which a page of a session without regions learns that it is out of date.
    names: roles that see names even after the end of a session under the Chatham House Rule.
    scripts, styles: paths below `acquis/web`; the shared ones and `page.css` of the folder are always loaded.
    folder: the folder of the page below `acquis/web/pages`.
    page: the page to render when a request is refused.
    accepts: media type of the body -> its JSON Schema, for `/openapi.json`.
    answers: JSON Schema of the answer to a form for those who ask for JSON; by itself the answer is a page.
    bearer: whether the secret of a pass may be sent as a bearer token instead of a cookie.
    in_address: the parameter in which programs that send no headers give that secret.
    embedded: whether it serves frames of other sites (`embedding.py`); its path begins with `EMBEDDED`."""

    name: str
    path: str
    method: str = "GET"
    roles: frozenset[str]
    access: Access = ANYONE
    reads: bool = False
    drafts: bool = False
    live: Kind | Literal[""] = ""
    follows: StreamKind = "pages"
    names: frozenset[str] = frozenset()
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    folder: str = ""
    page: str = ""
    bearer: bool = False
    in_address: str = ""
    embedded: bool = False
    accepts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, hash=False)
    answers: Mapping[str, Any] = field(default_factory=dict, hash=False)
    summary: str = ""
    """The first sentence of the docstring of the handler."""
    is_page: bool = False
    of_session: bool = field(init=False)
    """Whether the path contains a session."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "of_session", "{session:slug}" in self.path)
        assert self.embedded == self.path.startswith(EMBEDDED), "a frame uses the paths below EMBEDDED"

    @property
    def comes_back(self) -> bool:
        """Whether a form can name this page as its `page`: its path has no parameter other than the session."""
        return self.is_page and "{" not in self.path.replace("{session:slug}", "")

    @property
    def stream(self) -> StreamKind | Literal[""]:
        """The stream that an open page follows; every page of a session has one."""
        if not self.is_page or not self.of_session:
            return ""
        return self.live if self.live and REGIONS_SCRIPT in self.scripts else self.follows

    def address(self, session: str) -> str:
        """The path of the page for a session (its id)."""
        return self.path.replace("{session:slug}", session)
