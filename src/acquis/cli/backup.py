"""`acquis backup` and `acquis restore`: copies of the data folder, for whoever has the machine."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from acquis.cli.parts import DATA, KEYS, example
from acquis.cli.printing import echo

if TYPE_CHECKING:
    from acquis.board.backup import Backup

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@example("acquis backup /backup/2026-11-29 --data /srv/acquis")
@click.argument("folder", metavar="DIR", type=FOLDER)
@DATA
@KEYS
@click.option("--with-keys", is_flag=True, help="Copy the signing keys too. Whoever has them can sign as this server.")
@click.pass_context
def backup(context: click.Context, folder: Path, data: Path, keys: Path | None, with_keys: bool) -> None:
    """Copy the data folder to the new or empty folder DIR, also while the server runs, and verify every log of the
    copy.

    Exits with status 1 if a session could not be verified; the others are in the copy all the same."""
    from acquis.board.backup import back_up
    from acquis.record.keys import folder_beside

    signing = keys or folder_beside(data)
    made = back_up(data, folder, time.time_ns() // 1_000_000, signing if with_keys else None)
    echo(f"{folder} is complete. {_contents(made)}")
    if not with_keys:
        echo(f"The signing keys are not in it. Back up {signing} elsewhere, because nobody can replace them.")
    _tell_damaged(made)
    if made.damaged:
        context.exit(1)


@click.command()
@example("acquis restore /backup/2026-11-29 --data /srv/acquis")
@click.argument("folder", metavar="DIR", type=FOLDER)
@DATA
@KEYS
@click.option(
    "--former",
    type=FOLDER,
    help="The former data folder, moved elsewhere: says what is lost, and what to erase again.",
)
def restore(folder: Path, data: Path, keys: Path | None, former: Path | None) -> None:
    """Copy the backup DIR to a new or empty data folder, and verify every log there.

    Signing keys that are in the backup are copied too, unless there are keys. What is known to be lost is recorded in
    the logs."""
    from acquis.board.backup import lost_since, record_losses
    from acquis.board.backup import restore as run_restore
    from acquis.board.erased_since import erase_again
    from acquis.record.keys import folder_beside

    signing = keys or folder_beside(data)
    restored = run_restore(folder, data, signing)
    echo(f"{data} is restored as of {_moment(restored.made)}. {_contents(restored)}")
    lost = lost_since(restored, former, signing)
    if lost:
        record_losses(data, lost, time.time_ns() // 1_000_000)
        which = ", ".join(f"{loss.marked - loss.kept} of {loss.log}" for loss in lost)
        echo(f"Entries that are lost, at least: {which}. Their logs say so. Tell the people of these sessions.")
    else:
        echo("What was recorded after that moment is not in it.")
    if former is None:
        echo("A text or a person that was erased after that moment is back. Erase it again, or restore with --former.")
    else:
        texts, people = erase_again(data, former)
        echo(f"Erased after that moment, and again when the server starts. Texts: {texts}. People: {people}.")
    if not any(signing.glob("*.pem")):
        echo(f"The signing keys are missing. Restore {signing} before you start the server.")
    _tell_damaged(restored)


def _contents(backup: Backup) -> str:
    verified = {log: entries for log, entries in backup.logs.items() if log not in backup.damaged}
    return f"Verified sessions: {len(verified)}, entries: {sum(verified.values())}."


def _tell_damaged(backup: Backup) -> None:
    for log, why in backup.damaged.items():
        echo(f"{log} is not verified: {why}. An earlier backup may have it whole.", err=True)


def _moment(ms: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
