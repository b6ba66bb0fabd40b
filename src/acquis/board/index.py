"""The index of the board: the card of each session and a full-text index. It is derived from the logs and is computed
again if it is missing, damaged or of another version."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

import apsw
import msgspec

from acquis.board.cards import Card, Line
from acquis.record.faults import DataProblem
from acquis.record.purge import empty_log, rewrite
from acquis.text.folding import folded
from acquis.text.full_text import query, spaced

VERSION = 9
_APPLICATION = 0x41435149  # "ACQI": identifies the file format
MOST = 200
_TABLES = """
create table cards(session text primary key, seq integer not null, card blob not null) strict;
create virtual table words using fts5(text, session unindexed, number unindexed,
    tokenize="porter unicode61 remove_diacritics 2");
insert into words(words, rank) values('secure-delete', 1);
create table spoken(session text primary key, upto integer not null, stamp text not null) strict;
create virtual table speech using fts5(text, session unindexed, entry unindexed,
    tokenize="porter unicode61 remove_diacritics 2");
insert into speech(speech, rank) values('secure-delete', 1);
"""


class SpokenLine(msgspec.Struct, frozen=True, gc=False):
    """A spoken line that matches a search: the session, and the number of its entry."""

    session: str
    entry: int


class Index:
    """The index in a SQLite file, or in memory (":memory:")."""

    def __init__(self, path: str | Path = ":memory:") -> None:
        try:
            self._db, self._cards = _read(path)
        except (apsw.Error, msgspec.DecodeError):  # of another version, or damaged: it is computed again
            _require_own(path)
            Path(path).unlink(missing_ok=True)
            self._db, self._cards = _read(path)

    @property
    def cards(self) -> dict[str, Card]:
        """Session -> card. The dictionary must not be changed by the caller."""
        return self._cards

    def keep(self, card: Card) -> None:
        """Store the card of a session in place of an earlier one."""
        with self._db:
            self._drop(card.id)
            self._db.execute("insert into cards values(?,?,?)", (card.id, card.seq, msgspec.json.encode(card)))
            rows = ((spaced(folded(line.text)), card.id, number) for number, line in enumerate(card.lines))
            self._db.executemany("insert into words(text, session, number) values(?,?,?)", rows)
        self._cards[card.id] = card

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

    def _unhear(self, session: str) -> None:
        self._db.execute("delete from speech where session=?", (session,))
        self._db.execute("delete from spoken where session=?", (session,))

    def spoken(self, words: str, sessions: Collection[str] | None = None, most: int = MOST) -> list[SpokenLine]:
        """The spoken lines with all these words (or words that begin with them), the best first, at most `most`.
        sessions: search only in these."""
        asked = query(words)
        if not asked:
            return []
        rows = self._db.execute("select session, entry from speech where speech match ? order by rank, rowid", (asked,))
        lines: list[SpokenLine] = []
        for session, entry in rows:
            if sessions is None or session in sessions:
                lines.append(SpokenLine(str(session), int(str(entry))))
                if len(lines) == most:
                    break
        return lines

    def drop(self, session: str) -> None:
        """Remove a session with its card, its lines and its captions. An unknown session changes nothing."""
        with self._db:
            self._drop(session)
            self._unhear(session)
        self._cards.pop(session, None)

    def _drop(self, session: str) -> None:
        self._db.execute("delete from words where session=?", (session,))
        self._db.execute("delete from cards where session=?", (session,))

    def about(self, item: str) -> list[Line]:
        """What sessions said about an item of the reference, the newest session first."""
        lines = [line for card in self._cards.values() for line in card.lines if item in line.about]
        return sorted(lines, key=lambda line: line.starts, reverse=True)

    def search(self, words: str, sessions: Collection[str] | None = None, most: int = MOST) -> list[Line]:
        """The lines with all these words (or words that begin with them), the best first, at most `most`. sessions:
        search only in these. Accents, case and English endings do not matter."""
        asked = query(words)
        if not asked:
            return []
        rows = self._db.execute("select session, number from words where words match ? order by rank, rowid", (asked,))
        lines: list[Line] = []
        for session, number in rows:
            if sessions is None or session in sessions:
                lines.append(self._cards[str(session)].lines[int(str(number))])
                if len(lines) == most:
                    break
        return lines

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
    rows = db.execute("select session, card from cards").fetchall()
    return db, {str(session): msgspec.json.decode(card, type=Card) for session, card in rows}  # type: ignore[arg-type]  # a blob
