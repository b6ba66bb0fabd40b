"""The members of the United Nations and their regional groups. Groups are informal arrangements of states, not a
classification; the regions of UN M49 are another geography, and the two are never converted into each other."""

from __future__ import annotations

import datetime
import functools

import msgspec
import yaml

from acquis.reference.library import data
from acquis.reference.records import Ref, Status


class MemberState(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A member: ISO 3166 alpha-2 and alpha-3, UN M49 (three digits, the ISO number), the UN regional group (empty: in
    none) and what is special about it."""

    iso2: str
    iso3: str
    m49: str
    group: str = ""
    note: str = ""


class Members(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All members, how well their groups are known, and as of when."""

    status: Status
    as_of: datetime.date
    refs: tuple[Ref, ...]
    records: tuple[MemberState, ...]


@functools.cache
def members() -> Members:
    """The members as they are shipped."""
    return msgspec.convert(yaml.load(data("states.yaml"), Loader=yaml.CSafeLoader), Members)


def state(code: str) -> MemberState | None:
    """The member of a code: alpha-2, alpha-3 or M49, in any case."""
    wanted = code.strip().upper()
    return next((one for one in members().records if wanted in (one.iso2, one.iso3, one.m49)), None)
