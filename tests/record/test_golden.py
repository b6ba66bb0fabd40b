"""Records and exports that were written once and never change: each later version reads, verifies and continues them.

Those of format 1 were written by the last version that had only this format.
"""

import asyncio
import random
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import apsw
import msgspec
import pytest

from acquis.record import Draft, Entry, RecordBroken
from acquis.record.chain import hidden, merged, verify
from acquis.record.lines import from_line, to_lines
from acquis.record.sqlite import SqliteRecord

from .damage import GOLDEN, LOGS
from .keepers import draft

EXPORTS = sorted(GOLDEN.glob("*/*.jsonl"))
HEADS = {
    "format1/a": "c4a261567698e436edd7b89b55118ca53b2f77650324060bf85f7fb51e02b1d9",
    "format1/b": "1ac6d2d38dc3a2480b3e6d1bce69de4570913780bf0456669f3ffc85fb334d8f",
    "format2/a": "21fbdf52c80bdd8feda33f3c7cb1add7e8650a84b52e550473343f70b506439b",
    "format2/b": "a24b8c4272af30a703d43daf072565edeec74e168ff8469cdf25fb28f075654e",
}
T0 = 1_700_000_000_000


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


@pytest.fixture(params=["format1", "format2"])
def golden(request: pytest.FixtureRequest) -> Path:
    path: Path = GOLDEN / request.param
    return path


@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_golden_export_verifies_and_a_damaged_one_does_not(path: Path) -> None:
    lines = _lines(path)
    entries = [from_line(line) for line in lines]
    verdict = verify(entries)
    assert (verdict.ok, verdict.entries) == (True, len(lines))
    assert verdict.head.hex() == HEADS[f"{path.parent.name}/{path.stem[0]}"]
    assert to_lines(entries) == path.read_bytes()
    chance = random.Random(5)
    for number, line in enumerate(lines):
        if entries[number].format == 1 and entries[number].lacks:
            continue  # what is left of a text of format 1 is covered by nothing
        changed = bytearray(line[:-1])
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        try:
            damaged = [*entries[:number], from_line(bytes(changed)), *entries[number + 1 :]]
        except ValueError:
            continue
        assert verify(damaged).first_bad == number + 1
    assert len(entries) < 3 or verify(entries[:1] + entries[2:]).first_bad == 2


def test_a_golden_record_is_read_verified_and_exported_byte_for_byte(golden: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(golden / "record.db", tmp_path))

    async def use() -> None:
        record = SqliteRecord(path)
        for log in LOGS:
            exported = golden / f"{log}.jsonl"
            assert to_lines(record.read(log)) == exported.read_bytes()
            verdict = record.verify(log)
            assert verdict == verify(from_line(line) for line in _lines(exported))
            assert record.head(log) == (verdict.entries, verdict.head)
            rows = [(entry.seq, entry.at, entry.by, entry.body) for entry in map(from_line, _lines(exported))]
            assert list(record.scan(log)) == rows
        await record.close()

    asyncio.run(use())


def test_a_golden_log_is_continued_in_its_format(golden: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(golden / "record.db", tmp_path))
    format = int(golden.name[-1])

    async def use() -> None:
        record = SqliteRecord(path)
        before = list(record.read("a"))
        retried = Draft(b'{"a":1}', before[4].by, 5, before[4].key)
        again, *more = await record.append("a", [retried, draft("new1"), draft("new2")])
        assert again == before[4]
        (fresh,) = await record.append("fresh", [draft("new1")])
        assert ([entry.format for entry in more], fresh.format) == ([format] * 2, 2)
        assert [len(entry.parts) for entry in more] == [format] * 2
        erased = await record.erase("a", more[0].seq, {"text"})
        assert (erased.body, erased.link, erased.lacks) == (b'{"event":"Said"}', more[0].link, 1)
        await record.close()

        record = SqliteRecord(path)
        entries = list(record.read("a"))
        assert entries == [*before, erased, more[1]]
        assert record.verify("a").entries == len(entries)
        assert record.verify("fresh").ok
        assert verify(map(from_line, to_lines(entries).splitlines())) == record.verify("a")
        await record.close()

    asyncio.run(use())


