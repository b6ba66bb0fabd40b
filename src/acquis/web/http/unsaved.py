"""What somebody typed into a form that was refused, so that no page loses it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import escape

from acquis.command.base import fields_of
from acquis.command.fields import Text
from acquis.commands import BY_NAME

_FORM = "application/x-www-form-urlencoded"


def missing_texts(html: str, typed: Mapping[str, str], accepts: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The free texts of a form that the page does not show: its field is gone, as after the opening of the session.
    accepts: the schemas of the bodies of the endpoint, in which free texts have a maximum length."""
    texts = dict.fromkeys(typed[name].strip() for name in _free(typed, accepts) if name in typed)
    return [text for text in texts if text and str(escape(text)) not in html]


def _free(typed: Mapping[str, str], accepts: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The names of the fields that hold free text."""
    if command := BY_NAME.get(typed.get("do", "")):
        yield from (field.name for field in fields_of(command) if isinstance(field.declaration, Text))
    fields = accepts.get(_FORM, {}).get("properties", {})
    yield from (name for name, schema in fields.items() if "maxLength" in schema and name not in _HIDDEN)


_HIDDEN = frozenset({"former"})
"""Fields with a maximum length that nobody types."""
