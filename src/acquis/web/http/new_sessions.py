"""New sessions: imported, empty, or copied from another one."""

from __future__ import annotations

from collections.abc import Callable

import apsw

from acquis.plan.document import Programme, ProgrammeError, from_yaml, to_yaml
from acquis.plan.editing import slug
from acquis.reference import profile
from acquis.roster import Roster, SessionRow
from acquis.text.caches import MB, text_cache
from acquis.web.http.application import Application
from acquis.web.http.ids import new_code

PROFILE = "igf-2021"
"""The profile whose kinds of session shorten ids: "Workshop" is "ws"."""
EMPTY = Programme(title="")
"""An empty programme, which takes over nothing from any event."""


def new_session(application: Application, programme: Programme, page: str = "", name: str = "") -> SessionRow:
    """A new session in the roster with the draft of its programme. Its id begins with `name`, or tells the event and
    the number. page: the text from which the programme was read."""
    return add_draft(application.roster, has_log(application), application.clock.now(), programme, page, name)


def has_log(application: Application) -> Callable[[str], bool]:
    """Tells whether the record has a log with an id, also that of a rehearsal that was put away."""
    record = application.board.record
    return lambda id: bool(record.head(id)[0])


def add_draft(
    roster: Roster,
    has_log: Callable[[str], bool],
    now: int,
    programme: Programme,
    page: str = "",
    name: str = "",
    draft: str = "",
) -> SessionRow:
    """The same in a roster; `has_log` says whether a log has an id, `now` is in ms since 1970, `draft` is the programme
    as YAML, if it was made already."""
    name, draft, ids = name or slug(programme, profile(PROFILE)), draft or to_yaml(programme), set(roster.ids())
    number = 1
    while True:
        id = name if number == 1 else f"{name}-{number}"
        row = SessionRow(id, new_code(), now, draft, page)
        number += 1
        if id in ids or has_log(id):
            continue  # it is taken, also by the log of a rehearsal that was put away
        try:
            roster.add_session(row)
        except apsw.ConstraintError:
            continue  # somebody else took the id, or (once in a trillion) the code
        return row


@text_cache(1000, 16 * MB)
def programme_in(draft: str) -> Programme:
    """The programme of a draft; an empty one if the draft cannot be read."""
    try:
        return from_yaml(draft)
    except ProgrammeError:
        return EMPTY
