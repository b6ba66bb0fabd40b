"""The cookies of the server: none can be read by scripts, and all are secure when browsers come by HTTPS."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

YEAR_S = 365 * 24 * 3600
"""The time for which a browser keeps what should last."""


def set_cookie(
    response: Response, request: Request, name: str, value: str, seconds: int, path: str, embedded: bool = False
) -> None:
    """Sets a cookie for the pages below a path; with 0 seconds the browser forgets it.

    embedded: for a page in a frame of another site. Browsers keep such a cookie only if it says so, and with
    `Partitioned` (CHIPS) apart for each site around the frame, so that it tells no site of another one."""
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=path,
        secure=embedded or request.scope["scheme"] == "https",
        httponly=True,
        samesite="none" if embedded else "lax",
    )
    if embedded:  # Starlette sets it from Python 3.14 on
        header, written = response.raw_headers.pop()
        response.raw_headers.append((header, written + b"; Partitioned"))
