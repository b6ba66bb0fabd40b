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

from acquis.record import Entry, Part
from acquis.record.chain import GENESIS, commitment, commitments, hidden, link, merged, parts
from acquis.record.lines import to_line, to_lines

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "verify_log.py"
GOLDEN = Path(__file__).resolve().parents[1] / "record" / "golden" / "format2"
VERIFY: Callable[[list[str]], tuple[int, int, str]] = runpy.run_path(str(EXAMPLE))["verify"]


def entry(before: bytes, seq: int, text: str, by: str = "p-1") -> Entry:
    body, cuts = merged([b'{"event":"QuestionAsked"}', b'{"lane":"room"}', b'{"text":"%b"}' % text.encode()])
    proved = parts(body, cuts, 1_700_000_000_000 + seq, by, bytes([seq]) * 16)
    return Entry(
        seq, 1_700_000_000_000 + seq, by, "", body=body, parts=proved, link=link(before, seq, commitments(proved))
    )


def log() -> list[Entry]:
    """Four entries: of the second a part is hidden, and the third is sealed."""
    whole: list[Entry] = []
    for seq, (text, by) in enumerate([("Who keeps it?", "p-1"), ("Wer – 誰?", ""), ("", "p-3"), ("Why?", "p-1")], 1):
        whole.append(entry(whole[-1].link if whole else GENESIS, seq, text, by))
    return [whole[0], hidden(whole[1], lambda place, _: place != 1), hidden(whole[2], lambda *_: False), whole[3]]


LOG = log()
TEXT = to_lines(LOG).decode()
LINES = TEXT.splitlines()


def test_a_whole_log_is_verified_with_its_newest_link() -> None:
    assert VERIFY(LINES) == (4, 2, LOG[-1].link.hex())


@pytest.mark.parametrize(("name", "lacking"), [("a", 1), ("a-public", 4), ("b", 1)])
def test_the_golden_exports_are_verified(name: str, lacking: int) -> None:
    lines = (GOLDEN / f"{name}.jsonl").read_text("utf-8").split("\n")[:-1]
    assert VERIFY(lines)[:2] == (len(lines), lacking)


CHANGES: dict[str, Callable[[list[str]], list[str]]] = {
    "a word": lambda lines: [lines[0].replace("keeps", "holds"), *lines[1:]],
    "a time": lambda lines: [lines[0].replace("1700000000001", "1700000000002"), *lines[1:]],
    "who": lambda lines: [*lines[:3], lines[3].replace("p-1", "p-2")],
    "a line taken out": lambda lines: [lines[0], *lines[2:]],
    "two lines in another order": lambda lines: [lines[1], lines[0], *lines[2:]],
    "a blank in a line": lambda lines: [lines[0].replace('"seq":1', '"seq": 1'), *lines[1:]],
    "a salt": lambda lines: [lines[0].replace(_salt(LOG[0]), "02" * 16), *lines[1:]],
    "an upper-case salt": lambda lines: [lines[0].replace(_salt(LOG[0]), _salt(LOG[0]).upper()), *lines[1:]],
    "a commitment": lambda lines: [lines[0], lines[1].replace(LOG[1].parts[1].commitment.hex(), "02" * 32), *lines[2:]],
    "an escape": lambda lines: [lines[0], lines[1].replace("–", "\\\\u2013"), *lines[2:]],
    "a field too many": lambda lines: [lines[0][:-1] + ',"more":1}', *lines[1:]],
    "a truth value as number": lambda lines: [lines[0].replace('{"seq":1,', '{"seq":true,'), *lines[1:]],
    "a fraction as number": lambda lines: [lines[0].replace('{"seq":1,', '{"seq":1.0,'), *lines[1:]],
    "a member twice": lambda lines: [lines[0].replace('{"seq":1,', '{"seq":1,"seq":1,'), *lines[1:]],
    "no JSON": lambda lines: [*lines[:3], lines[3][:-1]],
}


def _salt(entry: Entry) -> str:
    (first, *_) = entry.parts
    assert first.salt is not None
    return first.salt.hex()


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_found(change: str) -> None:
    changed = CHANGES[change](LINES)
    assert changed != LINES
    with pytest.raises(ValueError, match=r"^line [1-4]: "):
        VERIFY(changed)


ACT = b'{"at":5,"by":"p","event":"Said"}'


@pytest.mark.parametrize(
    "values",
    [
        (None, b'{"text":"a"}'),
        (ACT, b'{"event":"Shouted"}'),
        (ACT, b'{"text":"a","text":"a"}'),
        (ACT, b'("event":"Shouted")'),
        (ACT, b'{"text":"\\u00e9"}'),
        (ACT, b'{"number":1.5}'),
        (ACT, b'{"number":NaN}'),
        (ACT, b"[1]"),
        (b'{"event":"Said","at":5,"by":"p"}',),
        (b'{"at":5,"by":"p"}',),
        (b'{"at":true,"by":"p","event":"Said"}',),
        (b'{"at":-5,"by":"p","event":"Said"}',),
        (b'{"at":5,"by":7,"event":"Said"}',),
    ],
)
def test_parts_of_another_form_are_refused_with_right_commitments_too(values: tuple[bytes | None, ...]) -> None:
    salt = bytes(16)
    forged = tuple(Part(bytes(32)) if v is None else Part(commitment(salt, v), salt, v) for v in values)
    line = to_line(Entry(1, 0, "", "", body=b"", parts=forged, link=link(GENESIS, 1, commitments(forged))))
    with pytest.raises(ValueError, match=r"^line 1: "):
        VERIFY([line.decode()])


def run(*arguments: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-I", EXAMPLE, *arguments], capture_output=True, text=True, check=False)


def test_on_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    file.write_bytes(TEXT.encode())
    assert run(file).stdout.startswith("The chain is whole: 4 entries, 2 of them not shown as a whole.")
    assert run(file, LOG[-1].link.hex()).returncode == 0
    assert run(file, "00" * 32).returncode == 1
    file.write_bytes(TEXT.replace("keeps", "holds").encode())
    assert run(file).stderr.startswith("NOT VERIFIED. line 1: ")
    for changed in (TEXT[:-1], TEXT.replace("\n", "\r\n"), TEXT + "\n"):
        file.write_bytes(changed.encode())
        assert run(file).stderr.startswith("NOT VERIFIED. line ")


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
    assert len(code) <= 80
