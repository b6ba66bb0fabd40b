"""`acquis import`: a subcommand for each importer of programmes, one that finds the form out, and one each for
transcripts, written contributions, and reports of meeting programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from acquis.cli.parts import example
from acquis.cli.printing import echo

if TYPE_CHECKING:
    from acquis.plan.document import Programme
    from acquis.plan.importers import ProgrammeImporter
    from acquis.plan.schedule import Schedule

CAPTIONS, CONTRIBUTIONS, MEETING, PROGRAMME = "captions", "contributions", "meeting", "programme"
_MOST_LINES = 200
"""The most doubts and clashes that are printed."""


class _Importers(click.Group):
    """A group whose subcommands are the importers; the list of importers is loaded on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from acquis.plan.importers import IMPORTERS

        return [*sorted(importer.name for importer in IMPORTERS), PROGRAMME, CAPTIONS, CONTRIBUTIONS, MEETING]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name == CAPTIONS:
            from acquis.cli.captions import captions

            return captions
        if cmd_name == CONTRIBUTIONS:
            from acquis.cli.contributions import contributions

            return contributions
        if cmd_name == MEETING:
            from acquis.cli.meeting import meeting

            return meeting
        from acquis.plan.importers import IMPORTERS

        if cmd_name == PROGRAMME:
            return _command(PROGRAMME, "a programme or a schedule; the form is found out", ".json", None)
        return next((_of(importer) for importer in IMPORTERS if importer.name == cmd_name), None)


@click.group(name="import", cls=_Importers)
@example("acquis import igf page.txt > programme.yaml")
def imports() -> None:
    """Import a session page, a programme, a schedule, a transcript, contributions or a report of a meeting program."""


def _of(importer: ProgrammeImporter) -> click.Command:
    return _command(importer.name, importer.accepts, importer.endings[0], importer)


def _command(name: str, accepts: str, ending: str, importer: ProgrammeImporter | None) -> click.Command:
    @click.command(name=name, short_help=f"Read {accepts}.")
    @click.argument("path", type=click.Path(exists=True, allow_dash=True, path_type=Path))
    @click.option(
        "--profile", "profile_name", default="", help="Rules of the event. By default those that the file names."
    )
    @click.option(
        "--into",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="Add the sessions as drafts to this data folder, instead of printing them.",
    )
    @click.option("--changes", is_flag=True, help="With --into: also take over changes of sessions that are there.")
    def command(path: Path, profile_name: str, into: Path | None, changes: bool) -> None:
        from acquis.plan.document import to_yaml

        schedule = _read(path, profile_name, importer)
        if into is None:
            echo("---\n".join(map(to_yaml, schedule.sessions)), nl=False)
        else:
            _enter(schedule, into, changes)
        _say_doubts(schedule)

    command.help = f"""Read {accepts} (- for standard input) and print the programme as YAML.

A folder is read file by file. Several sessions are printed one after another, with --- between them.
What was inferred, lines that were not understood, and clashes are listed on standard error.
With --into, a session that came from the same schedule before is known by the id that the schedule gives it:
its changes are listed, and taken over with --changes.

\b
Example:
  acquis import {name} session{ending} > programme.yaml"""
    return command


def _read(path: Path, profile_name: str, importer: ProgrammeImporter | None) -> Schedule:
    """The sessions of a file, of standard input, or of the files of a folder in the order of their names."""
    from msgspec.structs import replace

    from acquis.plan.importers import ImportFailed, Schedule, read_sessions
    from acquis.plan.schedule import MOST_SESSIONS
    from acquis.reference import profile

    files = sorted(file for file in path.iterdir() if file.is_file()) if path.is_dir() else [path]
    rules = profile(profile_name or "igf-2021")
    sessions: list[Programme] = []
    for file in files[:MOST_SESSIONS]:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        sessions += read_sessions(data, rules, importer).sessions
    if not sessions:
        raise ImportFailed("no_sessions")
    if profile_name:
        sessions = [replace(programme, profile=profile_name) for programme in sessions]
    return Schedule(tuple(sessions))


def _enter(schedule: Schedule, into: Path, changes: bool) -> None:
    """Add the new sessions of a schedule as drafts, and list or take over the changes of the others."""
    import time

    from acquis.plan.document import to_yaml
    from acquis.plan.schedule import compare
    from acquis.record.sqlite import SqliteRecord
    from acquis.roster import Roster
    from acquis.web.http.new_sessions import add_draft, programme_in

    if not (into / "roster.db").is_file():
        raise click.ClickException(f"There is no roster in {into}. Start the server there once with `acquis serve`.")
    logs = SqliteRecord(into / "record.db", read_only=True).logs() if (into / "record.db").is_file() else []
    roster, now = Roster(into / "roster.db"), int(time.time() * 1000)
    try:
        whole = compare([(row.id, programme_in(row.draft)) for row in roster.sessions()], schedule)
        with roster.written_soon():
            for programme in whole.new:
                echo(f"added: {add_draft(roster, set(logs).__contains__, now, programme).id}")
            for known in whole.changed:
                if changes:
                    roster.save_draft(known.session, to_yaml(known.programme))
                echo(f"{'changed' if changes else 'differs'}: {known.session} ({', '.join(known.fields)})")
    finally:
        roster.close()
    for id in whole.gone:
        echo(f"no longer in the file: {id}")
    if whole.changed and not changes:
        echo("\nNothing of these changes was taken over. Use --changes to do so.", err=True)


def _say_doubts(schedule: Schedule) -> None:
    """Lists on standard error what a person should check, the most important first."""
    from acquis.plan.doubts import doubts
    from acquis.plan.schedule import clashes

    sessions = schedule.sessions
    points = [
        f"“{sessions[clash.first].title}” and “{sessions[clash.second].title}”: the same {clash.kind} at the same time,"
        f" {clash.name}"
        for clash in clashes(sessions)
    ]
    alike: dict[str, list[str]] = {}
    for programme in sessions:
        title = f"“{programme.title}”, " if len(sessions) > 1 else ""
        for doubt in doubts(programme):
            alike.setdefault(doubt.how, []).append(title + ", ".join(doubt.fields))
    points += [f"{_shortened(where)}: {how}" for how, where in alike.items()]
    points += [f"line {line.line}: {line.text}" for programme in sessions for line in programme.unparsed]
    if len(sessions) > 1:
        echo(f"\n{len(sessions)} sessions", err=True)
    if points:
        echo(f"\nPlease look at these {len(points)} points, the most important first:", err=True)
    for point in points[:_MOST_LINES]:
        echo(f"  {point}", err=True)


def _shortened(places: list[str]) -> str:
    shown, more = "; ".join(places[:3]), len(places) - 3
    return f"{shown} and {more} more" if more > 0 else shown
