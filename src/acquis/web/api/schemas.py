"""JSON Schemas of request bodies: commands with the limits of their fields, forms, files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from acquis.command import Command
from acquis.command.base import fields_of

REF = "#/components/schemas/{name}"
KEY = {"type": "string", "pattern": "^[A-Za-z0-9_.:~-]{8,64}$"}
"""An idempotency key."""
FILE = {"type": "string", "contentMediaType": "application/octet-stream"}


def with_limits(command: type[Command], schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a command with the limits that its fields declare."""
    for field in fields_of(command):
        if field.declaration:
            described = schema["properties"][field.name]
            described |= field.declaration.schema()
            if described.get("default") == "" and not re.search(described.get("pattern", ""), ""):
                del described["default"]  # the server fills the field in, and nobody can send it like this
    return schema


def fields_schema(command: type[Command]) -> dict[str, Any]:
    """The schemas of the fields of a command, by name."""
    _, components = msgspec.json.schema_components([command], ref_template=REF)
    properties: dict[str, Any] = with_limits(command, components[command.__name__])["properties"]
    return {name: schema for name, schema in properties.items() if name != "do"}


def form(properties: Mapping[str, Any], required: Iterable[str] = ()) -> dict[str, dict[str, Any]]:
    """The schema of an urlencoded form, which may have further text fields."""
    return {"application/x-www-form-urlencoded": _object(properties, required)}


def upload(properties: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The schema of a multipart form with a file."""
    return {"multipart/form-data": _object(properties, ())}


def answer(**properties: Any) -> dict[str, Any]:
    """The schema of an object that has all of these members."""
    return {"type": "object", "required": list(properties), "properties": properties}


def _object(properties: Mapping[str, Any], required: Iterable[str]) -> dict[str, Any]:
    schema = {"type": "object", "properties": dict(properties), "additionalProperties": {"type": "string"}}
    return schema | ({"required": list(required)} if required else {})
