"""Reads the `programme.json` of a published record."""

from __future__ import annotations

import msgspec

from acquis.i18n import N_
from acquis.plan.document import Programme, ProgrammeError, from_data
from acquis.plan.importers.importer import ProgrammeImporter
from acquis.reference import Profile


def recognises(text: str) -> bool:
    """Whether the text begins like a JSON object. It need not be valid."""
    return text.lstrip().startswith("{")


def read(text: str, profile: Profile) -> Programme:
    """The programme as it was published; it names its own profile. Raises ProgrammeError."""
    try:
        data = msgspec.json.decode(text)
    except RecursionError as error:
        raise ProgrammeError("bad_programme", where="the document", reason="it is nested too deeply") from error
    except msgspec.DecodeError as error:
        raise ProgrammeError("bad_programme", where="the document", reason=str(error)) from error
    return from_data(data)


JSON = ProgrammeImporter(
    "json",
    N_("programme.json of a record"),
    "begins with `{`, and no other form of JSON is recognized",
    (".json",),
    recognises,
    read,
)
