"""Saves the draft of a programme and publishes it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import msgspec
from starlette.responses import Response

from acquis.command import ORGANIZER, Refused
from acquis.i18n import N_
from acquis.i18n.refusals import refusal_sentence
from acquis.plan.check import check_programme
from acquis.plan.document import ProgrammeError, from_yaml, to_data, to_yaml
from acquis.plan.editing import edited, form_values, is_typed
from acquis.plan.programme import PublishProgramme
from acquis.roster import SessionRow
from acquis.web.api.actions import carry_out
from acquis.web.api.schemas import KEY, form
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint
from acquis.web.pages.plan.page import Form, mark, profile_of, programme_of, rendered, row_of

FORM_LIMIT = 4_000_000
FORM_FIELDS = 8000

_CHANGED = N_(
    "This draft was changed in another window. Your text is still here. Save again to replace the other version."
)
_NOT_SAVED = N_("Nothing has been saved yet. Correct the following, then save again.")
_NOT_SURE = N_("The programme has errors. Correct them, or publish anyway if they are intended.")


@endpoint(
    "POST",
    "/s/{session:slug}/plan",
    name="plan_save",
    roles=frozenset({ORGANIZER}),
    names=frozenset({ORGANIZER}),
    reads=True,
    drafts=True,
    page="plan",
    accepts=form(
        {
            "act": {"type": "string", "enum": ["fields", "yaml", "checked", "publish"]},
            "base": {"type": "string"},
            "yaml": {"type": "string", "maxLength": FORM_LIMIT},
            "sure": {"type": "string"},
            "key": KEY,
        },
        ["act", "base"],
    ),
)
async def save(context: RequestContext) -> Response:
    """Save the draft or publish it. If it cannot be saved, the page shows it as typed. Raises Refused."""
    fields = await context.form(FORM_LIMIT, FORM_FIELDS)
    context.typed = fields = {name: text.replace("\r\n", "\n") for name, text in fields.items()}
    row = row_of(context)
    if not context.state.before_opening:
        sentence = refusal_sentence(context.language, "already_open", {})
        return await rendered(context, Form(unsaved=_changed(context, row)), [("", sentence)], 409)
    act = _ACTS.get(fields.get("act", ""))
    if act is None:
        raise Refused("unknown_command")
    try:
        return await act(context, row)
    except ProgrammeError as error:
        return await rendered(context, _typed(fields), [("yaml", error.sentence(context.language))], 422)


def _typed(fields: dict[str, str]) -> Form:
    """The form as typed, to render the page again."""
    return Form(yaml=fields["yaml"]) if "yaml" in fields else Form(typed=fields)


def _changed(context: RequestContext, row: SessionRow) -> tuple[str, ...]:
    """What was typed into the form, without what the programme has already."""
    programme, _ = programme_of(context)
    known = {"yaml": row.draft, **(form_values(programme, context.language) if programme else {})}
    typed = (text.strip() for name, text in context.typed.items() if name == "yaml" or is_typed(name))
    unknown = (text for text in typed if text and text not in known.values())
    return tuple(dict.fromkeys(unknown))


async def _save_fields(context: RequestContext, row: SessionRow) -> Response:
    programme, problems = edited(from_yaml(row.draft), context.typed, context.language)
    if problems:
        context.lead = context.say(_NOT_SAVED)
        wrong = [(problem.field, problem.sentence(context.language)) for problem in problems]
        return await rendered(context, _typed(context.typed), wrong, 422)
    return await _keep(context, row, to_yaml(programme))


async def _save_yaml(context: RequestContext, row: SessionRow) -> Response:
    text = context.typed.get("yaml", "")
    from_yaml(text)
    return await _keep(context, row, text)


async def _save_checked(context: RequestContext, row: SessionRow) -> Response:
    checked = msgspec.structs.replace(from_yaml(row.draft), inferred=())
    return await _keep(context, row, to_yaml(checked))


async def _keep(context: RequestContext, row: SessionRow, draft: str) -> Response:
    if context.typed.get("base") != mark(row.draft):
        return await rendered(context, _typed(context.typed), [("", context.say(_CHANGED))], 409)
    context.application.roster.save_draft(row.id, draft)
    return context.redirect(f"/s/{row.id}/plan?done=saved")


async def _publish(context: RequestContext, row: SessionRow) -> Response:
    if context.typed.get("base") != mark(row.draft):
        return await rendered(context, Form(), [("", context.say(_CHANGED))], 409)
    programme = from_yaml(row.draft)
    errors = [finding for finding in check_programme(programme, profile_of(programme)) if finding.severity == "error"]
    if errors and not context.typed.get("sure"):
        return await rendered(context, Form(confirm=True), [("", context.say(_NOT_SURE))], 409)
    await carry_out(context, PublishProgramme(to_data(programme)), context.typed.get("key", ""))
    return context.redirect(f"/s/{row.id}/plan?done=published")


_ACTS: dict[str, Callable[[RequestContext, SessionRow], Awaitable[Response]]] = {
    "fields": _save_fields,
    "yaml": _save_yaml,
    "checked": _save_checked,
    "publish": _publish,
}
