"""The reference as JSON, and its JSON Schemas."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.responses import Response

from acquis.command import Refused
from acquis.reference.library import library
from acquis.reference.records import AskedAction, Document, Item, Meeting, Opportunity, Process, ProcessStep, Source
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import endpoint
from acquis.web.http.problems import json_response

DATA: dict[str, Any] = {
    "processes": Process,
    "documents": Document,
    "meetings": Meeting,
    "items": Item,
    "steps": ProcessStep,
    "opportunities": Opportunity,
    "actions": AskedAction,
    "sources": Source,
}
"""The lists in `/reference.json` and the kind of record in each."""


@endpoint("GET", "/reference.json", roles=PUBLIC, name="reference_json")
async def everything(context: RequestContext) -> Response:
    """`/reference.json`: all records, in lists by kind."""
    books = library()
    return json_response(
        200, {name: books.of(kind) if kind is not Source else list(books.sources.values())
              for name, kind in DATA.items()}
    )  # fmt: skip


@endpoint("GET", "/reference/schema/{name:slug}.json", roles=PUBLIC, name="reference_schema")
async def schema(context: RequestContext) -> Response:
    """`/reference/schema/{name}.json`: the JSON Schema of a list in `/reference.json`."""
    kind = DATA.get(context.part("name"))
    if kind is None:
        raise Refused("no_such_page")
    made = msgspec.json.schema(list[kind])  # type: ignore[valid-type]  # run time names it
    return json_response(200, {"$schema": "https://json-schema.org/draft/2020-12/schema", **made})
