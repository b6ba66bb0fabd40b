"""The file of the index: the card of each session, its public lines and what was spoken, for the full-text search.

The lines of a session have keys that stay as it goes on, so that only lines that changed are written. All of them are
written in one transaction: whoever searches finds a session as it was or as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import apsw
import msgspec

from acquis.board.cards import Card, Line, LineKind
from acquis.record.faults import DataProblem
from acquis.record.purge import empty_log, rewrite
from acquis.text.folding import folded
from acquis.text.full_text import query, spaced

VERSION = 11
_APPLICATION = 0x41435149  # "ACQI": identifies the file format
Match = TypeVar("Match")
_TABLES = """
create table cards(session text primary key, seq integer not null, card blob not null) strict;
create table lines(id integer primary key, session text not null, part integer not null, entry integer not null,
    place integer not null, line blob not null, unique(session, part, entry, place)) strict;
create virtual table words using fts5(text, tokenize="porter unicode61 remove_diacritics 2");
insert into words(words, rank) values('secure-delete', 1);
create table spoken(session text primary key, upto integer not null, stamp text not null) strict;
create virtual table speech using fts5(text, session unindexed, entry unindexed,
    tokenize="porter unicode61 remove_diacritics 2");
insert into speech(speech, rank) values('secure-delete', 1);
"""
_PARTS: tuple[LineKind, ...] = (
    "takeaway",
    "call_to_action",
    "commitment",
    "statement",
    "question",
    "contribution",
    "speech",
)
"""The kinds of lines in the order of a card. The number of a kind is its place here."""
_SEARCH = """select id, session from words join lines on lines.id = words.rowid where words match ?
    order by rank, session, part, entry, place"""


class SpokenLine(msgspec.Struct, frozen=True, gc=False):
    """A spoken line that matches a search: the session, and the number of its entry."""

    session: str
    entry: int


class IndexFile:
    """The index in a SQLite file, or in memory (":memory:"). One thread at a time may use it."""

    def __init__(self, path: str | Path) -> None:
        try:
            self._db, self.cards = _read(path)
        except (apsw.Error, msgspec.DecodeError):  # of another version, or damaged: it is computed again
            _require_own(path)
            Path(path).unlink(missing_ok=True)
            self._db, self.cards = _read(path)

    def keep(self, card: Card) -> None:
        """Store the card of a session in place of an earlier one. Of its lines those are written that changed."""
        wanted = dict(_keyed(card.lines))
        with self._db:
            rows = self._db.execute("select part, entry, place, id, line from lines where session=?", (card.id,))
            kept: dict[Any, tuple[Any, Any]] = {
                (part, entry, place): (id, line) for part, entry, place, id, line in rows
            }
            gone = [(id,) for key, (id, line) in kept.items() if wanted.get(key, ("", b""))[1] != line]
            fresh = [key for key, (_, line) in wanted.items() if kept.get(key, (0, b""))[1] != line]
            self._remove(gone)
            first: Any = self._db.execute("select coalesce(max(id), 0) + 1 from lines").fetchall()[0][0]
            made = ((id, card.id, *key, wanted[key][1]) for id, key in enumerate(fresh, first))
            self._db.executemany("insert into lines values(?,?,?,?,?,?)", made)
            texts = ((id, spaced(folded(wanted[key][0]))) for id, key in enumerate(fresh, first))
            self._db.executemany("insert into words(rowid, text) values(?,?)", texts)
            bare = msgspec.json.encode(msgspec.structs.replace(card, lines=()))
            self._db.execute("insert or replace into cards values(?,?,?)", (card.id, card.seq, bare))

    def hear(self, session: str, lines: Iterable[tuple[int, str]], stamp: str) -> None:
        """Add the spoken lines (entry, text) of a session. Lines that are indexed already are skipped, unless the stamp
        has changed because lines were corrected or erased."""
        rows = self._db.execute("select upto, stamp from spoken where session=?", (session,)).fetchall()
        upto, before = (int(str(rows[0][0])), str(rows[0][1])) if rows else (0, stamp)
        with self._db:
            if before != stamp:
                self._unhear(session)
                upto = 0
            fresh = [(spaced(folded(text)), session, entry) for entry, text in lines if entry > upto and text]
            self._db.executemany("insert into speech(text, session, entry) values(?,?,?)", fresh)
            newest = max([upto, *(entry for _, _, entry in fresh)])
            self._db.execute("insert or replace into spoken values(?,?,?)", (session, newest, stamp))

    def drop(self, session: str) -> None:
        """Remove a session with its card, its lines and its captions. An unknown session changes nothing."""
        with self._db:
            self._remove(self._db.execute("select id from lines where session=?", (session,)).fetchall())
            self._db.execute("delete from cards where session=?", (session,))
            self._unhear(session)

    def search(self, words: str, sessions: Collection[str] | None, most: int) -> list[Line]:
        """See `Index.search`."""
        rows = self._matches(_SEARCH, words)
        ids = _first(((id, str(session)) for id, session in rows), sessions, most)
        return [self._line(id) for id in ids]

    def spoken(self, words: str, sessions: Collection[str] | None, most: int) -> list[SpokenLine]:
        """See `Index.spoken`."""
        rows = self._matches("select session, entry from speech where speech match ? order by rank, rowid", words)
        lines = (SpokenLine(str(session), int(str(entry))) for session, entry in rows)
        return _first(((line, line.session) for line in lines), sessions, most)

    def require_readable(self) -> None:
        """Read the file. Raises apsw.Error if that is not possible."""
        self._db.execute("select count(*) from cards").fetchall()

    def purge(self) -> None:
        """Rewrite the file, so that it holds nothing that was removed. Raises RecordInUse."""
        rewrite(self._db)
        empty_log(self._db)

    def close(self) -> None:
        """Close the database file. The index cannot be used after it."""
        self._db.close()

    def _matches(self, statement: str, words: str) -> Iterable[tuple[Any, ...]]:
        asked = query(words)
        return self._db.execute(statement, (asked,)) if asked else ()

    def _line(self, id: Any) -> Line:
        ((line,),) = self._db.execute("select line from lines where id=?", (id,)).fetchall()
        return msgspec.json.decode(line, type=Line)  # type: ignore[arg-type]  # a blob

    def _remove(self, ids: list[Any]) -> None:
        """Remove lines, of which the ids are given in a tuple each."""
        self._db.executemany("delete from words where rowid=?", ids)
        self._db.executemany("delete from lines where id=?", ids)

    def _unhear(self, session: str) -> None:
        self._db.execute("delete from speech where session=?", (session,))
        self._db.execute("delete from spoken where session=?", (session,))


def _first(matches: Iterable[tuple[Match, str]], sessions: Collection[str] | None, most: int) -> list[Match]:
    """The first matches in these sessions, at most `most`."""
    return list(islice((match for match, session in matches if sessions is None or session in sessions), most))


def _keyed(lines: Iterable[Line]) -> Iterator[tuple[tuple[int, int, int], tuple[str, bytes]]]:
    """Each line as (key, (text, what is stored)). A key is the part, the entry and the place among the lines that have
    both in common, such as the takeaways of a report."""
    places: Counter[tuple[int, int]] = Counter()
    for line in lines:
        of = _PARTS.index(line.kind), line.entry
        yield (*of, places[of]), (line.text, msgspec.json.encode(line))
        places[of] += 1


def _require_own(path: str | Path) -> None:
    """Raises DataProblem for the database of another program, which must not be removed. A file that is no database, or
    that cannot be read, is what is left of an index."""
    db = apsw.Connection(str(path))
    try:
        application, version = db.pragma("application_id"), db.pragma("user_version")
    except apsw.Error:
        return
    finally:
        db.close()
    if application not in (0, _APPLICATION) or (application, version) == (0, 0):
        raise DataProblem(f"{path} is the database of another program. Move it away: the index is made again.")


def _read(path: str | Path) -> tuple[apsw.Connection, dict[str, Card]]:
    """The file, and the card of each session in it."""
    db = apsw.Connection(str(path))
    db.execute("pragma secure_delete=on").fetchall()
    db.execute("pragma journal_mode=wal").fetchall()
    db.execute("pragma synchronous=normal").fetchall()  # a lost card can be computed again
    version = db.execute("pragma user_version").fetchall()[0][0]
    if version == 0 and not db.execute("select 1 from sqlite_schema limit 1").fetchall():
        for statement in filter(str.strip, _TABLES.split(";\n")):
            db.execute(statement)
        db.execute(f"pragma user_version={VERSION}")
        db.execute(f"pragma application_id={_APPLICATION}")
    elif version != VERSION:
        db.close()
        raise apsw.MismatchError(f"version {version}")
    lines: dict[Any, list[Line]] = {}
    for session, line in db.execute("select session, line from lines order by session, part, entry, place"):
        lines.setdefault(session, []).append(msgspec.json.decode(line, type=Line))
    rows: list[Any] = db.execute("select session, card from cards").fetchall()
    bare = {str(session): msgspec.json.decode(card, type=Card) for session, card in rows}
    return db, {id: msgspec.structs.replace(card, lines=tuple(lines.get(id, ()))) for id, card in bare.items()}
