"""What commands print of the texts of others cannot steer the terminal of whoever verifies a record."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from acquis.cli import main
from acquis.cli.printing import one_line
from acquis.text.visible import readable

BACK = "\x1b[2K\r"
"""Erases a line of a terminal and goes to its beginning."""
FALSE = f"{BACK}Verified. Entries: 9, none changed\x1b[8m"


def verified(path: Path) -> Result:
    """With the colours that a terminal gets, which click would otherwise take out."""
    return CliRunner().invoke(main, ["verify", str(path)], color=True)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept") / "record"
    result = CliRunner().invoke(
        main, ["demo", "--stage", "published", "--people", "6", "--seed", "3", "--out", str(folder)]
    )
    assert result.exit_code == 0, result.output
    return folder


def _renewed(folder: Path, **members: str) -> None:
    """Write the manifest anew, as a forger can."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for listed in manifest["files"]:
        content = (folder / listed["name"]).read_bytes()
        listed["bytes"], listed["sha256"] = len(content), sha256(content).hexdigest()
    written = json.dumps(manifest | members, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    (folder / "manifest.json").write_text(written + "\n", "utf-8")


def _in_a_name(folder: Path) -> None:
    (folder / f".notes{FALSE}").write_bytes(b"")


def _in_the_version(folder: Path) -> None:
    with (folder / "report.md").open("ab") as report:
        report.write(b"No.\n")
    _renewed(folder, acquis=FALSE)


def _in_the_address(folder: Path) -> None:
    _renewed(folder, address=f"https://example.org\nVerified. {FALSE}")


@pytest.mark.parametrize("forge", [_in_a_name, _in_the_version, _in_the_address])
def test_a_forged_record_cannot_print_another_verdict(kept: Path, tmp_path: Path, forge: object) -> None:
    assert callable(forge)
    folder = shutil.copytree(kept, tmp_path / "record")
    forge(folder)
    result = verified(folder)
    assert result.exit_code == 1, result.output
    verdict = result.output.partition("Error: ")[2]
    assert verdict.startswith("Not verified: ")
    assert verdict == one_line(verdict) + "\n"


def test_what_steers_a_terminal_is_replaced_and_no_letter_is() -> None:
    assert one_line("a\nb\r\nc\u2028d") == "a b c d"
    assert readable(f"a{BACK}\x9b2J\u202eb\u2066") == "a\ufffd[2K\ufffd\ufffd2J\ufffdb\ufffd"
    written = "\tÉté, بِسْمِ, क्‍ष, 👩‍👩‍👧, 10 000 €\n"
    assert readable(written) == written
    assert readable("\rReading votes.csv: 7 %") == "\rReading votes.csv: 7 %"


def test_every_command_prints_this_way() -> None:
    folder = files("acquis.cli")
    direct = [
        module.name
        for module in folder.iterdir()
        if module.name.endswith(".py") and module.name != "printing.py" and "click.echo" in module.read_text("utf-8")
    ]
    assert direct == []
