"""`acquis erase`: erases a text or the data of a person, for whoever has the machine."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from acquis.cli.parts import DATA, entries_of, example
from acquis.cli.printing import echo

if TYPE_CHECKING:
    from acquis.erasure import Row, WrittenText
    from acquis.record.sqlite import SqliteRecord
    from acquis.roster import Erasure, Roster

PATIENCE_S = 60
"""How long a running server is waited for."""
NOT_DONE = 75
"""The exit status if the erasure is noted and not finished (EX_TEMPFAIL of sysexits.h)."""
YES = click.option("--yes", is_flag=True, help="Erase without asking.")
REASON = click.option(
    "--reason", default="on request", show_default=True, help="The reason, which the record shows.", metavar="TEXT"
)


@click.group(name="erase")
@example("acquis erase text igf2021-ws119 41 --data /srv/acquis --reason 'on request'")
def erase() -> None:
    """Erase a text or the data of a person from all files of the server.

    The server may be running meanwhile: it then carries out the erasure. What others have copied is not reached."""


@erase.command()
@example("acquis erase text igf2021-ws119 41 --data /srv/acquis --reason 'on request'")
@click.argument("session")
@click.argument("entry", type=click.IntRange(1))
@DATA
@REASON
@YES
def text(session: str, entry: int, data: Path, reason: str, yes: bool) -> None:
    """Erase the text of an entry, with all its wordings. The record keeps that there was a text, and the reason."""
    from acquis.erasure import wordings
    from acquis.roster import Erasure

    roster = _roster(data, session)
    try:
        texts = wordings(_rows(session, data), entry)
        if not texts:
            raise click.ClickException(f"Entry {entry} contains no text that can be erased.")
        _ask(texts, yes)
        noted = roster.note(Erasure(session, tuple(text.entry for text in texts), reason=_short(reason)))
    finally:
        roster.close()
    _complete(data, noted)


@erase.command()
@example("acquis erase person igf2021-ws119 'Ana Example' --data /srv/acquis")
@click.argument("session")
@click.argument("person")
@DATA
@REASON
@click.option("--own-only", is_flag=True, help="Keep the texts of others that mention the name.")
@YES
def person(session: str, person: str, data: Path, reason: str, own_only: bool, yes: bool) -> None:
    """Erase the data of PERSON (a name or an id): the name, the access links, the link between the ids, what the person
    wrote, and the texts of others that mention the name.

    The votes stay, without a name. A name in a published programme or report stays in the log."""
    from acquis.erasure import traces
    from acquis.roster import Erasure

    roster = _roster(data, session)
    try:
        id, name = _person(roster, session, person)
        rows = _rows(session, data)
        ruled = _is_ruled(rows)
        listed = traces(rows, id, name, ruled)
        wide = ruled or not own_only
        texts = (*listed.own, *(listed.mentions if wide else ()))
        echo(f"The data of {name or id} in {session}.")
        _ask(texts, yes)
        entries = tuple(text.entry for text in texts)
        noted = roster.forget(Erasure(session, entries, id, _short(reason)), name if wide else "")
    finally:
        roster.close()
    _complete(data, noted)


def _roster(data: Path, session: str) -> Roster:
    from acquis.roster import Roster

    if not (data / "roster.db").is_file():
        raise click.ClickException(f"There is no roster in {data}. Name the folder with --data.")
    roster = Roster(data / "roster.db")
    if roster.session(session) is None:
        known = ", ".join(roster.ids()) or "none"
        roster.close()
        raise click.ClickException(f"There is no session called {session}. Sessions here: {known}.")
    return roster


def _rows(session: str, data: Path) -> list[Row]:
    return [(entry.seq, entry.at, entry.by, entry.body) for entry in entries_of(session, data)]


def _is_ruled(rows: list[Row]) -> bool:
    """Whether the session is held under the Chatham House Rule."""
    from acquis.state import fold

    return fold(rows).settings.chatham


def _person(roster: Roster, session: str, person: str) -> tuple[str, str]:
    """The id and the name of the person with this id or this name."""
    from acquis.text.folding import folded

    names = roster.names(session)
    if roster.knows(session, person):
        return person, names.get(person, "")
    matching = [id for id, name in names.items() if folded(name) == folded(person)]
    if len(matching) == 1:
        return matching[0], names[matching[0]]
    if matching:
        raise click.ClickException(f"Several people are called {person}. Name one by its id: {', '.join(matching)}.")
    raise click.ClickException(f"There is nobody called {person} in {session}.")


def _short(reason: str) -> str:
    from acquis.erasure import REASON_LIMIT

    if not reason.strip() or len(reason) > REASON_LIMIT:
        raise click.ClickException(f"A reason has between 1 and {REASON_LIMIT} characters.")
    return reason


def _ask(texts: tuple[WrittenText, ...] | list[WrittenText], yes: bool) -> None:
    for text in texts:
        echo(f"{text.entry:>6} {text.text}")
    if not yes:
        click.confirm(f"Erase {len(texts)} texts? This cannot be undone.", abort=True)


def _complete(data: Path, noted: Erasure) -> None:
    """Carry out what is noted, or wait until the server that runs has done it."""
    from acquis.record import RecordInUse
    from acquis.record.sqlite import SqliteRecord

    try:
        done = asyncio.run(_carry_out(SqliteRecord(data / "record.db"), data, noted))
    except RecordInUse:
        done = _wait(data, noted)
    if not done:
        echo(
            "The erasure is noted and not finished: a file is being read, or the server is busy. The server finishes "
            "it as soon as it can, or at its next start.",
            err=True,
        )
        raise click.exceptions.Exit(NOT_DONE)
    echo("Erased. No file in the data folder contains it any more.")


async def _carry_out(record: SqliteRecord, data: Path, noted: Erasure) -> bool:
    from acquis.board import Board
    from acquis.board.erasing import Erasing
    from acquis.board.index import Index
    from acquis.roster import Roster

    board = Board(record, Roster(data / "roster.db"), Index(data / "index.db"))
    try:
        return await Erasing(board, lambda session: None).carry_out(noted, time.time_ns() // 1_000_000)
    finally:
        board.index.close()
        board.roster.close()
        await record.close()


def _wait(data: Path, noted: Erasure) -> bool:
    """Whether the running server finishes the erasure in time."""
    from acquis.roster import Roster

    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        roster = Roster(data / "roster.db")
        try:
            if all(other.id != noted.id for other in roster.erasures()):
                return True
        finally:
            roster.close()
        time.sleep(0.2)
    return False
