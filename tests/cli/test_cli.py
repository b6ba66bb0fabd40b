"""The command line: every command shows an example, every error is one line, and the demo's record verifies."""

from __future__ import annotations

import os
import random
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner, Result

from acquis.cli import main
from acquis.demo import programme_text
from acquis.events import from_body
from acquis.record.lines import from_line

COMMANDS = (
    "assessment", "audit", "backup", "captions", "check", "demo", "doctor", "erase", "export", "import", "key",
    "movement", "opinion", "pass", "reference", "replay", "report", "restore", "serve", "verify", "witness",
)  # fmt: skip

PAGE = """IGF 2021 WS #7 An Invented Dialogue
Friday, 10th December, 2021 (10:15 UTC) - Friday, 10th December, 2021 (11:45 UTC)
Organizer 1: Ada Example, Invented Society
Speaker 1: Ben Sample, Government, African Group
Speaker 2: Cleo Pattern, Civil Society, Asia-Pacific Group
Panel - Auditorium - 90 Min
Something that nobody understands
"""


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


def one_line_error(result: Result, code: int = 1) -> str:
    assert result.exit_code == code, result.output
    lines = result.stderr.strip().splitlines()
    assert "Traceback" not in result.output
    errors = [line for line in lines if line.startswith("Error: ")]
    assert len(errors) == 1, lines
    assert lines[-1] == errors[0]
    return errors[0]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Complete record of a demo that was played to its end."""
    folder = tmp_path_factory.mktemp("record")
    result = run(*["demo", "--stage", "published", "--people", "40", "--seed", "3", "--out"], str(folder))
    assert result.exit_code == 0, result.output
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_what_it_does_with_an_example(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Example:" in result.output
    assert f"acquis {command}" in result.output
    about = result.output.partition("Options:")[0].partition("Commands:")[0]
    assert not re.search(r"\S {3,}\S|^ {5,}", about, re.MULTILINE), "set as it stands in the source"


def test_the_list_of_commands_is_whole() -> None:
    assert main.list_commands(click.Context(main)) == sorted(COMMANDS)


def test_import_prints_the_programme_and_says_what_it_is_unsure_of(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, "utf-8")
    result = run("import", "igf", str(page))
    assert result.exit_code == 0
    programme = yaml.safe_load(result.stdout)
    assert (programme["title"], programme["number"]) == ("An Invented Dialogue", "7")
    assert [person["name"] for person in programme["speakers"]] == ["Ben Sample", "Cleo Pattern"]
    assert "Something that nobody understands" in result.stderr + result.stdout
    assert run("import", "igf", "-", stdin=PAGE.encode()).stdout == result.stdout


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (bytes(range(256)) * 40, "text"),
        (b"x" * 10_000_001, "large"),
        (b"<html><body><h1>Cooking with lentils</h1><p>Soak them overnight.</p></body></html>", "IGF"),
    ],
    ids=["empty", "binary", "large", "foreign"],
)
def test_a_page_that_is_none_is_one_clear_line(content: bytes, words: str) -> None:
    assert words in one_line_error(run("import", "igf", "-", stdin=content))


def test_check_lists_findings_and_fails_on_errors(tmp_path: Path) -> None:
    document = yaml.safe_load(programme_text())
    found = run("check", "-", stdin=programme_text().encode())
    assert found.exit_code == 0
    assert "45 of 90" in found.output
    document["segments"] = [{"title": "Too long", "kind": "questions", "minutes": 500}]
    too_long = run("check", "-", stdin=yaml.safe_dump(document).encode())
    assert too_long.exit_code == 1
    assert "error: " in too_long.output
    assert "500" in too_long.output
    one_line_error(run("check", "-", stdin=b"title: [unclosed"))
    one_line_error(run("check", "-", stdin=b"\xff\xfe\x00"))


@pytest.mark.parametrize("command", ["audit", "report", "export", "verify", "replay"])
def test_what_is_not_there_is_named(command: str, tmp_path: Path) -> None:
    assert "nowhere" in one_line_error(run(command, "nowhere", "--data", str(tmp_path / "nowhere")))


def test_the_record_of_the_demo_is_whole_and_verifies(record: Path) -> None:
    names = {path.name for path in record.iterdir()}
    assert {"log.jsonl", "report.md", "report.json", "questions.csv", "votes.csv", "comments.csv"} <= names
    result = run("verify", str(record / "log.jsonl"))
    assert result.exit_code == 0, result.output
    entries = len((record / "log.jsonl").read_bytes().splitlines())
    assert f"Entries: {entries}," in result.output
    assert run("audit", str(record / "log.jsonl")).exit_code == 0
    assert "Key takeaways" in run("report", str(record / "log.jsonl")).output
    replayed = run("replay", str(record / "log.jsonl"), "--until", "12")
    assert len(replayed.stdout.splitlines()) == 12


def test_the_exit_code_tells_verified_from_partly_verified_not_verified_and_no_record(
    record: Path, tmp_path: Path
) -> None:
    """F13 and F14: a noted head could not be used, and a swapped PDF was passed over."""
    head = from_line((record / "log.jsonl").read_bytes().splitlines()[9]).link.hex()
    noted = run("verify", str(record / "log.jsonl"), "--head", head[:16])
    assert noted.exit_code == 0
    assert "The fingerprint you noted is that of entry 10." in noted.output
    cut = tmp_path / "cut.jsonl"
    cut.write_bytes(b"".join((record / "log.jsonl").read_bytes().splitlines(keepends=True)[:5]))
    assert run("verify", str(cut), "--head", head).exit_code == 1
    folder = tmp_path / "copy"
    shutil.copytree(record, folder)
    (folder / ".report.html").write_text("hidden")
    hidden = run("verify", str(folder))
    assert hidden.exit_code == 1, hidden.output
    assert "hidden files, which are to be removed: .report.html" in hidden.output
    (folder / ".report.html").unlink()
    (folder / "report.md").unlink()
    (folder / "report.md").symlink_to(record / "report.md")
    linked = run("verify", str(folder))
    assert linked.exit_code == 1
    assert "links or folders instead of files: report.md" in linked.output
    for name, content in (("empty.jsonl", b""), ("letter.jsonl", b"Dear all,\n")):
        (tmp_path / name).write_bytes(content)
        assert run("verify", str(tmp_path / name)).exit_code == 4
    assert run("verify", str(tmp_path)).exit_code == 4


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_a_record_has_files_only(record: Path, tmp_path: Path, kind: str) -> None:
    folder = shutil.copytree(record, tmp_path / "copy")
    (folder / "more").mkdir() if kind == "folder" else os.mkfifo(folder / "more")
    found = run("verify", str(folder))
    assert found.exit_code == 1, found.output
    assert "links or folders instead of files: more" in found.output


def damaged(lines: list[bytes], dice: random.Random) -> list[bytes]:
    """The log with one thing wrong: a byte, a line gone, two lines in each other's place."""
    found, kind = list(lines), dice.randrange(4)
    at = dice.randrange(len(found) - 1)
    if kind == 0:
        del found[at]
    elif kind == 1:
        found[at], found[at + 1] = found[at + 1], found[at]
    else:
        line, byte = bytearray(found[at]), dice.randrange(len(found[at]) - 1)
        line[byte] ^= 1 << dice.randrange(7)
        found[at] = bytes(line)
    return found


