"""The shapes that lines of IGF pages have, whatever their labels: title, time, people, format, timing plan."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

import msgspec

from acquis.events import SegmentKind
from acquis.plan.programme import Part, Person
from acquis.reference import Profile

_TITLE = re.compile(r"^IGF (?P<year>20\d\d) (?P<rest>\S.*)$")
_DAY = r"\w+day,? (?P<{0}day>\d{{1,2}})(?:st|nd|rd|th)? (?P<{0}month>[A-Z][a-z]+),? (?P<{0}year>20\d\d) \((?P<{0}time>\d{{1,2}}:\d\d) (?P<{0}zone>[A-Z]+[+-]?[\d:]*)\)"
_TIME = re.compile(_DAY.format("a") + r"(?: ?[-–] ?" + _DAY.format("b") + ")?")
_NUMBERED = re.compile(r"^(?P<role>Organizer|Organiser|Speaker) ?(?P<number>\d+) ?: ?(?P<rest>.+)$", re.IGNORECASE)
_MINUTES = re.compile(r"[-–] ?(\d+) ?Min(?:utes)?\.?$", re.IGNORECASE)
_RANGE = re.compile(r"(?P<h1>\d{1,2}):(?P<m1>\d\d) ?[-–—] ?(?P<h2>\d{1,2}):(?P<m2>\d\d)[ :.,–-]*")
_NAME = re.compile(r"^[^\d,:;?!]{2,80}$")
_KINDS: tuple[tuple[SegmentKind, str], ...] = (
    ("questions", r"q ?& ?a|q and a|questions|open floor|open mic|audience|discussion with"),
    ("closing", r"clos|summar|wrap|conclu|next steps"),
    ("panel", r"panel|moderated|speakers|presentation|interventions|round ?table"),
    ("opening", r"open|intro|welcome|remarks|scene"),
)


class TitleLine(msgspec.Struct, frozen=True):
    """What the first line of a page says."""

    year: str
    type: str
    number: str
    title: str


def title_line(line: str, profile: Profile) -> TitleLine | None:
    """`IGF YYYY TYPE #N TITLE`; the type may be missing (a coalition's short name), and the number."""
    if not (match := _TITLE.match(line)):
        return None
    rest, kind = match["rest"], ""
    for written, kept in sorted(profile.types.items(), key=lambda item: -len(item[0])):
        while rest.casefold().startswith(written.casefold() + " "):
            rest, kind = rest[len(written) + 1 :].lstrip(), kind or kept
    number = re.match(r"#(\d+)\s*", rest)
    if number:
        rest = rest[number.end() :]
    return TitleLine(match["year"], kind, number[1] if number else "", rest.strip(" -–:"))


def times(line: str) -> tuple[str, str, str] | None:
    """(starts, ends, zone) as ISO 8601, of a line `Friday, 10th December, 2021 (10:15 UTC) - ...`."""
    if not (match := _TIME.search(line)):
        return None
    found = match.groupdict()
    starts = _instant(found, "a")
    ends = _instant(found, "b") if found["byear"] else None
    if starts is None or (found["byear"] and ends is None):
        return None
    zone = "UTC" if found["azone"] in ("UTC", "GMT") else found["azone"]
    return starts.isoformat(), ends.isoformat() if ends else "", zone


def _instant(found: dict[str, str], which: str) -> datetime | None:
    zone = re.match(r"^(?:UTC|GMT)(?P<sign>[+-])?(?P<hours>\d{1,2})?(?::?(?P<minutes>\d\d))?$", found[which + "zone"])
    if zone is None:
        return None
    offset = timedelta(hours=int(zone["hours"] or 0), minutes=int(zone["minutes"] or 0))
    text = f"{found[which + 'day']} {found[which + 'month']} {found[which + 'year']} {found[which + 'time']}"
    try:
        naive = datetime.strptime(text, "%d %B %Y %H:%M")  # noqa: DTZ007  # the offset is put on in the next line
        return naive.replace(tzinfo=timezone(-offset if zone["sign"] == "-" else offset))
    except ValueError:
        return None


def numbered(line: str) -> tuple[str, str] | None:
    """("organizer" or "speaker", the rest) of a line `Speaker 3: ...`."""
    match = _NUMBERED.match(line)
    return (match["role"].lower().replace("organiser", "organizer"), match["rest"].strip()) if match else None


def organizer(rest: str) -> Person:
    """`Name, Organization`; the organization may hold commas."""
    name, _, organization = rest.partition(",")
    return Person(name.strip(), organization.strip(" ,"))


def person(line: str, profile: Profile) -> Person | None:
    """`NAME, group, region` or `NAME, group`; None unless the group is one of the profile's."""
    parts = [part.strip() for part in line.split(",")]
    if len(parts) < 2 or not _NAME.match(parts[0]):
        return None
    for end in range(2, len(parts) + 1):
        group = profile.stakeholder(", ".join(parts[1:end]))
        if group:
            return Person(parts[0], "", group, _region(", ".join(parts[end:]), profile))
    return None


def speaker(rest: str, profile: Profile) -> tuple[Person, bool]:
    """A speaker, and whether the groups were understood; what stands in place of them is kept as organization."""
    if (found := person(rest, profile)) is not None:
        return found, True
    name, _, other = rest.partition(",")
    region = profile.region(other)
    return (Person(name.strip(), "", "", region) if region else Person(name.strip(), other.strip())), not other.strip()


def _region(written: str, profile: Profile) -> str:
    """The region in the kept spelling. What is no region at all is kept as written: the dry run reports it."""
    return profile.region(written) or profile.stakeholder(written) or written


def format_line(line: str, profile: Profile) -> tuple[str, str, int] | None:
    """(format, seating, minutes) of a line `Panel - Auditorium - 90 Min`; minutes 0 where it has none."""
    minutes = _MINUTES.search(line)
    parts = re.split(r" [-–] ", line[: minutes.start()] if minutes else line)
    name = parts[0].strip(" -–")
    known = next((known for known in profile.formats if known.casefold() == name.casefold()), "")
    if not known or (not minutes and len(parts) > 2) or len(line) > 90:
        return None
    return known, " - ".join(part.strip(" -–") for part in parts[1:]), int(minutes[1]) if minutes else 0


def segments(text: str) -> tuple[Part, ...]:
    """The segments of a timing plan `00:00 – 00:15 Opening 00:15 – 00:40 Panel ...`, times counted from the start."""
    found = list(_RANGE.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    parts = []
    for match, end in zip(found, ends, strict=True):
        minutes = int(match["h2"]) * 60 + int(match["m2"]) - int(match["h1"]) * 60 - int(match["m1"])
        title = text[match.end() : end].strip(" \n.;,-–•")
        if minutes > 0 and title:
            parts.append(Part(title, kind_of(title), minutes))
    return tuple(parts)


def kind_of(title: str) -> SegmentKind:
    """What kind of segment a title names, by its words; the first of them decides between two kinds."""
    hits = [(match.start(), kind) for kind, words in _KINDS if (match := re.search(words, title.casefold()))]
    if not hits:
        return "other"
    first = {kind for at, kind in hits if at == min(hits)[0]}
    return next(
        kind
        for kind, _ in _KINDS
        if kind in first or (kind == "questions" and ("questions" in dict.fromkeys(k for _, k in hits)))
    )
