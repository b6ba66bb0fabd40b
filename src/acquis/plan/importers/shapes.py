"""Recognizes lines of IGF pages by their form, independent of labels: title, time, format, goal, timing plan."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime

import msgspec

from acquis.events import SegmentKind
from acquis.plan.document import Goal, PlannedSegment, PolicyQuestion
from acquis.plan.zones import zone_of
from acquis.reference import Profile
from acquis.text.folding import caseless

_TITLE = re.compile(r"^IGF (?P<year>20\d\d) (?P<rest>[^\s–-].*)$")
_DAY = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (?P<{0}day>\d{{1,2}})(?:st|nd|rd|th)? "
    r"(?P<{0}month>[A-Z][a-z]{{2,8}}),? (?P<{0}year>20\d\d) "
    r"\((?P<{0}time>\d{{1,2}}:\d\d) (?P<{0}zone>(?:UTC|GMT)(?:[+-]\d{{1,2}}(?::?\d\d)?)?)\)"
)
_TIME = re.compile(_DAY.format("a") + r"(?: ?[-–] ?" + _DAY.format("b") + ")?")
_FORMAT_MINUTES = re.compile(r" ?[-–] ?(\d{1,3}) ?Min(?:utes)?\.?$", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?P<role>Organi[sz]er|Speaker) ?(?P<number>\d{1,3}) ?: ?(?P<rest>.+)$", re.IGNORECASE)
_RANGE = re.compile(r"(?P<h1>\d{1,2}):(?P<m1>\d\d) ?[-–—] ?(?P<h2>\d{1,2}):(?P<m2>\d\d)[ :.,–-]*")
_LENGTH = re.compile(
    r"^[•*–-]? ?(?P<title>\S.{0,150}?) ?[-–:(] ?(?P<minutes>\d{1,3}) ?min(?:ute)?s?\.?\)?$", re.IGNORECASE
)
_GOAL = re.compile(r"\b(?:GOAL|SDG)s? ?#?(\d{1,2})\b", re.IGNORECASE)
_GOAL_LINE = re.compile(r"^(?:GOAL|SDG)? ?(?P<number>\d{1,2})[.:]? (?P<title>\D.*)$", re.IGNORECASE)
_TARGET = re.compile(r"\b([1-9]\d?)(?:\.(?=\d)|\.? ?(?=[a-d]\b))([1-9]\d?|[a-d])\b")
_NUMBERS = re.compile(r"^(?:1[0-7]|[1-9])(?:[,; ]+(?:1[0-7]|[1-9]))*$")
_ITEM = re.compile(r"(?:^|(?<=\s))(?:(?P<number>\d{1,2}|[A-Za-z])[.)]+ |[•●▪◦] ?)")
_KINDS: tuple[tuple[SegmentKind, str], ...] = (
    ("closing", r"clos|summar|wrap|conclu|next steps"),
    ("panel", r"panel|moderated|speakers|presentation|interventions|round ?table"),
    ("opening", r"open|intro|welcome|remarks|scene"),
)
_QUESTIONS = re.compile(r"q ?& ?a|q and a|questions|open floor|open mic|audience|discussion with", re.IGNORECASE)


KIND_BY_WORDS = "the kind of segment, by the words of its title"
"""How the kind of a segment was inferred."""


class TitleLine(msgspec.Struct, frozen=True):
    """The contents of the title line of a page; `code` is the short form of the type ("WS")."""

    year: str
    code: str
    type: str
    number: str
    title: str


def title_line(line: str, profile: Profile) -> TitleLine | None:
    """The title of a line `IGF YYYY TYPE #N TITLE`; None for any other line. The type may be missing (a coalition with
    a short name) or repeated; the number and the title may be missing. The title of a transcript, `IGF YYYY – Day n –
    ...`, does not count."""
    if not (match := _TITLE.match(line)):
        return None
    rest, code = match["rest"] + " ", ""
    for written in sorted(profile.types, key=len, reverse=True):
        while caseless(rest).startswith(caseless(written) + " "):
            rest, code = rest[len(written) + 1 :].lstrip(), code or written
    number = re.match(r"#(\d{1,5})\b\s*", rest)
    rest = rest[number.end() :] if number else rest
    kind = profile.types.get(code, "")
    code = min((short for short, kept in profile.types.items() if kept == kind), key=len, default="")
    return TitleLine(match["year"], code, kind, number[1] if number else "", rest.strip(" -–:"))


def times(line: str) -> tuple[str, str, str] | None:
    """(starts, ends, zone) of a line `Friday, 10th December, 2021 (10:15 UTC) - ...`, in ISO 8601; `ends` is empty if
    it is not given. None for any other line."""
    if not (match := _TIME.fullmatch(line.strip(" .,;"))):
        return None
    starts, ends = _instant(match, "a"), _instant(match, "b") if match["byear"] else ""
    if starts is None or ends is None:
        return None
    return starts, ends, "UTC" if match["azone"] in ("UTC", "GMT") else match["azone"]


def wrong_weekday(line: str) -> bool:
    """Whether a time line names a weekday that is not that of its date."""
    for weekday, day, month, year in re.findall(r"([A-Z][a-z]+day),? (\d{1,2})[a-z]* ([A-Z][a-z]+),? (20\d\d)", line):
        with suppress(ValueError):
            if datetime.strptime(f"{day} {month} {year}", "%d %B %Y").strftime("%A") != weekday:  # noqa: DTZ007  # a day
                return True
    return False


def _instant(match: re.Match[str], which: str) -> str | None:
    """The instant of one half of a time line; None if the day or the time zone does not exist."""
    text = " ".join(match[which + part] for part in ("day", "month", "year", "time"))
    try:
        naive = datetime.strptime(text, "%d %B %Y %H:%M")  # noqa: DTZ007  # the offset is added in the next line
        return naive.replace(tzinfo=zone_of(match[which + "zone"])).isoformat()
    except ValueError:
        return None


def numbered(line: str) -> tuple[str, int, str] | None:
    """("organizer" or "speaker", the number, the rest) of a line `Speaker 3: ...`; None for any other line."""
    if not (match := _NUMBERED.match(line)):
        return None
    return match["role"].lower().replace("organiser", "organizer"), int(match["number"]), match["rest"].strip()


def format_line(line: str, profile: Profile) -> tuple[str, str, int] | None:
    """(format, seating, minutes) of a line `Panel - Auditorium - 90 Min` with a format of the profile; minutes are 0 if
    not given. None for any other line."""
    if len(line) > 90:
        return None
    name, seating, minutes = format_parts(line)
    known = next((known for known in profile.formats if caseless(known) == caseless(name)), "")
    return (known, seating, minutes) if known else None


def format_parts(line: str) -> tuple[str, str, int]:
    """(format, seating, minutes) of a line that is known to be the format; minutes are 0 if not given."""
    minutes = _FORMAT_MINUTES.search(line[-30:])
    name, *seating = re.split(r" [-–] ", line[: -len(minutes[0])] if minutes else line)
    return name.strip(" -–"), " - ".join(part.strip(" -–") for part in seating), int(minutes[1]) if minutes else 0


def goal_line(line: str, profile: Profile) -> bool:
    """Whether a line is a Sustainable Development Goal with its name: `GOAL 16: Peace, ...`, `16. Peace, ...`."""
    if len(line) > 150 or not (match := _GOAL_LINE.match(line)):
        return False
    name = profile.goals.get(int(match["number"]), "")
    return bool(name) and caseless(match["title"]).startswith(caseless(name))


def about_goals(line: str, profile: Profile) -> bool:
    """Whether a line in the list of goals names one: with its name, its code, or as "SDG 9" and the like."""
    named = goal_line(line, profile) or _GOAL.match(line) or _NUMBERS.match(line)
    return bool(named or (len(line) <= 80 and _TARGET.match(line)))


def goals(lines: list[str], profile: Profile) -> tuple[Goal, ...]:
    """The goals named in the lines, with their targets. A code alone (`16.10`, `9c`) counts as a target only in a short
    line, because such a number in prose may be anything."""
    targets: list[tuple[int, str]] = []
    numbers: set[int] = set()
    for line in lines:
        named = goal_line(line, profile) and _GOAL_LINE.match(line)
        numbers |= {int(named["number"])} if named else {int(number) for number in _GOAL.findall(line)}
        numbers |= {int(number) for number in re.findall(r"\d+", line)} if _NUMBERS.match(line) else set()
        if len(line) <= 80 and not named:
            targets += [(int(goal), f"{goal}.{part}") for goal, part in _TARGET.findall(line) if int(goal) <= 17]
    numbers |= {goal for goal, _ in targets}
    return tuple(
        Goal(number, tuple(dict.fromkeys(code for goal, code in targets if goal == number)))
        for number in sorted(numbers)
        if 1 <= number <= 17
    )


def segments(text: str) -> tuple[PlannedSegment, ...]:
    """The segments of a timing plan: `00:00 – 00:15 Opening 00:15 – 00:40 Panel ...`, or lines `Opening (15 min)`."""
    matches = list(_RANGE.finditer(text))
    if not matches:
        lines = [match for line in text.splitlines() if len(line) < 200 and (match := _LENGTH.match(line))]
        return tuple(_part(match["title"], int(match["minutes"])) for match in lines) if len(lines) > 1 else ()
    ends = [match.start() for match in matches[1:]] + [len(text)]
    parts = []
    for match, end in zip(matches, ends, strict=True):
        minutes = int(match["h2"]) * 60 + int(match["m2"]) - int(match["h1"]) * 60 - int(match["m1"])
        title = text[match.end() : end].split("\n\n")[0].strip(" \n.;,-–•")
        if minutes and title:
            parts.append(_part(title, minutes % (24 * 60)))  # a slot may cross midnight
    return tuple(parts)


def _part(title: str, minutes: int) -> PlannedSegment:
    return PlannedSegment(title, kind_of(title), minutes)


def kind_of(title: str) -> SegmentKind:
    """The kind of segment that a title names: questions if they occur anywhere in it ("Open Q&A"), otherwise the kind
    whose word comes first."""
    if _QUESTIONS.search(title):
        return "questions"
    hits = {kind: match.start() for kind, words in _KINDS if (match := re.search(words, caseless(title)))}
    return min(hits, key=lambda kind: hits[kind], default="other")


def entry(line: str) -> str:
    """The text of a line in a list, without its bullet (•, *, - or –) and the space around it."""
    return line.lstrip("•*– ").removeprefix("- ").strip()


def questions(line: str) -> tuple[PolicyQuestion, ...]:
    """The policy questions of a line. Bullets part them, and so do numbers or letters that count up from the first; a
    theme before the first is that of all."""
    starts: list[re.Match[str]] = []
    for item in _ITEM.finditer(line):
        if not starts or _follows(starts[-1]["number"], item["number"]):
            starts.append(item)
    head = line[: starts[0].start()].strip() if starts else ""
    if (
        len(starts) < 2
        or (head and not head.endswith((":", "?")))
        or (starts[0]["number"] or "1") not in ("1", "A", "a")
    ):
        return (question(line),)
    ends = [*(item.start() for item in starts[1:]), len(line)]
    theme, own = (head, []) if head.endswith(":") else ("", [head] if head else [])
    pieces = [line[item.end() : end].strip() for item, end in zip(starts, ends, strict=True)]
    return tuple(question(f"{theme} {piece}".strip()) for piece in [*own, *pieces] if piece)


def _follows(before: str | None, number: str | None) -> bool:
    """Whether a bullet follows a bullet, or a number or letter the one before it."""
    if not before or not number:
        return before is number is None
    if before.isdigit() and number.isdigit():
        return int(number) == int(before) + 1
    return len(before) == 1 and number == chr(ord(before) + 1)


def question(line: str) -> PolicyQuestion:
    """The policy question of a line `Theme: question?`, with or without theme and number."""
    line = re.sub(r"^(?:\d{1,2}|[A-Za-z])[.)]+ ", "", entry(line))
    theme, colon, text = line.partition(": ")
    if colon and "?" not in theme and len(theme) <= 120 and text:
        return PolicyQuestion(text.strip(), theme.strip())
    return PolicyQuestion(line)


def broken(text: str, profile: Profile) -> str:
    """The text of a page without line ends with line ends inserted: around the time and the format line, before labels
    that are not part of a sentence, and after the groups of a person."""
    formats = "|".join(map(re.escape, profile.formats))
    groups = "|".join(map(re.escape, [*profile.stakeholder_groups, *profile.regional_groups]))
    text = _TIME.sub(r"\n\g<0>\n", text)
    text = re.sub(rf"\b(?:{formats})(?: - [A-Z][\w -]{{2,25}})? - \d{{1,3}} Min\b", r"\n\g<0>\n", text)
    text = re.sub(
        rf"(, (?:{groups})(?: \([A-Z]{{3,7}}\))?) (?=[A-Z]\S+ (?:\S+ ){{0,4}}?\S+, (?:{groups}))", r"\1\n", text
    )
    return _BREAKS.sub("\n", text)


_BREAKS = re.compile(
    r"\s(?=(?:Organi[sz]er|Speaker) ?\d+ ?:|Targets:|Description:|Key Takeaways \(|Call to Action \()"
    r"|\s(?=(?:Policy Question\(s\)|Online Moderator|Onsite Moderator|Rapporteur|Additional Speakers|Expected Outcomes"
    r"|Online Participation):? [A-Z])"
    r"|(?<=Policy Question\(s\))\s|(?<=Online Moderator)\s|(?<=Expected Outcomes)\s|(?<=Online Participation)\s"
    r"|\s(?=Usage of IGF Official Tool)|(?<=after session\))\s"
)
