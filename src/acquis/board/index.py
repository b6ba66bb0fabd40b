"""The index of the board: the card of each session and a full-text index. It is derived from the logs and is computed
again if it is missing, damaged or of another version.

The cards are in memory. The file is read and written in one thread, in the order in which it is asked, because the
lines of a large session are tens of thousands, and the event loop must not wait for them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar

from acquis.board.cards import Card, Line
from acquis.board.index_file import IndexFile, SpokenLine

MOST = 200
Answer = TypeVar("Answer")


class Index:
    """The index in a SQLite file, or in memory (":memory:")."""

    def __init__(self, path: str | Path = ":memory:") -> None:
        self._file = IndexFile(path)
        self._cards = self._file.cards
        self._withheld: dict[str, int] = {}
        """Session -> the entry of the last erasure in it: what was made of the session before is not kept."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="index")

    @property
    def cards(self) -> dict[str, Card]:
        """Session -> card. The dictionary must not be changed by the caller."""
        return self._cards

    async def keep(self, card: Card) -> bool:
        """Store the card of a session in place of an earlier one. False if the card is from before an erasure: it is
        not stored."""
        if card.seq < self._withheld.get(card.id, 0):
            return False
        await self._do(partial(self._file.keep, card))
        if card.seq < self._withheld.get(card.id, 0):  # meanwhile
            return False
        self._cards[card.id] = card
        return True

    async def hear(self, session: str, seq: int, lines: Sequence[tuple[int, str]], stamp: str) -> None:
        """Add the spoken lines (entry, text) of a session, as of entry `seq`. Lines that are indexed already are
        skipped, unless the stamp has changed because lines were corrected or erased."""
        if seq >= self._withheld.get(session, 0):
            await self._do(partial(self._file.hear, session, lines, stamp))

    def withhold(self, session: str, seq: int) -> None:
        """Show and find nothing of a session any more until a card is kept that is not older than an erasure, which is
        entry `seq`."""
        self._withheld[session] = max(seq, self._withheld.get(session, 0))
        self._cards.pop(session, None)

    def drop(self, session: str) -> Future[None]:
        """Remove a session with its card, its lines and its captions. An unknown session changes nothing. Returns what
        is done when the file has been written."""
        self._cards.pop(session, None)
        return self._thread.submit(self._file.drop, session)

    def about(self, item: str) -> list[Line]:
        """What sessions said about an item of the reference, the newest session first."""
        lines = [line for card in self._cards.values() for line in card.lines if item in line.about]
        return sorted(lines, key=lambda line: line.starts, reverse=True)

    async def search(self, words: str, sessions: Collection[str] | None = None, most: int = MOST) -> list[Line]:
        """The lines with all these words (or words that begin with them), the best first, at most `most`. sessions:
        search only in these. Accents, case and English endings do not matter."""
        lines = await self._do(partial(self._file.search, words, sessions, most))
        return [line for line in lines if line.session in self._cards]

    async def spoken(self, words: str, sessions: Collection[str] | None = None, most: int = MOST) -> list[SpokenLine]:
        """The spoken lines with all these words (or words that begin with them), the best first, at most `most`.
        sessions: search only in these."""
        return await self._do(partial(self._file.spoken, words, sessions, most))

    async def require_readable(self) -> None:
        """Read the file. Raises apsw.Error if that is not possible."""
        await self._do(self._file.require_readable)

    async def purge(self) -> None:
        """Rewrite the file, so that it holds nothing that was removed. Raises RecordInUse."""
        await self._do(self._file.purge)

    def close(self) -> None:
        """Close the database file, when what was asked before is done. The index cannot be used after it."""
        self._thread.shutdown()
        self._file.close()

    async def _do(self, work: Callable[[], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)
