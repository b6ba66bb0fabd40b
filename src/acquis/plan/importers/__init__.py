"""Importers that read texts of other sources as programmes: one module for each kind of text, and their list."""

from __future__ import annotations

from acquis.plan.document import Programme, from_data, to_data
from acquis.plan.importers.igf import IGF
from acquis.plan.importers.importer import ImportFailed, ProgrammeImporter
from acquis.plan.importers.lines import to_text
from acquis.plan.importers.programme_json import JSON
from acquis.plan.importers.programme_yaml import YAML
from acquis.reference import Profile

IMPORTERS: tuple[ProgrammeImporter, ...] = (YAML, JSON, IGF)
"""The importers in the order in which they are tried. The last one reads every text that no other recognizes, and
raises ImportFailed if it cannot."""


def read_programme(data: bytes | str, profile: Profile) -> Programme:
    """The programme of a text that one of `IMPORTERS` reads; the page of an event is read with the words of `profile`.

    Raises ImportFailed (empty, not_text, too_large, transcript, not_igf) or ProgrammeError."""
    text = to_text(data)
    importer = next(importer for importer in IMPORTERS if importer.recognises(text))
    programme = importer.read(text, profile)
    from_data(to_data(programme))  # a page with more people than a programme may have is refused here
    return programme


__all__ = ["IMPORTERS", "ImportFailed", "ProgrammeImporter", "read_programme"]