def test_whatever_is_changed_in_a_log_is_found_and_the_first_bad_entry_named(record: Path, tmp_path: Path) -> None:
    lines = (record / "log.jsonl").read_bytes().splitlines(keepends=True)[:300]
    dice = random.Random(11)
    for number in range(60):
        path = tmp_path / f"{number}.jsonl"
        path.write_bytes(b"".join(damaged(lines, dice)))
        assert "ntry" in one_line_error(run("verify", str(path)))


def test_the_same_seed_gives_the_same_past(tmp_path: Path) -> None:
    pasts = []
    for name in ("one", "two"):
        assert (
            run(*["demo", "--stage", "floor", "--people", "12", "--seed", "5", "--out"], str(tmp_path / name)).exit_code
            == 0
        )
        lines = (tmp_path / name / "log.jsonl").read_bytes().splitlines()
        pasts.append([(entry.by, entry.body) for entry in map(from_line, lines)])
    assert pasts[0] == pasts[1]


def test_nobody_real_says_anything_in_the_demo(record: Path) -> None:
    document = yaml.safe_load(programme_text())
    people = {p["name"] for part in ("organizers", "speakers", "onsite_moderators") for p in document[part]}
    for line in (record / "log.jsonl").read_bytes().splitlines()[1:]:
        text = from_line(line).body.decode()
        assert not any(name in text for name in people)
    published = from_body(from_line((record / "log.jsonl").read_bytes().splitlines()[0]).body)
    seats = [seat.name for seat in published.seats]  # type: ignore[attr-defined]  # the first entry publishes
    assert len(seats) == len(document["speakers"])
    assert all("simulated" in seat for seat in seats)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    process = start(tmp_path)
    assert process.stdout is not None
    assert "http://" in process.stdout.readline()
    yield process, tmp_path
    process.kill()
    process.communicate()


def start(folder: Path) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-c",
        "from acquis.cli import main; main()",
        "serve",
        "--data",
        str(folder),
        "--port",
        "0",
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.server
def test_the_first_start_shows_the_link_once_a_second_process_waits_and_an_interrupt_ends_it_quietly(
    served: tuple[subprocess.Popen[str], Path],
) -> None:
    first, folder = served
    assert first.stdout is not None
    assert "/p/" in first.stdout.readline()
    second = start(folder)  # on the same data
    _, errors = second.communicate(timeout=60)
    assert second.returncode == 75
    assert len(errors.strip().splitlines()) == 1
    assert "Traceback" not in errors
    first.send_signal(2)
    _, errors = first.communicate(timeout=60)
    assert [line for line in errors.splitlines() if '"log":"security"' not in line] == []
    again = start(folder)
    assert again.stdout is not None
    assert "http://" in again.stdout.readline()
    again.send_signal(2)
    said, errors = again.communicate(timeout=60)
    assert "/p/" not in said
    assert errors == ""


def test_a_server_does_not_start_without_the_key_of_its_data(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    assert run("key", "rotate", "--data", str(data)).exit_code == 0
    (tmp_path / "data-keys").rename(tmp_path / "elsewhere")
    error = one_line_error(run("serve", "--data", str(data), "--port", "0"), code=78)
    assert "Restore that folder" in error
    assert not (tmp_path / "data-keys").exists()
    again = run("key", "rotate", "--data", str(data), "--keys", str(tmp_path / "elsewhere"))
    assert again.exit_code == 0
    assert len((data / "keys.txt").read_text().splitlines()) == 3
    assert "There is no folder" in one_line_error(run("key", "rotate", "--data", str(tmp_path / "nowhere")))


@pytest.mark.server
def test_a_port_that_is_taken_is_an_error_with_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        error = one_line_error(run("serve", "--data", str(tmp_path / "data"), "--port", str(port)), code=69)
    assert (
        error
        == f"Error: Port {port} of 127.0.0.1 is in use. Stop the program that uses it, or choose another with --port."
    )
    assert not (tmp_path / "data").exists()
