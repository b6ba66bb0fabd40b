"""Days, clock times and time zones as people write them in agendas and programmes of work."""

from __future__ import annotations

import functools
import re
from datetime import date, datetime, timedelta

import msgspec
from babel import Locale

from acquis.plan.importers import fields
from acquis.text.folding import caseless

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = re.compile(
    r"\b(?:(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day),? )?(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)? "
    + _MONTH
    + r"(?:,? (?P<year>20\d\d))?\b",
    re.IGNORECASE,
)
_AMERICAN = re.compile(
    r"\b(?:(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day),? )?"
    + _MONTH
    + r" (?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,? (?P<year>20\d\d))?\b",
    re.IGNORECASE,
)
_ISO = re.compile(r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b")
_BY_NUMBERS = re.compile(
    r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>20\d\d)\b"
    r"|(?P<year2>20\d\d) ?[年년] ?(?P<month2>\d{1,2}) ?[月월] ?(?P<day2>\d{1,2}) ?[日일]"
)
"""`5.3.2026`, and the days of East Asia."""
_LANGUAGES = ("fr", "es", "ru", "ar", "ar_LB", "de", "pt", "it")
"""The languages besides English whose names of months are known."""
_TIME = r"(?P<h{0}>\d{{1,2}})(?:[:.h](?P<m{0}>\d\d))?(?: ?(?P<half{0}>[ap])\.? ?m\b\.?)?"
_RANGE = re.compile(
    r"(?<![\d:.-])" + _TIME.format("a") + r" ?(?:-|–|—|to|until) ?" + _TIME.format("b") + r"(?![\d:-])", re.IGNORECASE
)
_CLOCK = re.compile(
    r"^(?P<h>\d{1,2})(?:(?:[:.h](?P<m>\d\d))?(?: ?(?P<half>[ap])\.? ?m\b\.?)|[:.h](?P<m2>\d\d)(?![\d:]))", re.IGNORECASE
)
_UNIT = re.compile(r"^(?:Uhr|uhr|h|hrs|horas|heures|ч)(?:\.|\b)[ \t]*")
"""What some languages write behind a clock time."""
_ZONES = {
    "UTC": "UTC", "GMT": "UTC", "CET": "Europe/Zurich", "CEST": "Europe/Zurich", "BST": "Europe/London",
    "EST": "America/New_York", "EDT": "America/New_York", "EAT": "Africa/Nairobi", "EET": "Europe/Athens",
    "EEST": "Europe/Athens", "WAT": "Africa/Lagos", "JST": "Asia/Tokyo", "SGT": "Asia/Singapore",
    "MEZ": "Europe/Zurich", "MESZ": "Europe/Zurich", "МСК": "Europe/Moscow",  # noqa: RUF001  # Russian
    "MSK": "Europe/Moscow",
    "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "BRT": "America/Sao_Paulo", "CAT": "Africa/Maputo",
    "SAST": "Africa/Johannesburg", "HKT": "Asia/Hong_Kong", "KST": "Asia/Seoul", "AEST": "Australia/Sydney",
    "AEDT": "Australia/Sydney",
}  # fmt: skip
_PLACES = {
    "New York": "America/New_York", "Geneva": "Europe/Zurich", "Vienna": "Europe/Vienna", "Nairobi": "Africa/Nairobi",
    "Addis Ababa": "Africa/Addis_Ababa", "Bangkok": "Asia/Bangkok", "Santiago": "America/Santiago",
    "Beirut": "Asia/Beirut", "Paris": "Europe/Paris", "The Hague": "Europe/Amsterdam", "Brussels": "Europe/Brussels",
    "Genève": "Europe/Zurich", "Ginebra": "Europe/Zurich", "Genf": "Europe/Zurich", "Женева": "Europe/Zurich",
    "日内瓦": "Europe/Zurich", "جنيف": "Europe/Zurich", "Nueva York": "America/New_York",
    "纽约": "America/New_York", "نيويورك": "America/New_York", "Wien": "Europe/Vienna", "Viena": "Europe/Vienna",
    "Вена": "Europe/Vienna", "维也纳": "Europe/Vienna", "فيينا": "Europe/Vienna", "نيروبي": "Africa/Nairobi",
    "Найроби": "Africa/Nairobi", "内罗毕": "Africa/Nairobi", "بيروت": "Asia/Beirut", "Москва": "Europe/Moscow",
    "Moscow": "Europe/Moscow", "Beijing": "Asia/Shanghai", "北京": "Asia/Shanghai", "القاهرة": "Africa/Cairo",
}  # fmt: skip
_ABBREVIATION = re.compile(r"\b(" + "|".join(_ZONES) + r")\b(?P<offset>[+-]\d{1,2}(?::?\d\d)?)?")


