"""What every test may use. Browser tests need a Chromium: `ACQUIS_CHROMIUM`, one on the PATH, or Playwright's own."""

from __future__ import annotations

import asyncio
import gc
import os
import random
import sys
from asyncio import events
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from hypothesis.internal.conjecture import providers
from playwright.sync_api import Browser, sync_playwright
from tests.again import finish_fixtures_of_module
from tests.drawing import draw_once
from tests.effort import EFFORT, times
from tools import find_browser

from acquis import roster
from acquis.record import sqlite

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
    # Each context is a window of its own, and the address bar of each window would load two pages of Chromium's, which
    # nobody sees; a process that waits for a page of another site has nothing to do here. Together they are a third of
    # the work.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,SpareRendererForSitePerProcess",
    # Each page runs its scripts for the first time: to compile them at once takes less than to interpret them.
    "--js-flags=--always-sparkplug",
]

# Compiled modules and templates are kept, whatever the environment says: each server that a test starts would compile
# the templates again, which takes three seconds.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

IN_TESTS = (10_000, 20, 20)
"""When the collector of cycles runs: seldom, as in a server (`acquis.web.http.loop`)."""
# Collecting tests makes very many objects that all stay: with the usual thresholds the collector of cycles took a sixth
# of that time. It need not look at them later either.
gc.set_threshold(100_000, 20, 20)

# How fast an example is made and runs says more about the machine than about the code. On CI Hypothesis is also
# repeatable.
hypothesis.settings.register_profile(
    "acquis",
    max_examples=times(100),
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
hypothesis.settings.load_profile("acquis")

if EFFORT != "thorough":
    # Hypothesis would read the source of all modules for constants to try, which is a fifth of the time to collect.
    providers._get_local_constants = lambda: providers._local_constants

SEED = os.environ.get("ACQUIS_TEST_SEED", "")
"""Any text: the tests are run in the random order that follows from it."""

_left_out: list[str] = []

DURABLE = ("record", "faults")
"""The folders of the tests that are about what a disk keeps."""


@pytest.fixture(scope="module", autouse=True)
def _no_waiting_for_the_disk(request: pytest.FixtureRequest) -> Iterator[None]:
    """Elsewhere nobody cuts the power, and to wait until each entry is on the disk is half of the time."""
    with pytest.MonkeyPatch.context() as patch:
        if request.node.path.parent.name not in DURABLE:
            for module, name in ((sqlite, "_WRITING"), (roster, "_PRAGMAS")):
                pragmas = [one.replace("synchronous = full", "synchronous = off") for one in getattr(module, name)]
                assert pragmas != list(getattr(module, name))
                patch.setattr(module, name, tuple(pragmas))
        yield


@pytest.fixture(scope="module", autouse=True)
def _drawn_once(request: pytest.FixtureRequest) -> Iterator[None]:
    """Elsewhere than in the tests of drawing, the same picture and the same pages are drawn once."""
    with pytest.MonkeyPatch.context() as patch:
        if request.node.path.name not in ("test_pdf.py", "test_docx.py"):
            draw_once(patch)
        yield


def chromium_path() -> str | None:
    return find_browser.browser_path()


def pytest_report_header() -> str:
    return f"acquis: effort {EFFORT}, order {SEED or 'as written'}, chromium {chromium_path() or 'none'}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if SEED:  # modules in any order, and the tests of each: those of one module share what it has set up
        chance = random.Random(SEED)
        modules: dict[str, list[pytest.Item]] = {}
        for item in items:
            modules.setdefault(item.nodeid.partition("::")[0], []).append(item)
        shuffled = chance.sample(sorted(modules), len(modules))
        items[:] = [item for name in shuffled for item in chance.sample(modules[name], len(modules[name]))]
    # What takes longest comes first, so that at the end no process is busy while the others have no work.
    items.sort(key=lambda item: ("browser" not in item.keywords, "slow" not in item.keywords))
    if chromium_path():
        return
    for item in items:
        if "browser" in item.keywords:
            _left_out.append(item.nodeid)
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.set_threshold(*IN_TESTS)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _left_out:
        terminalreporter.section("BROWSER TESTS WERE LEFT OUT", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(_left_out)} tests need a Chromium and there is none. Install one and run again.")


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _left_out and os.environ.get("CI"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED  # on CI a missing browser is a failure


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the Chromium to play in."""
    path = chromium_path()
    assert path, "a test that plays in a browser is marked with pytest.mark.browser"
    return path


_loop_of_playwright: list[asyncio.AbstractEventLoop] = []


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Playwright leaves its event loop running in this thread, where `asyncio.run` would then refuse to start another.
    A test that plays in no browser finds no loop running. A test that is tried once more (`pytest-rerunfailures`) finds
    the fixtures of its module new, without what it left in them the first time."""
    if getattr(item, "execution_count", 1) > 1:
        finish_fixtures_of_module(item)
    for loop in _loop_of_playwright:
        events._set_running_loop(loop if "browser" in item.keywords else None)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        _loop_of_playwright.append(asyncio.get_running_loop())
        yield running
        events._set_running_loop(_loop_of_playwright.pop())
        running.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data, or a skip that says it is not there."""
    if not SHARED.is_dir():
        pytest.skip(f"the real data is not on this machine ({SHARED.parent.name}/{SHARED.name} beside the checkout)")
    return SHARED
