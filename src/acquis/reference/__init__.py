"""Facts as data files, and how they are looked up. A fact carries its source, its date and its status."""

from __future__ import annotations

import datetime
import functools
import re
from importlib import resources
from typing import Any, Literal

import msgspec
import yaml

Status = Literal["sourced", "unverified", "unknown"]


class Ref(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a fact stands: a document or page, the place in it, its address."""

    symbol: str
    url: str = ""
    paras: str = ""


class Evidence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How well a fact is known: `sourced` was read at its source, `unverified` is remembered or second-hand."""

    status: Status
    as_of: datetime.date
    refs: list[Ref] = []


class SegmentDefaults(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the floor runs in a kind of segment, where the programme does not say otherwise."""

    turn_limit_s: int
    fair: bool
    open_floor: bool


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A length that is counted and shown, never enforced; 0: none."""

    characters: int = 0
    words: int = 0


class ReportDuties(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is due after a session: the sections `due_minutes` after its end, the long report on a day of its own."""

    due_minutes: int
    sections: list[str]
    long_report_due: datetime.date | None = None


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The vocabularies, limits and duties of one gathering.

    Groups map the kept name to the other spellings in use, which are compared without case and punctuation.
    `other_groups` are written in place of a stakeholder group but are none; groups `without_region` stand for no
    region. `types` maps what titles say to the kept name. `evidence` is by field name ("report.due_minutes")."""

    name: str
    title: str
    stakeholder_groups: dict[str, list[str]]
    other_groups: list[str]
    without_region: list[str]
    regional_groups: dict[str, list[str]]
    formats: list[str]
    seatings: list[str]
    types: dict[str, str]
    minutes: list[int]
    panel_voices: list[str]
    limits: dict[str, Limit]
    minimum_speakers: int
    report: ReportDuties
    segments: dict[str, SegmentDefaults]
    goals: dict[int, str]
    evidence: dict[str, Evidence]

    def stakeholder(self, written: str) -> str:
        """The kept name of a stakeholder group, empty if it is none."""
        return _named(written, self.stakeholder_groups)

    def region(self, written: str) -> str:
        """The kept name of a regional group, empty if it is none."""
        return _named(written, self.regional_groups)

    def other_group(self, written: str) -> str:
        """What is written in place of a stakeholder group, as written; empty if it is not known to be."""
        return written.strip() if _letters(written) in map(_letters, self.other_groups) else ""


def _letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _named(written: str, groups: dict[str, list[str]]) -> str:
    wanted = _letters(written)
    return next((name for name, others in groups.items() if wanted in map(_letters, (name, *others))), "")


def profile_names() -> list[str]:
    """The profiles there are."""
    folder = resources.files("acquis.reference").joinpath("data/profiles")
    return sorted(file.name.removesuffix(".yaml") for file in folder.iterdir() if file.name.endswith(".yaml"))


@functools.cache
def profile(name: str) -> Profile:
    """A profile by its name ("igf-2021"). Raises LookupError, with the names there are."""
    if name not in profile_names():
        raise LookupError(f"{name}: {', '.join(profile_names())}")
    text = resources.files("acquis.reference").joinpath(f"data/profiles/{name}.yaml").read_text("utf-8")
    raw: dict[str, Any] = yaml.safe_load(text)
    return msgspec.convert(raw, Profile)
