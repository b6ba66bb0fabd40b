"""Sign-ins that were begun, and are kept by the browser alone, in a cookie."""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64encode
from typing import NamedTuple, Self

from acquis.web.http.ids import new_secret

ATTEMPT_MS = 600_000
"""How long a person has at the provider."""
_ATTEMPT = re.compile(r"([0-9]{1,14})\.([\w-]{43})", re.ASCII)


class SignInAttempt(NamedTuple):
    """A sign-in that was begun in a browser: when (ms since 1970), and the secret of its cookie. What is sent to the
    provider is derived from both, so that the server keeps nothing and another browser cannot go on with it."""

    begun: int
    secret: str

    @classmethod
    def new(cls, now: int) -> Self:
        """An attempt that begins now."""
        return cls(now, new_secret())

    @classmethod
    def read(cls, text: str, now: int) -> Self | None:
        """The attempt in a cookie; None if there is none, or it is too old."""
        match = _ATTEMPT.fullmatch(text)
        attempt = cls(int(match[1]), match[2]) if match else None
        return attempt if attempt is not None and 0 <= now - attempt.begun < ATTEMPT_MS else None

    def written(self) -> str:
        """The value of the cookie."""
        return f"{self.begun}.{self.secret}"

    def derived(self, purpose: str) -> str:
        """The value for a purpose ("state", "nonce", "verifier"): 43 characters."""
        digest = hmac.digest(self.secret.encode(), f"{purpose} {self.begun}".encode(), "sha256")
        return urlsafe_b64encode(digest).decode().rstrip("=")
