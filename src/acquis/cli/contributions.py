"""`acquis import contributions`: reads written contributions from tables and documents and prints them, or enters them
on the record of a session."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import click
import msgspec

from acquis.cli.parts import DATA, LANGUAGE, example, offline_session
from acquis.cli.printing import echo
from acquis.command import ORGANIZER, Actor, Refused
from acquis.contributions.files import ContributionRow, read_contributions


@click.command()
@example("acquis import contributions submissions.csv --session igf2021-ws119")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--session", help="Add the contributions to the record of this session.")
@DATA
def contributions(path: Path, session: str | None, data: Path) -> None:
    """Read written contributions from a table (CSV, XLSX), a document (DOCX, text) or a folder of these, and print them
    as JSON.

    A table has one in each row, and the columns text, on behalf of, stakeholder group, regional group and language.
    With --session they are entered, and are public at once. The same file again changes nothing."""
    files = sorted(file for file in path.iterdir() if file.is_file()) if path.is_dir() else [path]
    try:
        rows = read_contributions((file.name, file.read_bytes()) for file in files)
        if session is None:
            echo(msgspec.json.format(msgspec.json.encode(rows)).decode())
            return
        echo(asyncio.run(_entered(rows, session, data)))
    except Refused as refused:
        raise click.ClickException(refused.sentence(LANGUAGE)) from refused


async def _entered(rows: list[ContributionRow], id: str, data: Path) -> str:
    from acquis.floor.contribution_files import entering

    async with offline_session(data, id, "contributions") as session:
        before = session.state.seq
        by = Actor("p-import", roles=frozenset({ORGANIZER}))
        now = time.time_ns() // 1_000_000
        commands = entering(rows, session.state)
        await asyncio.gather(*(session.do(command, by, now, key) for key, command in commands))
        return f"Entries added: {session.state.seq - before}."
