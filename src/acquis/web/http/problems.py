"""What went wrong, as a page or as JSON: one sentence that says what to do."""

from __future__ import annotations

from typing import Any

import apsw
import msgspec
from starlette.requests import Request
from starlette.responses import Response

from acquis.command import Refused
from acquis.i18n.refusals import refusal_sentence
from acquis.record import LogUnreadable, RecordBroken, RecordFull
from acquis.record.faults import described
from acquis.web.http.body import TooLarge
from acquis.web.http.context import RequestContext
from acquis.web.http.rendering import finished

AGAIN_S = 30
"""After how many seconds a client may ask again after a fault."""
_STATUS = {
    "not_allowed": 403,
    "join_first": 403,
    "not_published": 404,
    "cross_site": 403,
    "bad_fields": 400,
    "unknown_command": 400,
    "key_missing": 400,
    "text_empty": 400,
    "no_visible_name": 400,
    "no_cookies": 400,
    "no_cookies_in_frame": 400,
    "not_embeddable": 404,
    "text_too_long": 400,
    "key_used": 422,
    "code_needed": 403,
    "wrong_code": 403,
    "no_access": 403,
    "access_revoked": 403,
    "sign_in_refused": 403,
    "sign_in_expired": 400,
    "sign_in_failed": 502,
    "sign_in_unreachable": 503,
    "queue_full": 503,
    "too_long_for_pdf": 404,
    "document_failed": 503,
    "documents_busy": 503,
    "being_made": 503,
    "too_fast": 429,
    "too_large": 413,
    "disk_full": 507,
    "broken": 503,
    "files_locked": 503,
    "cannot_read": 503,
    "session_newer": 503,
    "session_damaged": 503,
}


FAULTS = (
    RecordFull,
    RecordBroken,
    apsw.FullError,
    apsw.BusyError,
    apsw.LockedError,
    apsw.IOError,
    apsw.CorruptError,
    apsw.ReadOnlyError,
    apsw.CantOpenError,
    apsw.NotADBError,
)
"""What the disk, or another program that uses the files, does to a request. Other errors of SQLite are defects."""
_CODES = (((RecordFull, apsw.FullError), "disk_full"), ((apsw.BusyError, apsw.LockedError), "files_locked"))


def fault_line(error: Exception, method: str, path: str, status: int) -> str:
    """The line for whoever runs the server about a request that was refused because of an error of `FAULTS`."""
    return f"refused {method} {path} with status {status}: {described(error)}"


def status_of(code: str) -> int:
    """The HTTP status for a code of refusal: 404 if something does not exist, 409 if no other is declared."""
    return _STATUS.get(code, 404 if code.startswith("no_such_") else 409)


def wants_json(request: Request) -> bool:
    """Whether the client sent JSON or accepts it and does not accept HTML, so that errors are in JSON."""
    accept = request.headers.get("accept", "")
    kind = request.headers.get("content-type", "")
    return kind.startswith("application/json") or ("json" in accept and "html" not in accept)


def json_response(status: int, data: object) -> Response:
    """A response with a value in JSON, which no cache may keep."""
    return Response(msgspec.json.encode(data), status, {"cache-control": "no-store"}, "application/json")


def refusal(error: Exception) -> tuple[int, str, dict[str, object]]:
    """The status, code and facts of Refused, TooLarge, or an error of `FAULTS`."""
    if isinstance(error, Refused):
        return status_of(error.code), error.code, error.facts
    if isinstance(error, TooLarge):
        return 413, "too_large", {"limit": error.limit}
    if isinstance(error, LogUnreadable):
        code = "session_newer" if error.newer else "session_damaged"
        return status_of(code), code, {}
    code = next((code for kinds, code in _CODES if isinstance(error, kinds)), "broken")
    return status_of(code), code, {}


def problem(context: RequestContext, status: int, code: str, field: str = "", /, **facts: Any) -> Response:
    """The response to a refused or failed request: JSON for a client that asks for it, else a page. `field`: that of
    the command which was refused, empty for the whole command."""
    sentence = refusal_sentence(context.language, code, facts)
    response: Response
    if wants_json(context.request):
        response = json_response(status, {"refused": code, "field": field, "facts": facts, "sentence": sentence})
    else:
        context.status = status
        response = finished(context.render("shared/problem.html", sentence=sentence, scripts=()))
    if status in (429, 503, 507):
        if code == "being_made":
            response.headers["refresh"] = str(facts["seconds"])
        response.headers["retry-after"] = str(facts.get("seconds", 1 if status == 429 else AGAIN_S))
    return response
