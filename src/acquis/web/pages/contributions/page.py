"""Written contributions: to write one or send it as a file, to moderate them, to read them, and to take in a batch."""

from __future__ import annotations

import asyncio

from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from acquis.command import HOSTS, WRITERS, Refused
from acquis.commands import from_form
from acquis.contributions.files import document_text, read_contributions
from acquis.floor.contribution_files import entering
from acquis.floor.contributions import TEXT_LIMIT, EnterContribution, WriteContribution
from acquis.i18n import N_
from acquis.meetings.sheets import MAX_BYTES
from acquis.plan import dates
from acquis.state import State, WrittenContribution
from acquis.text.visible import cleaned_name
from acquis.web.api.actions import carry_out, count_action
from acquis.web.api.schemas import FILE, KEY, fields_schema, upload
from acquis.web.http.assets import DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import JOINED, PUBLIC
from acquis.web.http.endpoint import endpoint, page
from acquis.web.http.forms import Forms
from acquis.web.http.ids import new_key
from acquis.web.http.outcome_notes import offers_note
from acquis.web.pages.lists.pagination import results_page
from acquis.web.words.phrases import HELD_BACK

EACH = 20
"""The contributions on one page."""
REASONS = {code: label for code, label in HELD_BACK.items() if code != "not_a_question"}
MOST_FILES = 500
NAME_LIMIT = 255
"""The most characters of the name of a file, as most file systems have them."""
_UNREAD = (("waiting", N_("Waiting for review")), ("held_back", N_("Withheld")))
_NOTICES = {"sent": N_("Your contribution was received."), "taken": N_("The contributions were added.")}


@page("/s/{session:slug}/contributions", roles=PUBLIC, access=JOINED, names=HOSTS, styles=(DOCUMENT,))
async def contributions(context: RequestContext) -> Response:
    """The contributions that everybody may read, `?n=2` is the second page; the reader's own; and for moderators those
    that wait."""
    state, whole, me = context.state, context.session.state, context.actor
    public = [contribution for contribution in state.contributions.values() if contribution.is_public]
    own = [made for made in whole.contributions.values() if me.person and made.person == me.person]
    until = whole.inputs.until
    return context.render(
        "pages/contributions/page.html",
        state=state,
        shown=results_page(public[::-1], context.number("n"), EACH),
        address=lambda n: f"?n={n}",
        own=own[::-1],
        team=_for_moderators(whole) if me.roles & HOSTS else {},
        forms=Forms(whole, me.actor(), context.now, context.id, lambda: new_key(context.now)),
        until=dates.moment(until, context.zone, context.language) if until else "",
        open=until >= context.now,
        may_join=not me.roles,
        notes=bool(own) and offers_note(whole, context.application.sends_notes),
        enters=bool(me.roles & WRITERS),
        reasons=REASONS,
        limit=TEXT_LIMIT,
        notice=context.say(_NOTICES.get(context.query("done"), "")) if not context.wrong else "",
    )


def _for_moderators(state: State) -> dict[str, list[WrittenContribution]]:
    """Heading -> the contributions that only moderators can read."""
    listed = state.contributions.values()
    return {heading: [made for made in listed if made.fate == fate] for fate, heading in _UNREAD}


_WRITTEN = fields_schema(WriteContribution)


@endpoint(
    "POST", "/s/{session:slug}/contributions",
    name="contributions_write",
    roles=WriteContribution.roles,
    reads=True,
    page="contributions",
    accepts=upload({**_WRITTEN, "text": {"type": "string"}, "file": FILE, "key": KEY}),
)  # fmt: skip
async def write(context: RequestContext) -> Response:
    """A written contribution, typed or as a file. Raises Refused."""
    async with context.request.form(max_files=1, max_fields=8, max_part_size=MAX_BYTES) as form:
        context.typed = _texts(form)
        files = await _files(form, "file")
    typed = dict(context.typed)
    if files and typed.get("text", "").strip():
        raise Refused("text_and_file").at("file")
    if files:
        try:
            typed["text"] = await asyncio.to_thread(document_text, *files[0])
        except Refused as refused:
            refused.at("file")
            raise
    fields = {name: typed.get(name, "") for name in WriteContribution.__struct_fields__}
    await carry_out(context, from_form({"do": "write_contribution", **fields}), typed.get("key", ""))
    return context.redirect(f"/s/{context.id}/contributions?done=sent")


@endpoint(
    "POST", "/s/{session:slug}/contributions/files",
    name="contributions_enter",
    roles=EnterContribution.roles,
    names=EnterContribution.roles,
    reads=True,
    page="contributions",
    accepts=upload({"files": FILE}),
)  # fmt: skip
async def enter(context: RequestContext) -> Response:
    """Takes in the contributions of a table or of documents. The same file again changes nothing. Raises Refused."""
    async with context.request.form(max_files=MOST_FILES, max_fields=4, max_part_size=MAX_BYTES) as form:
        context.typed = _texts(form)
        files = await _files(form, "files")
    if not files:
        raise Refused("no_file").at("files")
    try:
        rows = await asyncio.to_thread(read_contributions, files)
        commands = entering(rows, context.session.state)
    except Refused as refused:
        refused.field = "files"
        raise
    count_action(context)
    outcomes = await asyncio.gather(
        *(carry_out(context, command, key, counted=False) for key, command in commands), return_exceptions=True
    )
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
    await context.application.board.reindex(context.session)
    return context.redirect(f"/s/{context.id}/contributions?done=taken")


def _texts(form: FormData) -> dict[str, str]:
    return {name: value for name, value in form.items() if isinstance(value, str)}


async def _files(form: FormData, name: str) -> list[tuple[str, bytes]]:
    """The files of a field that are not empty, each with its name."""
    files = [file for file in form.getlist(name) if isinstance(file, UploadFile)]
    read = [(cleaned_name(str(file.filename), NAME_LIMIT), await file.read(MAX_BYTES + 1)) for file in files]
    return [(file_name, data) for file_name, data in read if data]
