"""What the index writes while a session goes on, and what of it is found meanwhile."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from pathlib import Path

import apsw
import pytest

from acquis import events as ev
from acquis.board import Board
from acquis.board.cards import Card, card_of
from acquis.board.erasing import Erasing
from acquis.board.index import Index
from acquis.board.index_file import IndexFile
from acquis.command import HOSTS, ORGANIZER, Actor
from acquis.erasure import EraseText
from acquis.floor.segments import OpenSession
from acquis.floor.statements import SeedStatement
from acquis.plan.programme import PublishProgramme
from acquis.record.sqlite import SqliteRecord
from acquis.roster import Roster, SessionRow
from acquis.state import State

NOW = 1_700_000_000_000
GRID = {"title": "Grid", "segments": [{"title": "Q&A", "kind": "questions", "minutes": 30}]}
HOST = Actor("p-host", roles=HOSTS | {ORGANIZER})


def session_of(statements: int) -> State:
    state = State()
    state.apply(1, NOW, "p", ev.ProgrammePublished("Grid", ()))
    for seq in range(2, statements + 2):
        state.apply(seq, NOW, "p", ev.StatementSeeded(f"Norm {seq}."))
    return state


def written_for_another_line(lines: int, folder: Path) -> Counter[str]:
    """Table -> how many rows of it are written or removed for a further statement."""
    file, state, rows = IndexFile(folder / f"{lines}.db"), session_of(lines), Counter[str]()
    file.keep(card_of("grid", state, ""))
    file._db.set_update_hook(lambda kind, base, table, row: rows.update([table]))
    state.apply(lines + 2, NOW, "p", ev.StatementSeeded("A further norm."))
    file.keep(card_of("grid", state, ""))
    file.close()
    return Counter({table: rows[table] for table in ("cards", "lines", "words_content")})


def test_a_further_line_costs_the_same_in_a_session_of_any_size(tmp_path: Path) -> None:
    few = written_for_another_line(3, tmp_path)
    assert few["lines"] == few["words_content"] == 1
    assert written_for_another_line(300, tmp_path) == few


def test_lines_that_changed_or_are_gone_are_replaced_and_the_order_is_kept(tmp_path: Path) -> None:
    index, state = Index(tmp_path / "index.db"), session_of(3)
    asyncio.run(index.keep(card_of("grid", state, "")))
    state.apply(5, NOW, "p", ev.TextErased(3, "0" * 64))
    state.apply(6, NOW, "p", ev.StatementSeeded("Another norm."))
    report = (ev.Sentence("It is kept."), ev.Sentence("It is kept."))
    state.apply(7, NOW, "p", ev.ReportPublished(takeaways=report))
    card = card_of("grid", state, "")
    asyncio.run(index.keep(card))
    found = [(line.kind, line.text) for line in asyncio.run(index.search("norm"))]
    assert sorted(found) == [("statement", text) for text in ("Another norm.", "Norm 2.", "Norm 4.")]
    assert len(asyncio.run(index.search("kept"))) == 2
    index.close()
    assert Index(tmp_path / "index.db").cards == {"grid": card}


def test_a_writing_that_breaks_off_leaves_the_session_as_it_was(tmp_path: Path) -> None:
    index, state = Index(tmp_path / "index.db"), session_of(3)
    asyncio.run(index.keep(card_of("grid", state, "")))
    state.apply(5, NOW, "p", ev.StatementSeeded("Another norm."))
    with pytest.MonkeyPatch.context() as patched:

        def fail(text: str) -> str:
            raise apsw.FullError(text)

        patched.setattr("acquis.board.index_file.spaced", fail)
        with pytest.raises(apsw.FullError):
            asyncio.run(index.keep(card_of("grid", state, "")))
    assert [len(asyncio.run(index.search(words))) for words in ("norm", "another")] == [3, 0]
    index.close()
    again = Index(tmp_path / "index.db")
    assert again.cards["grid"].seq == 4
    asyncio.run(again.keep(card_of("grid", state, "")))
    assert [len(asyncio.run(again.search(words))) for words in ("norm", "another")] == [4, 1]


def test_an_erased_line_is_gone_at_once_while_an_older_card_is_being_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing, go_on = threading.Event(), threading.Event()
    keep = IndexFile.keep

    def slow(file: IndexFile, card: Card) -> None:
        writing.set()
        assert go_on.wait(60)
        keep(file, card)

    async def play() -> None:
        record, roster = SqliteRecord(tmp_path / "record.db"), Roster(tmp_path / "roster.db")
        board = Board(record, roster, Index(tmp_path / "index.db"))
        board.roster.add_session(SessionRow("grid", "GRIDXXXX", NOW, ""))
        session = await board.session("grid")
        assert session is not None
        zebra = ("Erasable-zebra said this.", "Norms need a keeper.")
        commands = (PublishProgramme(GRID), OpenSession(), *map(SeedStatement, zebra))
        for number, command in enumerate(commands):
            await session.do(command, HOST, NOW + number, f"key-{number}")
        await board.reindex(session)
        assert await board.index.search("zebra")
        monkeypatch.setattr(IndexFile, "keep", slow)
        await session.do(SeedStatement("Another."), HOST, NOW + 5, "key-5")
        older = asyncio.create_task(board.reindex(session))
        assert await asyncio.to_thread(writing.wait, 60)
        erasing = Erasing(board, lambda id: None)
        erasure = asyncio.create_task(erasing.text(session, EraseText(3, "on request"), HOST, NOW + 6, "key-6"))
        search = asyncio.create_task(board.index.search("zebra"))
        while 3 not in session.state.erased or "grid" in board.index.cards:
            await asyncio.sleep(0)
        assert not erasure.done()
        go_on.set()
        assert await search == []
        await asyncio.gather(older, erasure)
        assert not erasing.is_under_way("grid")
        assert [line.text for line in board.index.cards["grid"].lines] == ["Norms need a keeper.", "Another."]
        assert await board.index.search("zebra") == []
        kept = b"".join(path.read_bytes() for path in tmp_path.glob("*.db*"))
        assert b"zebra" not in kept.lower()
        await board.record.close()
        board.index.close()
        board.roster.close()

    asyncio.run(play())
