"""The Member States of the United Nations and their regional groups. Regional groups are informal arrangements of
States; they differ from the regions of UN M49, and neither is converted into the other."""

from __future__ import annotations

import datetime
import functools

import msgspec
import yaml

from acquis.reference.library import data
from acquis.reference.records import Ref, Status


class MemberState(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A Member State: ISO 3166 alpha-2 and alpha-3, UN M49 (three digits, the ISO number), the regional group (empty if
    it is in none) and a note."""

    iso2: str
    iso3: str
    m49: str
    group: str = ""
    note: str = ""


class Members(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All Member States, with the status and the date of the list."""

    status: Status
    as_of: datetime.date
    refs: tuple[Ref, ...]
    records: tuple[MemberState, ...]


@functools.cache
def members() -> Members:
    """The list of Member States in the package, cached."""
    return msgspec.convert(yaml.load(data("states.yaml"), Loader=yaml.CSafeLoader), Members)


def state(code: str) -> MemberState | None:
    """The Member State with this code (alpha-2, alpha-3 or M49, in any case); None if there is none."""
    wanted = code.strip().upper()
    return next((member for member in members().records if wanted in (member.iso2, member.iso3, member.m49)), None)
