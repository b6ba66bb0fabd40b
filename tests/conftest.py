"""What every test may use. Browser tests need a Chromium: `ACQUIS_CHROMIUM`, or one on the PATH."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"
"""Real data that lies beside the checkout on some machines; never copied into the project."""

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

_left_out: list[str] = []


def chromium_path() -> str | None:
    for name in (os.environ.get("ACQUIS_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"):
        if name and (path := shutil.which(name)):
            return path
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if chromium_path():
        return
    for item in items:
        if "browser" in item.keywords:
            _left_out.append(item.nodeid)
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _left_out:
        terminalreporter.section("BROWSER TESTS WERE LEFT OUT", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(_left_out)} tests need a Chromium and there is none. Install one and run again.")


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _left_out and os.environ.get("CI"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED  # on CI a missing browser is a failure


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data, or a skip that says it is not there."""
    if not SHARED.is_dir():
        pytest.skip(f"the real data is not on this machine ({SHARED.parent.name}/{SHARED.name} beside the checkout)")
    return SHARED
