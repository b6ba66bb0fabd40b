"""Times and durations as meeting programs write them. The times have no zone and are only compared with one another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import product

_DAYS = ("%m/%d/%Y", "%d/%m/%Y", "%m/%d/%y", "%d/%m/%y", "%d.%m.%Y", "%Y/%m/%d", "%Y-%m-%d", "%d-%m-%Y", "%b %d %Y")
_CLOCKS = ("%I:%M:%S %p", "%I:%M %p", "%H:%M:%S", "%H:%M")
_FORMATS = (*(f"{day} {clock}" for day, clock in product(_DAYS, _CLOCKS)), *_CLOCKS)
_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]*)")
_SECONDS = {"h": 3600, "m": 60, "s": 1, "": 60}
"""First letter of a unit -> seconds; a number without a unit is minutes."""


def moments(written: Sequence[str]) -> list[datetime] | None:
    """The times of a column in the first format that reads all of them; None if there is none. Month and day cannot
    always be distinguished, which changes no difference within one day."""
    cleaned = [" ".join(text.replace(",", " ").replace("T", " ").removesuffix("Z").split()) for text in written]
    for form in _FORMATS:
        try:
            return [datetime.strptime(text, form) for text in cleaned]  # noqa: DTZ007  # the files name no zone
        except ValueError:
            continue
    return None


def minutes_of(written: str) -> int | None:
    """A duration in whole minutes, rounded up: "68", "1h 2m 3s", "1 hr 20 min", "01:02:03"; None if it is none."""
    text = written.strip().lower()
    if clock := re.fullmatch(r"(\d+):(\d\d)(?::(\d\d))?", text):
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return _rounded(hours * 3600 + minutes * 60 + seconds)
    parts = _PART.findall(text)
    if not parts or any(unit[:1] not in _SECONDS for _, unit in parts):
        return None
    return _rounded(sum(float(number.replace(",", ".")) * _SECONDS[unit[:1]] for number, unit in parts))


def _rounded(seconds: float) -> int:
    return -int(-seconds // 60)


def most_at_once(visits: Iterable[tuple[int, datetime, datetime]]) -> int:
    """The largest number of people at the same time. `visits`: the number of a person, when they came and left; two
    visits of one person at the same time, on two devices, count once. Somebody who leaves when another comes is not
    there with them."""
    changes = sorted(
        change
        for person, came, left in visits
        if came != left
        for change in ((came, 1, person), (left if left > came else left + timedelta(days=1), 0, person))
    )
    here: dict[int, int] = {}
    most = 0
    for _, comes, person in changes:
        here[person] = here.get(person, 0) + (1 if comes else -1)
        if not here[person]:
            del here[person]
        most = max(most, len(here))
    return most
