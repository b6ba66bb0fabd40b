"""The language of a request: `?lang=`, else the cookie, else `Accept-Language`, else the first of those there are."""

from __future__ import annotations

import re

from babel.core import negotiate_locale
from starlette.requests import Request
from starlette.responses import Response

from acquis.i18n import LANGUAGES, PSEUDO
from acquis.web.http.cookies import YEAR_S, set_cookie

COOKIE, FRAME_COOKIE = "language", "embedded_language"

_ACCEPTED = re.compile(
    r"\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?\s*", re.ASCII
)
_MOST = 20
"""The most languages of an `Accept-Language` header that are read."""


def asked_language(request: Request) -> str:
    """The language of the parameter `lang`, including the pseudo-locale; "" if there is none or it is unknown."""
    asked = request.query_params.get("lang", "")
    return asked if asked in (*LANGUAGES, PSEUDO) else ""


def language_of(request: Request) -> str:
    """The language of the response: by the parameter `lang`, the cookie, or `Accept-Language`."""
    if asked := asked_language(request):
        return asked
    kept = request.cookies.get(FRAME_COOKIE) or request.cookies.get(COOKIE, "")
    if kept in (*LANGUAGES, PSEUDO):
        return kept
    return negotiated(request.headers.get("accept-language", ""))


def negotiated(header: str) -> str:
    """The best available language for an `Accept-Language` header (RFC 9110, 12.5.4), or the first one if none matches.
    A language without a region also matches its regions."""
    weighed = []
    for place, part in enumerate(header.split(",")[:_MOST]):
        if (match := _ACCEPTED.fullmatch(part)) and (quality := float(match[2] or 1)) > 0:
            weighed.append((-quality, place, match[1]))
    preferred = [tag for _, _, tag in sorted(weighed)]
    return negotiate_locale(preferred, LANGUAGES, sep="-") or LANGUAGES[0]


def remember_language(request: Request, response: Response, frame: str = "") -> None:
    """Stores the language of the parameter `lang` in a cookie, so that links need no parameter; `frame`: the path of
    the pages in a frame of another site, for which it is stored then."""
    asked, name = asked_language(request), FRAME_COOKIE if frame else COOKIE
    if asked and request.cookies.get(name) != asked:
        set_cookie(response, request, name, asked, YEAR_S, frame or "/", embedded=bool(frame))
