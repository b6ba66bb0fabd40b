"""Transcripts on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from acquis.cli import main


def test_turns_come_out_as_json_and_what_is_in_none_is_counted(tmp_path: Path) -> None:
    file = tmp_path / "captions.txt"
    file.write_text("Raw file\n\n>> AMA EXAMPLE: Good morning.\n>> Thank you.\n", "utf-8")
    found = CliRunner().invoke(main, ["import", "captions", str(file)])
    assert found.exit_code == 0
    data = json.loads(found.stdout)
    assert [(turn["speaker"], turn["text"]) for turn in data["turns"]] == [
        ("AMA EXAMPLE", "Good morning."),
        ("", "Thank you."),
    ]
    assert data["unparsed"] == [{"line": 1, "text": "Raw file", "why": "notice"}]
    assert "2 turns of 1 named speakers; 1 lines in none." in found.stderr


def test_what_is_no_transcript_is_one_clear_line(tmp_path: Path) -> None:
    file = tmp_path / "captions.xml"
    for content, words in ((b"", "nothing"), (b"\0\1\2" * 99, "not text"), (b"<TEI><u>", "not well-formed")):
        file.write_bytes(content)
        found = CliRunner().invoke(main, ["import", "captions", str(file)])
        assert found.exit_code == 1
        assert words in found.stderr
        assert len(found.stderr.splitlines()) == 1
