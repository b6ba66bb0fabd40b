"""Random ids, codes, secrets and keys."""

from __future__ import annotations

import secrets

from acquis.board import CODE_ALPHABET, CODE_LENGTH


def new_id(letter: str) -> str:
    """A random id of a person ("p") or a voice ("v"): 60 bits."""
    return letter + _random(12).lower()


def new_code() -> str:
    """A random join code. It locates, it does not protect: 40 bits."""
    return _random(CODE_LENGTH)


def new_secret() -> str:
    """The secret of a pass: 256 bits."""
    return secrets.token_urlsafe(32)


def new_key(now: int) -> str:
    """An idempotency key: the time first, so that the index of keys grows at one end, then 80 random bits."""
    return f"{now:011x}-{secrets.token_urlsafe(10)}"


def _random(length: int) -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))
