"""`acquis doctor`: whether a machine and a data folder are ready for a session, in one line for each thing."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from acquis.cli.parts import DATA, KEYS, example
from acquis.cli.printing import echo


@click.command()
@example("acquis doctor --data /srv/acquis --port 8080")
@DATA
@KEYS
@click.option("--host", default="127.0.0.1", show_default=True, help="The address on which the server will listen.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Its port.")
def doctor(data: Path, keys: Path | None, host: str, port: int) -> None:
    """Check the data folder and the machine, and say for each problem what to do. No data are changed, and the server
    may be running. Run the command as the user who runs the server.

    Exits with status 0 if all is well, and 1 if not."""
    from acquis.record.keys import folder_beside
    from acquis.web.http import inspections, machine
    from acquis.web.http.protocol import allowed_connections

    signing = keys or folder_beside(data)
    now = time.time_ns() // 1_000_000
    looked_at = [
        *machine.files(data),
        machine.signing_key(data, signing),
        machine.permissions(data, signing),
        inspections.capacity(machine.LANGUAGE, allowed_connections()),
        machine.clock(data, now),
        inspections.disk(machine.LANGUAGE, data),
        machine.backup(data, now),
        machine.fonts(),
        machine.free_port(data, host, port),
    ]
    for inspection in looked_at:
        echo(f"{'well' if inspection.is_well else 'NOT WELL'}: {inspection.sentence}")
    if not all(inspection.is_well for inspection in looked_at):
        sys.exit(1)
