"""Documents that are made before the votes are published do not say that nobody joined and nobody voted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.client import AppClient, app_client

PUBLISHED_LATER = "How many people joined and voted is published when the session has closed."


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as client:
        yield client


def shown(app: AppClient, file: str) -> str:
    return re.sub(r"<[^>]*>|\s+", " ", app.client.get(f"/s/between/{file}").text)


def test_what_is_not_counted_yet_is_no_zero(app: AppClient) -> None:
    app.hold("between")
    app.be("")
    for file in ("report.md", "report.html"):
        before = shown(app, file)
        assert PUBLISHED_LATER in before
        assert not re.search(r"Participants|Joined|\bVotes\b", before)
    app.publish_votes()
    for file in ("report.md", "report.html"):
        after = shown(app, file)
        assert PUBLISHED_LATER not in after
        assert "Joined" in after
        assert "12" in after
