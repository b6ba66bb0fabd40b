"""`acquis key`: the key with which the server signs, for whoever has the machine."""

from __future__ import annotations

from pathlib import Path

import click

from acquis.cli.parts import DATA, KEYS, example
from acquis.cli.printing import echo


@click.group(name="key")
@example("acquis key rotate --data /srv/acquis")
def key() -> None:
    """Replace the key with which the server signs checkpoints."""


@key.command()
@example("acquis key rotate --data /srv/acquis")
@DATA
@KEYS
@click.option("--lost", is_flag=True, help="The former key is lost for good, so it cannot sign the new one.")
def rotate(data: Path, keys: Path | None, lost: bool) -> None:
    """Make a new signing key, for example after the machine was handed over.

    The former key stays in the folder: it signs the new one in each session that is still in use, so that everybody
    can follow the change. The server may be running meanwhile."""
    from acquis.record.keys import folder_beside, open_keys

    if not data.is_dir():
        raise click.ClickException(f"There is no folder {data}. Name the folder with --data.")
    folder = keys or folder_beside(data)
    kept = open_keys(folder, data, lost)
    if not lost:
        kept.rotate(data)
    echo(f"The new key is in {folder}. Sessions in use announce it within ten seconds, or at the next start.")
