"""What the tables of each kind of report say: people, questions and results of polls."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

import msgspec

from acquis.i18n import N_
from acquis.meetings.forms import MeetingForm
from acquis.meetings.report import (
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    LeftRow,
    MeetingAttendee,
    MeetingKind,
    PollResult,
    ReportedQuestion,
)
from acquis.meetings.sheets import Row
from acquis.meetings.times import minutes_of, moments, most_at_once
from acquis.text.folding import folded
from acquis.text.visible import cleaned

MOST_OPTIONS = 30
"""A question of a poll with more different answers is one for free text, which is no result."""
_PROGRAM = re.compile(r"note[- ]?taker|otterpilot|\bread\.ai\b|\bfireflies\b|\bfathom\b|meeting notes$", re.IGNORECASE)
"""The names of programs that join a meeting and take notes."""
_LIVE = re.compile(r"live answered|answered live|answer(?:ed)? live", re.IGNORECASE)
_NOT_THERE, _YES = frozenset({"no", "0", "false"}), frozenset({"yes", "1", "true", "answered"})

_PAIR = ("", "question", "answer")
"""The titles of columns that say nothing of the question."""

WITHOUT_NAME = N_("the row has no name")
NOT_THERE = N_("registered, but was not there")
FREE_TEXT = N_("the answers are free text, which cannot be counted")
NO_QUESTION = N_("the row has no question")
TOO_LONG = N_("too long for a question of the session: shorten it and ask it there")


class ReportRow(msgspec.Struct, frozen=True):
    """A row of a table: its number in the file, from 1, and its cells by field. `rest`: the cells behind the last
    column of a field; where their columns have titles of their own, each with the title before it."""

    row: int
    cells: dict[str, str]
    rest: tuple[str, ...] = ()

    def of(self, field: str) -> str:
        """The cell of a field; empty if there is none."""
        return self.cells.get(field, "")


def lines_of(form: MeetingForm, rows: list[Row]) -> Iterator[ReportRow]:
    """The rows below each head of the form, up to an empty row or one that begins another part."""
    places: dict[str, int] | None = None
    asked: Row = ()
    for number, row in enumerate(rows, 1):
        if (head := form.places(row)) is not None:
            places = head
            asked = row[max(places.values()) + 1 :]
            asked = () if all(folded(cell).strip(" 0123456789") in _PAIR for cell in asked) else asked
        elif not any(row) or (places is not None and _begins_part(row, places)):
            places = None
        elif places is not None:
            cells = {field: row[place] for field, place in places.items() if place < len(row)}
            rest = row[max(places.values()) + 1 :]
            yield ReportRow(number, cells, tuple(chain(*zip(asked, rest, strict=False))) if asked else rest)


def _begins_part(row: Row, places: dict[str, int]) -> bool:
    """Whether a row is the title of another part of a report: only its first cell is filled, and that is no name."""
    alone = bool(row[0]) and sum(map(bool, row)) == 1
    return alone and (len(row) > 1 or 0 not in (places.get("name"), places.get("text"), places.get("question")))


class Reading(msgspec.Struct):
    """What the lines of a report gave."""

    attendees: tuple[MeetingAttendee, ...] = ()
    most_at_once: int = 0
    questions: tuple[ReportedQuestion, ...] = ()
    polls: tuple[PollResult, ...] = ()
    left: tuple[LeftRow, ...] = ()


def _attendance(lines: Iterable[ReportRow]) -> Reading:
    """One person for each address or, without one, for each name; several visits of a person are one."""
    visits: dict[str, list[ReportRow]] = {}
    left = []
    for line in lines:
        name = _name(line)
        if not name:
            left.append(LeftRow(line.row, " ".join(filter(None, line.cells.values())), WITHOUT_NAME))
        elif folded(line.of("attended")) in _NOT_THERE:
            left.append(LeftRow(line.row, name, NOT_THERE))
        else:
            visits.setdefault(folded(line.of("email") or name), []).append(line)
    attendees = tuple(_attendee(own) for own in visits.values())
    people = [own for own, attendee in zip(visits.values(), attendees, strict=True) if not attendee.is_program]
    return Reading(attendees=attendees, most_at_once=_most(people), left=tuple(left))


def _name(line: ReportRow) -> str:
    """The name that a person has in the meeting, without the original name that Zoom adds in brackets."""
    shown = " ".join(f"{line.of('name')} {line.of('family')}".split())
    return re.sub(r"\s*\([^()]*\)$", "", shown) or shown


def _attendee(visits: list[ReportRow]) -> MeetingAttendee:
    name = _name(visits[0])
    minutes = sum(minutes_of(line.of("minutes")) or 0 for line in visits)
    return MeetingAttendee(name, visits[0].of("joined"), visits[-1].of("left"), minutes, bool(_PROGRAM.search(name)))


def _most(people: list[list[ReportRow]]) -> int:
    """The largest number of people at once; 0 if a time is missing or cannot be read."""
    stays = [(person, line) for person, own in enumerate(people) for line in own]
    came = moments([line.of("joined") for _, line in stays])
    left = moments([line.of("left") for _, line in stays])
    if not stays or came is None or left is None:
        return 0
    return most_at_once((person, *stay) for (person, _), stay in zip(stays, zip(came, left, strict=True), strict=True))


def _questions(lines: Iterable[ReportRow]) -> Reading:
    asked: list[ReportedQuestion] = []
    left = []
    threads: dict[str, int] = {}
    for line in lines:
        text, answer = cleaned(line.of("text")), cleaned(line.of("answer"))
        if folded(line.of("type")) in ("response", "reply", "answer", "comment") and line.of("thread") in threads:
            place = threads[line.of("thread")]
            text, answer = "", text
        elif not text and answer and asked:  # Zoom writes a further answer in a row of its own
            place = len(asked) - 1
        elif not text:
            left.append(LeftRow(line.row, " ".join(filter(None, line.cells.values())), NO_QUESTION))
            continue
        else:
            place = len(asked)
            threads.setdefault(line.of("thread"), place)
            asked.append(ReportedQuestion(line.row, text, _count(line.of("votes"))))
        live = bool(_LIVE.search(answer)) or folded(line.of("answered")) in _YES
        before = asked[place]
        written = "\n".join(filter(None, (before.answer, "" if _LIVE.fullmatch(answer) else answer)))
        asked[place] = msgspec.structs.replace(before, answered=before.answered or live, answer=written)
    left += [LeftRow(each.row, each.text, TOO_LONG) for each in asked if not _fits(each)]
    return Reading(questions=tuple(filter(_fits, asked)), left=tuple(left))


def _fits(asked: ReportedQuestion) -> bool:
    return len(asked.text) <= LONGEST_QUESTION and len(asked.answer) <= LONGEST_ANSWER


def _count(cell: str) -> int:
    digits = re.fullmatch(r"\+?(\d{1,6})(?:[.,]0+)?", cell)
    return int(digits[1]) if digits else 0


def _polls(lines: Iterable[ReportRow]) -> Reading:
    """Results by question. Zoom lists who answered what, as pairs of question and answer; Slido counts the answers."""
    counted: dict[str, Counter[str]] = {}
    people = Counter[str]()
    rows: dict[str, int] = {}
    for line in lines:
        if question := cleaned(line.of("question")):
            counted.setdefault(question, Counter())[" ".join(line.of("option").split())] += _count(line.of("votes"))
            people[question] = _count(line.of("people")) or counted[question].total()
            rows.setdefault(question, line.row)
        for question, answer in zip(map(cleaned, line.rest[::2]), line.rest[1::2], strict=False):
            if not question or not answer:
                continue
            people[question] += 1
            counted.setdefault(question, Counter()).update(_chosen(answer))
            rows.setdefault(question, line.row)
    polls, left = [], []
    for question, options in counted.items():
        options.pop("", None)
        if len(options) > MOST_OPTIONS:
            left.append(LeftRow(rows[question], question, FREE_TEXT))
        elif options:
            polls.append(PollResult(rows[question], question, people[question], tuple(options.items())))
    return Reading(polls=tuple(polls), left=tuple(left))


def _chosen(answer: str) -> set[str]:
    """The options of an answer; several are divided by semicolons."""
    return {option for option in (" ".join(part.split()) for part in answer.split(";")) if option}


READINGS: dict[MeetingKind, Callable[[Iterable[ReportRow]], Reading]] = {
    "attendance": _attendance,
    "questions": _questions,
    "polls": _polls,
}
"""Kind of a table -> what its lines say."""
