"""`acquis witness`: follows the log of a session from outside, and signs that it only grew."""

from __future__ import annotations

import time
from pathlib import Path

import click

from acquis.cli.parts import example
from acquis.cli.printing import echo


@click.command()
@example("acquis witness https://dialogue.example.org/s/f0f1f2f3 --key witness.pem --name witness.example.net")
@click.argument("url")
@click.option(
    "--key", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Your key, made if missing."
)
@click.option("--name", default="", help="Your name as a witness: a domain of yours. Needed when the key is made.")
@click.option("--every", type=click.FloatRange(1), default=10.0, show_default=True, help="Seconds between two looks.")
@click.option("--once", is_flag=True, help="Look once, then end.")
def witness(url: str, key: Path, name: str, every: float, once: bool) -> None:
    """Follow the log of a session, and sign each checkpoint that continues what you saw before.

    What you saw is kept beside the key, and is stored before anything is signed. The organizer names you with the line
    that is printed first. Ends with status 1 if the server shows another history than before: keep the two checkpoints
    that are then printed, because they prove it."""
    from acquis.witness import Follower, Unreachable, WitnessKey

    own = WitnessKey.open(key, name)
    echo(f"Key of this witness, for the organizer: {own.verifier}")
    follower = Follower(url, own, key.with_name(f"{key.stem}-seen.json"))
    while True:
        try:
            if seen := follower.look(time.time_ns() // 1_000_000_000):
                echo(seen)
        except Unreachable as error:
            if once:
                raise
            echo(f"{error} Trying again.", err=True)
        if once:
            return
        time.sleep(every)
