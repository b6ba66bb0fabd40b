"""What the record of a session proves and what it does not, in plain words."""

from __future__ import annotations

from starlette.responses import Response

from acquis.documents.limits import NOT_PROVED, NOT_SECRET, PROVED
from acquis.i18n import N_
from acquis.web.http.assets import DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import page

PARTS = (
    ("proved", N_("What the record proves"), PROVED),
    ("not-proved", N_("What it does not prove"), NOT_PROVED),
    ("not-secret", N_("What is not secret"), NOT_SECRET),
)
"""The parts of the page: anchor, title, sentences."""


@page("/s/{session:slug}/proof", roles=PUBLIC, name="proof", styles=(DOCUMENT,))
async def proof(context: RequestContext) -> Response:
    """`/s/{session}/proof`."""
    return context.render("pages/record/proof.html", state=context.state, parts=PARTS)
