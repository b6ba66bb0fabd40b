"""Generates random ids, codes, secrets and idempotency keys."""

from __future__ import annotations

import secrets

from acquis.board import CODE_ALPHABET, CODE_LENGTH


def new_id(letter: str) -> str:
    """A random id of a person ("p") or a voice ("v"): 60 bits."""
    return letter + _random(12).lower()


def new_code() -> str:
    """A random join code of 40 bits. It identifies a session and protects nothing."""
    return _random(CODE_LENGTH)


def new_secret() -> str:
    """A random secret of a pass: 256 bits, URL-safe."""
    return secrets.token_urlsafe(32)


def new_ballot() -> str:
    """A random id of a ballot: 128 bits, 32 hexadecimal digits."""
    return secrets.token_hex(16)


def new_key(now: int) -> str:
    """An idempotency key: the time `now` (ms), so that the index of keys grows at its end, and 80 random bits."""
    return f"{now:011x}-{secrets.token_urlsafe(10)}"


def _random(length: int) -> str:
    # The alphabet has 32 signs: each takes five bits, and one call of the system is enough for all.
    bits = secrets.randbits(5 * length)
    return "".join(CODE_ALPHABET[bits >> 5 * place & 31] for place in range(length))
