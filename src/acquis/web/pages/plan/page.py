"""The page of a programme: what was understood, what the dry run finds, editing, publishing, passes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from acquis.command import CAPTIONER, ONLINE, ONSITE, ORGANIZER, PARTICIPANT, RAPPORTEUR, SPEAKER, Refused
from acquis.i18n import N_, say
from acquis.i18n.refusals import refusal_sentence
from acquis.plan.check import Finding, check_programme
from acquis.plan.document import Programme, ProgrammeError, from_data, from_yaml, to_data, to_yaml
from acquis.plan.editing import edited, on_the_clock, overlaid
from acquis.plan.findings import finding_sentence
from acquis.plan.programme import PublishProgramme
from acquis.record import RecordBroken, RecordFull
from acquis.reference import Profile, profile
from acquis.roster import Pass, SessionRow
from acquis.session import Session
from acquis.state import State
from acquis.web.api.actions import NAME_LIMIT, PAGES, TooLarge, carry_out, form_of, refusal
from acquis.web.http import passes
from acquis.web.http.application import Application, house_of
from acquis.web.http.problems import problem as refuse
from acquis.web.http.rendering import language_of, render
from acquis.web.pages.floor.page import open_session
from acquis.web.words import dates
from acquis.web.words.phrases import lines

FORM_LIMIT = 4_000_000
FORM_FIELDS = 2000
STAFF = (ONSITE, ONLINE, RAPPORTEUR, CAPTIONER, SPEAKER)
ROLES = {
    ONSITE: N_("on-site moderator"),
    ONLINE: N_("online moderator"),
    RAPPORTEUR: N_("rapporteur"),
    CAPTIONER: N_("captioner"),
    SPEAKER: N_("speaker"),
    ORGANIZER: N_("organizer"),
}
KINDS = {
    "opening": N_("opening"),
    "panel": N_("panel"),
    "questions": N_("questions"),
    "closing": N_("closing"),
    "other": N_("other"),
}
_NOTICES = {
    "saved": N_("Saved."),
    "published": N_("Published. The join code works now; hand out the passes below."),
    "revoked": N_("Revoked. The link does not work any more."),
}
_CHANGED = N_(
    "This draft was changed in another window meanwhile. What you typed is still here: save again to keep yours."
)
_NOT_SURE = N_("There are errors. Look at them, and publish anyway only if they are meant.")


class Attempt(msgspec.Struct, frozen=True):
    """What a try left behind for the page: what went wrong, and what was typed."""

    problem: str = ""
    status: int = 200
    data: dict[str, Any] | None = None
    yaml: str | None = None
    confirm: bool = False
    link: str = ""
    given: Pass | None = None


def mark(draft: str) -> str:
    """A mark of a draft, to see that it is still the one that a form was made from."""
    return hashlib.sha256(draft.encode()).hexdigest()[:16]


async def plan(request: Request) -> Response:
    """The page."""
    return await _page(request, Attempt())


async def again(request: Request, problem: str, typed: dict[str, str], status: int) -> Response:
    """The page with a refusal of the one door on top."""
    return await _page(request, Attempt(problem, status))


async def _page(request: Request, shown: Attempt) -> Response:
    found = await _row(request, "plan")
    if isinstance(found, Response):
        return found
    house, row, session, me = found
    id, state = session.log, await session.settled()
    language = language_of(request)
    programme, unreadable = _programme(row, state, language)
    data = shown.data if shown.data is not None else to_data(programme) if programme else {}
    used = _profile(programme)
    findings = check_programme(programme, used) if programme else []
    return render(
        request,
        "pages/plan/page.html",
        shown.status,
        page="plan",
        session=id,
        me=me,
        row=row,
        state=state,
        programme=programme,
        slot=dates.slot(programme.starts, programme.ends, programme.zone, language) if programme else ("", ""),
        schedule=dates.schedule(programme) if programme else [],
        notice=say(language, _NOTICES.get(request.query_params.get("done", ""), "")) if not shown.problem else "",
        changed=_changed(programme, state),
        findings=_sentences(language, findings),
        how={mark.field: mark.how for mark in programme.inferred} if programme else {},
        profile=used,
        data=data,
        clocks={
            name: on_the_clock(str(data.get(name, "")), str(data.get("zone", "UTC"))) for name in ("starts", "ends")
        },
        yaml_typed=shown.yaml is not None,
        yaml=shown.yaml if shown.yaml is not None else row.draft,
        base=mark(row.draft),
        problem=shown.problem or unreadable,
        confirm=shown.confirm,
        link=shown.link,
        given=shown.given,
        team=team(programme, state) if programme else [],
        holders=[found for found in house.roster.passes(id) if found.roles != {PARTICIPANT}],
        participants=sum(found.roles == {PARTICIPANT} for found in house.roster.passes(id)),
        base_url=str(request.base_url),
        staff=STAFF,
        roles=lines(language, ROLES),
        kinds=lines(language, KINDS),
        scripts=("pages/plan/page.js",),
    )


async def _row(request: Request, page: str) -> tuple[Application, SessionRow, Session, Pass] | Response:
    """The session of the address as the roster and as the board know it, for somebody who may see the page."""
    found = await open_session(request, page)
    if isinstance(found, Response):
        return found
    house, session, me = found
    row = house.roster.session(session.log)
    assert row is not None  # the board looks there too
    return house, row, session, me


def _programme(row: SessionRow, state: State, language: str) -> tuple[Programme | None, str]:
    """The draft; once the session is open, what was published. None and a sentence where it cannot be read."""
    try:
        if state.programme is not None and state.phase in ("open", "closed"):
            return from_data(state.programme.document), ""
        return from_yaml(row.draft), ""
    except ProgrammeError as error:
        return None, error.sentence(language)


def _profile(programme: Programme | None) -> Profile:
    usual = Programme(title="").profile
    try:
        return profile(programme.profile if programme else usual)
    except LookupError:
        return profile(usual)  # publishing refuses it by its name


def _changed(programme: Programme | None, state: State) -> bool:
    """Whether the draft says something else than what was published."""
    return bool(programme and state.programme and to_data(programme) != state.programme.document)


def _sentences(language: str, findings: list[Finding]) -> dict[str, list[tuple[str, str]]]:
    """Severity -> (sentence, the field it is about)."""
    found: dict[str, list[tuple[str, str]]] = {"error": [], "warning": [], "note": []}
    for finding in findings:
        found[finding.severity].append((finding_sentence(language, finding), finding.where.partition("[")[0]))
    return found


def team(programme: Programme, state: State) -> list[tuple[str, int, str]]:
    """Who should get a pass: (role, seat, name), with the names that the floor will show."""
    seats = state.programme.seats if state.programme else ()
    people = [(ONSITE, 0, person.name) for person in programme.onsite_moderators]
    people += [(ONLINE, 0, person.name) for person in programme.online_moderators]
    people += [(RAPPORTEUR, 0, person.name) for person in programme.rapporteurs]
    return people + [(SPEAKER, number, seat.name) for number, seat in enumerate(seats, 1)]


# --- changing ---------------------------------------------------------------------------------------------------


async def plan_save(request: Request) -> Response:
    """Keep a change of the draft, or publish it. What cannot be kept comes back as it was typed."""
    found = await _row(request, "plan_save")
    if isinstance(found, Response):
        return found
    _, row, session, _ = found
    try:
        fields = await form_of(request, FORM_LIMIT, FORM_FIELDS)
    except (TooLarge, Refused) as error:
        status, code, facts = refusal(error)
        return refuse(request, status, code, **facts)
    fields = {name: text.replace("\r\n", "\n") for name, text in fields.items()}
    if session.state.phase in ("open", "closed"):
        return await _page(request, Attempt(refusal_sentence(language_of(request), "already_open", {}), 409))
    act = _ACTS.get(fields.get("act", ""))
    if act is None:
        return refuse(request, 400, "unknown_command")
    try:
        return await act(request, row, session, fields)
    except ProgrammeError as error:
        sentence = error.sentence(language_of(request))
        return await _page(request, _typed(row, fields, sentence, 422))


def _typed(row: SessionRow, fields: dict[str, str], problem: str, status: int) -> Attempt:
    """The page as it was typed, with what is wrong with it."""
    if "yaml" in fields:
        return Attempt(problem, status, yaml=fields["yaml"])
    try:
        return Attempt(problem, status, data=overlaid(to_data(from_yaml(row.draft)), fields))
    except ProgrammeError:
        rough = {**fields, "zone": "UTC", "starts": "", "ends": ""}
        data = overlaid({}, rough) | {name: fields[name] for name in ("zone", "starts", "ends") if name in fields}
        return Attempt(problem, status, data=data)


async def _save_fields(request: Request, row: SessionRow, session: Session, fields: dict[str, str]) -> Response:
    return await _keep(request, row, fields, to_yaml(edited(from_yaml(row.draft), fields)))


async def _save_yaml(request: Request, row: SessionRow, session: Session, fields: dict[str, str]) -> Response:
    text = fields.get("yaml", "")
    from_yaml(text)
    return await _keep(request, row, fields, text)


async def _save_checked(request: Request, row: SessionRow, session: Session, fields: dict[str, str]) -> Response:
    checked = msgspec.structs.replace(from_yaml(row.draft), inferred=())
    return await _keep(request, row, fields, to_yaml(checked))


async def _keep(request: Request, row: SessionRow, fields: dict[str, str], draft: str) -> Response:
    if fields.get("base") != mark(row.draft):
        return await _page(request, _typed(row, fields, say(language_of(request), _CHANGED), 409))
    house_of(request).roster.save_draft(row.id, draft)
    return RedirectResponse(f"/s/{row.id}/plan?done=saved", 303)


async def _publish(request: Request, row: SessionRow, session: Session, fields: dict[str, str]) -> Response:
    language = language_of(request)
    if fields.get("base") != mark(row.draft):
        return await _page(request, Attempt(say(language, _CHANGED), 409))
    programme = from_yaml(row.draft)
    errors = [finding for finding in check_programme(programme, _profile(programme)) if finding.severity == "error"]
    if errors and not fields.get("sure"):
        return await _page(request, Attempt(say(language, _NOT_SURE), 409, confirm=True))
    me = passes.pass_of(request, row.id)
    command = PublishProgramme(to_data(programme))
    try:
        await carry_out(house_of(request), session, me, command, fields.get("key", ""))
    except (Refused, RecordFull, RecordBroken) as error:
        status, code, facts = refusal(error)
        return await _page(request, Attempt(refusal_sentence(language, code, facts), status))
    return RedirectResponse(f"/s/{row.id}/plan?done=published", 303)


Act = Callable[[Request, SessionRow, Session, dict[str, str]], Awaitable[Response]]
_ACTS: dict[str, Act] = {
    "fields": _save_fields,
    "yaml": _save_yaml,
    "checked": _save_checked,
    "publish": _publish,
}


# --- passes -----------------------------------------------------------------------------------------------------


async def hand_out(request: Request) -> Response:
    """Make a pass and show its link once; or make somebody's passes worthless."""
    found = await _row(request, "passes")
    if isinstance(found, Response):
        return found
    house, id = found[0], found[1].id
    try:
        fields = await form_of(request)
    except (TooLarge, Refused) as error:
        status, code, facts = refusal(error)
        return refuse(request, status, code, **facts)
    if person := fields.get("revoke", ""):
        passes.revoke(house, id, person)
        return RedirectResponse(f"/s/{id}/plan?done=revoked#passes", 303)
    role, seat, name = fields.get("role", ""), fields.get("seat", "0"), fields.get("name", "").strip()
    if role not in STAFF or not re.fullmatch(r"\d{1,3}", seat, re.ASCII):
        return refuse(request, 400, "bad_fields", reason="role")
    secret, given = passes.issue(house, id, role, seat=int(seat), name=name[:NAME_LIMIT])
    return await _page(request, Attempt(link=f"{request.base_url}p/{secret}", given=given))


ROUTES = [
    Route("/s/{session:slug}/plan", plan, methods=["GET"], name="plan"),
    Route("/s/{session:slug}/plan", plan_save, methods=["POST"], name="plan_save"),
    Route("/s/{session:slug}/passes", hand_out, methods=["POST"], name="passes"),
]
PAGES["plan"] = again
