"""Shared parts of the commands: the example in the help text, the options for folders, the entries of a log."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from acquis.record import Entry
    from acquis.record.sqlite import SqliteRecord
    from acquis.session import Session


LANGUAGE = "en"
"""The language of what commands print."""


def example(text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A decorator that adds an example to the end of the help of a command."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        function.__doc__ = f"{inspect.cleandoc(function.__doc__ or '')}\n\n\b\nExample:\n  {text}\n"
        return function

    return add


DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="ACQUIS_DATA",
    default=Path("data"),
    show_default=True,
    help="Data folder (record.db and roster.db).",
)
KEYS = click.option(
    "--keys",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="ACQUIS_KEYS",
    default=None,
    help="Folder of the signing keys. Without it: the data folder with -keys at the end of its name.",
)
OUT = click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="The folder to write to.")


def rows_of(entries: list[Entry]) -> list[tuple[int, int, str, bytes]]:
    """Entries as (seq, at, by, body), the form that `state.fold` takes; without those that the public log seals."""
    from acquis.publication.public import public_rows

    return list(public_rows(entries))


def entries_of(log: str, data: Path) -> list[Entry]:
    """The entries of a log.jsonl, or of a session in the record of the folder `data`. Raises ClickException if there is
    neither, or if a line cannot be read."""
    path = Path(log)
    if path.is_file():
        return _from_file(path)
    record = _record(data)
    if log not in record.logs():
        known = ", ".join(record.logs()) or "none"
        raise click.ClickException(f"There is no file and no session called {log}. Sessions here: {known}.")
    return list(record.read(log))


def people_of(log: str, data: Path) -> tuple[str, ...]:
    """The names that people of a session stated; none for a log.jsonl. They are used locally and never exported."""
    from acquis.roster import Roster

    if Path(log).is_file() or not (data / "roster.db").is_file():
        return ()
    roster = Roster(data / "roster.db")
    try:
        return tuple(sorted(roster.names(log).values()))
    finally:
        roster.close()


def _from_file(path: Path) -> list[Entry]:
    from acquis.record.lines import from_line

    entries = []
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                entries.append(from_line(line))
            except ValueError as error:
                raise click.ClickException(f"{path}, line {number}: {error}") from error
    if not entries:
        raise click.ClickException(f"{path} is empty.")
    return entries


def _record(data: Path) -> SqliteRecord:
    from acquis.record.sqlite import SqliteRecord

    if not (data / "record.db").is_file():
        raise click.ClickException(f"There is no record in {data}. Name the folder with --data.")
    return SqliteRecord(data / "record.db", read_only=True)


@asynccontextmanager
async def offline_session(data: Path, id: str, page: str) -> AsyncIterator[Session]:
    """A session of a data folder that no server has open; `page`: the page that does the same while a server runs.
    Raises ClickException."""
    from acquis.record import RecordInUse
    from acquis.record.sqlite import SqliteRecord
    from acquis.session import Session

    if not (data / "record.db").is_file():
        raise click.ClickException(f"There is no record in {data}. Name the folder with --data.")
    try:
        record = SqliteRecord(data / "record.db")
    except RecordInUse as error:
        raise click.ClickException(
            f"The server is running. Add the file on its page /s/{id}/{page}, or stop the server first."
        ) from error
    try:
        if id not in record.logs():
            known = ", ".join(record.logs()) or "none"
            raise click.ClickException(f"There is no session called {id}. Sessions here: {known}.")
        yield await Session.open(record, id)
    finally:
        await record.close()
