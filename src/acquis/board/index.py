"""The index of the board: a card of each session, and a full text of what was said. It holds nothing that is not in the
logs, and is made again from them whenever it is missing, damaged or of another version."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

import apsw
import msgspec

from acquis.board.cards import Card, Line
from acquis.text.folding import folded, query, spaced

VERSION = 2
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


class Spoken(msgspec.Struct, frozen=True, gc=False):
    """A line of what was said that fits a search: the session, and the entry of the line."""

    session: str
    entry: int


class Index:
    """The index in a file (or ":memory:")."""

    def __init__(self, path: str | Path = ":memory:") -> None:
        try:
            self._db, self._cards = _read(path)
        except (apsw.Error, msgspec.DecodeError):  # another version, or damaged: it is made again
            Path(path).unlink(missing_ok=True)
            self._db, self._cards = _read(path)

    @property
    def cards(self) -> dict[str, Card]:
        """Every card. Read it, do not change it."""
        return self._cards

    def keep(self, card: Card) -> None:
        """Take a card in, in place of the one before."""
        with self._db:
            self._drop(card.id)
            self._db.execute("insert into cards values(?,?,?)", (card.id, card.seq, msgspec.json.encode(card)))
            rows = ((spaced(folded(line.text)), card.id, number) for number, line in enumerate(card.lines))
            self._db.executemany("insert into words(text, session, number) values(?,?,?)", rows)
        self._cards[card.id] = card

    def hear(self, session: str, lines: Iterable[tuple[int, str]], stamp: str) -> None:
        """Take the spoken lines (entry, text) of a session in. What is indexed already is not looked at again, unless
        the stamp is another: lines were corrected or erased."""
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

    def spoken(self, words: str, sessions: Collection[str] | None = None, most: int = MOST) -> list[Spoken]:
        """The spoken lines with all these words (or beginnings of words), the closest first; `sessions` narrows it
        down."""
        asked = query(words)
        if not asked:
            return []
        rows = self._db.execute("select session, entry from speech where speech match ? order by rank, rowid", (asked,))
        found: list[Spoken] = []
        for session, entry in rows:
            if sessions is None or session in sessions:
                found.append(Spoken(str(session), int(str(entry))))
                if len(found) == most:
                    break
        return found

    def drop(self, session: str) -> None:
        """Forget a session."""
        with self._db:
            self._drop(session)
            self._unhear(session)
        self._cards.pop(session, None)

    def _drop(self, session: str) -> None:
        self._db.execute("delete from words where session=?", (session,))
        self._db.execute("delete from cards where session=?", (session,))

    def about(self, item: str) -> list[Line]:
        """What sessions said about an item of the reference, the newest session first."""
        found = [line for card in self._cards.values() for line in card.lines if item in line.about]
        return sorted(found, key=lambda line: line.starts, reverse=True)

    def search(self, words: str, sessions: Collection[str] | None = None, most: int = MOST) -> list[Line]:
        """The lines with all these words (or beginnings of words), the closest first; `sessions` narrows it down.
        Accents and case do not matter, nor English endings."""
        asked = query(words)
        if not asked:
            return []
        rows = self._db.execute("select session, number from words where words match ? order by rank, rowid", (asked,))
        found: list[Line] = []
        for session, number in rows:
            if sessions is None or session in sessions:
                found.append(self._cards[str(session)].lines[int(str(number))])
                if len(found) == most:
                    break
        return found

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _read(path: str | Path) -> tuple[apsw.Connection, dict[str, Card]]:
    db = apsw.Connection(str(path))
    db.execute("pragma secure_delete=on").fetchall()
    db.execute("pragma journal_mode=wal").fetchall()
    db.execute("pragma synchronous=normal").fetchall()  # losing the last card costs one fold
    version = db.execute("pragma user_version").fetchall()[0][0]
    if version == 0:
        for statement in filter(str.strip, _TABLES.split(";\n")):
            db.execute(statement)
        db.execute(f"pragma user_version={VERSION}")
    elif version != VERSION:
        db.close()
        raise apsw.MismatchError(f"version {version}")
    rows = db.execute("select session, card from cards").fetchall()
    return db, {str(session): msgspec.json.decode(card, type=Card) for session, card in rows}  # type: ignore[arg-type]  # a blob
