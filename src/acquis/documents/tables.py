"""Tables as CSV (RFC 4180, UTF-8). Votes and comments have the columns of a Polis export."""

from __future__ import annotations

from acquis.documents.rows import written
from acquis.documents.view import ReportView
from acquis.i18n.dates import iso
from acquis.state import AGREE, DISAGREE, NONE, PASS, State
from acquis.state.counting import public_cast, tally
from acquis.state.reading import public_statement
from acquis.statistics.evidence import cite

POLIS = {AGREE: 1, DISAGREE: -1, PASS: 0}
"""Polis exports: 1 agree, -1 disagree, 0 pass."""


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
            line.origin,
            line.votes_elsewhere or "",
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
        "origin",
        "votes-elsewhere",
    )
    return written(head, rows)


def votes(state: State) -> bytes:
    """All votes as `votes.csv` of Polis. Voters are numbered from 0 in the order of their ballots, which is that of
    random numbers; the id of a statement is its entry. The time of every vote is that of the close, because its own
    could identify a person."""
    at = _seconds(state.closed_at or state.at)
    rows = (
        (at, iso(at), seq, number, POLIS[vote])
        for seq, column in public_cast(state).items()
        for number, vote in enumerate(column)
        if vote
    )
    return written(("timestamp", "datetime", "comment-id", "voter-id", "vote"), rows, mark=False)


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
    return written(head, rows, mark=False)


def participants_votes(state: State) -> bytes:
    """One row for each ballot, as `participants-votes.csv` of Polis, in the order of the ballots. It has no groups,
    which could identify a person. An empty vote means none; group-id is always empty."""
    columns, statements = public_cast(state), tuple(state.statements)
    counts = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")
    rows = []
    for number in range(len(next(iter(columns.values()), b""))):
        own = [columns[seq][number] if seq in columns else NONE for seq in statements]
        marks = [POLIS.get(vote, "") for vote in own]
        rows.append((number, "", 0, sum(map(bool, own)), own.count(AGREE), own.count(DISAGREE), *marks))
    return written((*counts, *map(str, statements)), rows, mark=False)


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
