"""Public action lists: a preview of a file, loading its rows, and removing them again."""

from __future__ import annotations

import asyncio
import itertools
import re

import msgspec
from starlette.datastructures import UploadFile
from starlette.responses import Response

from acquis.command import ORGANIZER, Refused
from acquis.followup.action_lists import (
    COLUMNS,
    MAX_BYTES,
    MOST_LOADED,
    MOST_ROWS,
    ActionList,
    read_action_list,
    wrongs,
)
from acquis.i18n import N_
from acquis.reference.action_lists import ListedAction
from acquis.reference.library import library
from acquis.web.api.actions import count_action
from acquis.web.api.schemas import FILE, form, upload
from acquis.web.http.assets import DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint, page
from acquis.web.words.action_lists import loaded_by
from acquis.web.words.reference import date_words, href

ROLES = frozenset({ORGANIZER})
FORM_LIMIT = 4 * MAX_BYTES
"""The most bytes of the form with the rows of a preview."""
_NOTICES = {
    "loaded": N_("The rows were loaded. They are on the board of the follow-up."),
    "removed": N_("The rows were removed."),
}


@page("/organize/lists", roles=ROLES, name="organize_lists", reads=False, styles=(DOCUMENT,))
async def lists_page(context: RequestContext) -> Response:
    """The lists that were loaded, and the form for another one."""
    return _shown(context)


def _shown(context: RequestContext, read: ActionList | None = None) -> Response:
    roster, language = context.application.roster, context.language
    loaded, names = roster.actions.all(), roster.names("")
    there = {row.action.id for row in loaded}
    new = [action for action in read.actions if action.id not in there] if read else []
    lists = [list(rows) for _, rows in itertools.groupby(loaded, key=lambda row: row.at)]
    return context.render(
        "pages/organize/action_lists.html",
        read=read,
        new=new,
        known=len(read.actions) - len(new) if read else 0,
        problems=[(problem, context.say(problem.why, **problem.facts)) for problem in read.problems] if read else [],
        written=msgspec.json.encode(new).decode() if new else "",
        lists=[(loaded_by(language, rows[0], names), rows) for rows in lists],
        columns=[titles[0] for titles in COLUMNS.values()],
        most=MOST_ROWS,
        date=lambda text: date_words(language, text),
        document=library().document,
        href=href,
        notice=context.say(_NOTICES.get(context.query("done"), "")) if not context.wrong else "",
    )


@endpoint(
    "POST",
    "/organize/lists/preview",
    name="organize_lists_preview",
    roles=ROLES,
    page="organize_lists",
    accepts=upload({"file": FILE}),
)
async def preview(context: RequestContext) -> Response:
    """What a file says, before anything of it is loaded. Raises Refused."""
    async with context.request.form(max_files=1, max_fields=4, max_part_size=MAX_BYTES) as fields:
        file = fields.get("file")
        data = await file.read(MAX_BYTES + 1) if isinstance(file, UploadFile) else b""
    if not data:
        raise Refused("no_file").at("file")
    try:
        read = await asyncio.to_thread(read_action_list, data)
    except Refused as refused:
        refused.at("file")
        raise
    return _shown(await context.on(lists_page.declaration), read)


@endpoint(
    "POST",
    "/organize/lists",
    name="organize_lists_load",
    roles=ROLES,
    page="organize_lists",
    accepts=form({"rows": {"type": "string"}}, ["rows"]),
)
async def load(context: RequestContext) -> Response:
    """Load the rows of the preview. A row that is there stays as it is. Raises Refused."""
    fields = await context.form(FORM_LIMIT)
    try:
        actions = msgspec.json.decode(fields.get("rows", ""), type=list[ListedAction])
    except msgspec.DecodeError as error:
        raise Refused("bad_fields", field="rows", reason="it is not that of a preview") from error
    if len(actions) > MOST_ROWS or any(map(list, map(wrongs, actions))):
        raise Refused("bad_fields", field="rows", reason="it is not that of a preview")
    table = context.application.roster.actions
    if len({row.action.id for row in table.all()} | {action.id for action in actions}) > MOST_LOADED:
        raise Refused("lists_full", limit=MOST_LOADED)
    count_action(context)
    table.keep(actions, context.now, context.actor.person)
    return context.redirect("/organize/lists?done=loaded")


@endpoint(
    "POST",
    "/organize/lists/remove",
    name="organize_lists_remove",
    roles=ROLES,
    page="organize_lists",
    accepts=form({"row": {"type": "string"}, "list": {"type": "integer"}}),
)
async def remove(context: RequestContext) -> Response:
    """Remove one row (`row`), or all rows that were loaded from one file (`list`, its time). Raises Refused."""
    fields, table = await context.form(), context.application.roster.actions
    if row := fields.get("row", ""):
        table.remove(row)
    elif re.fullmatch(r"[0-9]{1,15}", of := fields.get("list", "")):
        table.remove_list(int(of))
    else:
        raise Refused("bad_fields", field="list")
    return context.redirect("/organize/lists?done=removed")
