"""Profiles: the vocabularies, limits and duties of an event such as the IGF. The profile of an edition names its `base`
and contains only the differences."""

from __future__ import annotations

import datetime
import functools
import re
from importlib import resources
from typing import Any, Literal

import msgspec
import yaml

from acquis.reference.records import Ref, Status
from acquis.text.folding import caseless


class FactStatus(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How well a fact is known: `sourced` was read at its source, `unverified` is from memory or second-hand."""

    status: Status
    as_of: datetime.date
    refs: list[Ref] = []


class SegmentDefaults(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of the floor in a kind of segment, used if the programme does not set them."""

    turn_limit_s: int
    fair: bool
    open_floor: bool


class TextLimit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Maximum length of a text; it is counted and shown but never enforced; 0: no limit."""

    characters: int = 0
    words: int = 0


class ReportClock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sections of the report and the number of minutes after the end of a session when they are due."""

    due_minutes: int
    sections: list[str]


class Duty(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A report that a session has to file: takeaways and call to action, or the full report. `due` is a date, or a rule
    relative to the `session` or the `gathering` (see `deadlines`); empty if it is unknown."""

    what: Literal["takeaways", "report"]
    due: str
    status: Status
    as_of: datetime.date
    refs: list[Ref] = []
    note: str = ""


class Screening(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule by which proposals were screened, with its number if it has one."""

    code: Literal["speakers", "another_gender", "moderators_onsite", "speakers_onsite", "earlier_report_filed"]
    status: Status
    as_of: datetime.date
    value: int = 1
    refs: list[Ref] = []


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The vocabularies, limits and duties of one event.

    Groups map the standard name to other spellings, which are compared without case and punctuation. `other_groups` are
    entries in place of a stakeholder group that are not groups; members of groups `without_region` have no region.
    `types` maps the words in titles to the standard name. `evidence` is by field name ("report.due_minutes")."""

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
    limits: dict[str, TextLimit]
    fields: list[str]
    """The fields of a programme that the form of the event asks for, as far as is known."""
    minimum_speakers: int
    report: ReportClock
    segments: dict[str, SegmentDefaults]
    goals: dict[int, str]
    evidence: dict[str, FactStatus]
    report_fields: dict[str, str] = {}
    """The fields of the full report, name -> title; an empty title removes a field of the base profile."""
    duties: list[Duty] = []
    screening: list[Screening] = []

    def stakeholder(self, written: str) -> str:
        """The standard name of a stakeholder group; empty if the text is none."""
        return _named(written, self.stakeholder_groups)

    def region(self, written: str) -> str:
        """The standard name of a regional group; empty if the text is none."""
        return _named(written, self.regional_groups)

    def other_group(self, written: str) -> str:
        """The text unchanged if it is one of `other_groups`; otherwise empty."""
        return written.strip() if _letters(written) in map(_letters, self.other_groups) else ""


def _letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", caseless(text)))


def _named(written: str, groups: dict[str, list[str]]) -> str:
    wanted = _letters(written)
    return next((name for name, others in groups.items() if wanted in map(_letters, (name, *others))), "")


GENERIC = "panel"
"""The profile of a panel at any event."""


@functools.cache
def profile_names() -> tuple[str, ...]:
    """The names of all profiles, without those that begin with "_" and serve only as a base."""
    folder = resources.files("acquis.reference").joinpath("data/profiles")
    names = (file.name.removesuffix(".yaml") for file in folder.iterdir() if file.name.endswith(".yaml"))
    return tuple(sorted(name for name in names if not name.startswith("_")))


@functools.cache
def profile(name: str) -> Profile:
    """The profile with this name ("igf-2021"). Raises LookupError, with the existing names, if there is none."""
    if name not in profile_names():
        raise LookupError(f"{name}: {', '.join(profile_names())}")
    return msgspec.convert(_loaded(name), Profile)


def profile_of(gathering: str) -> str:
    """The name of the profile of an event ("IGF 2023" -> "igf-2023"). An edition that has none has that of the newest
    edition that has one, and any other event that of a generic panel."""
    name = _edition(gathering)
    if name in profile_names():
        return name
    series, _, year = name.rpartition("-")
    editions = (known for known in profile_names() if re.fullmatch(rf"{re.escape(series)}-\d{{4}}", known))
    return max(editions, default=GENERIC) if re.fullmatch(r"\d{4}", year) else GENERIC


def is_of_another_edition(name: str, gathering: str) -> bool:
    """Whether the profile with this name stands in for the one that this edition of an event does not have."""
    return name == profile_of(gathering) and name not in (_edition(gathering), GENERIC)


def _edition(gathering: str) -> str:
    return "-".join(_letters(gathering).split())


def _loaded(name: str) -> dict[str, Any]:
    """A profile merged with its base, as plain data: tables are merged by field, other values replace those of the
    base."""
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
