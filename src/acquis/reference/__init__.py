"""Facts as data files, and how they are looked up. A fact carries its source, its date and its status."""

from __future__ import annotations

import functools
from importlib import resources
from typing import Any

import msgspec
import yaml


class SegmentDefaults(msgspec.Struct, frozen=True):
    """How the floor runs in a kind of segment, where the programme does not say otherwise."""

    turn_limit_s: int
    fair: bool
    open_floor: bool


class Limit(msgspec.Struct, frozen=True):
    """A length that is counted and shown, never enforced."""

    characters: int
    refs: str = ""


class ReportDuties(msgspec.Struct, frozen=True):
    """What is due after a session: `due_minutes` after its end the sections, days later the long report."""

    due_minutes: int
    sections: list[str]
    long_report_days: int


class Profile(msgspec.Struct, frozen=True):
    """The vocabularies, limits and duties of one gathering. Groups map the kept name to the spellings in use."""

    name: str
    title: str
    stakeholder_groups: dict[str, list[str]]
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

    def stakeholder(self, written: str) -> str:
        """The kept name of a stakeholder group, empty if it is none."""
        return _named(written, self.stakeholder_groups)

    def region(self, written: str) -> str:
        """The kept name of a regional group, empty if it is none."""
        return _named(written, self.regional_groups)


def _named(written: str, groups: dict[str, list[str]]) -> str:
    wanted = " ".join(written.casefold().split())
    return next((name for name, spellings in groups.items() if wanted == name.casefold() or wanted in spellings), "")


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
