"""Texts of other places become programmes: one module for each kind of text, and the list of them."""

from __future__ import annotations

from acquis.plan.document import Programme
from acquis.plan.importers.igf import IGF
from acquis.plan.importers.importer import ImportFailed, ProgrammeImporter
from acquis.plan.importers.lines import to_text
from acquis.plan.importers.programme_json import JSON
from acquis.plan.importers.programme_yaml import YAML
from acquis.reference import Profile

IMPORTERS: tuple[ProgrammeImporter, ...] = (YAML, JSON, IGF)
"""In the order in which they are asked. The last one is asked to read whatever no other recognises, and says so where
it cannot."""


def read_programme(data: bytes | str, profile: Profile) -> Programme:
    """The programme of a text of any kind in `IMPORTERS`; `profile` is used where the text names none.

    Raises ImportFailed (empty, not_text, too_large, transcript, not_igf) or ProgrammeError."""
    text = to_text(data)
    importer = next(importer for importer in IMPORTERS if importer.recognises(text))
    return importer.read(text, profile)


__all__ = ["IMPORTERS", "ImportFailed", "ProgrammeImporter", "read_programme"]
