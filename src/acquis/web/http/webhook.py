"""Sends a reminder to the address that the settings name, signed as in Standard Webhooks
(https://www.standardwebhooks.com): `webhook-id`, `webhook-timestamp`, and `webhook-signature`, which is `v1,` and the
HMAC-SHA256 of "id.timestamp.body" in base 64."""

from __future__ import annotations

import hmac
from base64 import b64encode
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from acquis.web.http.settings import WebhookSettings

TIMEOUT_S = 10


class WebhookRefused(Exception):
    """The address answered with another status than 2xx. Redirects are among them: they are not followed."""


def signature(secret: str, id: str, timestamp: int, body: bytes) -> str:
    """The value of `webhook-signature`. timestamp: seconds since 1970."""
    digest = hmac.digest(secret.encode(), f"{id}.{timestamp}.".encode() + body, "sha256")
    return f"v1,{b64encode(digest).decode()}"


def send_webhook(settings: WebhookSettings, id: str, body: bytes, now: int) -> None:
    """Post a body of JSON once. Raises WebhookRefused, HTTPException, OSError."""
    split, timestamp = urlsplit(settings.url), now // 1000
    kind = HTTPSConnection if split.scheme == "https" else HTTPConnection
    connection = kind(split.hostname or "", split.port, timeout=TIMEOUT_S)
    headers = {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(settings.secret.read(), id, timestamp, body),
    }
    try:
        connection.request("POST", f"{split.path or '/'}{f'?{split.query}' if split.query else ''}", body, headers)
        status = connection.getresponse().status
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise WebhookRefused(f"it answered with status {status}")


__all__ = ["HTTPException", "WebhookRefused", "send_webhook", "signature"]
