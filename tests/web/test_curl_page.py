"""docs/curl.md: every block of the page runs as it is written, against a server, and the session is on the record."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from acquis.publication.verify import verify_lines

from .client import app_client
from .test_stop import started

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed"),
]

PAGE = Path(__file__).parents[2] / "docs" / "curl.md"
SITE, KEY = "https://dialogue.example.org", "the-part-after-p-of-the-access-link"


def test_the_page_runs_as_it_is_written(tmp_path: Path) -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert len(blocks) > 8
    with app_client(tmp_path / "data"):
        pass  # makes the files of a server
    process, address = started(tmp_path / "data")
    try:
        assert process.stdout is not None
        link = process.stdout.readline().strip()
        script = "\n".join(blocks).replace(SITE, f"http://{address}").replace(KEY, link.rpartition("/p/")[2])
        assert SITE not in script
        ran = subprocess.run(
            ["sh", "-eu", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=240, check=False
        )
    finally:
        process.terminate()
        process.communicate(timeout=60)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert '"refused":"not_allowed"' in ran.stdout
    assert "As expected, this was refused." in ran.stdout
    assert '"seq":null' not in ran.stdout
    assert "The floor was given" not in ran.stdout  # the feed was read before that
    assert '"agree":1' in ran.stdout.replace(" ", "") or '"voices":2' in ran.stdout
    assert "who pays for the keepers was answered" in (tmp_path / "report.md").read_text("utf-8")
    verdict = verify_lines((tmp_path / "log.jsonl").read_bytes().splitlines())
    assert verdict.ok, verdict.reason
    assert verdict.reports == 1
