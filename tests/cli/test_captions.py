"""Transcripts on the command line."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from acquis.cli import main
from acquis.command import ORGANIZER, Actor
from acquis.floor.segments import OpenSession
from acquis.plan.document import Person, PlannedSegment, Programme, to_data
from acquis.plan.programme import PublishProgramme
from acquis.record.sqlite import SqliteRecord
from acquis.session import Session
from acquis.state import fold


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
    assert "2 interventions were read. 1 speaker is named. 1 line belongs to no intervention." in found.stderr


def test_what_is_no_transcript_is_one_clear_line(tmp_path: Path) -> None:
    file = tmp_path / "captions.xml"
    refused = {
        b"": "empty",
        b"Agenda\n\n10:00\n": "No intervention was recognized",
        "ИВАНОВА: Да".encode("cp1251"): "Possible encodings: cp1251",
        b"\0\1\2" * 99: "not text",
        b"<TEI><u>": "not well-formed",
    }
    for content, words in refused.items():
        file.write_bytes(content)
        found = CliRunner().invoke(main, ["import", "captions", str(file)])
        assert found.exit_code == 1
        assert words in found.stderr
        assert len(found.stderr.splitlines()) == 1


def house_with_a_session(folder: Path) -> None:
    async def made() -> None:
        record = SqliteRecord(folder / "record.db")
        session = await Session.open(record, "grid")
        boss = Actor("p-boss", roles=frozenset({ORGANIZER}))
        await session.do(PublishProgramme(to_data(PROGRAMME)), boss, 1, "publish-1")
        await session.do(OpenSession(), boss, 2, "open-0001")
        await record.close()

    folder.mkdir()
    asyncio.run(made())


PROGRAMME = Programme(
    title="Who keeps the lights on",
    starts="2026-12-07T08:30:00+00:00",
    ends="2026-12-07T09:30:00+00:00",
    speakers=(Person("Amara Specimen", "", "Government"), Person("Bruno Muster", "", "Private Sector")),
    segments=(PlannedSegment("Panel", "panel", 30),),
)


def test_a_transcript_enters_the_record_of_a_session_once(tmp_path: Path) -> None:
    data, file = tmp_path / "house", tmp_path / "captions.txt"
    house_with_a_session(data)
    file.write_text("RAW\n>> AMARA SPECIMEN: Good morning.\n>> A. STRANGER: Thank you.\n", "utf-8")
    command = ["import", "captions", str(file), "--session", "grid", "--data", str(data)]
    for _ in range(2):
        found = CliRunner().invoke(main, command)
        assert found.exit_code == 0, found.output
        assert "2 lines are on the record." in found.stdout
        assert "AMARA SPECIMEN: speaker 1 (exact, 1.00)" in found.stdout
        assert "Not matched" in found.stdout
        assert "A. STRANGER" in found.stdout
    record = SqliteRecord(data / "record.db", read_only=True)
    state = fold(record.scan("grid"))
    assert [(line.seat, line.text) for line in state.speech.values()] == [(1, "Good morning."), (0, "Thank you.")]
    assert [kept.unparsed for kept in state.transcripts.values()] == ["1: RAW (preamble)"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--session", "gird"], "There is no session called gird. Sessions here: grid."),
        (["--session", "grid", "--is", "A. STRANGER"], "is not NAME=N"),
        (["--session", "grid", "--is", "A. STRANGER=7"], "no speaker 7"),
    ],
)
def test_what_cannot_enter_is_one_clear_line(tmp_path: Path, more: list[str], words: str) -> None:
    data, file = tmp_path / "house", tmp_path / "captions.txt"
    house_with_a_session(data)
    file.write_text(">> A. STRANGER: Thank you.\n", "utf-8")
    found = CliRunner().invoke(main, ["import", "captions", str(file), "--data", str(data), *more])
    assert found.exit_code == 1
    assert words in found.stderr


def test_a_house_that_runs_takes_transcripts_on_its_own_page(tmp_path: Path) -> None:
    data, file = tmp_path / "house", tmp_path / "captions.txt"
    house_with_a_session(data)
    file.write_text(">> A. STRANGER: Thank you.\n", "utf-8")
    running = SqliteRecord(data / "record.db")
    try:
        found = CliRunner().invoke(main, ["import", "captions", str(file), "--session", "grid", "--data", str(data)])
    finally:
        asyncio.run(running.close())
    assert found.exit_code == 1
    assert "on its page /s/grid/captions" in found.stderr
