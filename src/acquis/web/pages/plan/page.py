"""The page of a programme: the imported draft, the findings of the dry run, editing, publishing, passes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec
from starlette.responses import Response

from acquis.command import ORGANIZER, PARTICIPANT
from acquis.documents.amendments import amendment_sentence
from acquis.i18n import N_
from acquis.i18n.attributes import ATTRIBUTE_WORDS
from acquis.plan import dates
from acquis.plan.check import Finding, check_programme
from acquis.plan.document import Programme, ProgrammeError, from_data, from_yaml
from acquis.plan.doubts import doubts
from acquis.plan.editing import COLUMNS, GENDERS, form_values, groups_ticked, rows_of
from acquis.plan.findings import finding_sentence
from acquis.reference import Profile, profile
from acquis.reference.profiles import profile_names
from acquis.roster import SessionRow
from acquis.state import State
from acquis.web.http.assets import DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import page
from acquis.web.http.new_sessions import EMPTY
from acquis.web.http.returned import Wrong
from acquis.web.pages.plan import links

SEGMENT_KINDS = {
    "opening": N_("Opening"),
    "panel": N_("Panel"),
    "questions": N_("Questions"),
    "closing": N_("Closing"),
    "other": N_("Other"),
}
_NOTICES = {
    "saved": N_("Saved."),
    "published": N_(
        "The programme is published and the session code works. Next, create the access links and send them."
    ),
    "revoked": N_("Access revoked. The link no longer works."),
    "copied": N_("This is the duplicate. Give it a date, then publish it."),
    "rehearse": N_("This is the rehearsal. Publish it, then create its access links."),
    "restart": N_("This is the new rehearsal. Publish it, then create its access links."),
    "limited": N_("The last day of the link was saved."),
}


class Form(msgspec.Struct, frozen=True):
    """The forms of the page where they do not show what is kept: what was typed, and what a request made.

    typed, yaml: the programme as typed. confirm: whether to ask before publishing. links: those that were made.
    unsaved: what was typed into a form that the page no longer has."""

    typed: dict[str, str] | None = None
    yaml: str | None = None
    confirm: bool = False
    links: tuple[links.Link, ...] = ()
    unsaved: tuple[str, ...] = ()


def mark(draft: str) -> str:
    """A digest of a draft, by which a change since the form was rendered is recognized."""
    return hashlib.sha256(draft.encode()).hexdigest()[:16]


@page(
    "/s/{session:slug}/plan",
    roles=frozenset({ORGANIZER}),
    names=frozenset({ORGANIZER}),
    drafts=True,
    scripts=("shared/dom.js", "pages/plan/page.js"),
    styles=(DOCUMENT,),
)
async def plan(context: RequestContext) -> Response:
    """`/s/{session}/plan`: the programme of a session with its forms, for organizers."""
    return show(context, Form())


async def rendered(context: RequestContext, form: Form, wrong: Wrong = (), status: int = 200) -> Response:
    """The page after a submitted form; the links that it shows stay while the page around them becomes current. Raises
    Refused."""
    there = await context.on(plan.declaration, wrong, status)
    there.source = f"/s/{context.id}/plan" if form.links else ""
    return show(there, form)


def row_of(context: RequestContext) -> SessionRow:
    """The session in the roster. Raises Refused."""
    row = context.application.roster.session(context.id)
    assert row is not None  # the board looks there too
    return row


def show(context: RequestContext, form: Form) -> Response:
    """The page with its forms filled in from what was typed, or else from the stored programme."""
    row, state, language = row_of(context), context.state, context.language
    programme, unreadable = programme_of(context)
    values = form.typed if form.typed is not None else form_values(programme or EMPTY, language)
    if unreadable and not context.wrong:
        context.wrong = [("yaml", unreadable)]
    used = profile_of(programme)
    findings = check_programme(programme, used, context.now if state.before_opening else None) if programme else []
    return context.render(
        "pages/plan/page.html",
        row=row,
        state=state,
        programme=programme,
        slot=dates.slot(programme.starts, programme.ends, programme.zone, language) if programme else ("", ""),
        schedule=dates.schedule(programme) if programme else [],
        notice=context.say(_NOTICES.get(context.query("done"), "")) if not context.wrong else "",
        changed=_changed(programme, state),
        findings=_sentences(language, findings),
        how={mark.field: mark.how for mark in programme.inferred} if programme else {},
        doubts=doubts(programme) if programme else [],
        profile=used,
        values=values,
        count=lambda name: _rows_shown(values, name),
        groups_of=lambda place: groups_ticked(place, values),
        genders=GENDERS,
        gender_names=context.words(ATTRIBUTE_WORDS["gender"].choices),
        profiles={name: profile(name).title for name in profile_names()},
        yaml_typed=form.yaml is not None,
        yaml=form.yaml if form.yaml is not None else row.draft,
        base=mark(row.draft),
        confirm=form.confirm,
        made=form.links,
        unsaved=form.unsaved,
        links_csv=links.csv_address(form.links),
        holders=links.holders(context),
        names=context.names,
        amendments=[amendment_sentence(language, state, change, context.names) for change in state.measures.amendments],
        participants=sum(given.roles == {PARTICIPANT} for given in context.application.roster.passes(context.id)),
        organizes_all=context.organizes_all,
        base_url=context.base_url,
        roles=context.words(links.ROLES),
        without_seat=links.WITHOUT_SEAT,
        kinds=context.words(SEGMENT_KINDS),
    )


def _rows_shown(values: Mapping[str, str], name: str) -> int:
    """How many rows of a list the form shows: one more than are filled in."""
    number = rows_of(values, name)
    while number and not values[f"{name}.{number - 1}.{COLUMNS[name][0]}"]:
        number -= 1
    return max(number + 1, rows_of(values, name))


def programme_of(context: RequestContext) -> tuple[Programme | None, str]:
    """The draft or, once the session is open, the published programme; None and a sentence if it cannot be read.
    Raises Refused."""
    row, state = row_of(context), context.state
    try:
        if not state.before_opening:
            programme = from_data(state.programme.document)
            return msgspec.structs.replace(programme, profile=state.programme.profile or programme.profile), ""
        return from_yaml(row.draft), ""
    except ProgrammeError as error:
        return None, error.sentence(context.language)


def profile_of(programme: Programme | None) -> Profile:
    """The profile of a programme; the default one if its name is unknown."""
    usual = Programme(title="").profile
    try:
        return profile(programme.profile if programme else usual)
    except LookupError:
        return profile(usual)  # publishing refuses it by its name


def _changed(programme: Programme | None, state: State) -> bool:
    """Whether the draft differs from the published programme."""
    if programme is None or state.is_draft:
        return False
    try:
        return programme != from_data(state.programme.document)
    except ProgrammeError:  # of an earlier version of the program
        return True


def _sentences(language: str, findings: list[Finding]) -> dict[str, list[tuple[str, str]]]:
    """Severity -> (sentence, the field it is about)."""
    sentences: dict[str, list[tuple[str, str]]] = {"error": [], "warning": [], "note": []}
    for finding in findings:
        sentences[finding.severity].append((finding_sentence(language, finding), finding.where.partition("[")[0]))
    return sentences