class ClockSpan(msgspec.Struct, frozen=True):
    """Two clock times in minutes since midnight, and where they stand in the line."""

    starts: int
    ends: int
    at: int
    end: int


def day_in(line: str, year: int = 0) -> tuple[date, re.Match[str]] | None:
    """The first day that a line names, and where; without a year it is that of `year`. None if it names none."""
    for pattern in (_ISO, _DAY, _AMERICAN, _BY_NUMBERS, _other_days()):
        for match in pattern.finditer(line):
            parts = match.groupdict()
            day, month, of_year = (parts[name] or parts.get(f"{name}2") for name in ("day", "month", "year"))
            try:
                return date(int(of_year or year or 0), _month(str(month)), int(str(day))), match
            except ValueError:
                continue
    return None


def _month(written: str) -> int:
    """The number of a month. Raises ValueError."""
    if written.isdigit():
        return int(written)
    other = _other_months().get(caseless(written))
    return other or _MONTHS.index(written[:3].lower()) + 1


@functools.cache
def _other_months() -> dict[str, int]:
    """The names of months in other languages, without case -> the number of the month."""
    listed = (
        Locale.parse(language).months[form]["wide"] for language in _LANGUAGES for form in ("format", "stand-alone")
    )
    return {caseless(name): number for names in listed for number, name in names.items()}


@functools.cache
def _other_days() -> re.Pattern[str]:
    """A day in other languages: `jeudi 5 mars 2026`, `5 de marzo de 2026`, `5. März 2026`."""
    months = "|".join(sorted(map(re.escape, _other_months()), key=len, reverse=True))
    listed = (Locale.parse(language).days["format"]["wide"].values() for language in _LANGUAGES)
    days = "|".join(sorted({re.escape(name) for names in listed for name in names}, key=len, reverse=True))
    return re.compile(
        rf"\b(?:(?:{days})[,،]? )?(?P<day>\d{{1,2}})(?:er|re|º|\.)?(?: de| d['’])? ?(?P<month>{months})"
        rf"(?:[,،]? (?:de |del )?(?P<year>20\d\d)(?: ?\u0433\.)?)?(?!\w)",
        re.IGNORECASE,
    )


def is_wrong_weekday(day: date, match: re.Match[str]) -> bool:
    """Whether a day was written with the name of another weekday."""
    weekday = match.groupdict().get("weekday")
    return bool(weekday) and f"{day:%A}".lower() != str(weekday).lower()


def span_in(line: str) -> ClockSpan | None:
    """The first range of clock times in a line: `10 a.m.-1 p.m.`, `3-6 p.m.`, `10:00–11:30`; None if there is none.
    Two bare numbers, as in `2-6 December`, are none."""
    for match in _RANGE.finditer(line):
        half_b = match["halfb"]
        if not (half_b or (match["ma"] and match["mb"])):
            continue
        starts = _minutes(match["ha"], match["ma"], match["halfa"] or half_b)
        ends = _minutes(match["hb"], match["mb"], half_b)
        if starts is None or ends is None:
            continue
        if starts > ends and not match["halfa"] and starts >= 12 * 60:
            starts -= 12 * 60  # 10-1 p.m.
        return ClockSpan(starts, ends, match.start(), match.end())
    return None


def time_at_start(line: str) -> tuple[int, str] | None:
    """(minutes since midnight, the rest) of a line `10:10 Opening remarks`; None for any other line."""
    if not (match := _CLOCK.match(line)):
        return None
    at = _minutes(match["h"], match["m"] or match["m2"], match["half"])
    return None if at is None else (at, _UNIT.sub("", line[match.end() :].lstrip(" \t:–—-|"), count=1))


def _minutes(hours: str, minutes: str | None, half: str | None) -> int | None:
    hour, minute = int(hours), int(minutes or 0)
    if half:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return hour * 60 + minute if hour < 25 and minute < 60 else None


def zone_in(text: str) -> tuple[str, str] | None:
    """(zone, how it was found) of a text that names an offset, an abbreviation or a city with United Nations meetings;
    None if it names none."""
    for match in _ABBREVIATION.finditer(text):
        if match["offset"] and match[1] in ("UTC", "GMT"):
            return match[0], ""
        return _ZONES[match[1]], "" if match[1] == "UTC" else f"by the abbreviation {match[1]} in the text"
    place = next((place for place in _PLACES if place in text), "")
    return (_PLACES[place], f"by the place, {place}") if place else None


def at(day: date | None, minutes: int, zone: str) -> str:
    """The instant in ISO 8601 of minutes after midnight of a day on the clock of a zone; empty without a day."""
    if day is None:
        return ""
    naive = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)  # noqa: DTZ001  # the zone follows
    return fields.iso(fields.moment(naive.isoformat(), zone))
