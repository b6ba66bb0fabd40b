"""The declaration of an importer of programmes, and its exception."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from acquis.i18n.refusals import Failure
from acquis.plan.document import Programme
from acquis.plan.schedule import Schedule
from acquis.reference import Profile


class ImportFailed(Failure):
    """A text cannot be imported: a code (empty, not_text, too_large, transcript, not_igf, bad_schedule, no_sessions,
    many_sessions, too_many_sessions) and facts."""

    about: ClassVar[str] = "programme"


@dataclass(frozen=True)
class ProgrammeImporter:
    """An importer of one kind of text.

    `name` is the subcommand of `acquis import`; `accepts` is a message that names what it reads; `recognized_by` is
    what docs/add-an-importer.md says of it; `endings` are the file name extensions. `recognises` is called with the
    whole text. `read` gives one session, or the schedule of many, and raises ImportFailed or ProgrammeError."""

    name: str
    accepts: str
    recognized_by: str
    endings: tuple[str, ...]
    recognises: Callable[[str], bool]
    read: Callable[[str, Profile], Programme | Schedule]
