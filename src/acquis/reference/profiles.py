"""Profiles: the vocabularies, limits and duties of a kind of gathering. An edition names its `base` and holds what
differs."""

from __future__ import annotations

import datetime
import functools
import re
from importlib import resources
from typing import Any, Literal

import msgspec
import yaml

from acquis.reference.records import Ref, Status


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


class ReportClock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The clock of the desk: which sections are due how many minutes after the end of a session."""

    due_minutes: int
    sections: list[str]


class Duty(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a session owes: its takeaways and call to action, or its full report. `due` is a date, or a rule that counts
    from the `session` or the `gathering` (`deadlines`); empty where it is not known."""

    what: Literal["takeaways", "report"]
    due: str
    status: Status
    as_of: datetime.date
    refs: list[Ref] = []
    note: str = ""


class Screening(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule by which proposals were screened, with its number where it has one."""

    code: Literal["speakers", "another_gender", "moderators_onsite", "speakers_onsite", "earlier_report_filed"]
    status: Status
    as_of: datetime.date
    value: int = 1
    refs: list[Ref] = []


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
    fields: list[str]
    """What the form of the gathering is seen to ask for, by the names of a programme's fields."""
    minimum_speakers: int
    report: ReportClock
    segments: dict[str, SegmentDefaults]
    goals: dict[int, str]
    evidence: dict[str, Evidence]
    report_fields: dict[str, str] = {}
    """The fields of the longer report, name -> title; an empty title takes one of the base away."""
    duties: list[Duty] = []
    screening: list[Screening] = []

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


@functools.cache
def profile_names() -> tuple[str, ...]:
    """The profiles there are; what begins with "_" is only the base of others."""
    folder = resources.files("acquis.reference").joinpath("data/profiles")
    names = (file.name.removesuffix(".yaml") for file in folder.iterdir() if file.name.endswith(".yaml"))
    return tuple(sorted(name for name in names if not name.startswith("_")))


@functools.cache
def profile(name: str) -> Profile:
    """A profile by its name ("igf-2021"). Raises LookupError, with the names there are."""
    if name not in profile_names():
        raise LookupError(f"{name}: {', '.join(profile_names())}")
    return msgspec.convert(_loaded(name), Profile)


def profile_of(gathering: str) -> str:
    """The name of the profile of a gathering ("IGF 2023" -> "igf-2023"); the generic panel for any other."""
    name = "-".join(_letters(gathering).split())
    return name if name in profile_names() else "panel"


def _loaded(name: str) -> dict[str, Any]:
    """A profile as plain data, on top of its base: tables are merged field by field, anything else replaces."""
    text = resources.files("acquis.reference").joinpath(f"data/profiles/{name}.yaml").read_text("utf-8")
    own: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    base = own.pop("base", "")
    if not base:
        return own
    merged = _loaded(base)
    for field, value in own.items():
        together = field in ("evidence", "segments", "report")
        merged[field] = {**merged.get(field, {}), **value} if together else value
    return merged
