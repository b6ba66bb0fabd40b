"""The rows of public action lists that organizers loaded, as table and as data."""

from __future__ import annotations

import msgspec
from starlette.responses import Response

from acquis.command import Refused
from acquis.documents.rows import written
from acquis.followup.action_lists import COLUMNS
from acquis.plan import dates
from acquis.roster.action_lists import LoadedAction
from acquis.web.api.feeds import data_file
from acquis.web.api.followup import wanted
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import endpoint

_HEAD = (*(titles[0] for titles in COLUMNS.values()), "loaded_at", "loaded_by")
"""The columns of the table, which can be loaded again as it is."""


@endpoint("GET", "/followup/lists.{form:slug}", name="action_list_files", roles=PUBLIC)
async def action_list_files(context: RequestContext) -> Response:
    """`/followup/lists.csv` and `.json`, with the filters of the board: each row with its source, when it was loaded
    (ISO 8601, UTC), and the name of who did it, empty if there is none. Raises Refused."""
    roster = context.application.roster
    names = roster.names("")
    chosen = wanted(context)
    loaded = (row for row in roster.actions.all() if chosen.takes(row.action))
    rows = [_values(row, names.get(row.person, "")) for row in loaded]
    if context.part("form") == "csv":
        return data_file(written(_HEAD, [list(row.values()) for row in rows]), "text/csv; charset=utf-8")
    if context.part("form") != "json":
        raise Refused("no_such_page")
    return data_file(msgspec.json.encode(rows), "application/json")


def _values(row: LoadedAction, name: str) -> dict[str, str]:
    return {
        **msgspec.structs.asdict(row.action),
        "loaded_at": dates.instant(row.at).isoformat(timespec="seconds"),
        "loaded_by": name,
    }
