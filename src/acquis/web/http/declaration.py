"""What an endpoint declares: its address, who may open it, what of the session it shows, what the page loads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from acquis.command import ROLES

Access: TypeAlias = Literal["anyone", "joined"]
Kind: TypeAlias = Literal["participants", "moderators", "stage", "captions"]

ANYONE: Access = "anyone"
JOINED: Access = "joined"
"""While a session under the Chatham House Rule runs, only holders of a pass of that session see who takes part."""

PUBLIC = frozenset({*ROLES, ""})
"""Every role, and readers without a pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointDeclaration:
    """The declaration of one page or endpoint.

    path: a Starlette path; `{session:slug}` makes it an endpoint of a session.
    roles: those who may open it; a command that is carried out there declares its own roles beside.
    access: ANYONE or JOINED.
    reads: whether the handler needs the state of the session, which is refused as `not_published` for a draft.
    drafts: the page is also there for a session that is not published.
    live: the kind of live screen that the page follows. Such a page shows names while the session runs.
    names: roles that see names also after the end of a session under the Chatham House Rule.
    scripts, styles: paths below `acquis/web`; the style sheet `page.css` of the folder is loaded without being named.
    folder: the folder of the page below `acquis/web/pages`.
    page: the page that is rendered again when a request is refused.
    accepts: for an endpoint that takes a body, media type -> JSON Schema of it; `/openapi.json` is made from it.
    bearer: whether the secret of a pass may come as a bearer token instead of a cookie."""

    name: str
    path: str
    method: str = "GET"
    roles: frozenset[str]
    access: Access = ANYONE
    reads: bool = False
    drafts: bool = False
    live: Kind | Literal[""] = ""
    names: frozenset[str] = frozenset()
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    folder: str = ""
    page: str = ""
    bearer: bool = False
    accepts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, hash=False)
    summary: str = ""
    """What the handler does: the first sentence of its docstring."""
    is_page: bool = False
    of_session: bool = field(init=False)
    """Whether the address names a session."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "of_session", "{session:slug}" in self.path)

    @property
    def comes_back(self) -> bool:
        """Whether a form can come back to this page: a page whose address has no part but the session."""
        return self.is_page and "{" not in self.path.replace("{session:slug}", "")

    def address(self, session: str) -> str:
        """The address of a page of a session."""
        return self.path.replace("{session:slug}", session)
