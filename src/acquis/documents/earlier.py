"""How agreement changed since an earlier session in which people voted on the same statements.

The figures of the earlier session are in another log. A report carries them with their source, so that the comparison
can be computed again from what the report carries and from its own log."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping

import msgspec
import numpy as np

from acquis.documents.blocks import Block, Heading, Paragraph
from acquis.documents.movement import TITLE, movement_blocks
from acquis.i18n import N_, say
from acquis.opinion.consensus import FEWEST
from acquis.opinion.movement import Movement, movement_of_counts
from acquis.record import Entry
from acquis.state import State
from acquis.state.counting import final_totals, tally
from acquis.state.reading import public_statement, public_text
from acquis.text.folding import caseless
from acquis.text.plain_text import one_line

MOST_VOTERS = 1_000_000
"""More voters on a statement are not believed of a report, because the test of the difference takes as long."""
_COMPARED = N_("Compared with an earlier session in which people voted on the same statements: {title}.")
_SOURCE = N_(
    "The figures of the earlier session are from entry {entry} of its log, which has the fingerprint {link}. They "
    "cannot be recalculated from the log of this session."
)


class EarlierVotes(msgspec.Struct, frozen=True):
    """How many people agreed with a statement in an earlier session, of so many voters. `statement`: its entry in this
    log; `entry`: that in the earlier one."""

    statement: int
    entry: int
    agree: int
    voters: int


class EarlierSession(msgspec.Struct, frozen=True):
    """An earlier session and its votes on statements of this one. `session`: its id on the server, or "". `entry`: the
    entry of its log that published them; `link`: the link of that entry, hexadecimal."""

    session: str
    title: str
    entry: int
    link: str
    votes: tuple[EarlierVotes, ...]
    rehearsal: bool = False
    practice: bool = False


def statement_words(state: State) -> dict[str, int]:
    """The words of each public statement, without letter case and further spaces -> its entry."""
    public = [seq for seq, statement in state.statements.items() if public_statement(statement)]
    return {comparable(text): seq for seq in public if (text := public_text(state, seq))}


def comparable(text: str) -> str:
    """The words of a statement as they are compared between sessions."""
    return caseless(" ".join(text.split()))


def carried(
    before: State, pairs: Iterable[tuple[int, int]], link: str, session: str = "", title: str = ""
) -> EarlierSession | None:
    """The published votes of an earlier session as a report carries them; None without any. `before`: its state;
    `pairs`: of each statement the entry there and the entry here; `link`: of the entry that published the totals."""
    totals = final_totals(before)
    if totals is None:
        return None
    counted = [(here, there, tally(before, there)) for there, here in pairs]
    votes = tuple(EarlierVotes(here, there, of.agree, of.total) for here, there, of in counted if of.total >= FEWEST)
    programme = before.programme
    return EarlierSession(
        session,
        title or one_line(programme.title),
        entry=totals.upto + 1,
        link=link,
        votes=votes,
        rehearsal=programme.rehearsal,
        practice=programme.practice,
    ) if votes else None  # fmt: skip


def carried_from_log(here: State, before: State, entries: Iterable[Entry], session: str = "") -> EarlierSession | None:
    """The votes of an earlier session on statements of another one, `here`, from the entries of its log; None without
    any, or if they are not published. `before`: its state."""
    totals, there = final_totals(before), statement_words(before)
    if totals is None:
        return None
    pairs = [(there[words], seq) for words, seq in statement_words(here).items() if words in there]
    link = next(entry.link.hex() for entry in entries if entry.seq == totals.upto + 1)
    return carried(before, pairs, link, session)


def is_possible(earlier: EarlierSession, state: State) -> bool:
    """Whether these can be votes on statements of a session, whose votes are published."""
    statements = [line.statement for line in earlier.votes]
    counts = all(0 <= line.agree <= line.voters and FEWEST <= line.voters <= MOST_VOTERS for line in earlier.votes)
    known = len(set(statements)) == len(statements) and state.statements.keys() >= set(statements)
    return counts and known and final_totals(state) is not None


def earlier_movement(earlier: EarlierSession, state: State) -> Movement | None:
    """How agreement changed since an earlier session, of two groups of people; None where too few voted."""
    after = [tally(state, line.statement) for line in earlier.votes]
    agree = [(line.agree, of.agree) for line, of in zip(earlier.votes, after)]
    voters = [(line.voters, of.total) for line, of in zip(earlier.votes, after)]
    pairs = [(line.entry, line.statement) for line in earlier.votes]
    counts = (np.array(of, np.int64).reshape(-1, 2) for of in (agree, voters))
    moved = movement_of_counts(pairs, *counts)
    return moved if len(moved.change) else None


def since_earlier(
    earlier: EarlierSession | None, texts: Mapping[Hashable, str], state: State, language: str
) -> Iterator[Block]:
    """The picture and the table of the change since an earlier session, and where its figures are from; no block
    without one. texts: the statements of this session."""
    if earlier is None or (moved := earlier_movement(earlier, state)) is None:
        return
    yield Heading(say(language, TITLE), 2, anchor="movement")
    yield Paragraph(say(language, _COMPARED, title=one_line(earlier.title)))
    yield from movement_blocks(moved, texts, language)
    yield Paragraph(say(language, _SOURCE, entry=earlier.entry, link=one_line(earlier.link)))
