"""The report as documents: JSON with its schema, and Markdown."""

from __future__ import annotations

from typing import Any

import msgspec

from acquis.documents.markdown import written
from acquis.documents.view import ReportView, report_view
from acquis.i18n import LANGUAGES
from acquis.state import State
from acquis.statistics.heard import account


def markdown(state: State, head: str, version: int = 0, language: str = LANGUAGES[0]) -> str:
    """A version of the report (0: the newest) in the shape of the IGF's form. Raises LookupError."""
    return written(report_view(state, head, version), account(state, state.at), language)


def report_json(state: State, head: str, version: int = 0) -> bytes:
    """The view of a version (0: the newest) as JSON, described by `json_schema()`. Raises LookupError."""
    return view_json(report_view(state, head, version))


def view_json(view: ReportView) -> bytes:
    """A view as JSON."""
    return msgspec.json.format(msgspec.json.encode(view), indent=2)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of `report_json`."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(ReportView)}
