"""Tables as CSV (RFC 4180, UTF-8). Votes and comments have the columns of a Polis export, so that its tools read them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from acquis import events as ev
from acquis.report.evidence import public_question, public_statement
from acquis.state import AGREE, DISAGREE, PASS, State

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
POLIS = {AGREE: 1, DISAGREE: -1, PASS: 0}
"""Polis exports: 1 agree, -1 disagree, 0 pass."""


def guarded(cell: str) -> str:
    """A text that no spreadsheet takes for a formula: where it begins like one, a ' is put before it (OWASP ASVS 5.0,
    1.2.10)."""
    return "'" + cell if cell.startswith(_FORMULA) else cell


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode()


def _time(at: int) -> str:
    return datetime.fromtimestamp(at // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def questions(state: State) -> bytes:
    """The question ledger: every question with its fate; texts only of those that were let through."""
    seats = state.programme.seats if state.programme else ()
    rows = (
        (
            question.seq,
            _time(question.at),
            question.lane,
            question.stakeholder,
            seats[question.to - 1].name if question.to else "",
            question.fate,
            question.reason,
            question.into or "",
            len(question.supporters),
            question.text if public_question(state, question.seq) else "",
            question.answer,
        )
        for question in state.questions.values()
    )
    head = (
        "entry",
        "asked",
        "lane",
        "stakeholder-group",
        "to",
        "fate",
        "reason",
        "merged-into",
        "support",
        "text",
        "answer",
    )
    return _csv(head, rows)


def votes(rows: Iterable[tuple[int, int, str, bytes]]) -> bytes:
    """Every vote in the order it was cast, changes too: Polis's `votes.csv`. Voters are numbered in the order in which
    they joined, from 0; times are seconds since 1970."""
    numbers: dict[str, int] = {}
    codes = {"agree": 1, "disagree": -1, "pass": 0}
    found: list[tuple[object, ...]] = []
    for _, at, by, body in rows:
        event = ev.from_body(body)
        if isinstance(event, ev.ParticipantJoined):
            numbers.setdefault(by, len(numbers))
        elif isinstance(event, ev.VoteCast):
            found.append((at // 1000, _time(at), event.statement, numbers[by], codes[event.choice]))
    return _csv(("timestamp", "datetime", "comment-id", "voter-id", "vote"), found)


def comments(state: State) -> bytes:
    """The statements: Polis's `comments.csv`. `moderated` is 1 for what was let through, -1 for what was held back."""
    authors = {voice.id: number for number, voice in enumerate(state.voices)}
    rows = []
    for statement in state.statements.values():
        cast = state.votes[statement.seq]
        public = public_statement(state, statement.seq)
        rows.append(
            (
                statement.at // 1000,
                _time(statement.at),
                statement.seq,
                # Who proposed is known as a person, who votes as a voice: the table does not join the two.
                authors.get(statement.person, -1),
                cast.count(AGREE),
                cast.count(DISAGREE),
                1 if public else -1 if statement.fate == "held_back" else 0,
                statement.text if public else "",
            )
        )
    head = ("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body")
    return _csv(head, rows)


def participants_votes(state: State) -> bytes:
    """One row for each voice: Polis's `participants-votes.csv`, with the declared groups as further columns. An empty
    cell is a statement not voted on."""
    statements = list(state.statements)
    head = (
        "participant",
        "group-id",
        "n-comments",
        "n-votes",
        "n-agree",
        "n-disagree",
        *map(str, statements),
        "lane",
        "stakeholder-group",
        "regional-group",
    )
    rows = []
    for number, voice in enumerate(state.voices):
        cast = [state.votes[seq][number] for seq in statements]
        marks = [POLIS.get(vote, "") for vote in cast]
        voted = sum(map(bool, cast))
        counts = (number, "", 0, voted, cast.count(AGREE), cast.count(DISAGREE))
        rows.append((*counts, *marks, *_groups(state, voice.lane, voice.stakeholder, voice.region)))
    return _csv(head, rows)


def _groups(state: State, lane: str, stakeholder: str, region: str) -> tuple[str, str, str]:
    """The declared groups, each only if at least five people share all three: rarer combinations tell who it is."""
    same = sum((v.lane, v.stakeholder, v.region) == (lane, stakeholder, region) for v in state.voices)
    return (lane, stakeholder, region) if same >= 5 else ("", "", "")
