"""Importers that read texts of other sources as programmes: one module for each kind of text, and their list."""

from __future__ import annotations

from acquis.plan.document import Programme, from_data, to_data
from acquis.plan.importers.agenda import AGENDA
from acquis.plan.importers.calendar_file import ICS
from acquis.plan.importers.frab import PRETALX, XML
from acquis.plan.importers.igf import IGF
from acquis.plan.importers.importer import ImportFailed, ProgrammeImporter
from acquis.plan.importers.indico import INDICO
from acquis.plan.importers.lines import to_text
from acquis.plan.importers.linked_data import EVENT
from acquis.plan.importers.pretalx_rest import REST
from acquis.plan.importers.programme_json import JSON
from acquis.plan.importers.programme_yaml import YAML
from acquis.plan.importers.sched_csv import SCHED
from acquis.plan.importers.sessionize import SESSIONIZE
from acquis.plan.importers.work_programme import WORK
from acquis.plan.schedule import Schedule
from acquis.reference import Profile

IMPORTERS: tuple[ProgrammeImporter, ...] = (
    ICS,
    XML,
    PRETALX,
    REST,
    INDICO,
    SESSIONIZE,
    EVENT,
    SCHED,
    YAML,
    JSON,
    WORK,
    AGENDA,
    IGF,
)
"""The importers in the order in which they are tried. The last one reads every text that no other recognizes, and
raises ImportFailed if it cannot."""


def read_sessions(data: bytes | str, profile: Profile, importer: ProgrammeImporter | None = None) -> Schedule:
    """The sessions of a file: of one that one of `IMPORTERS` recognizes, or that `importer` reads. The page of an event
    is read with the words of `profile`.

    Raises ImportFailed (empty, not_text, too_large, transcript, not_igf, bad_schedule, no_sessions,
    too_many_sessions) or ProgrammeError."""
    text = to_text(data)
    importer = importer or next(importer for importer in IMPORTERS if importer.recognises(text))
    read = importer.read(text, profile)
    schedule = read if isinstance(read, Schedule) else Schedule((read,))
    for programme in schedule.sessions:
        from_data(to_data(programme))  # a page with more people than a programme may have is refused here
    return schedule


def read_programme(data: bytes | str, profile: Profile) -> Programme:
    """The programme of a file with one session. Raises as `read_sessions`, and ImportFailed("many_sessions",
    sessions)."""
    sessions = read_sessions(data, profile).sessions
    if len(sessions) > 1:
        raise ImportFailed("many_sessions", sessions=len(sessions))
    return sessions[0]


def table() -> str:
    """The table of importers in docs/add-an-importer.md, as Markdown, in the order in which they are tried."""
    cells = [(f"`{kind.name}`", kind.accepts, ", ".join(kind.endings), kind.recognized_by) for kind in IMPORTERS]
    rows = [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join(["| name | what it reads | files | how it is recognized |", "| --- | --- | --- | --- |", *rows])


__all__ = ["IMPORTERS", "ImportFailed", "ProgrammeImporter", "Schedule", "read_programme", "read_sessions", "table"]
