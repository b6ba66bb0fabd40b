"""New sessions: imported, empty, or copied from another one."""

from __future__ import annotations

import apsw

from acquis.plan.document import Programme, to_yaml
from acquis.plan.editing import slug
from acquis.reference import profile
from acquis.roster import SessionRow
from acquis.web.http.application import Application
from acquis.web.http.ids import new_code

PROFILE = "igf-2021"
"""The profile whose kinds of session shorten ids: "Workshop" is "ws"."""
EMPTY = Programme(title="")
"""An empty programme, which takes over nothing from any event."""


def new_session(application: Application, programme: Programme, page: str = "", name: str = "") -> SessionRow:
    """A new session in the roster with the draft of its programme. Its id begins with `name`, or tells the event and
    the number. page: the text from which the programme was read."""
    name, now, draft = name or slug(programme, profile(PROFILE)), application.clock.now(), to_yaml(programme)
    number = 1
    while True:
        id = name if number == 1 else f"{name}-{number}"
        row = SessionRow(id, new_code(), now, draft, page)
        number += 1
        if application.board.record.head(id)[0]:
            continue  # the log of a rehearsal that was put away
        try:
            application.roster.add_session(row)
        except apsw.ConstraintError:
            continue  # the id is taken, or (once in a trillion) the code
        return row
