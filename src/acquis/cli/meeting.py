"""`acquis import meeting`: reads a report of a meeting program and prints it, or takes it in to the record of a
session."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from acquis.cli.parts import DATA, LANGUAGE, example, offline_session
from acquis.cli.printing import echo
from acquis.meetings import MeetingReportError, read_meeting_report

if TYPE_CHECKING:
    from acquis.command import Command
    from acquis.meetings import MeetingReport


@click.command()
@example("acquis import meeting attendance.csv --session igf2021-ws119")
@click.argument("file", type=click.File("rb"))
@click.option("--session", help="Add the report to the record of this session.")
@click.option(
    "--row",
    "rows",
    multiple=True,
    type=int,
    metavar="N",
    help="Add only this row, by its number in the preview. By default all questions and results, and no chat line.",
)
@DATA
def meeting(file: Any, session: str | None, rows: tuple[int, ...], data: Path) -> None:
    """Read a report of Zoom, Teams, Webex, Meet, Slido or Mentimeter (- for standard input) and print it as JSON.

    With --session it is added to a session that has been opened: the number of people, the questions and the results
    of polls. Names go to the roster and never to the record. The same file again changes nothing."""
    try:
        report = read_meeting_report(file.read())
    except MeetingReportError as error:
        raise click.ClickException(error.sentence(LANGUAGE)) from error
    if session is None:
        echo(msgspec.json.format(msgspec.json.encode(report)).decode())
        return
    echo(asyncio.run(_taken_in(report, session, rows, data)))


async def _taken_in(report: MeetingReport, id: str, rows: tuple[int, ...], data: Path) -> str:
    from acquis.command import ORGANIZER, Actor
    from acquis.floor.meeting_reports import enter_report, rows_of, was_taken_in

    async with offline_session(data, id, "meetings") as session:
        before = session.state.seq
        if was_taken_in(session.state, report):
            return "This file was added before. Nothing was changed."
        by = Actor("p-import", roles=frozenset({ORGANIZER}))

        async def do(command: Command, key: str) -> object:
            return await session.do(command, by, time.time_ns() // 1_000_000, key)

        await enter_report(report, rows or rows_of(report), lambda: session.state, do)
        if not session.state.settings.chatham:
            _keep_names(report, id, data)
        return f"Entries added: {session.state.seq - before}."


def _keep_names(report: MeetingReport, id: str, data: Path) -> None:
    from acquis.roster import Roster
    from acquis.roster.attendees import rows_of_report

    if report.kind == "attendance" and (data / "roster.db").is_file():
        roster = Roster(data / "roster.db")
        try:
            roster.attendees.keep(id, report.origin, rows_of_report(report))
        finally:
            roster.close()
