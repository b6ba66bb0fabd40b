"""The verifier of the examples: it agrees with the chain, and finds each kind of change."""

from __future__ import annotations

import ast
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from acquis.record import Entry
from acquis.record.chain import digest, link, to_lines

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "verify_log.py"
VERIFY: Callable[[list[str]], tuple[int, int, str]] = runpy.run_path(str(EXAMPLE))["verify"]


def chained(entries: list[Entry]) -> list[Entry]:
    """The entries with links that follow from each other."""
    before, result = bytes(32), []
    for entry in entries:
        before = link(before, entry.seq, entry.at, entry.by, entry.digest)
        result.append(replace_link(entry, before))
    return result


def replace_link(entry: Entry, linked: bytes) -> Entry:
    return Entry(
        entry.seq,
        entry.at,
        by=entry.by,
        key=entry.key,
        body=entry.body,
        salt=entry.salt,
        digest=entry.digest,
        link=linked,
    )


def entry(seq: int, text: str, salted: bool = True, by: str = "p-1") -> Entry:
    body, salt = f'{{"event":"QuestionAsked","text":"{text}"}}'.encode(), bytes([seq]) * 16
    return Entry(
        seq,
        1_700_000_000_000 + seq,
        by=by,
        key="",
        body=body,
        salt=salt if salted else None,
        digest=digest(salt, body),
        link=b"",
    )


LOG = chained([entry(1, "Who keeps it?"), entry(2, "Wer – 誰?", by=""), entry(3, "", salted=False), entry(4, "Why?")])
TEXT = to_lines(LOG).decode()
LINES = TEXT.splitlines()


def test_a_whole_log_is_verified_with_its_newest_link() -> None:
    assert VERIFY(LINES) == (4, 1, LOG[-1].link.hex())


CHANGES: dict[str, Callable[[list[str]], list[str]]] = {
    "a word": lambda lines: [lines[0].replace("keeps", "holds"), *lines[1:]],
    "a time": lambda lines: [lines[0].replace("1700000000001", "1700000000002"), *lines[1:]],
    "who": lambda lines: [*lines[:3], lines[3].replace('"p-1"', '"p-2"')],
    "a line taken out": lambda lines: [lines[0], *lines[2:]],
    "two lines in another order": lambda lines: [lines[1], lines[0], *lines[2:]],
    "a blank in a line": lambda lines: [lines[0].replace('"seq":1', '"seq": 1'), *lines[1:]],
    "a salt": lambda lines: [lines[0].replace("01" * 16, "02" * 16), *lines[1:]],
    "a field too many": lambda lines: [lines[0][:-1] + ',"more":1}', *lines[1:]],
    "no JSON": lambda lines: [*lines[:3], lines[3][:-1]],
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_found(change: str) -> None:
    changed = CHANGES[change](LINES)
    assert changed != LINES
    with pytest.raises(ValueError, match=r"^line [1-4]: "):
        VERIFY(changed)


def run(*arguments: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-I", EXAMPLE, *arguments], capture_output=True, text=True, check=False)


def test_on_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    file.write_text(TEXT, "utf-8")
    assert run(file).stdout.startswith("The chain is whole: 4 entries")
    assert run(file, LOG[-1].link.hex()).returncode == 0
    assert run(file, "00" * 32).returncode == 1
    file.write_text(TEXT.replace("keeps", "holds"), "utf-8")
    assert run(file).stderr.startswith("NOT VERIFIED. line 1: ")


def test_it_needs_the_standard_library_only_and_is_short() -> None:
    source = EXAMPLE.read_text("utf-8")
    imported = {
        name.name.split(".")[0]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([ast.alias(node.module or "")] if isinstance(node, ast.ImportFrom) else node.names)
    }
    assert imported <= sys.stdlib_module_names
    code = [line for line in source.partition('"""\n\nimport')[2].splitlines() if line.strip()]
    assert len(code) <= 60
