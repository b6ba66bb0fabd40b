"""Tables as CSV (RFC 4180, UTF-8). Votes and comments have the columns of a Polis export."""

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
    """Every question with its fate and, if it is public, its text. `state`: the state from which the view was made."""
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
    """All votes in their order, including changes, as `votes.csv` of Polis; the last vote of a voter on a statement
    counts. A vote that was taken back is left out with those before it, because the format cannot say that. Voters are
    numbered from 0 in the order of joining; the id of a statement is its entry. Timestamps are in milliseconds, as in
    Polis, but rounded down to seconds, because an exact time could identify a person."""
    numbers: dict[str, int] = {}
    cast: list[tuple[int, str, int, int, int]] = []
    for _, at, by, body in rows:
        event = ev.from_body(body)
        if isinstance(event, ev.ParticipantJoined):
            numbers.setdefault(by, len(numbers))
        elif isinstance(event, ev.VoteCast):
            cast.append((_seconds(at), iso(at), event.statement, numbers[by], POLIS[CODES[event.choice]]))
        elif isinstance(event, ev.VoteWithdrawn):
            gone = (event.statement, numbers[by])
            cast = [row for row in cast if row[2:4] != gone]
    return written(("timestamp", "datetime", "comment-id", "voter-id", "vote"), cast)


def _seconds(at: int) -> int:
    """The time `at` (ms) rounded down to a whole second, in ms."""
    return at // 1000 * 1000


def comments(view: ReportView, state: State) -> bytes:
    """The statements with their votes, as `comments.csv` of Polis. `moderated`: 1 approved, -1 held back, 0 neither.
    The author is always -1, because the table must not link a person to a voice."""
    rows = []
    for line in view.statements:
        statement, votes = state.statements[line.entry], tally(state, line.entry)
        moderated = 1 if public_statement(statement) else -1 if line.fate == "held_back" else 0
        counts = (votes.agree, votes.disagree)
        rows.append((_seconds(statement.at), iso(statement.at), line.entry, -1, *counts, moderated, line.text))
    head = ("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body")
    return written(head, rows)


def participants_votes(state: State) -> bytes:
    """One row for each voice, as `participants-votes.csv` of Polis, with the declared groups as further columns. These
    are empty if fewer than five voices share the combination, which could identify a person. An empty vote means none;
    group-id is always empty."""
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
    """Every turn of the floor: begin (UTC), length in seconds, kind, lane and group, and the name of a speaker of the
    programme."""
    rows = (
        (
            turn.seq,
            iso(state.turns[turn.seq].at),
            turn.seconds,
            state.turns[turn.seq].kind,
            turn.lane,
            turn.group,
            turn.who,
        )
        for turn in cite(state, state.turns, ())
    )
    return written(("entry", "begins", "seconds", "kind", "lane", "stakeholder-group", "speaker"), rows)
