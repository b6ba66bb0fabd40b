"""The access links of a session: who should have one, who has one, and the links that were just made."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import msgspec
from babel.dates import format_date

from acquis.charts.qr import qr_image
from acquis.command import CAPTIONER, ONLINE, ONSITE, ORGANIZER, RAPPORTEUR, SPEAKER, Refused
from acquis.documents.rows import written
from acquis.events import TeamMemberReplaced
from acquis.i18n import N_
from acquis.i18n.dates import day_read, locale_of
from acquis.i18n.vocabulary import labels
from acquis.plan import dates
from acquis.plan.document import ProgrammeError, from_data
from acquis.roster import Pass
from acquis.state import State
from acquis.web.http import lengths
from acquis.web.http.context import RequestContext

ROLES = labels("role", (ORGANIZER, ONSITE, ONLINE, RAPPORTEUR, CAPTIONER, SPEAKER))
"""The roles of which a link can be made, with their names."""
WITHOUT_SEAT = (ONSITE, ONLINE, RAPPORTEUR, CAPTIONER, ORGANIZER)
"""The roles that can be given to anybody; a speaker has a seat in the programme."""
WORK = {
    ORGANIZER: N_("You prepare the session: programme, publication, access links, opening and closing."),
    ONSITE: N_("You give the floor to people in the room and online, and review questions before they are published."),
    ONLINE: N_("You speak for online participants, give the floor and review questions before they are published."),
    RAPPORTEUR: N_("You take notes during the session, and write and publish its report."),
    CAPTIONER: N_("You write the live captions for the room screen and for online participants."),
    SPEAKER: N_(
        "You are on the panel. You see when you have the floor and which questions are for you, and you can vote."
    ),
}
"""Role -> what its holder does and can do."""
_ALL_SESSIONS = N_("All sessions")
_LETTER = N_("""{title}
{when}

Dear {name},

this is your personal access link as {role}. {work}

{link}

Open it on the device that you will use in the session. Whoever has the link can act in your name. Do not forward it.
If it is lost or does not work, ask the organizer for a new one.""")


class Holder(msgspec.Struct, frozen=True):
    """A person who has a link or should have one. `person`: the id of the holder of a link; empty if there is none."""

    role: str
    seat: int
    name: str
    person: str = ""
    made: str = ""
    """The day on which the link was made."""
    last_day: str = ""
    """The last day of the link (ISO 8601); empty if it has none."""
    until: str = ""
    """The last day in words."""
    used: str = ""
    """The day on which the link was used first; empty if it was not used yet."""
    ended: bool = False


class Link(msgspec.Struct, frozen=True):
    """A link that was just made, with everything that its holder should be told."""

    role: str
    name: str
    address: str
    qr: str
    """The address of an image."""
    work: str
    letter: str


def team(state: State, names: Mapping[str, str]) -> list[tuple[str, int, str]]:
    """Who should get a link: (role, seat, name), with the names that the floor will show; nobody before the programme
    is published, and nobody who was replaced. `names`: person -> name."""
    if state.is_draft:
        return []
    seats = [(SPEAKER, number, seat.name) for number, seat in enumerate(state.seats, 1) if not seat.withdrawn]
    try:
        programme = from_data(state.programme.document)
    except ProgrammeError:  # of an earlier version of the program
        return seats
    people = [(ONSITE, 0, person.name) for person in programme.onsite_moderators]
    people += [(ONLINE, 0, person.name) for person in programme.online_moderators]
    people += [(RAPPORTEUR, 0, person.name) for person in programme.rapporteurs]
    changes = [change.event for change in state.measures.amendments]
    replaced = {(e.role, names.get(e.person)) for e in changes if isinstance(e, TeamMemberReplaced)}
    return [(role, seat, name) for role, seat, name in people if (role, name) not in replaced] + seats


def role_of(given: Pass) -> str:
    """The role of a link; empty for the pass of a participant, and of somebody who speaks without a device."""
    return next((role for role in ROLES if role in given.roles), "")


def holders(context: RequestContext) -> list[Holder]:
    """Everybody who should have a link, in the order of the programme, then everybody else who has one."""
    left = [given for given in context.application.roster.passes(context.id) if role_of(given)]
    listed: list[Holder] = []
    for role, seat, name in team(context.state, context.application.roster.names(context.id)):
        given = next(
            (other for other in left if role_of(other) == role and (other.seat, other.name) == (seat, name)),
            None,
        )
        if given is None:
            listed.append(Holder(role, seat, name))
        else:
            left.remove(given)
            listed.append(holder_of(context, given, context.zone))
    return listed + [holder_of(context, given, context.zone) for given in left]


def holder_of(context: RequestContext, given: Pass, zone: str) -> Holder:
    """The holder of a link, with its last day in a time zone."""
    last = dates.instant(given.until - 1).astimezone(dates.zone_or_utc(zone)).date() if given.until else None
    return Holder(
        role=role_of(given),
        seat=given.seat,
        name=given.name,
        person=given.person,
        made=dates.day(given.issued, context.language),
        last_day=last.isoformat() if last else "",
        until=format_date(last, "long", locale=locale_of(context.language)) if last else "",
        used=dates.day(given.used, context.language) if given.used else "",
        ended=not given.is_valid(context.now),
    )


def link_of(context: RequestContext, secret: str, given: Pass) -> Link:
    """The link of a new pass. A letter without a name begins with the role."""
    role, programme = role_of(given), context.state.programme if context.current is not None else None
    called, work = context.say(ROLES[role]), context.say(WORK[role])
    address = f"{context.base_url}p/{secret}"
    when = dates.slot(programme.starts, programme.ends, programme.zone, context.language)[0] if programme else ""
    facts = {
        "title": programme.title if programme else context.say(_ALL_SESSIONS),
        "when": when,
        "name": given.name or called,
    }
    letter = context.say(_LETTER, **facts, role=called, work=work, link=address)
    return Link(role, given.name, address, qr_image(address), work, letter)


def end_of_day(typed: str, language: str, zone: str) -> int:
    """The end of the day that was typed, in a time zone (ms since 1970); 0 for none. Raises Refused("bad_date")."""
    if not typed.strip():
        return 0
    day = day_read(typed.strip(), language)
    if day is None:
        raise Refused("bad_date", date=typed[: lengths.DAY]).at("until")
    midnight = datetime(day.year, day.month, day.day, tzinfo=dates.zone_or_utc(zone)) + timedelta(days=1)
    return int(midnight.timestamp() * 1000)


def csv_address(links: Iterable[Link]) -> str:
    """The links as a CSV file (columns role, name, link), as an address that holds the file."""
    file = written(("role", "name", "link"), [(link.role, link.name, link.address) for link in links])
    return f"data:text/csv;charset=utf-8;base64,{base64.b64encode(file).decode()}"
