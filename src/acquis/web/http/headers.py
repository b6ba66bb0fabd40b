"""The security headers of responses."""

from __future__ import annotations

from collections.abc import Sequence

HEADERS = {
    b"content-security-policy": (
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}
"""The headers of every response that does not set them itself."""


def embeddable(sites: Sequence[str]) -> dict[str, str]:
    """The headers of a page that these sites (origins) may show in a frame, where they differ."""
    policy = HEADERS[b"content-security-policy"].decode()
    return {
        "content-security-policy": policy.replace("frame-ancestors 'none'", f"frame-ancestors {' '.join(sites)}"),
        "cross-origin-resource-policy": "cross-origin",  # a site that isolates itself (COEP) asks for it
    }
