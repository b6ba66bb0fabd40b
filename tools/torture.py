"""Breaks a copy of the source in every way of `sabotages.py`, and sees that the nearest tests find it; then kills the
whole server again and again, and sees for a minute that five hundred honest phones are served beside a hostile client.

`make torture` (an hour or more on two cores). `ARGS="roster clock"` runs only those whose names contain a word, and
`ARGS=--no-kills` leaves out the kills and the hostile client. Ends with status 1 if one survives.
"""

from __future__ import annotations

import concurrent.futures
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import hostile
from tools.sabotages import SABOTAGES, Sabotage

ROOT = Path(__file__).resolve().parents[1]
LONGEST_S = 1800
"""A sabotage after which the tests do not end is found too."""
KILLS = 200
FAILED = 1
"""The status of pytest when tests failed; others mean that they could not be run."""


def copy_to(folder: Path) -> None:
    """Copy what git knows, or does not ignore, of the working tree."""
    listed = ["git", "-C", str(ROOT), "ls-files", "-coz", "--exclude-standard"]
    names = subprocess.run(listed, check=True, capture_output=True).stdout.decode().split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())


def tests_in(folder: Path, tests: str, **more: str) -> tuple[int, str]:
    """The status of the tests of a copy, with its own source, and the end of what they print."""
    path = os.pathsep.join((str(folder / "src"), str(folder)))
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", **more}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-x",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:randomly",
        *tests.split(),
    ]
    try:
        ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=LONGEST_S)
    except subprocess.TimeoutExpired:
        return FAILED, "the tests did not end"
    lines = [line for line in ran.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return ran.returncode, (lines or ran.stdout.splitlines() or [ran.stderr])[-1]


def is_found(sabotage: Sabotage) -> bool:
    """Whether a test fails in a copy with this sabotage."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="torture-") as place:
        folder = Path(place)
        copy_to(folder)
        path = folder / "src" / "acquis" / sabotage.file
        source = path.read_text("utf-8")
        if source.count(sabotage.old) != 1:
            raise ValueError(f"{sabotage.name}: {sabotage.file} does not contain its text once")
        path.write_text(source.replace(sabotage.old, sabotage.new), "utf-8")
        status, outcome = tests_in(folder, sabotage.tests)
    word = "found   " if status == FAILED else "SURVIVES"
    print(f"{word} {sabotage.name} ({time.monotonic() - began:.0f} s): {outcome[:150]}", flush=True)
    return status == FAILED


def main(arguments: list[str]) -> int:
    """Returns the status."""
    words = [argument for argument in arguments if not argument.startswith("-")]
    chosen = [each for each in SABOTAGES if not words or any(word in each.name for word in words)]
    unbroken, outcome = _in_a_copy(" ".join(sorted({each.tests for each in chosen})))
    if unbroken:
        print(f"The tests fail in the present source: {outcome}")
        return 1
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as several:
        results = list(several.map(is_found, chosen))
    print(f"{sum(results)} of {len(results)} sabotages were found.")
    if words or "--no-kills" in arguments:
        return int(not all(results))
    status, outcome = _in_a_copy("tests/faults/test_kill_whole.py", ACQUIS_KILLS=str(KILLS))
    print(f"{KILLS} kills of the whole server: {outcome}")
    [siege] = hostile.results()
    print(f"Beside a hostile client: {'served' if siege.reached else 'NOT SERVED'}; {siege.more}")
    return int(not all(results) or status != 0 or not siege.reached)


def _in_a_copy(tests: str, **more: str) -> tuple[int, str]:
    """The outcome of tests in a copy of the present source."""
    with tempfile.TemporaryDirectory(prefix="torture-") as place:
        copy_to(Path(place))
        return tests_in(Path(place), tests, **more)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
