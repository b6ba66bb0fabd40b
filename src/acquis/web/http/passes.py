"""Passes, which identify people by a cookie.

A pass is first a link (`/p/...`), then a cookie that scripts cannot read. Only a hash of its secret is stored; a lost
pass is replaced by a new one.
"""

from __future__ import annotations

from msgspec.structs import replace
from starlette.requests import Request

from acquis.attributes import NOT_SAID, Attributes
from acquis.command import PARTICIPANT, READER, SPEAKER, Successor
from acquis.roster import Pass
from acquis.web.http.application import Application
from acquis.web.http.ids import new_id, new_secret

ORGANIZER_COOKIE = "pass"
STRANGER = Pass("", frozenset({READER}), "", "")


def cookie_name(session: str, scheme: str = "http", kind: str = "pass") -> str:
    """The name of the cookie of a pass of a session, or of an organizer (session ""); `kind` is another kind of cookie.
    Over HTTPS its prefix makes browsers reject a cookie set over HTTP and, for an organizer, one set by another host of
    the domain."""
    name = f"{kind}_{session}" if session else kind
    if scheme != "https":
        return name
    return f"__Secure-{name}" if session else f"__Host-{name}"


def pass_of(application: Application, request: Request, session: str) -> Pass:
    """The pass of the reader for a session ("": none): that of the session, that of an organizer, one with the roles of
    both, or STRANGER."""
    own = holder_of(application, secret_of(request, session)) if session else None
    if own is not None and own.session != session:
        own = None
    organizer = holder_of(application, secret_of(request, ""))
    if organizer is not None and organizer.session != "":
        organizer = None
    if own is None:
        return organizer or STRANGER
    if organizer is None:
        return own
    until = min((given.until for given in (own, organizer) if given.until), default=0)
    return replace(own, roles=own.roles | organizer.roles, until=until)


def secret_of(request: Request, session: str) -> str:
    """The secret in the cookie of a session, or of an organizer (session ""); "" if there is none."""
    return request.cookies.get(cookie_name(session, request.scope["scheme"]), "")


def bearer_of(application: Application, request: Request, session: str, parameter: str = "") -> Pass | None:
    """The pass of the bearer token in the `Authorization` header, or in a parameter of the address, if it is valid for
    the session; else None."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if parameter and not secret:
        scheme, secret = "bearer", request.query_params.get(parameter, "")
    if scheme.lower() != "bearer" or not 20 <= len(secret) <= 64:
        return None
    secret = secret.strip()
    holder = holder_of(application, secret)
    if holder is None or holder.session not in (session, ""):
        return None
    note_use(application, secret, holder)
    return holder


def holder_of(application: Application, secret: str) -> Pass | None:
    """The pass with this secret; None if there is none, it was revoked, or its last day is over."""
    if not 20 <= len(secret) <= 64:
        return None
    application.notice_revoked()
    if secret not in application.holders:
        if len(application.holders) > 100_000:
            application.holders.clear()
        holder = application.roster.holder(secret)
        if holder is None:
            return None  # not cached, so that guesses cannot fill the memory
        application.holders[secret] = holder
    holder = application.holders[secret]
    return holder if holder is not None and holder.is_valid(application.clock.now()) else None


def issue(
    application: Application,
    session: str,
    role: str,
    seat: int = 0,
    name: str = "",
    attributes: Attributes = NOT_SAID,
    secret: str = "",
    by: str = "",
) -> tuple[str, Pass]:
    """Issues a pass for a role: its secret, which is shown once, and the pass. Speakers are participants too. `secret`:
    that of a browser which has it already; by itself a new one. `by`: who made it, for the security log."""
    roles = frozenset({role, PARTICIPANT}) if role == SPEAKER else frozenset({role})
    given = Pass(
        session=session,
        roles=roles,
        person=new_id("p"),
        voice=new_id("v"),
        seat=seat,
        name=name,
        attributes=attributes,
        issued=application.clock.now(),
        used=application.clock.now() if secret else 0,
    )
    secret = secret or new_secret()
    application.roster.issue(secret, given)
    application.security_log.pass_event("pass_issued", given, by)
    return secret, given


def sign_in(
    application: Application, session: str, roles: frozenset[str], subject: str, name: str, hours: int
) -> tuple[str, Pass] | None:
    """Issues a pass to somebody who signed in as a subject of a provider: its secret, and the pass, which ends after
    some hours. The same subject is the same person, and keeps the name. None if the access of this person was
    revoked."""
    roster, now = application.roster, application.clock.now()
    person = roster.person_of_subject(session, subject)
    if person and roster.is_revoked(session, person):
        return None
    person = person or new_id("p")
    given = Pass(
        session=session,
        roles=roles,
        person=person,
        voice=roster.voice(session, person) or new_id("v"),
        name=roster.names(session).get(person, "") or name,
        attributes=NOT_SAID,
        issued=now,
        until=now + hours * 3_600_000,
    )
    secret = new_secret()
    if roster.sign_in(secret, given, subject):
        application.pass_changed(session, person)
    application.security_log.pass_event("signed_in", given)
    return secret, given


def signed_out(application: Application, secret: str, given: Pass) -> None:
    """Tells that a browser gave up a pass. That of somebody who signed in ends; a link may be used elsewhere."""
    application.roster.sign_out(secret, application.clock.now())
    application.holders.pop(secret, None)
    application.security_log.pass_event("signed_out", given)


def note_use(application: Application, secret: str, given: Pass) -> None:
    """Notes that a pass is used, if it is the first time."""
    if not given.used and application.roster.use(secret, application.clock.now()):
        application.holders.pop(secret, None)
        application.security_log.pass_event("pass_first_used", given)


def rotate(application: Application, session: str, person: str, by: str = "") -> tuple[str, Pass] | None:
    """Replaces the passes of a person by a new one with the same ids, role, name and last day: its secret, and the
    pass. None if the person has no valid pass. Open streams end."""
    secret = new_secret()
    given = application.roster.rotate(session, person, secret, application.clock.now())
    if given is None:
        return None
    application.pass_changed(session, person)
    application.security_log.pass_event("pass_replaced", given, by)
    return secret, given


def hand_over(application: Application, session: str, successor: Successor) -> None:
    """Replaces the passes of the former person, if there are any, by one of the successor with the same roles and last
    day. Nobody learns its secret: `rotate` makes the link. Open streams of the former person end."""
    passes = application.roster.passes(session)
    earlier = next((given for given in passes if successor.former and given.person == successor.former), None)
    if successor.former:
        revoke(application, session, successor.former)
    if not application.roster.knows(session, successor.person):
        given = Pass(
            session=session,
            roles=earlier.roles if earlier else frozenset({successor.role}),
            person=successor.person,
            voice=new_id("v"),
            name=successor.name,
            attributes=NOT_SAID,
            issued=application.clock.now(),
            until=earlier.until if earlier else 0,
        )
        application.roster.issue(new_secret(), given)
        application.security_log.pass_event("pass_issued", given)


def end(application: Application, session: str, person: str, until: int, by: str = "") -> None:
    """Sets the time from which the passes of a person are no longer valid (ms since 1970); 0 for no end. Their open
    streams end; those that come back know the new time."""
    application.roster.end(session, person, until)
    application.pass_changed(session, person)
    application.security_log.tell("pass_limited", session, person=person, by=by)


def revoke(application: Application, session: str, person: str, by: str = "") -> None:
    """Revokes all passes of a person for a session, or of an organizer (session ""), and ends their open streams."""
    application.roster.revoke(session, person)
    application.pass_changed(session, person)
    application.security_log.tell("pass_revoked", session, person=person, by=by)
