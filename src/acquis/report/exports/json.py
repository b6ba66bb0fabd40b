"""The report as JSON, with its schema."""

from __future__ import annotations

from typing import Any

import msgspec

from acquis.report.view import ReportView


def report_json(view: ReportView) -> bytes:
    """The view as JSON, described by `json_schema()`."""
    return msgspec.json.format(msgspec.json.encode(view), indent=2)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of `report_json`."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(ReportView)}
