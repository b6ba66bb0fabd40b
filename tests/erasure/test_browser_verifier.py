"""The verifier for a browser verifies a record from which a person was erased."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.verifiers.generator import Given
from tests.verifiers.test_page import ask
from tests.verifiers.test_page import page as verifier  # noqa: F401  # a fixture
from tests.web.client import HOST, app_client

from acquis.floor.segments import CloseSession

from .test_person import erased, prepare

pytestmark = pytest.mark.browser


@pytest.fixture
def log(tmp_path: Path) -> bytes:
    """The public log of the session after the erasure."""
    with app_client(tmp_path / "data") as app:
        prepare(app)
        erased(app)
        app.do("grid", CloseSession(), HOST)
        app.publish_votes()
        return app.client.get("/s/grid/log.jsonl").content


def test_nothing_is_wrong_and_the_erasures_are_named(log: bytes, verifier: Page) -> None:  # noqa: F811  # the fixture
    status, said = ask(verifier, Given(log=log))
    assert (status, any("erased" in sentence for sentence in said)) == (3, True), said
