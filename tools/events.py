"""Writes the table of the parts of events in docs/record-format.md, from the classes of the events."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from acquis import events as ev

PAGE = Path(__file__).resolve().parents[1] / "docs" / "record-format.md"
BEGIN, END = "<!-- The table is written by tools/events.py. -->\n", "<!-- The end of the table. -->\n"


def table() -> str:
    """The events that have more parts than the act, with the fields of each of these parts."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    yield "| event | groups | secret members | identifying members | texts |"
    yield "| --- | --- | --- | --- | --- |"
    for event in sorted(ev.ALL, key=lambda event: event.__name__):
        if parts := ev.members(event):
            cells = (", ".join(f"`{name}`" for name in part) for part in parts)
            yield f"| `{event.__name__}` | {' | '.join(cells)} |"


def page() -> str:
    """The page with the present table."""
    before, rest = PAGE.read_text("utf-8").split(BEGIN)
    return before + BEGIN + table() + END + rest.split(END)[1]


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
