"""`acquis pass`: links for whoever has the machine."""

from __future__ import annotations

import time
from pathlib import Path

import click

from acquis.cli.parts import DATA, example


@click.group(name="pass")
@example("acquis pass organizer --data /srv/acquis --url https://dialogue.example.org")
def passes() -> None:
    """Make access links, for example after the organizer's link was lost."""


@passes.command()
@example("acquis pass organizer --data /srv/acquis --url https://dialogue.example.org")
@DATA
@click.option("--url", default="http://127.0.0.1:8000", show_default=True, help="Public address of this site.")
@click.argument("session", default="")
def organizer(data: Path, url: str, session: str) -> None:
    """Make a new organizer's link, for all sessions or for SESSION only.

    The organizer's links that were made earlier for the same are revoked. The links of moderators, rapporteurs and
    speakers stay as they are. The server may be running meanwhile."""
    from acquis.command import ORGANIZER
    from acquis.roster import Pass, Roster
    from acquis.web.http.ids import new_id, new_secret

    if not (data / "roster.db").is_file():
        raise click.ClickException(f"There is no roster in {data}. Name the folder with --data.")
    roster = Roster(data / "roster.db")
    try:
        if session and roster.session(session) is None:
            known = ", ".join(roster.ids()) or "none"
            raise click.ClickException(f"There is no session called {session}. Sessions here: {known}.")
        earlier = {given.person for given in roster.passes(session) if ORGANIZER in given.roles}
        revoked = sum(roster.revoke(session, person) for person in sorted(earlier))
        secret, roles = new_secret(), frozenset({ORGANIZER})
        roster.issue(secret, Pass(session, roles, new_id("p"), new_id("v"), issued=time.time_ns() // 1_000_000))
    finally:
        roster.close()
    reach = f"of the session {session}" if session else "of all sessions"
    click.echo(f"The new organizer's link {reach} (keep it, it is shown once): {url.rstrip('/')}/p/{secret}")
    links = "1 earlier organizer's link" if revoked == 1 else f"{revoked or 'no'} earlier organizer's links"
    click.echo(f"It revokes {links} {reach}. All other links still work.")
