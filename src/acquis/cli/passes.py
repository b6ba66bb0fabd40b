"""`acquis pass`: links for whoever has the machine. The server may be running meanwhile and notices every change."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from acquis.cli.parts import DATA, example
from acquis.cli.printing import echo
from acquis.command.actors import MONITOR, ORGANIZER, PARTICIPANT, READER, ROLES, SPEAKER, main_role

if TYPE_CHECKING:
    from acquis.roster import Pass, Roster

URL = click.option("--url", default="http://127.0.0.1:8000", show_default=True, help="Public address of this site.")
UNTIL = click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day of the link (UTC).")
GIVEN = tuple(role for role in ROLES if role not in (PARTICIPANT, READER))
"""The roles of which a link can be made. Participants join with the session code."""
DAY_MS = 24 * 3600 * 1000


@click.group(name="pass")
@example("acquis pass list --data /srv/acquis")
def passes() -> None:
    """List, make, replace and revoke access links."""


@contextmanager
def _roster(data: Path, session: str) -> Iterator[Roster]:
    """The roster of a folder. Raises ClickException if it has none, or no such session (empty: all sessions)."""
    from acquis.roster import Roster

    if not (data / "roster.db").is_file():
        raise click.ClickException(f"There is no roster in {data}. Name the folder with --data.")
    roster = Roster(data / "roster.db")
    try:
        if session and roster.session(session) is None:
            known = ", ".join(roster.ids()) or "none"
            raise click.ClickException(f"There is no session called {session}. Sessions here: {known}.")
        yield roster
    finally:
        roster.close()


def _pass_of(roster: Roster, session: str, person: str) -> Pass:
    for given in roster.passes(session):
        if given.person == person:
            return given
    raise click.ClickException(
        f"Nobody called {person} has a link {_reach(session)}. `acquis pass list {session}` shows the ids."
    )


def _now() -> int:
    return time.time_ns() // 1_000_000


def _day(ms: int) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(ms / 1000))


def _reach(session: str) -> str:
    return f"of the session {session}" if session else "of all sessions"


@passes.command(name="list")
@example("acquis pass list igf2021-ws119 --data /srv/acquis")
@DATA
@click.argument("session", default="")
def list_(data: Path, session: str) -> None:
    """List the valid links of SESSION, or the organizer's links of all sessions.

    Each line has the id of the person, the role, the day on which the link was made, its last day, the day of its first
    use, and the name. Secrets are not stored, so no link can be shown again."""
    with _roster(data, session) as roster:
        for given in roster.passes(session):
            if not given.roles:
                continue  # somebody who speaks without a device
            days = [_day(given.issued), _day(given.until - 1) if given.until else "-"]
            used = _day(given.used) if given.used else "-"
            role = main_role(given.roles)
            echo(f"{given.person:<14} {role:<17} {days[0]:<10} {days[1]:<10} {used:<10} {given.name}".rstrip())


@passes.command()
@example("acquis pass new rapporteur igf2021-ws119 --name 'Ada Example' --url https://dialogue.example.org")
@DATA
@URL
@UNTIL
@click.option("--name", default="", help="The name of the person.")
@click.option("--seat", type=click.IntRange(1, 200), help="The number of a panellist in the programme.")
@click.argument("role", type=click.Choice(GIVEN))
@click.argument("session", default="")
def new(data: Path, url: str, until: object, name: str, seat: int | None, role: str, session: str) -> None:
    """Make a link with a ROLE in SESSION, or an organizer's link of all sessions. Other links still work.

    The link of a monitor opens /metrics and nothing else that is not public; it is sent as a bearer token."""
    from datetime import UTC, datetime

    from acquis.roster import Pass
    from acquis.text.visible import cleaned
    from acquis.web.http.ids import new_id, new_secret

    if not session and role not in (ORGANIZER, MONITOR):
        raise click.ClickException("Name the session: only an organizer's link opens all sessions.")
    if session and role == MONITOR:
        raise click.ClickException("A monitoring system reads the figures of the whole server: name no session.")
    if (role == SPEAKER) != (seat is not None):
        raise click.ClickException("A link of a speaker, and no other, needs the number of the panellist: --seat.")
    last = int(until.replace(tzinfo=UTC).timestamp() * 1000) + DAY_MS if isinstance(until, datetime) else 0
    roles, secret = frozenset({role, PARTICIPANT} if role == SPEAKER else {role}), new_secret()
    given = Pass(session, roles, new_id("p"), new_id("v"), seat or 0, cleaned(name), issued=_now(), until=last)
    with _roster(data, session) as roster:
        roster.issue(secret, given)
    echo(f"The new link {_reach(session)} (keep it, it is shown once): {url.rstrip('/')}/p/{secret}")


@passes.command()
@example("acquis pass rotate p4k2m9qxzt7ab igf2021-ws119 --url https://dialogue.example.org")
@DATA
@URL
@click.argument("person")
@click.argument("session", default="")
def rotate(data: Path, url: str, person: str, session: str) -> None:
    """Replace the link of PERSON (an id of `acquis pass list`) by a new one. The old one stops working at once."""
    from acquis.web.http.ids import new_secret

    secret = new_secret()
    with _roster(data, session) as roster:
        _pass_of(roster, session, person)
        roster.rotate(session, person, secret, _now())
    echo(f"The new link {_reach(session)} (keep it, it is shown once): {url.rstrip('/')}/p/{secret}")


@passes.command()
@example("acquis pass revoke p4k2m9qxzt7ab igf2021-ws119 --data /srv/acquis")
@DATA
@click.argument("person")
@click.argument("session", default="")
def revoke(data: Path, person: str, session: str) -> None:
    """Revoke the link of PERSON (an id of `acquis pass list`). It stops working at once.

    This is not on the record of the session. If the record should give a reason, and requests to speak should be
    withdrawn, revoke the link on the page of the programme."""
    with _roster(data, session) as roster:
        _pass_of(roster, session, person)
        if not session and roster.is_last_organizer(person):
            raise click.ClickException(
                f"This is the last organizer's link without a last day. `acquis pass rotate {person}` replaces it."
            )
        roster.revoke(session, person)
    echo(f"Revoked: the link {_reach(session)} of {person}.")


@passes.command()
@example("acquis pass organizer --data /srv/acquis --url https://dialogue.example.org")
@DATA
@URL
@click.argument("session", default="")
def organizer(data: Path, url: str, session: str) -> None:
    """Make a new organizer's link, for all sessions or for SESSION only, after the only one was lost.

    The organizer's links that were made earlier for the same are revoked. The links of moderators, rapporteurs and
    speakers stay as they are. The server may be running meanwhile."""
    from acquis.roster import Pass
    from acquis.web.http.ids import new_id, new_secret

    with _roster(data, session) as roster:
        earlier = {given.person for given in roster.passes(session) if ORGANIZER in given.roles}
        revoked = sum(roster.revoke(session, person) for person in sorted(earlier))
        secret, roles = new_secret(), frozenset({ORGANIZER})
        roster.issue(secret, Pass(session, roles, new_id("p"), new_id("v"), issued=_now()))
    reach = _reach(session)
    echo(f"The new organizer's link {reach} (keep it, it is shown once): {url.rstrip('/')}/p/{secret}")
    links = "1 earlier organizer's link" if revoked == 1 else f"{revoked or 'no'} earlier organizer's links"
    echo(f"It revokes {links} {reach}. All other links still work.")
