"""Reads the rows of a public action list from a table (CSV, workbook), and says of each row what is wrong with it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

import msgspec

from acquis.command import Refused
from acquis.i18n import N_
from acquis.meetings.report import MeetingReportError
from acquis.meetings.sheets import Row, is_workbook, tables_of, text_of, workbook_rows
from acquis.reference.action_lists import ListedAction
from acquis.text.folding import folded
from acquis.text.visible import cleaned

MAX_BYTES = 2 * 1024 * 1024
MOST_ROWS = 500
"""The most rows of one file."""
MOST_LOADED = 2000
"""The most rows of all files that are loaded."""
COLUMNS = {
    "paragraph": ("paragraph", "para"),
    "act": ("act asked", "act", "action"),
    "body": ("body asked", "body"),
    "document": ("document", "document symbol", "symbol", "title"),
    "source": ("source", "source address", "address", "url"),
    "date": ("date",),
}
"""Field -> the titles of its column, folded, with blanks for other signs; the first one is that of the files that are
written."""
LENGTHS = {"paragraph": 120, "act": 1000, "body": 200, "document": 300, "source": 500}
"""Field -> its most characters."""
_EMPTY, _LONG = N_("The column “{column}” is empty."), N_("The column “{column}” is too long (limit: {limit}).")
_SOURCE = N_("The source is not a full web address that begins with https://.")
_DATE = N_("“{date}” is not a date. Enter 2024-05-09.")
_TWICE = N_("The file has this row twice.")
_ADDRESS = re.compile(r"https://[^\s<>\"/]+\.[^\s<>\"]+")
_SHOWN = 120


class RowProblem(msgspec.Struct, frozen=True):
    """Why a row of a file cannot be loaded: its number, as a spreadsheet counts it, its first words, and the reason (a
    message) with its facts."""

    row: int
    text: str
    why: str
    facts: dict[str, str | int] = {}


class ActionList(msgspec.Struct, frozen=True):
    """A public action list as it was read: the rows that can be loaded, and what is wrong with the others."""

    actions: tuple[ListedAction, ...]
    problems: tuple[RowProblem, ...] = ()


def read_action_list(data: bytes) -> ActionList:
    """The rows of a file. Rows without anything are left out. Raises Refused: list_too_large (limit),
    list_encoding (names), list_unreadable, list_columns (columns), list_too_long (limit), list_empty."""
    table = _table(data)
    columns = _columns(table)
    missing = [titles[0] for field, titles in COLUMNS.items() if field not in columns]
    if missing:
        raise Refused("list_columns", columns=", ".join(f"“{title}”" for title in missing))
    rows = [(number, row) for number, row in enumerate(table[1:], 2) if any(map(cleaned, row))]
    if not rows:
        raise Refused("list_empty")
    if len(rows) > MOST_ROWS:
        raise Refused("list_too_long", limit=MOST_ROWS)
    kept: dict[str, ListedAction] = {}
    problems: list[RowProblem] = []
    for number, row in rows:
        action = _action(row, columns)
        wrong = list(wrongs(action)) or ([(_TWICE, {})] if action.id in kept else [])
        text = (action.act or " ".join(row))[:_SHOWN]
        problems += [RowProblem(number, text, why, facts) for why, facts in wrong]
        if not wrong:
            kept[action.id] = action
    return ActionList(tuple(kept.values()), tuple(problems))


def wrongs(action: ListedAction) -> Iterator[tuple[str, dict[str, str | int]]]:
    """What keeps a row from being loaded: messages with their facts."""
    for field, titles in COLUMNS.items():
        value: str = getattr(action, field)
        if not value:
            yield _EMPTY, {"column": titles[0]}
        elif len(value) > LENGTHS.get(field, len(value)):
            yield _LONG, {"column": titles[0], "limit": LENGTHS[field]}
        elif field == "source" and not _ADDRESS.fullmatch(value):
            yield _SOURCE, {}
        elif field == "date" and not _is_day(value):
            yield _DATE, {"date": value[:40]}


def _is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _table(data: bytes) -> Sequence[Row]:
    """The table that has most of the columns, among those that the separators make. Raises Refused."""
    if len(data) > MAX_BYTES:
        raise Refused("list_too_large", limit=MAX_BYTES // 1024 // 1024)
    try:
        tables = [workbook_rows(data)] if is_workbook(data) else list(tables_of(text_of(data)))
    except MeetingReportError as error:
        if error.code == "unknown_encoding":
            raise Refused("list_encoding", names=error.facts["guesses"]) from error
        if error.code == "too_many_rows":
            raise Refused("list_too_long", limit=MOST_ROWS) from error
        raise Refused("list_unreadable") from error
    return max(tables, key=lambda table: len(_columns(table)), default=())


def _columns(table: Sequence[Row]) -> dict[str, int]:
    """Field -> its column, by the first row."""
    titles = [" ".join(folded(cell).replace("_", " ").split()) for cell in table[0]] if table else []
    return {
        field: next(place for place, title in enumerate(titles) if title in names)
        for field, names in COLUMNS.items()
        if any(title in names for title in titles)
    }


def _action(row: Row, columns: dict[str, int]) -> ListedAction:
    cells = {field: row[place] if place < len(row) else "" for field, place in columns.items()}
    values = {field: " ".join(cleaned(cell).split()) for field, cell in cells.items()}
    values["date"] = values["date"].removesuffix(" 00:00:00")  # a day of a workbook is an instant
    return ListedAction(**values)
