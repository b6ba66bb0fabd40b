"""The messages of the dry run, by code."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from acquis.i18n import N_, say
from acquis.i18n.dates import locale_of
from acquis.plan.check import Finding

FINDINGS: dict[str, str] = {
    "no_time": N_("There is no start and end yet, so nobody can check whether the segments fit."),
    "time_unreadable": N_("“{time}” is not a date and a time. Write it like 10 December 2021, 10:15."),
    "time_without_zone": N_(
        "“{time}” has no offset from UTC. It is read on the clock of {zone}. Check the time zone, then save the form."
    ),
    "ends_before_start": N_("The session ends before it starts. Check the two times."),
    "two_days": N_("The session ends on another day than it starts: from {starts} to {ends}. Is this intended?"),
    "in_the_past": N_("The session was to start on {starts}, which is in the past. Check the date."),
    "clock_changes": N_(
        "The clocks in {zone} change during the session. The times of the segments take it into account."
    ),
    "weekday_differs": N_("The weekday on the page is not that of the date. Check the date."),
    "no_segments": N_("There are no segments. Say what happens when: opening, panel, questions, closing."),
    "segments_do_not_add_up": N_("The segments add up to {planned} minutes, the slot has {slot}."),
    "format_differs": N_("The format says {minutes} minutes, the slot has {slot}."),
    "segment_without_time": N_("The segment “{title}” has no minutes."),
    "majority_promised": N_(
        "The text promises that most of the session is questions and answers; the plan gives it {given} of {total} "
        "minutes, which is not more than half."
    ),
    "no_questions_segment": N_("No segment is for questions from the room and online."),
    "too_few_speakers": N_("There are {speakers} speakers; at least {minimum} are expected."),
    "voices_missing": N_("None of the {speakers} speakers is from: {groups}. They are from: {present}."),
    "no_voice_known": N_("No speaker has a stakeholder group, so none is known to be from: {groups}."),
    "regions_missing": N_("No speaker is from: {groups}."),
    "one_gender": N_(
        "All {said} speakers who said so are of one gender ({gender}); the panel has {speakers} speakers."
    ),
    "three_roles": N_("{name} holds {roles}. One pair of hands cannot do all of that at once."),
    "rapporteur_busy": N_(
        "{name} is the rapporteur and {roles} at once: nobody has free hands to write during the floor."
    ),
    "region_is_a_stakeholder_group": N_(
        "{name} ({group}) has “{region}” as regional group; that is a stakeholder group. Ask which region is meant."
    ),
    "region_of_an_organization": N_(
        "{name} has “{region}” as regional group. Intergovernmental organizations belong to none: leave it empty."
    ),
    "group_is_a_region": N_("{name} has the region “{group}” as stakeholder group."),
    "unknown_group": N_("{name}: “{group}” is not a stakeholder group that is known here."),
    "unknown_region": N_("{name}: “{region}” is not a regional group that is known here."),
    "no_stakeholder_group": N_("{name} has no stakeholder group."),
    "no_onsite_moderator": N_("There is no on-site moderator."),
    "no_online_moderator": N_("There is no online moderator: nobody speaks for people online."),
    "no_rapporteur": N_("There is no rapporteur: nobody writes the report."),
    "title_long": N_("The title has {length} characters; the form of this gathering has room for {limit}."),
    "description_long": N_("The description has {length} words; the form of this gathering has room for {limit}."),
    "unknown_value": N_("“{value}” is not one of: {known}."),
    "unusual_length": N_("{minutes} minutes is unusual here; sessions have: {usual}."),
    "lines_not_understood": N_("{lines} lines of the page were not understood. They are kept below."),
    "report_due_at": N_("{sections} are due at {due}, {minutes} minutes after the end."),
    "report_due_after": N_("{sections} are due {minutes} minutes after the end."),
    "long_report_due": N_("The full report is due on {day}."),
    "long_report_due_unverified": N_("The full report is said to be due on {day}; this date is not verified."),
    "form_asks": N_("The form of this gathering also asks for: {fields}."),
    "earlier_report": N_("{gathering}: whoever owes the report of an earlier session is declined. Is yours filed?"),
}

ROLES = (N_("organizer"), N_("speaker"), N_("on-site moderator"), N_("online moderator"), N_("rapporteur"))

FIELDS = {
    "title": N_("title"),
    "organizers": N_("organizers"),
    "speakers": N_("speakers"),
    "onsite_moderators": N_("on-site moderator"),
    "online_moderators": N_("online moderator"),
    "rapporteurs": N_("rapporteur"),
    "theme": N_("theme"),
    "description": N_("description"),
    "starts": N_("time"),
    "room": N_("room"),
    "format": N_("format"),
    "minutes": N_("length"),
    "policy_questions": N_("policy questions"),
    "sdgs": N_("development goals"),
    "sdg_text": N_("targets of the development goals"),
    "expected_outcomes": N_("expected outcomes"),
    "online_participation": N_("how online people take part"),
    "official_tool": N_("use of the official online tool"),
}


def finding_sentence(language: str, finding: Finding) -> str:
    """The message of a finding with its facts."""
    facts = dict(finding.facts)
    for name in ("starts", "ends", "day"):
        if name in facts:
            facts[name] = format_date(date.fromisoformat(facts[name]), "full", locale=locale_of(language))
    if "roles" in facts:
        facts["roles"] = [say(language, role) for role in facts["roles"]]
    if "fields" in facts:
        facts["fields"] = [say(language, FIELDS[field]) for field in facts["fields"]]
    return say(language, FINDINGS[finding.code], **facts)