def test_a_file_of_the_former_version_is_upgraded_when_it_is_opened_for_writing(tmp_path: Path) -> None:
    path = Path(shutil.copy(GOLDEN / "format1" / "record.db", tmp_path))
    with pytest.raises(RecordBroken, match="earlier version"):
        SqliteRecord(path, read_only=True)
    assert path.read_bytes() == (GOLDEN / "format1" / "record.db").read_bytes()
    asyncio.run(SqliteRecord(path).close())
    fresh = tmp_path / "fresh.db"
    asyncio.run(SqliteRecord(fresh).close())
    assert _columns(path) == _columns(fresh)
    reader = SqliteRecord(path, read_only=True)
    assert reader.verify("a").ok
    asyncio.run(reader.close())


def _columns(path: Path) -> tuple[object, ...]:
    connection = apsw.Connection(str(path))
    names = [connection.execute(f"SELECT * FROM pragma_table_info('{table}')").fetchall() for table in TABLES]
    version = connection.pragma("user_version")
    connection.close()
    return version, names


TABLES = ("logs", "entries")


# -- what the golden files of format 2 were made with ------------------------------------------------------------------


def _salts() -> Iterator[bytes]:
    number = 0
    while True:
        number += 1
        yield sha256(b"golden %d" % number).digest()[:16]


SAID = [
    ("h0f1", ['{"event":"ProgrammePublished"}', '{"title":"The market square","zone":"Europe/Vienna"}']),
    ("h0f1", ['{"event":"SessionOpened","chatham":false}']),
    (
        "a11ce",
        [
            '{"event":"QuestionAsked"}',
            '{"lane":"room","stakeholder":"Civil society"}',
            '{"text":"Is my telephone number 555 0100 in the record?"}',
        ],
    ),
    ("h0f1", ['{"event":"QuestionApproved","question":3}']),
    ("b0b", ['{"event":"ParticipantJoined","lane":"online","region":"Town","gender":"woman"}']),
    ("h0f1", ['{"event":"StatementSeeded"}', '{"text":"The square shall be without cars."}']),
    ("b0b", ['{"event":"VoteCast","statement":6,"choice":"agree"}']),
    (
        "",
        [
            '{"event":"QuestionAsked","to":1}',
            '{"text":"Where is \\"The Lime Tree\\" – 広場?\\n\\\\ and / stay.\\u0000"}',
        ],
    ),
    (
        'é "x"',
        [
            '{"event":"TurnHeld"}',
            '{"lane":"room"}',
            '{"gender":"woman"}',
            '{"name":"Ann"}',
            '{"summary":"It is late."}',
        ],
    ),
    ("h0f1", ['{"event":"TextErased","entry":3,"reason":"asked to"}']),
    ("h0f1", ['{"event":"SessionClosed"}']),
]
SEALED = {5, 7}
HIDDEN = {(9, 1), (9, 2), (9, 4)}
"""Number of an entry, place of a part."""


async def write_format_2(folder: Path) -> None:
    salts = _salts()
    record = SqliteRecord(folder / "record.db", salts=lambda count: b"".join(next(salts) for _ in range(count // 16)))
    for number, (by, values) in enumerate(SAID):
        body, cuts = merged(value.encode() for value in values)
        await record.append("a", [Draft(body, by, T0 + 1500 * number, f"{number:08x}", cuts)])
    await record.append("b", [draft(f"word {number}", "", T0 + number) for number in range(3)])
    await record.erase("a", 3, {"text"})
    await record.erase("b", 3, {"text"})
    for log in LOGS:
        (folder / f"{log}.jsonl").write_bytes(to_lines(record.read(log)))
    (folder / "a-public.jsonl").write_bytes(to_lines(map(_public, record.read("a"))))
    await record.close()


def _public(entry: Entry) -> Entry:
    return hidden(entry, lambda place, _: entry.seq not in SEALED and (entry.seq, place) not in HIDDEN)


def test_this_version_writes_the_same_exports_of_format_2(tmp_path: Path) -> None:
    asyncio.run(write_format_2(tmp_path))
    for path in tmp_path.glob("*.jsonl"):
        assert path.read_bytes() == (GOLDEN / "format2" / path.name).read_bytes()


def test_the_golden_exports_of_format_2_hide_what_they_should() -> None:
    lines = _lines(GOLDEN / "format2" / "a-public.jsonl")
    entries = [from_line(line) for line in lines]
    assert {entry.seq for entry in entries if entry.is_sealed} == SEALED
    assert {entry.seq for entry in entries if entry.lacks} == SEALED | {3, 9}
    assert msgspec.json.decode(entries[8].body) == {"event": "TurnHeld", "name": "Ann"}
    assert b"555 0100" not in b"".join(path.read_bytes() for path in GOLDEN.rglob("*.*"))
