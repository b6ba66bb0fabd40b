"""What is looked at on the machine, both by `acquis doctor` and for the organizer's page about the server."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

from acquis.board.backup import LastBackup
from acquis.i18n import N_, say
from acquis.plan import dates

ROOM_MB = 1000
"""The free disk space that a long session with its documents and a backup does not need."""
MANY_PHONES = 5_000
"""The phones of a large session: two pages for each of two thousand people, and more."""
NEARLY_FULL = 0.9
"""The share of all connections from which on somebody is told."""
BACKUP_MS = 26 * 3600 * 1000
"""The age of the last backup from which on somebody is told: a day, and what a machine may be late."""


class Inspection(NamedTuple):
    """One thing that was looked at: whether it is well, and a sentence, which says what to do if it is not."""

    is_well: bool
    sentence: str


def disk(language: str, folder: Path) -> Inspection:
    """Whether there is room on the disk of the data folder, which need not exist yet. Raises OSError."""
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(there).free // 1_000_000
    if free >= ROOM_MB:
        return Inspection(True, say(language, N_("Free space on the disk of the data: {free} MB."), free=f"{free:,}"))
    message = N_("Free space on the disk of the data: only {free} MB. Make room for {needed} MB.")
    return Inspection(False, say(language, message, free=f"{free:,}", needed=f"{ROOM_MB:,}"))


def capacity(language: str, most: int) -> Inspection:
    """Whether the limit of open files allows as many phones as a large session has. most: the connections allowed."""
    if most >= MANY_PHONES:
        message = N_("Phones that can be connected at the same time: {most}.")
        return Inspection(True, say(language, message, most=f"{most:,}"))
    message = N_(
        "Phones that can be connected at the same time: only {most}. "
        "Raise the hard limit of open files (LimitNOFILE=, ulimit -Hn)."
    )
    return Inspection(False, say(language, message, most=f"{most:,}"))


def connections(language: str, open: int, most: int, refused: int) -> Inspection:
    """Whether a server still takes connections. open: those that are open now; most: those allowed; refused: those that
    were turned away since the start."""
    facts = {"open": f"{open:,}", "most": f"{most:,}"}
    if refused:
        message = N_("Open connections: {open} of {most}. Turned away since the start, for want of room: {refused}.")
        return Inspection(False, say(language, message, refused=f"{refused:,}", **facts))
    if open < NEARLY_FULL * most:
        return Inspection(True, say(language, N_("Open connections: {open} of {most}."), **facts))
    message = N_("Open connections: {open} of {most}. When all are in use, more people are turned away.")
    return Inspection(False, say(language, message, **facts))


def backup(language: str, last: LastBackup | None, now: int, needed: bool) -> Inspection:
    """Whether the last backup is recent and whole. needed: whether there is something to back up."""
    if last is None:
        if not needed:
            return Inspection(True, say(language, N_("There is nothing to back up yet.")))
        return Inspection(False, say(language, N_("No backup has been made. Set up a backup every hour.")))
    when = dates.moment(last.made, "UTC", language)
    if last.damaged:
        message = N_(
            "The last backup was made on {when}. Sessions in it that could not be verified: {n}. Keep the earlier ones."
        )
        return Inspection(False, say(language, message, when=when, n=last.damaged))
    if now - last.made > BACKUP_MS:
        message = N_("The last backup was made on {when}. Find out why there is no newer one.")
        return Inspection(False, say(language, message, when=when))
    return Inspection(True, say(language, N_("The last backup was made on {when}."), when=when))
