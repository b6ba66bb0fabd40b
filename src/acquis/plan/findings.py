"""The messages of the dry run, by code."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date

from acquis.i18n import N_, say
from acquis.i18n.dates import duration, locale_of
from acquis.plan.check import Finding
from acquis.plan.dates import moment, zone_or_utc

FINDINGS: dict[str, str] = {
    "no_time": N_("Enter the start and end, so that the length of the segments can be checked."),
    "time_unreadable": N_("“{time}” is not a date and time. Enter it like 10 December 2021, 10:15."),
    "time_without_zone": N_(
        "“{time}” does not say its time zone. It is read as {zone} time. Check the time zone, then save the form."
    ),
    "ends_before_start": N_("The session ends before it starts. Check both times."),
    "two_days": N_("The session ends on another day than it starts: from {starts} to {ends}. Is this intended?"),
    "in_the_past": N_("The session starts on {starts}, which is in the past. Check the date."),
    "clock_changes": N_(
        "The clocks in {zone} change during the session. The times of the segments take it into account."
    ),
    "weekday_differs": N_("The weekday on the page does not match the date. Check the date."),
    "no_segments": N_("Add segments, for example opening, panel, questions and closing."),
    "segments_do_not_add_up": N_("The segments add up to {planned} min. The session lasts {slot} min."),
    "format_differs": N_("The field “Format” says {minutes} min. The session lasts {slot} min."),
    "segment_without_time": N_("The segment “{title}” has no length. Enter its minutes."),
    "majority_promised": N_(
        "The text promises that most of the session is questions and answers. The programme gives this "
        "{given} of {total} min."
    ),
    "no_questions_segment": N_("Add a segment for questions from the room and online."),
    "too_few_speakers": N_("Speakers: {speakers}. At least {minimum} are expected."),
    "voices_missing": N_("Panellists: {speakers}. Groups represented: {present}. Not represented: {groups}."),
    "no_voice_known": N_("The speakers have no stakeholder group. Groups that may be missing: {groups}."),
    "regions_missing": N_("Groups without a speaker: {groups}."),
    "one_gender": N_("Panellists: {speakers}. Gender stated: {said}, all of the same gender ({gender})."),
    "three_roles": N_("{name} has several roles: {roles}. Assign some of them to other people."),
    "rapporteur_busy": N_("{name} is the rapporteur and also {roles}. Choose a rapporteur who is free to take notes."),
    "region_is_a_stakeholder_group": N_(
        "{name} ({group}) has “{region}” as regional group, but that is a stakeholder group. Check the regional group."
    ),
    "region_of_an_organization": N_(
        "{name} has “{region}” as regional group. Intergovernmental organizations have no regional "
        "group. Leave it empty."
    ),
    "group_is_a_region": N_(
        "{name} has the regional group “{group}” as stakeholder group. Choose a stakeholder group."
    ),
    "unknown_group": N_("{name}: “{group}” is not a known stakeholder group."),
    "unknown_region": N_("{name}: “{region}” is not a known regional group."),
    "no_stakeholder_group": N_("{name} has no stakeholder group. Choose one."),
    "no_onsite_moderator": N_("Add an on-site moderator."),
    "no_online_moderator": N_("Add an online moderator to speak for online participants."),
    "no_rapporteur": N_("Add a rapporteur to write the report."),
    "title_long": N_("The title is too long for the form of this event. Characters: {length}. Limit: {limit}."),
    "description_long": N_("The description is too long for the form of this event. Words: {length}. Limit: {limit}."),
    "unknown_value": N_("“{value}” is not one of: {known}."),
    "unusual_length": N_("A length of {minutes} min is unusual at this event. Usual lengths: {usual}."),
    "rules_of_another_edition": N_(
        "The rules of {gathering} are not known to this version of Acquis. Those of the newest edition that is known "
        "apply: {profile}. Check them."
    ),
    "lines_not_understood": N_("Lines not recognized: {lines}. They are kept below."),
    "report_due_at": N_("{sections}: due at {due}, {duration} after the end."),
    "report_due_after": N_("{sections}: due {duration} after the end."),
    "long_report_due": N_("The full report is due on {day}."),
    "long_report_due_unverified": N_("The full report is probably due on {day}. This date is not verified."),
    "form_asks": N_("The form of this event also asks for: {fields}."),
    "earlier_report": N_(
        "{event} declines proposals from organizers who have not filed the report of an earlier "
        "session. Check that yours is filed."
    ),
}

ROLES = (N_("organizer"), N_("speaker"), N_("on-site moderator"), N_("online moderator"), N_("rapporteur"))

FIELDS = {
    "title": N_("Title"),
    "organizers": N_("Organizers"),
    "speakers": N_("Speakers"),
    "onsite_moderators": N_("On-site moderators"),
    "online_moderators": N_("Online moderators"),
    "rapporteurs": N_("Rapporteurs"),
    "theme": N_("Theme"),
    "description": N_("Description"),
    "starts": N_("Time"),
    "room": N_("Room"),
    "format": N_("Format"),
    "minutes": N_("Length in minutes"),
    "policy_questions": N_("Policy questions"),
    "sdgs": N_("Sustainable Development Goals"),
    "sdg_text": N_("Targets"),
    "expected_outcomes": N_("Expected outcomes"),
    "online_participation": N_("Online participation"),
    "official_tool": N_("Official tool"),
}


def finding_sentence(language: str, finding: Finding) -> str:
    """The message of a finding with its facts."""
    facts = dict(finding.facts)
    for name in ("starts", "ends", "day"):
        if name in facts:
            facts[name] = format_date(date.fromisoformat(facts[name]), "full", locale=locale_of(language))
    if "due" in facts:
        due, zone = datetime.fromisoformat(facts["due"]), facts["zone"]
        due = due if due.tzinfo else due.replace(tzinfo=zone_or_utc(zone))
        facts["due"] = moment(int(due.timestamp()) * 1000, zone, language)
    if "roles" in facts:
        facts["roles"] = [say(language, role) for role in facts["roles"]]
    if finding.code in ("report_due_at", "report_due_after"):
        facts["duration"] = duration(language, facts["minutes"])
    if "fields" in facts:
        facts["fields"] = [say(language, FIELDS[field]) for field in facts["fields"]]
    return say(language, FINDINGS[finding.code], **facts)
