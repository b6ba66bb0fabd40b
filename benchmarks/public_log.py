"""The public log of the largest session as a file, and the two verifiers that need neither Acquis nor a network.

Compared, in the same run, with a bare read of the rows, and with the bare SHA-256 of as many commitments and links.
"""

from __future__ import annotations

import tempfile
from hashlib import sha256
from pathlib import Path

import uvloop
from playwright.sync_api import Page, expect, sync_playwright
from tests.conftest import FLAGS, chromium_path
from tests.report.sessions import largest

from acquis import events as ev
from acquis.board.public_logs import PublicLogs
from acquis.documents.verifiers import verify, verify_html
from acquis.record.sqlite import SqliteRecord
from acquis.session import Session
from benchmarks.measure import Result, Timing
from benchmarks.sessions import draft

PEOPLE, PEOPLE_TO_VERIFY = 1000, 480
SLOWED, AIM_S, AIM_SLOWED_S = 6, 5.0, 30.0
PATIENCE_MS = 300_000


async def _recorded(folder: Path, people: int) -> tuple[SqliteRecord, Session]:
    """A closed session with its votes, totals and report."""
    record = SqliteRecord(folder / f"{people}.db")
    entries = largest(people=people).entries
    for start in range(0, len(entries), 5_000):
        part = entries[start : start + 5_000]
        await record.append(
            "s", [draft(ev.from_body(entry.body), entry.by, entry.at, f"{entry.seq:09d}") for entry in part]
        )
    return record, await Session.open(record, "s")


async def _made(folder: Path) -> list[Result]:
    record, session = await _recorded(folder, PEOPLE)
    logs, entries = PublicLogs(record), session.state.seq
    timing = Timing()
    read = sum(1 for _ in record.scan("s"))
    bare = read / timing.stop().cpu
    results = []
    for what, compressed, aim in (
        ("log.jsonl, the first time", False, 0.3),
        ("log.jsonl, again", False, 0.01),
        ("log.jsonl compressed, the first time", True, 0.0),
        ("log.jsonl compressed, again", True, 0.01),
    ):
        timing = Timing()
        copy = await logs.copy(session, (), compressed)
        timing.stop()
        result = Result(f"{what}: {timing.cpu:.3f} s of CPU", entries / timing.cpu, timing.cpu / entries * 1e6)
        result.aim, result.reached = (f"{aim} s", timing.cpu <= aim) if aim else ("", None)
        result.limit, result.of = bare, "bare read of the rows"
        result.more = f"{entries:,} entries, {copy.size:,} bytes"
        results.append(result)
    await record.close()
    return results


async def _log_to_verify(folder: Path) -> tuple[Path, int, str]:
    record, session = await _recorded(folder, PEOPLE_TO_VERIFY)
    copy = await PublicLogs(record).copy(session, (), False)
    file = folder / "log.jsonl"
    file.write_bytes(copy.read(0, copy.size))
    entries, head = record.head("s")
    await record.close()
    return file, entries, head.hex()


def _bare(entries: int) -> float:
    """Entries per second of which SHA-256 alone computes a commitment and a link."""
    commitment, link = bytes(130), bytes(72)
    timing = Timing()
    for _ in range(entries):
        sha256(commitment).digest()
        sha256(link).digest()
    return entries / timing.stop().wall


def _python(file: Path, head: str) -> Timing:
    timing = Timing()
    status, said = verify.answer(verify.AskedRecord(str(file)))
    timing.stop()
    _require(status in (verify.VERIFIED, verify.IN_PART) and dict(said)["log"]["head"] == head)
    return timing


def _require(verified: bool) -> None:
    if not verified:
        raise AssertionError("the record was not verified")


def _browser(page: Page, file: Path, head: str) -> Timing:
    page.set_input_files("#record", file)
    timing = Timing()
    page.click("#verify")
    expect(page.locator("#verify")).to_be_enabled(timeout=PATIENCE_MS)
    timing.stop()
    _require(head in page.inner_text("main"))
    return timing


def _verified(folder: Path) -> list[Result]:
    file, entries, head = uvloop.run(_log_to_verify(folder))
    bare, timings = _bare(entries), [("verify.py", _python(file, head), 0.0)]
    html = folder / "verify.html"
    html.write_text(verify_html(), "utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        page = browser.new_page(offline=True)
        page.goto(html.as_uri())
        timings.append(("verify.html", _browser(page, file, head), AIM_S))
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        timings.append((f"verify.html, processor slowed {SLOWED} times", _browser(page, file, head), AIM_SLOWED_S))
        browser.close()
    return [_row(what, timing, entries, aim, bare) for what, timing, aim in timings]


def _row(what: str, timing: Timing, entries: int, aim: float, bare: float) -> Result:
    result = Result(f"{what} of {entries:,} entries: {timing.wall:.2f} s", entries / timing.wall, 0)
    result.aim, result.reached = (f"{aim:g} s", timing.wall <= aim) if aim else ("", None)
    result.limit, result.of = bare, "SHA-256 of commitments and links"
    return result


def results() -> list[Result]:
    """The rows of the table."""
    with tempfile.TemporaryDirectory() as name:
        return [*uvloop.run(_made(Path(name))), *_verified(Path(name))]
