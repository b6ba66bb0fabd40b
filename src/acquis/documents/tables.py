"""Tables as CSV (RFC 4180, UTF-8). Votes and comments have the columns of a Polis export, which its tools read."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence

from acquis import events as ev
from acquis.attributes import ATTRIBUTES
from acquis.documents.view import ReportView
from acquis.i18n.dates import iso
from acquis.state import AGREE, CODES, DISAGREE, PASS, State
from acquis.state.reading import public_statement, tally
from acquis.statistics.evidence import cite
from acquis.statistics.summary import SMALLEST
from acquis.text.plain_text import guarded

POLIS = {AGREE: 1, DISAGREE: -1, PASS: 0}
"""Polis exports: 1 agree, -1 disagree, 0 pass."""


def written(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table with its head; texts are guarded, numbers are not."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode()


def questions(view: ReportView, state: State) -> bytes:
    """The question ledger: every question with its fate; texts only of those that were let through. `state` is the one
    the view was made from."""
    rows = (
        (
            line.entry,
            iso(state.questions[line.entry].at),
            line.lane,
            line.stakeholder,
            line.to,
            line.fate,
            line.reason,
            line.merged_into or "",
            line.support,
            line.text,
            line.answer,
        )
        for line in view.questions
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
    return written(head, rows)


def votes(rows: Iterable[tuple[int, int, str, bytes]]) -> bytes:
    """Every vote in the order it was cast, changes too: Polis's `votes.csv`. The last of a voter on a statement counts.
    Voters are numbered in the order in which they joined, from 0; a statement is known by its entry. Timestamps are in
    milliseconds as Polis has them, but no finer than a second: the moment of an act can tell who it was."""
    numbers: dict[str, int] = {}
    found: list[tuple[object, ...]] = []
    for _, at, by, body in rows:
        event = ev.from_body(body)
        if isinstance(event, ev.ParticipantJoined):
            numbers.setdefault(by, len(numbers))
        elif isinstance(event, ev.VoteCast):
            found.append((_whole(at), iso(at), event.statement, numbers[by], POLIS[CODES[event.choice]]))
    return written(("timestamp", "datetime", "comment-id", "voter-id", "vote"), found)


def _whole(at: int) -> int:
    return at // 1000 * 1000


def comments(view: ReportView, state: State) -> bytes:
    """The statements: Polis's `comments.csv`, with the votes that count. `moderated` is 1 for what was let through, -1
    for what was held back. Who proposed is a person and who votes a voice, and the table does not join the two: the
    author is always -1."""
    rows = []
    for line in view.statements:
        statement, votes = state.statements[line.entry], tally(state, line.entry)
        moderated = 1 if public_statement(statement) else -1 if line.fate == "held_back" else 0
        counts = (votes.agree, votes.disagree)
        rows.append((_whole(statement.at), iso(statement.at), line.entry, -1, *counts, moderated, line.text))
    head = ("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body")
    return written(head, rows)


def participants_votes(state: State) -> bytes:
    """One row for each voice: Polis's `participants-votes.csv`, with the declared groups as further columns, each only
    where at least five people share all of them: a rarer combination tells who it is. An empty cell is a statement not
    voted on; group-id is empty until there are groups of opinion."""
    statements = list(state.statements)
    counts = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")
    exported = [attribute for attribute in ATTRIBUTES if attribute.column]
    declared = [tuple(attribute.of(voice.attributes) for attribute in exported) for voice in state.voices]
    sharing = Counter(declared)
    rows = []
    for number, groups in enumerate(declared):
        cast = [state.votes[seq][number] for seq in statements]
        marks = [POLIS.get(vote, "") for vote in cast]
        shown = groups if sharing[groups] >= SMALLEST else ("",) * len(exported)
        rows.append((number, "", 0, sum(map(bool, cast)), cast.count(AGREE), cast.count(DISAGREE), *marks, *shown))
    return written((*counts, *map(str, statements), *(attribute.column for attribute in exported)), rows)


def turns(state: State) -> bytes:
    """Every turn of the floor: when it began (UTC), how long it took, its kind and lane, the group it was said for; a
    name only of a speaker of the programme."""
    rows = (
        (
            found.seq,
            iso(state.turns[found.seq].at),
            found.seconds,
            state.turns[found.seq].kind,
            found.lane,
            found.group,
            found.who,
        )
        for found in cite(state, state.turns, ())
    )
    return written(("entry", "begins", "seconds", "kind", "lane", "stakeholder-group", "speaker"), rows)
