"""The filter of the board: it selects calls of sessions and rows of public action lists by the same traits."""

from __future__ import annotations

from typing import Literal

import msgspec

from acquis.followup.commitments import ACTORS
from acquis.followup.tracking import Tracked
from acquis.reference.action_lists import ListedAction
from acquis.reference.library import library
from acquis.reference.records import AskedAction
from acquis.text.folding import folded

Row = Tracked | AskedAction | ListedAction
"""A call of a session, or a row of a public action list: of the reference, or one that an organizer loaded."""
LISTED = "listed"
"""The status of a row of a public action list: no session called for it, so nothing is known of its progress."""
Due = Literal["past", "soon", "later", "none"]
"""When a row is due: on a day that has passed, within `SOON_DAYS`, later, or on no known day."""
SOON_DAYS = 30


class Traits(msgspec.Struct, frozen=True):
    """The properties of a row that a filter compares. A row of a public list has no answer, session or due date."""

    status: str
    body: str
    words: str
    actor: str = ""
    process: str = ""
    items: tuple[str, ...] = ()
    answer: str = ""
    sessions: tuple[str, ...] = ()
    due: Due = "none"


def traits(row: Row) -> Traits:
    """The traits of a row."""
    match row:
        case Tracked():
            sessions = (row.session, *(call.session for call in row.calls))
            words = " ".join((row.what, row.who, row.own_words, row.session_title, row.due_words))
            return Traits(
                row.status,
                row.who,
                words,
                actor=row.actor,
                process=row.process,
                items=row.items,
                answer=row.answer,
                sessions=sessions,
                due=_due(row.days),
            )
        case AskedAction():
            words = " ".join((row.title, row.body, row.listed, row.paragraph.text, row.note))
            return Traits(LISTED, row.body, words, actor=_actor(row.body), process=row.process, items=row.related)
        case ListedAction():
            words = " ".join((row.act, row.body, row.document, row.paragraph, row.source))
            document = library().document(row.document)
            return Traits(LISTED, row.body, words, actor=_actor(row.body), process=document.body if document else "")


def _due(days: int | None) -> Due:
    if days is None:
        return "none"
    return "past" if days < 0 else "soon" if days <= SOON_DAYS else "later"


def _actor(body: str) -> str:
    """The kind of actor that a body is by its name ("States"); empty if it names none."""
    kind = folded(body).removesuffix("s").replace(" ", "-")
    return kind if kind in ACTORS else ""


class Filter(msgspec.Struct, frozen=True):
    """Selects rows; an empty field accepts any value. `q`: words that all occur in the texts of a row; `body`: a part
    of the name of the body; both without case and accents. `due`: a `Due`."""

    status: str = ""
    process: str = ""
    item: str = ""
    actor: str = ""
    session: str = ""
    answer: str = ""
    due: str = ""
    body: str = ""
    q: str = ""

    def takes(self, row: Row) -> bool:
        """Whether the filter accepts a row."""
        of_row = traits(row)
        return (
            self.status in ("", of_row.status)
            and self.process in ("", of_row.process)
            and (not self.item or self.item in of_row.items)
            and self.actor in ("", of_row.actor)
            and self.session in ("", *of_row.sessions)
            and self.answer in ("", of_row.answer)
            and self.due in ("", of_row.due)
            and folded(self.body.strip()) in folded(of_row.body)
            and (not self.q or all(word in folded(of_row.words) for word in folded(self.q).split()))
        )
