"""Reads a programme in the YAML form of Acquis."""

from __future__ import annotations

import re

from acquis.i18n import N_
from acquis.plan.document import Programme, from_yaml
from acquis.plan.importers.importer import ProgrammeImporter
from acquis.reference import Profile

_FIELD = re.compile(r"[a-z_]+:")
_TITLE = re.compile(r"^title:", re.MULTILINE)


def recognises(text: str) -> bool:
    """Whether the first line that is not a comment is a field, and one of the fields is the title."""
    first = next((line for line in text.split("\n") if not _says_nothing(line)), "")
    return bool(_FIELD.match(first) and _TITLE.search(text))


def _says_nothing(line: str) -> bool:
    bare = line.strip()
    return bare in ("", "---") or bare.startswith("#")


def read(text: str, profile: Profile) -> Programme:
    """The programme in the text; it names its own profile. Raises ProgrammeError as `document.from_yaml` does."""
    return from_yaml(text)


YAML = ProgrammeImporter(
    "yaml",
    N_("programme in YAML"),
    "begins with a field, and one of the fields is `title`",
    (".yaml", ".yml"),
    recognises,
    read,
)
