"""A session over HTTP, played by the example against a server of its own."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from acquis.commands import BY_NAME
from acquis.record.chain import verify
from acquis.record.lines import from_line
from acquis.web.api.openapi import openapi
from acquis.web.app import ENDPOINTS

pytestmark = pytest.mark.server
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "session_over_http.py"


def test_a_session_is_played_and_its_record_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    example: dict[str, Any] = runpy.run_path(str(EXAMPLE))
    with example["server"]() as (base, link):
        record = example["play"](base, link)
    verdict = verify(from_line(line.encode()) for line in record["log"])
    assert verdict.ok, verdict.reason
    assert (verdict.entries, verdict.head.hex()) == (record["seq"], record["head"])
    example["show"](record)
    assert capsys.readouterr().out.splitlines() == [
        "Who keeps the lights on: closed, 3 took part, 17 entries",
        "  One office should keep the list. 2 agree, 1 disagree",
        "  Who keeps the list? (not_reached)",
    ]


def test_it_uses_commands_and_addresses_of_the_described_interface() -> None:
    source = EXAMPLE.read_text("utf-8")
    assert set(re.findall(r'\.do\(session, "(\w+)"', source)) <= set(BY_NAME)
    described = openapi(tuple(endpoint.declaration for endpoint in ENDPOINTS))["paths"]
    addresses = {address.replace("{session}", "{}") for address in described}
    used = {re.sub(r"\{[\w.]+\}", "{}", address) for address in re.findall(r'"(?:\{self.base\})?(/[\w./{}]+)"', source)}
    assert {"/s/{}/do", "/s/{}/join", "/s/{}.json", "/organize"} <= used, "the scan finds nothing any more"
    assert used - addresses == set()
