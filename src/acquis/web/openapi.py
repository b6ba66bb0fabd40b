"""The API, described from the command classes."""

from __future__ import annotations

import functools
from typing import Any

import msgspec

from acquis import __version__
from acquis.command import known
from acquis.web.problems import status_of

KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_.:~-]{8,64}$"},
    "description": "Made by the caller, new for each wish. The same key is one entry, however often it is sent.",
}
SESSION = {"name": "session", "in": "path", "required": True, "schema": {"type": "string", "pattern": "^[a-z0-9-]{1,60}$"}}
REFUSAL = {
    "type": "object",
    "required": ["refused", "facts", "sentence"],
    "properties": {"refused": {"type": "string"}, "facts": {"type": "object"}, "sentence": {"type": "string"}},
}


@functools.cache
def openapi() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    from acquis.web.data import SessionData  # noqa: PLC0415  # data.py serves this document

    commands = known()
    types = [*commands.values(), SessionData]
    schemas, components = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    lines = [f"- `{name}`: {(command.__doc__ or '').strip().splitlines()[0]}" for name, command in commands.items()]
    statuses = sorted({status_of(code) for c in commands.values() for code in c.refusals} | {400, 403, 404, 413, 422, 429})
    refused = {"description": "Refused; not on the record, and never will be.", "content": _json({"$ref": _REFUSAL})}
    kept = {"type": "object", "required": ["seq"], "properties": {"seq": {"type": ["integer", "null"]}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Acquis", "version": __version__, "description": "One door in, one log out."},
        "paths": {
            "/s/{session}/do": {
                "parameters": [SESSION],
                "post": {
                    "operationId": "do",
                    "summary": "Do something in a session",
                    "description": "\n".join(lines),
                    "parameters": [KEY],
                    "requestBody": {"required": True, "content": _json({"oneOf": schemas[:-1]})},
                    "responses": {
                        "200": {"description": "It is so already.", "content": _json(kept)},
                        "201": {"description": "On the record, durable, at this number.", "content": _json(kept)},
                        **{str(status): refused for status in statuses},
                        "503": {"description": "Not known; send it again with the same key.", "content": _json({"$ref": _REFUSAL})},
                        "507": {"description": "The disk is full; nothing was kept.", "content": _json({"$ref": _REFUSAL})},
                    },
                },
            },
            "/s/{session}.json": {
                "parameters": [SESSION],
                "get": {
                    "operationId": "session",
                    "summary": "The public state of a session",
                    "responses": {
                        "200": {"description": "The state.", "content": _json(schemas[-1])},
                        "404": refused,
                    },
                },
            },
            "/s/{session}/log.jsonl": {
                "parameters": [SESSION],
                "get": {
                    "operationId": "log",
                    "summary": "The public log, one entry a line; `acquis verify FILE` checks it",
                    "responses": {
                        "200": {"description": "The log.", "content": {"application/jsonl": {"schema": {"type": "string"}}}},
                        "404": refused,
                    },
                },
            },
        },
        "components": {"schemas": {**components, "Refusal": REFUSAL}},
    }


_REFUSAL = "#/components/schemas/Refusal"


def _json(schema: object) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
