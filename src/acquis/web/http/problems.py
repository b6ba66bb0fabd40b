"""What went wrong, as a page or as JSON: one sentence that says what to do."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from acquis.i18n.refusals import refusal_sentence
from acquis.web.http.rendering import language_of, render

_STATUS = {
    "not_allowed": 403,
    "cross_site": 403,
    "bad_fields": 400,
    "unknown_command": 400,
    "key_missing": 400,
    "text_empty": 400,
    "text_too_long": 400,
    "key_used": 422,
    "too_fast": 429,
    "too_large": 413,
    "disk_full": 507,
    "broken": 503,
}


def status_of(code: str) -> int:
    """The HTTP status of a refusal."""
    return _STATUS.get(code, 404 if code.startswith("no_such_") else 409)


def wants_json(request: Request) -> bool:
    """Whether the other side is a script."""
    accept = request.headers.get("accept", "")
    kind = request.headers.get("content-type", "")
    return kind.startswith("application/json") or ("json" in accept and "html" not in accept)


def json_response(status: int, data: object) -> Response:
    """A small JSON answer, not to be cached."""
    return Response(msgspec.json.encode(data), status, {"cache-control": "no-store"}, "application/json")


def problem(request: Request, status: int, code: str, **facts: Any) -> Response:
    """The answer to what cannot be done."""
    sentence = refusal_sentence(language_of(request), code, facts)
    if wants_json(request):
        response = json_response(status, {"refused": code, "facts": facts, "sentence": sentence})
    else:
        response = render(request, "shared/problem.html", status, sentence=sentence)
    if status == 429:
        response.headers["retry-after"] = str(facts.get("seconds", 1))
    return response
