"""Time zones of venues."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_OFFSET = re.compile(r"^(?:UTC|GMT)(?:(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?)?$")


def zone_of(name: str) -> tzinfo:
    """The time zone with this name: IANA ("Europe/Warsaw") or an offset ("UTC+1"). Raises ValueError for any other
    name."""
    if match := _OFFSET.match(name.strip()):
        offset = timedelta(hours=int(match["hours"] or 0), minutes=int(match["minutes"] or 0))
        return timezone(-offset if match["sign"] == "-" else offset) if offset else UTC
    try:
        return ZoneInfo(name.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(name) from error
