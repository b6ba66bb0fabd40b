"""What is sent beyond any honest measure is refused with one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from .client import app_client


@pytest.mark.parametrize("body", [b'{"do":{"a":' * 3000, b'{"do":"raise_hand","lane":' + b"[" * 3000, b"[" * 60_000])
def test_a_command_that_is_nested_deeply_is_refused_like_any_other_that_cannot_be_read(
    tmp_path: Path, body: bytes
) -> None:
    with app_client(tmp_path) as app:
        app.hold("open", close=False)
        headers = {"content-type": "application/json", "idempotency-key": "a-key-of-a-phone-1"}
        answer = app.client.post("/s/open/do", content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["refused"] in ("bad_fields", "unknown_command")
