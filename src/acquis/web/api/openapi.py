"""The OpenAPI document, from the declarations of endpoints and commands."""

from __future__ import annotations

import asyncio
import functools
import re
from typing import Any

import msgspec
from starlette.responses import Response

from acquis import __version__
from acquis.command import Command
from acquis.commands import BY_NAME, COMMANDS
from acquis.web.api.schemas import KEY, REF, with_limits
from acquis.web.api.session_data import SessionData
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC, EndpointDeclaration
from acquis.web.http.endpoint import endpoint
from acquis.web.http.problems import json_response, status_of

IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "schema": KEY,
    "description": "Made by the caller, new for each wish. The same key is one entry, however often it is sent.",
}
SESSION = {
    "name": "session",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "pattern": "^[a-z0-9-]{1,60}$"},
}
BEARER: dict[str, Any] = {"security": [{}, {"pass": []}]}
"""That an operation takes the secret of a pass as a bearer token; without it, the cookie of a browser."""
REFUSAL = {
    "type": "object",
    "required": ["refused", "field", "facts", "sentence"],
    "properties": {
        "refused": {"type": "string"},
        "field": {"type": "string", "description": "That of the command which was refused; empty: all of it."},
        "facts": {"type": "object"},
        "sentence": {"type": "string"},
    },
}


@functools.cache
def openapi(declarations: tuple[EndpointDeclaration, ...]) -> dict[str, Any]:
    """The OpenAPI 3.1 document of the declared endpoints: everything that takes a body, and everything that is read and
    is no page: data, files, feeds and streams."""
    schemas, components = msgspec.json.schema_components([*COMMANDS, SessionData], ref_template=REF)
    *commands, state = schemas
    for command in COMMANDS:
        schema = with_limits(command, components[command.__name__])
        schema |= {"x-roles": sorted(command.roles), "x-refusals": list(command.codes())}
    paths: dict[str, dict[str, Any]] = {
        "/s/{session}/do": {"parameters": [SESSION], "post": _do(commands)},
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
    }
    for declaration in declarations:
        path, method = re.sub(r":\w+}", "}", declaration.path), declaration.method.lower()
        operations = paths.setdefault(path, {"parameters": list(map(_parameter, re.findall(r"{(\w+)}", path)))})
        if method == "post" and method not in operations:
            operations[method] = _writing(declaration)
        elif method == "get" and method not in operations and not declaration.is_page:
            operations[method] = _file(declaration)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Acquis",
            "version": __version__,
            "description": "What can be sent, and what can be read as data, files, feeds and streams.",
        },
        "paths": {path: operations for path, operations in paths.items() if operations.keys() - {"parameters"}},
        "components": {
            "schemas": {**components, "Refusal": REFUSAL},
            "securitySchemes": {"pass": {"type": "http", "scheme": "bearer", "description": "The secret of a pass."}},
        },
    }


def _parameter(name: str) -> dict[str, Any]:
    return (
        SESSION if name == "session" else {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
    )


def _file(declaration: EndpointDeclaration) -> dict[str, Any]:
    """The operation of an endpoint that is read; the ending of its address says the form."""
    operation = _reading(declaration.name, declaration.summary, {"*/*": {}})
    return operation | {"x-roles": sorted(declaration.roles)} | (BEARER if declaration.bearer else {})


def _writing(declaration: EndpointDeclaration) -> dict[str, Any]:
    """The operation of an endpoint that takes a form, a file or caption lines."""
    content = {media_type: {"schema": schema} for media_type, schema in declaration.accepts.items()}
    done: dict[str, Any] = (
        {"200": {"description": "Done.", "content": _json({"type": "object"})}}
        if "application/json" in content
        else {"303": {"description": "Done; the page to go on with is in `location`."}}
    )
    if declaration.answers:
        asked = "For those who accept JSON and no HTML."
        done |= {"200": {"description": asked, "content": _json(dict(declaration.answers))}}
    refused = {str(status): _refused(_NEVER) for status in (400, 403, 404, 409, 413, 422, 429)}
    return {
        **(BEARER if declaration.bearer else {}),
        "operationId": declaration.name,
        "summary": declaration.summary,
        "x-roles": sorted(declaration.roles),
        "requestBody": {"required": True, "content": content},
        "responses": {**done, **refused},
    }


def _do(commands: list[dict[str, Any]]) -> dict[str, Any]:
    """The operation of the endpoint of all commands."""
    lines = [_line(name, command) for name, command in BY_NAME.items()]
    statuses = {status_of(code) for command in COMMANDS for code in command.codes()}
    kept = _json({"type": "object", "required": ["seq"], "properties": {"seq": {"type": ["integer", "null"]}}})
    never = {str(status): _refused(_NEVER) for status in sorted(statuses | {400, 403, 404, 413, 422, 429})}
    return {
        **BEARER,
        "operationId": "do",
        "summary": "Do something in a session",
        "description": "The cookie of a pass, or its secret as a bearer token, tells who asks. Commands, who may "
        "give them, how they are refused:\n\n" + "\n".join(lines),
        "parameters": [IDEMPOTENCY_KEY],
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
    """A list item in Markdown: a command and its roles."""
    words = " ".join((command.__doc__ or "").split()).split(". ")[0].rstrip(".")
    roles, refusals = ", ".join(sorted(command.roles)), ", ".join(command.codes()) or "nothing of its own"
    return f"- `{name}`: {words}. For {roles}. Refused with {refusals}."


def _reading(name: str, summary: str, content: dict[str, Any]) -> dict[str, Any]:
    response = {"description": summary, "content": content}
    return {
        "operationId": name,
        "summary": summary,
        "responses": {"200": response, "404": _refused("There is no such session.")},
    }


_NEVER = "Refused; not on the record, and never will be."


def _refused(description: str) -> dict[str, Any]:
    return {"description": description, "content": _json({"$ref": "#/components/schemas/Refusal"})}


def _json(schema: object) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


@endpoint("GET", "/openapi.json", roles=PUBLIC, name="openapi")
async def openapi_json(context: RequestContext) -> Response:
    """`/openapi.json`: the description of the API."""
    return json_response(200, await asyncio.to_thread(openapi, context.declarations))
