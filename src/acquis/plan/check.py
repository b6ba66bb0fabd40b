"""The dry run: checks a programme for problems before the session. The texts of the findings are in `findings`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec

from acquis.plan.document import Person, Programme
from acquis.plan.zones import zone_of
from acquis.reference import Profile, TextLimit
from acquis.reference.profiles import is_of_another_edition
from acquis.text.folding import caseless

Severity = Literal["error", "warning", "note"]
WRONG_WEEKDAY = "the date; the weekday on the page is that of another day"
"""How an importer notes that the weekday does not match the date."""

_MOST = (
    r"\b(?:majority|most|larger part|more than half) of (?:the |this |our )?"
    r"(?:session|workshop|meeting|event|time|slot)"
)
_ASKING = r"\b(?:q ?& ?a|questions|discussion with|open floor)"
_MAJORITY = re.compile(rf"{_MOST}\b[^.]{{0,100}}{_ASKING}|{_ASKING}\b[^.]{{0,100}}{_MOST}", re.IGNORECASE)


class Finding(msgspec.Struct, frozen=True):
    """A problem: its code with facts, its severity, and the field that it is about."""

    code: str
    severity: Severity
    where: str
    facts: dict[str, Any] = {}


def check_programme(programme: Programme, profile: Profile, at: int | None = None) -> list[Finding]:
    """All findings, the most severe first. at: the present time (ms since 1970), to find days that are past; None where
    that does not matter."""
    rules = (_slot, _timing, _promise, _panel, _roles, _groups, _team, _vocabulary, _edition, _limits, _duties)
    findings = [finding for rule in (*rules, _calendar) for finding in rule(programme, profile)]
    if at is not None:
        findings += _past(programme, at)
    return sorted(findings, key=lambda finding: ("error", "warning", "note").index(finding.severity))


def span(programme: Programme) -> tuple[datetime, datetime] | None:
    """The start and the end on the clock of the venue, with a zone; None if one is missing or cannot be read."""
    try:
        zone = zone_of(programme.zone)
        starts, ends = datetime.fromisoformat(programme.starts), datetime.fromisoformat(programme.ends)
    except ValueError:
        return None
    begin, end = (time if time.tzinfo else time.replace(tzinfo=zone) for time in (starts, ends))
    return begin.astimezone(zone), end.astimezone(zone)


def slot_minutes(programme: Programme) -> int:
    """Minutes between start and end; 0 if one of them is missing."""
    try:
        starts, ends = datetime.fromisoformat(programme.starts), datetime.fromisoformat(programme.ends)
        return int((ends - starts).total_seconds() // 60)
    except (ValueError, TypeError):
        return 0


def _slot(programme: Programme, profile: Profile) -> Iterator[Finding]:
    readable = True
    for field in ("starts", "ends"):
        written: str = getattr(programme, field)
        try:
            zoned = not written or datetime.fromisoformat(written).tzinfo is not None
        except ValueError:
            readable = False
            yield Finding("time_unreadable", "error", field, {"time": written[:40]})
        else:
            if not zoned:
                yield Finding("time_without_zone", "warning", field, {"time": written, "zone": programme.zone})
    if not programme.starts or not programme.ends:
        yield Finding("no_time", "warning", "starts")
    elif readable and slot_minutes(programme) <= 0:
        yield Finding("ends_before_start", "error", "ends")


def _calendar(programme: Programme, profile: Profile) -> Iterator[Finding]:
    """What is unusual about the days, so that a slip is noticed."""
    if any(mark.how == WRONG_WEEKDAY for mark in programme.inferred):
        yield Finding("weekday_differs", "warning", "starts")
    both = span(programme)
    if both is None or both[1] <= both[0]:
        return
    starts, ends = both
    if starts.date() != ends.date():
        facts = {"starts": f"{starts:%Y-%m-%d}", "ends": f"{ends:%Y-%m-%d}"}
        yield Finding("two_days", "warning", "ends", facts)
    if starts.utcoffset() != ends.utcoffset():
        yield Finding("clock_changes", "note", "starts", {"zone": programme.zone})


def _past(programme: Programme, at: int) -> Iterator[Finding]:
    both = span(programme)
    if both is not None and both[1].timestamp() * 1000 < at:
        yield Finding("in_the_past", "warning", "starts", {"starts": f"{both[0]:%Y-%m-%d}"})


def _timing(programme: Programme, profile: Profile) -> Iterator[Finding]:
    slot = slot_minutes(programme)
    planned = sum(part.minutes for part in programme.segments)
    if not programme.segments:
        yield Finding("no_segments", "error", "segments")
    elif slot > 0 and planned != slot:
        grave: Severity = "error" if planned > slot else "warning"
        yield Finding("segments_do_not_add_up", grave, "segments", {"planned": planned, "slot": slot})
    if programme.minutes and slot > 0 and programme.minutes != slot:
        yield Finding("format_differs", "warning", "minutes", {"minutes": programme.minutes, "slot": slot})
    for number, part in enumerate(programme.segments):
        if part.minutes <= 0:
            yield Finding("segment_without_time", "error", f"segments[{number}]", {"title": part.title})


def _promise(programme: Programme, profile: Profile) -> Iterator[Finding]:
    texts = " ".join((programme.description, programme.expected_outcomes, programme.interaction))
    total = sum(part.minutes for part in programme.segments)
    given = sum(part.minutes for part in programme.segments if part.kind == "questions")
    if _MAJORITY.search(texts) and total and given * 2 <= total:
        yield Finding("majority_promised", "warning", "segments", {"given": given, "total": total})
    if total and not given:
        yield Finding("no_questions_segment", "note", "segments")


def _panel(programme: Programme, profile: Profile) -> Iterator[Finding]:
    speakers, groups = programme.speakers, {person.stakeholder_group for person in programme.speakers}
    if len(speakers) < profile.minimum_speakers:
        few = {"speakers": len(speakers), "minimum": profile.minimum_speakers}
        yield Finding("too_few_speakers", "warning", "speakers", few)
    missing = [group for group in profile.panel_voices if group not in groups]
    if speakers and missing:
        facts = {"groups": missing, "speakers": len(speakers), "present": sorted(filter(None, groups))}
        yield Finding("voices_missing" if facts["present"] else "no_voice_known", "warning", "speakers", facts)
    regions = {person.regional_group for person in speakers}
    absent = [region for region in profile.regional_groups if region not in regions]
    if speakers and absent:
        yield Finding("regions_missing", "note", "speakers", {"groups": absent})
    genders = [caseless(person.gender) for person in speakers if person.gender]
    if len(genders) > 1 and len(set(genders)) == 1:
        said: dict[str, Any] = {"said": len(genders), "speakers": len(speakers), "gender": genders[0]}
        yield Finding("one_gender", "warning", "speakers", said)


def _roles(programme: Programme, profile: Profile) -> Iterator[Finding]:
    roles: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for role, people in (
        ("organizer", programme.organizers),
        ("speaker", programme.speakers),
        ("on-site moderator", programme.onsite_moderators),
        ("online moderator", programme.online_moderators),
        ("rapporteur", programme.rapporteurs),
    ):
        for person in people:
            key = " ".join(caseless(person.name).split())
            names.setdefault(key, person.name)
            if role not in roles.setdefault(key, []):
                roles[key].append(role)
    for key, roles_held in roles.items():
        if len(roles_held) >= 3:
            yield Finding("three_roles", "warning", "rapporteurs", {"name": names[key], "roles": roles_held})
        busy = [role for role in roles_held if role in ("speaker", "on-site moderator", "online moderator")]
        if "rapporteur" in roles_held and busy:
            yield Finding("rapporteur_busy", "warning", "rapporteurs", {"name": names[key], "roles": busy})


def _groups(programme: Programme, profile: Profile) -> Iterator[Finding]:
    for field in ("speakers", "onsite_moderators", "online_moderators", "rapporteurs"):
        people: tuple[Person, ...] = getattr(programme, field)
        for number, person in enumerate(people):
            where, facts = f"{field}[{number}]", {"name": person.name, "region": person.regional_group}
            if person.regional_group in profile.stakeholder_groups:
                # An intergovernmental organization has no regional group; its entry names its kind instead.
                if (
                    person.regional_group != person.stakeholder_group
                    or person.regional_group not in profile.without_region
                ):
                    facts["group"] = person.stakeholder_group
                    yield Finding("region_is_a_stakeholder_group", "warning", where, facts)
                else:
                    yield Finding("region_of_an_organization", "note", where, facts)
            elif person.regional_group and person.regional_group not in profile.regional_groups:
                yield Finding("unknown_region", "note", where, facts)
            if profile.region(person.stakeholder_group):
                yield Finding("group_is_a_region", "warning", where, {**facts, "group": person.stakeholder_group})
            elif person.stakeholder_group and person.stakeholder_group not in profile.stakeholder_groups:
                yield Finding("unknown_group", "note", where, {**facts, "group": person.stakeholder_group})
            elif not person.stakeholder_group and field == "speakers":
                yield Finding("no_stakeholder_group", "note", where, facts)


def _team(programme: Programme, profile: Profile) -> Iterator[Finding]:
    for field, code in (
        ("onsite_moderators", "no_onsite_moderator"),
        ("online_moderators", "no_online_moderator"),
        ("rapporteurs", "no_rapporteur"),
    ):
        if not getattr(programme, field):
            yield Finding(code, "warning", field)


def _vocabulary(programme: Programme, profile: Profile) -> Iterator[Finding]:
    for field, known in (("format", profile.formats), ("seating", profile.seatings)):
        written: str = getattr(programme, field)
        if written and known and written not in known:
            yield Finding("unknown_value", "note", field, {"value": written, "known": known})
    if programme.minutes and profile.minutes and programme.minutes not in profile.minutes:
        yield Finding("unusual_length", "note", "minutes", {"minutes": programme.minutes, "usual": profile.minutes})


def _edition(programme: Programme, profile: Profile) -> Iterator[Finding]:
    if is_of_another_edition(programme.profile, programme.gathering):
        facts = {"gathering": programme.gathering, "profile": profile.title}
        yield Finding("rules_of_another_edition", "note", "profile", facts)


def _limits(programme: Programme, profile: Profile) -> Iterator[Finding]:
    characters, most = len(programme.title), profile.limits.get("title", TextLimit()).characters
    if most and characters > most:
        yield Finding("title_long", "note", "title", {"length": characters, "limit": most})
    words, most = len(programme.description.split()), profile.limits.get("description", TextLimit()).words
    if most and words > most:
        yield Finding("description_long", "note", "description", {"length": words, "limit": most})
    if empty := [field for field in profile.fields if not getattr(programme, field)]:
        yield Finding("form_asks", "note", empty[0], {"fields": empty})
    if programme.unparsed:
        yield Finding("lines_not_understood", "note", "unparsed", {"lines": len(programme.unparsed)})


def _duties(programme: Programme, profile: Profile) -> Iterator[Finding]:
    facts: dict[str, Any] = {"sections": profile.report.sections, "minutes": profile.report.due_minutes}
    try:
        due = datetime.fromisoformat(programme.ends) + timedelta(minutes=profile.report.due_minutes)
    except ValueError:
        yield Finding("report_due_after", "note", "rapporteurs", facts)
    else:
        due_at = {"due": due.isoformat(timespec="minutes"), "zone": programme.zone}
        yield Finding("report_due_at", "note", "rapporteurs", {**facts, **due_at})
    for duty in profile.duties:
        dated = duty.what == "report" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", duty.due)
        if dated and duty.due >= programme.starts[:10]:  # an earlier day is that of another edition
            code = "long_report_due" if duty.status == "sourced" else "long_report_due_unverified"
            yield Finding(code, "note", "rapporteurs", {"day": duty.due})
    if any(rule.code == "earlier_report_filed" for rule in profile.screening):
        yield Finding("earlier_report", "note", "organizers", {"event": profile.title})
