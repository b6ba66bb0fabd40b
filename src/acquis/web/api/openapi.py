"""The API, described from the command classes."""

from __future__ import annotations

import functools
from typing import Any

import msgspec
from starlette.responses import Response

from acquis import __version__
from acquis.command import Command
from acquis.command.base import fields_of
from acquis.commands import BY_NAME, COMMANDS
from acquis.web.api.session_data import SessionData
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import endpoint
from acquis.web.http.problems import json_response, status_of

KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_.:~-]{8,64}$"},
    "description": "Made by the caller, new for each wish. The same key is one entry, however often it is sent.",
}
SESSION = {
    "name": "session",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "pattern": "^[a-z0-9-]{1,60}$"},
}
REFUSAL = {
    "type": "object",
    "required": ["refused", "facts", "sentence"],
    "properties": {"refused": {"type": "string"}, "facts": {"type": "object"}, "sentence": {"type": "string"}},
}


@functools.cache
def openapi() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    types = [*COMMANDS, SessionData]
    schemas, components = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    *commands, state = schemas
    for command in COMMANDS:
        schema = components[command.__name__]
        schema |= {"x-roles": sorted(command.roles), "x-refusals": list(command.codes())}
        for field in fields_of(command):
            if field.declaration:
                schema["properties"][field.name] |= field.declaration.schema()
    return {
        "openapi": "3.1.0",
        "info": {"title": "Acquis", "version": __version__, "description": "One door in, one log out."},
        "paths": {
            "/s/{session}/do": {"parameters": [SESSION], "post": _door(commands)},
            "/s/{session}.json": {
                "parameters": [SESSION],
                "get": _reading("session", "The public state of a session", _json(state)),
            },
            "/s/{session}/log.jsonl": {
                "parameters": [SESSION],
                "get": _reading(
                    "log",
                    "The public log, one entry a line; `acquis verify FILE` checks it",
                    {"application/jsonl": {"schema": {"type": "string"}}},
                ),
            },
        },
        "components": {"schemas": {**components, "Refusal": REFUSAL}},
    }


def _door(commands: list[dict[str, Any]]) -> dict[str, Any]:
    """The one door, with every command."""
    lines = [_line(name, command) for name, command in BY_NAME.items()]
    statuses = {status_of(code) for command in COMMANDS for code in command.codes()}
    kept = _json({"type": "object", "required": ["seq"], "properties": {"seq": {"type": ["integer", "null"]}}})
    never = {str(status): _refused(_NEVER) for status in sorted(statuses | {400, 403, 404, 413, 422, 429})}
    return {
        "operationId": "do",
        "summary": "Do something in a session",
        "description": "The cookie of a pass tells who asks. Commands, who may give them, how they are refused:\n\n"
        + "\n".join(lines),
        "parameters": [KEY],
        "requestBody": {"required": True, "content": _json({"oneOf": commands})},
        "responses": {
            "200": {"description": "It is so already.", "content": kept},
            "201": {"description": "On the record, durable, at this number.", "content": kept},
            **never,
            "503": _refused("Not known; send it again with the same key."),
            "507": _refused("The disk is full; nothing was kept."),
        },
    }


def _line(name: str, command: type[Command]) -> str:
    """A command in one line of Markdown."""
    words = " ".join((command.__doc__ or "").split()).split(". ")[0].rstrip(".")
    roles, refusals = ", ".join(sorted(command.roles)), ", ".join(command.codes()) or "nothing of its own"
    return f"- `{name}`: {words}. For {roles}. Refused with {refusals}."


def _reading(name: str, summary: str, content: dict[str, Any]) -> dict[str, Any]:
    found = {"description": summary, "content": content}
    return {
        "operationId": name,
        "summary": summary,
        "responses": {"200": found, "404": _refused("There is no such session.")},
    }


_NEVER = "Refused; not on the record, and never will be."


def _refused(description: str) -> dict[str, Any]:
    return {"description": description, "content": _json({"$ref": "#/components/schemas/Refusal"})}


def _json(schema: object) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


@endpoint("GET", "/openapi.json", roles=PUBLIC, name="openapi")
async def openapi_json(context: RequestContext) -> Response:
    """The description of the API."""
    return json_response(200, openapi())
