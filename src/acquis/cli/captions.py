"""`acquis import captions`: reads a transcript and prints its turns, or adds its lines to the record of a session."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from acquis.captions import READERS, CaptionsError, read_captions, to_json
from acquis.cli.parts import DATA, example, offline_session
from acquis.cli.printing import echo
from acquis.i18n import say_many

if TYPE_CHECKING:
    from acquis.captions import Transcript
    from acquis.floor.transcripts import Entering


@click.command()
@example("acquis import captions transcript.txt --session igf2021-ws119 --is 'MODERATOR=0'")
@click.argument("file", type=click.File("rb"))
@click.option(
    "--form", type=click.Choice([reader.form for reader in READERS]), help="Format of the file. Detected if not given."
)
@click.option("--encoding", default="", help="Encoding of the file, such as cp1251. Detected if not given.")
@click.option("--session", help="Add the lines to the record of this session.")
@click.option(
    "--is",
    "given",
    multiple=True,
    metavar="NAME=N",
    help="Match NAME to panellist number N of the programme (0: none).",
)
@DATA
def captions(file: Any, form: Any, encoding: str, session: str | None, given: tuple[str, ...], data: Path) -> None:
    """Read a transcript (- for standard input) and print its turns as JSON, with what was not understood and why.

    With --session the lines enter the record of a session that has been opened; its speakers are matched with the
    programme, and names that mean nobody of the panel are listed. The same file again changes nothing."""
    source = file.read()
    try:
        transcript = read_captions(source, form, encoding)
        transcript.require_words()
    except CaptionsError as error:
        raise click.ClickException(error.sentence("en")) from error
    if session is not None:
        _print_entering(asyncio.run(_entered(source, transcript, session, _seats(given), data)))
    else:
        echo(to_json(transcript).decode())
    if transcript.sign:
        echo(f"Read as {transcript.form}. {transcript.sign} Use --form if that is wrong.", err=True)
    if not transcript.certain:
        said = f"The file was read in the encoding {transcript.encoding}, guessed from its letters."
        echo(f"{said} Check the names, or use --encoding.", err=True)
    echo(_summary(transcript), err=True)


def _summary(transcript: Transcript) -> str:
    """How much was read, and what needs a look."""
    read, left = len(transcript.turns), len(transcript.unparsed)
    named = len({turn.speaker for turn in transcript.turns if turn.speaker})
    doubtful = sum(turn.doubt != "" for turn in transcript.turns)
    sentences = [
        say_many("en", "{n} intervention was read.", "{n} interventions were read.", read),
        say_many("en", "{n} speaker is named.", "{n} speakers are named.", named),
    ]
    if left:
        sentences.append(
            say_many("en", "{n} line belongs to no intervention.", "{n} lines belong to no intervention.", left)
        )
    if doubtful:
        sentences.append(say_many("en", "{n} speaker is uncertain.", "{n} speakers are uncertain.", doubtful))
    return " ".join(sentences)


def _seats(given: tuple[str, ...]) -> dict[str, int]:
    seats = {}
    for pair in given:
        name, _, seat = pair.rpartition("=")
        if not name or not seat.isdecimal():
            raise click.ClickException(f"“{pair}” is not NAME=N. Write the name as in the transcript, and a number.")
        seats[name] = int(seat)
    return seats


async def _entered(source: bytes, transcript: Transcript, id: str, seats: dict[str, int], data: Path) -> Entering:
    from acquis.command import ORGANIZER, Actor
    from acquis.floor.transcripts import entering

    async with offline_session(data, id, "captions") as session:
        try:
            whole = entering(transcript, source, session.state, seats)
        except LookupError as error:
            raise click.ClickException(f"{error}. Number them as in the programme, from 1.".capitalize()) from error
        by, now = Actor("p-import", roles=frozenset({ORGANIZER})), time.time_ns() // 1_000_000
        await asyncio.gather(*(session.do(command, by, now, key) for key, command in whole.commands))
    return whole


def _print_entering(whole: Entering) -> None:
    lines = len(whole.commands) - 1
    echo(say_many("en", "{n} line is on the record.", "{n} lines are on the record.", lines))
    for match in whole.matches:
        if match.id:
            echo(f"  {match.name}: speaker {match.id} ({match.why}, {match.confidence:.2f})")
    if whole.unmatched:
        echo("Not matched with the panel (say --is 'NAME=N', or on the page of the captions):")
    for match in whole.unmatched:
        rivals = f": could be speaker {' or '.join(match.rivals)}" if match.rivals else ""
        echo(f"  {match.name}{rivals}")
