"""`acquis import meeting`: prints what a report of a meeting program says, or takes it in to a session, once."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result
from tests.meetings.samples import ZOOM_ATTENDANCE, ZOOM_CHAT, ZOOM_QUESTIONS

from acquis.cli import main
from acquis.record.sqlite import SqliteRecord
from acquis.roster import Roster
from acquis.state import fold

from .test_captions import house_with_a_session


def imported(tmp_path: Path, text: str, *more: str) -> Result:
    file = tmp_path / "report.csv"
    file.write_text(text, "utf-8")
    return CliRunner().invoke(main, ["import", "meeting", str(file), *more])


def test_without_a_session_the_report_is_printed(tmp_path: Path) -> None:
    found = imported(tmp_path, ZOOM_QUESTIONS)
    assert found.exit_code == 0
    report = json.loads(found.stdout)
    assert (report["origin"], len(report["questions"])) == ("Zoom", 3)


def test_a_report_is_taken_in_once_and_its_names_go_to_the_roster(tmp_path: Path) -> None:
    data = tmp_path / "house"
    house_with_a_session(data)
    Roster(data / "roster.db").close()
    to = ("--session", "grid", "--data", str(data))
    assert imported(tmp_path, ZOOM_ATTENDANCE, *to).stdout == "Entries added: 1.\n"
    assert imported(tmp_path, ZOOM_ATTENDANCE, *to).stdout == "This file was added before. Nothing was changed.\n"
    assert imported(tmp_path, ZOOM_QUESTIONS, *to).stdout == "Entries added: 5.\n"
    assert imported(tmp_path, ZOOM_CHAT, *to, "--row", "1").stdout == "Entries added: 1.\n"
    state = fold(SqliteRecord(data / "record.db", read_only=True).scan("grid"))
    assert [report.people for report in state.meeting_reports.values()] == [2, 0, 0]
    assert [question.origin for question in state.questions.values()] == ["Zoom"] * 3, (
        "the same words are there already"
    )
    roster = Roster(data / "roster.db")
    assert [one.name for one in roster.attendees.of("grid")] == ["Ama Example", "Ben Muster"]
    roster.close()


def test_what_cannot_be_read_is_one_clear_line(tmp_path: Path) -> None:
    found = imported(tmp_path, "Fruit,Price\nApple,3\n")
    assert found.exit_code == 1
    assert "Columns of the file: Fruit, Price." in found.stderr
    found = imported(tmp_path, ZOOM_QUESTIONS, "--session", "grid", "--data", str(tmp_path))
    assert "There is no record" in found.stderr
