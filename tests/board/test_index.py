"""The index: a card of each session, a full text, and never anything that the logs do not say."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acquis import events as ev
from acquis.board import Board
from acquis.board.cards import card_of
from acquis.board.index import Index
from acquis.command import HOSTS, ORGANIZER, RAPPORTEUR, Actor
from acquis.floor.questions import ApproveQuestion, AskQuestion, HoldBackQuestion
from acquis.floor.segments import CloseSession, OpenSession
from acquis.floor.statements import SeedStatement
from acquis.plan.programme import PublishProgramme
from acquis.record.sqlite import SqliteRecord
from acquis.report.publishing import PublishReport
from acquis.roster import Roster, SessionRow
from acquis.state import State
from acquis.text.full_text import marked

NOW = 1_700_000_000_000
HOST = Actor("p-host", roles=HOSTS | {RAPPORTEUR, ORGANIZER, "participant"})
PART = {"title": "Q&A", "kind": "questions", "minutes": 30}


def document(title: str) -> dict[str, object]:
    return {"title": title, "gathering": "IGF 2021", "starts": "2021-12-10T10:15:00+00:00", "segments": [PART]}


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    roster = Roster(":memory:")
    yield Board(SqliteRecord(tmp_path / "record.db"), roster, Index(tmp_path / "index.db"))
    roster.close()


async def hold(board: Board, id: str, *commands: object) -> None:
    if board.roster.session(id) is None:
        board.roster.add_session(SessionRow(id, id.upper().ljust(8, "X"), NOW, ""))
    session = await board.session(id)
    assert session is not None
    for number, command in enumerate(commands):
        at = NOW + session.state.seq
        await session.do(command, HOST, at, f"{id}-{session.state.seq}-{number}")  # type: ignore[arg-type]  # commands


def test_a_card_says_what_everybody_may_read_and_no_more(board: Board) -> None:
    async def play() -> list[str]:
        asked = (AskQuestion("Who pays?"), AskQuestion("A private matter"), AskQuestion("Not looked at yet"))
        looked_at = (ApproveQuestion(4), HoldBackQuestion(5, "personal_data"))
        statement = SeedStatement("Norms need a keeper.")
        await hold(board, "grid", PublishProgramme(document("Grid")), OpenSession(), statement, *asked, *looked_at)
        await board.listing(NOW)
        return [line.text for line in board.index.cards["grid"].lines]

    assert asyncio.run(play()) == ["Norms need a keeper.", "Who pays?"]


def test_the_search_folds_accents_case_and_endings_and_finds_scripts_without_blanks(tmp_path: Path) -> None:
    index, state = Index(tmp_path / "index.db"), State()
    state.apply(1, NOW, "p", ev.ProgrammePublished("Grid", (), document=document("Grid")))
    texts = ["Résumé of the Norms for hôpitaux", "网络空间的规范需要保护医院", "القواعد الدولية", "Nothing of the kind"]
    for seq, text in enumerate(texts, 2):
        state.apply(seq, NOW, "p", ev.StatementSeeded(text))
    asyncio.run(index.keep(card_of("grid", state, "")))

    def found(words: str) -> list[int]:
        return [line.entry for line in asyncio.run(index.search(words))]

    assert found("resume HOPITAUX norm") == [2]
    assert found("医院") == [3]
    assert found("القواعد") == [4]
    assert found("norms missing") == []
    assert found("") == []
    for hostile in ('"', "a OR b*", "NEAR(", "text:x", "';--", "*", "-norms", "^"):
        asyncio.run(index.search(hostile))


def test_a_card_follows_its_log_and_survives_a_restart(tmp_path: Path) -> None:
    async def play() -> tuple[list[str], list[str], list[str]]:
        record, roster = SqliteRecord(tmp_path / "record.db"), Roster(tmp_path / "roster.db")
        board = Board(record, roster, Index(tmp_path / "index.db"))
        await hold(board, "grid", PublishProgramme(document("Grid")), OpenSession(), SeedStatement("First."))
        await board.listing(NOW)
        await hold(board, "grid", SeedStatement("Second."))
        await board.listing(NOW + 1000)
        soon = [line.text for line in board.index.cards["grid"].lines]
        await board.listing(NOW + 20_000)
        later = [line.text for line in board.index.cards["grid"].lines]
        await hold(board, "grid", CloseSession(), PublishReport((ev.Sentence("It is kept."),)))
        board.index.close()
        again = Board(record, roster, Index(tmp_path / "index.db"))
        await again.listing(NOW + 30_000)
        await record.close()
        roster.close()
        return soon, later, [line.text for line in again.index.cards["grid"].lines]

    soon, later, restarted = asyncio.run(play())
    assert soon == ["First."], "the card of a running session is made at most every ten seconds"
    assert later == ["First.", "Second."]
    assert restarted == ["It is kept.", "First.", "Second."]


def test_a_house_that_starts_folds_no_log_that_did_not_grow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def play() -> int:
        record, roster = SqliteRecord(tmp_path / "record.db"), Roster(tmp_path / "roster.db")
        board = Board(record, roster, Index(tmp_path / "index.db"))
        for number in range(3):
            await hold(board, f"s{number}", PublishProgramme(document(f"Session {number}")))
        await board.listing(NOW)
        board.index.close()
        folded = 0
        scan = SqliteRecord.scan

        def counted(self: SqliteRecord, log: str, after: int = 0) -> object:
            nonlocal folded
            folded += 1
            return scan(self, log, after)

        monkeypatch.setattr(SqliteRecord, "scan", counted)
        again = Board(record, roster, Index(tmp_path / "index.db"))
        assert len(await again.listing(NOW)) == 3
        await record.close()
        roster.close()
        return folded

    assert asyncio.run(play()) == 0


def test_another_record_beside_an_old_index_is_noticed(tmp_path: Path) -> None:
    async def play(folder: Path, title: str) -> str:
        record, roster = SqliteRecord(folder / "record.db"), Roster(folder / "roster.db")
        board = Board(record, roster, Index(tmp_path / "index.db"))
        await hold(board, "grid", PublishProgramme(document(title)))
        board = Board(record, roster, Index(tmp_path / "index.db"))
        (card,) = await board.listing(NOW)
        board.index.close()
        await record.close()
        roster.close()
        return card.title

    for title in ("One", "Two"):
        (tmp_path / title).mkdir()
        assert asyncio.run(play(tmp_path / title, title)) == title


@pytest.mark.parametrize("damage", [b"", b"not a database at all, but long enough to be read as one" * 40])
def test_a_damaged_index_is_made_again(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "index.db"
    index = Index(path)
    index.close()
    path.write_bytes(damage)
    assert Index(path).cards == {}


def test_what_was_erased_is_gone_from_the_index_file_too(tmp_path: Path) -> None:
    index, state = Index(tmp_path / "index.db"), State()
    state.apply(1, NOW, "p", ev.ProgrammePublished("Grid", (), document=document("Grid")))
    state.apply(2, NOW, "p", ev.StatementSeeded("Erasable-zebra said this."))
    asyncio.run(index.keep(card_of("grid", state, "")))
    state.apply(3, NOW, "p", ev.TextErased(2, "0" * 64))
    asyncio.run(index.keep(card_of("grid", state, "")))
    assert asyncio.run(index.search("zebra")) == []
    index.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("index.db*"))
    assert b"zebra" not in kept.lower()


def test_spoken_lines_are_found_in_any_script_and_only_once_indexed() -> None:
    index = Index()
    lines = [(3, "La sécurité d'abord."), (4, "网络安全与发展"), (5, "الأمن السيبراني"), (6, "Норма ответственности")]
    asyncio.run(index.hear("grid", 6, lines, "0"))
    asyncio.run(index.hear("grid", 9, [*lines, (9, "Securite, later.")], "0"))
    for words, entries in (
        ("SECURITE", [3, 9]),
        ("secur", [3, 9]),
        ("安全", [4]),
        ("全安", []),
        ("الامن", [5]),
        ("норма", [6]),
        ("sécurité later", [9]),
        ('" OR )', []),
    ):
        assert sorted(found.entry for found in asyncio.run(index.spoken(words))) == entries, words


def test_corrected_lines_are_indexed_anew_and_other_sessions_left_alone() -> None:
    async def play() -> None:
        index = Index()
        await index.hear("grid", 3, [(3, "kipper")], "0")
        await index.hear("other", 3, [(3, "kipper")], "0")
        await index.hear("grid", 4, [(3, "keeper")], "1")
        assert [found.session for found in await index.spoken("kipper")] == ["other"]
        assert [found.session for found in await index.spoken("keeper")] == ["grid"]
        assert await index.spoken("kipper", {"grid"}) == []
        index.drop("other")
        assert await index.spoken("kipper") == []

    asyncio.run(play())


@given(st.text(max_size=60), st.text(max_size=20))
def test_marking_changes_no_letter(text: str, words: str) -> None:
    pieces = marked(text, words)
    assert not pieces or "".join(piece for piece, _ in pieces) == text
