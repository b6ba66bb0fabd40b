"""An erasure in a process that is killed at one of its steps."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

from acquis.board.index import Index
from acquis.command import Actor
from acquis.erasure import EraseText
from acquis.record import writer
from acquis.roster import Roster
from acquis.session import Session
from acquis.web.http.application import open_application

PLACES: dict[str, tuple[Any, str]] = {
    "noted": (Session, "do"),
    "logged": (Session, "blank"),
    "overwritten": (writer, "rewrite"),
    "rewritten": (writer, "empty_log"),
    "removed": (Index, "keep"),
    "indexed": (Index, "purge"),
    "purged": (Roster, "strike"),
}
"""Step -> the function that is the next one after it, in which the process is killed."""


def _die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def erase_and_die(folder: Path, place: str, entry: int, by: Actor) -> None:
    """Erase a text of the session "grid" until a step; the process is killed there."""

    async def erase() -> None:
        house = open_application(folder)
        session = await house.board.session("grid")
        assert session is not None
        await house.board.reindex(session)
        setattr(*PLACES[place], _die)
        await house.erasing.text(session, EraseText(entry, "on request"), by, session.state.at, "a-key-1")

    asyncio.run(erase())
