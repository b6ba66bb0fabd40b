"""What every keeper of a record promises: see acquis/record/__init__.py."""

import asyncio
from pathlib import Path

import pytest

from acquis.record import LINKS, Draft, Entry, Part, Record, RecordBroken, chain, lines

from .keepers import draft, with_record


def test_numbers_order_and_head(record: Record) -> None:
    async def use(record: Record) -> None:
        assert record.head("a") == (0, chain.GENESIS)
        assert record.logs() == []
        first = await record.append("a", [draft("k1"), draft("k2")])
        second = await record.append("a", [draft("k3", "p2")])
        await record.append("b", [draft("k1")])
        assert [entry.seq for entry in first + second] == [1, 2, 3]
        assert list(record.read("a")) == first + second
        assert list(record.read("a", 1, 2)) == first[1:]
        assert list(record.scan("a", 1)) == [(e.seq, e.at, e.by, e.body) for e in (first + second)[1:]]
        assert record.head("a") == (3, second[0].link)
        assert record.logs() == ["a", "b"]
        assert [entry.seq for entry in record.read("b")] == [1]
        assert await record.append("a", []) == []
        assert list(record.read("nowhere")) == []

    with_record(record, use)


def test_what_was_asked_is_what_is_kept(record: Record) -> None:
    async def use(record: Record) -> None:
        asked = [
            Draft('{"text":"é\\u0000"}'.encode(), "Ω\0", 0, ""),
            Draft(b'{"a":1}', "", 2**63 - 1, "k\0"),
            Draft(b'{"a":[{"c":","}],"b":",","d":1}', '"', 1, "k", (16, 24)),
        ]
        kept = await record.append("log with spaces", asked)
        assert [(e.body, e.by, e.at, e.key) for e in kept] == [(d.body, d.by, d.at, d.key) for d in asked]
        values = [part.value for part in kept[2].parts]
        assert values == [b'{"at":1,"by":"\\"","a":[{"c":","}]}', b'{"b":","}', b'{"d":1}']
        assert list(record.read("log with spaces")) == kept
        assert record.verify("log with spaces").ok

    with_record(record, use)


def test_a_retry_returns_the_original(record: Record) -> None:
    async def use(record: Record) -> None:
        original = (await record.append("a", [draft("k1")]))[0]
        again = await record.append("a", [draft("k0"), draft("k1", at=5, text="2"), draft("k2")])
        assert again[1] == original
        assert [entry.seq for entry in again] == [2, 1, 3]
        assert await record.append("a", [draft("k2")]) == [again[2]]
        assert record.head("a")[0] == 3

    with_record(record, use)


def test_the_same_key_by_another_person_or_in_another_log_is_another_wish(record: Record) -> None:
    async def use(record: Record) -> None:
        entries = await record.append("a", [draft("k", "p1"), draft("k", "p2")])
        assert [entry.seq for entry in entries] == [1, 2]
        assert (await record.append("b", [draft("k", "p1")]))[0].seq == 1
        assert record.known("a", [("p1", "k"), ("p2", "k"), ("p3", "k")]) == {
            ("p1", "k"): entries[0],
            ("p2", "k"): entries[1],
        }
        assert record.known("nowhere", [("p1", "k")]) == {}

    with_record(record, use)


def test_a_key_retried_in_the_same_group_is_kept_once(record: Record) -> None:
    async def use(record: Record) -> None:
        answers = await asyncio.gather(
            *(record.append("a", [draft("k"), draft(f"k{i}"), draft("k")]) for i in range(20))
        )
        assert {answer[0] for answer in map(tuple, answers)} == {next(record.read("a"))}
        assert all(answer[0] == answer[2] for answer in answers)
        assert record.head("a")[0] == 21
        assert record.verify("a").ok

    with_record(record, use)


def test_fifty_callers_on_several_logs(record: Record) -> None:
    async def caller(record: Record, number: int) -> list[tuple[str, Entry]]:
        answers = []
        for turn in range(20):
            log = f"log{(number + turn) % 3}"
            drafts = [draft(f"{number}-{turn}-{i}", f"p{number}") for i in range(1 + turn % 3)]
            entries = await record.append(log, drafts)
            assert [entry.key for entry in entries] == [asked.key for asked in drafts]
            assert [entry.seq for entry in entries] == list(range(entries[0].seq, entries[0].seq + len(drafts)))
            answers += [(log, entry) for entry in entries]
        return answers

    async def use(record: Record) -> None:
        answers = [pair for part in await asyncio.gather(*(caller(record, n) for n in range(50))) for pair in part]
        for log in ("log0", "log1", "log2"):
            kept = sorted((entry for name, entry in answers if name == log), key=lambda entry: entry.seq)
            assert kept == list(record.read(log))
            assert [entry.seq for entry in kept] == list(range(1, len(kept) + 1))
            assert record.verify(log).entries == len(kept)

    with_record(record, use)


def test_links_are_those_of_the_entries(record: Record) -> None:
    async def use(record: Record) -> None:
        kept = await record.append("a", [draft(f"k{n}") for n in range(LINKS + 5)])
        links = [(entry.link, entry.by) for entry in kept]
        assert record.links("a") == links[:LINKS]
        assert record.links("a", LINKS) == links[LINKS:]
        assert record.links("a", 3, 7) == links[3:7]
        assert record.links("a", LINKS + 5) == record.links("nowhere") == []

    with_record(record, use)


def test_followers_see_past_and_future_without_a_gap(record: Record) -> None:
    async def follower(record: Record, after: int, until: int) -> list[int]:
        seen = []
        async for entry in record.follow("a", after):
            assert entry.seq <= record.head("a")[0]
            seen.append(entry.seq)
            if entry.seq == until:
                break
        return seen

    async def use(record: Record) -> None:
        await record.append("a", [draft(f"past{i}") for i in range(3000)])
        tasks = [asyncio.create_task(follower(record, after, 3300)) for after in (0, 10, 2999, 3000, 3100)]
        for i in range(100):
            await asyncio.gather(*(record.append("a", [draft(f"new{i}-{j}")]) for j in range(3)))
        assert [await task for task in tasks] == [list(range(a + 1, 3301)) for a in (0, 10, 2999, 3000, 3100)]

    with_record(record, use)


def test_followers_end_when_the_record_closes(record: Record) -> None:
    async def use() -> None:
        await record.append("a", [draft("k")])
        seen: list[int] = []

        async def follow() -> None:
            async for entry in record.follow("a"):
                seen.append(entry.seq)  # noqa: PERF401  # looked at while it grows

        task = asyncio.create_task(follow())
        while not seen:
            await asyncio.sleep(0)
        await record.close()
        await asyncio.wait_for(task, 10)
        assert seen == [1]

    asyncio.run(use())


def test_closing_keeps_what_was_asked_for_and_refuses_what_comes_after(record: Record) -> None:
    async def use() -> None:
        asked = [asyncio.create_task(record.append("a", [draft(f"k{i}")])) for i in range(300)]
        await asyncio.sleep(0)
        await record.close()
        assert sorted(entries[0].seq for entries in await asyncio.gather(*asked)) == list(range(1, 301))
        with pytest.raises(RecordBroken, match="closed"):
            await record.append("a", [draft("late")])
        with pytest.raises(RecordBroken):
            record.head("a")
        await record.close()

    asyncio.run(use())


WRONG_CUTS: list[tuple[int, ...]] = [
    (0, 0),
    (6, 0),
    (5,),
    (7,),
    (-13,),
    (6, 6),
    (12, 6),
    (18,),
    (19,),
    (2**40,),
    (6, 13),
]


def test_a_draft_that_cannot_be_kept_spoils_no_other(record: Record) -> None:
    async def use(record: Record) -> None:
        bad = [draft("k", by="x" * 65536), draft("k", at=-1), draft("k", at=2**63), draft("k", by="\ud800")]
        bad.append(Draft(b'{"a":1}', "p", 1, "\ud800"))
        bad += [Draft(body, "p", 1, "k") for body in (b"", b"1", b"{}", b'{"a":1', b'["a"]', b' {"a":1}')]
        bad += [Draft(b'{"a":1,"b":2,"c":3}', "p", 1, "k", cuts) for cuts in WRONG_CUTS]
        bad.append(Draft(b"{" + b",".join([b'"a":1'] * 17) + b"}", "p", 1, "k", tuple(range(6, 101, 6))))
        asked = [record.append("a", [draft("good"), one]) for one in bad] + [record.append("a", [draft("best")])]
        *refused, kept = await asyncio.gather(*asked, return_exceptions=True)
        assert all(isinstance(answer, ValueError) for answer in refused)
        assert list(record.read("a")) == kept

    with_record(record, use)


def test_an_erased_text_is_gone_and_the_chain_holds(record: Record) -> None:
    async def use(record: Record) -> None:
        kept = await record.append("a", [draft(f"k{i}") for i in range(9)])
        erased = await record.erase("a", 5, {"text"})
        assert erased == next(record.read("a", 4, 5))
        assert erased.body == b'{"event":"Said"}'
        assert erased.parts == (kept[4].parts[0], Part(kept[4].parts[1].commitment))
        assert (erased.link, erased.key, erased.lacks) == (kept[4].link, kept[4].key, 1)
        assert await record.erase("a", 5, {"text"}) == erased
        verdict = record.verify("a")
        assert (verdict.ok, verdict.entries, verdict.incomplete) == (True, 9, 1)
        assert await record.append("a", [draft("k4")]) == [next(record.read("a", 4, 5))]
        with pytest.raises(LookupError):
            await record.erase("a", 10, {"text"})
        with pytest.raises(LookupError):
            await record.erase("nowhere", 1, {"text"})

    with_record(record, use)


def test_parts_are_erased_one_after_another_and_the_first_never(record: Record) -> None:
    async def use(record: Record) -> None:
        body = b'{"event":"Said","text":"a","lane":"room","title":"b"}'
        cuts = (15, 26, 40)
        (whole,) = await record.append("a", [Draft(body, "p", 1, "k", cuts)])
        assert await record.erase("a", 1, {"no such member"}) == whole
        left = await record.erase("a", 1, {"lane"})
        assert left.body == b'{"event":"Said","text":"a","title":"b"}'
        for refused in ({"event"}, {"at"}, {"by", "text"}):
            with pytest.raises(ValueError, match="first part"):
                await record.erase("a", 1, refused)
        assert await record.erase("a", 1, {"no such member"}) == left
        left = await record.erase("a", 1, ["title", "text"])
        assert left.body == b'{"event":"Said"}'
        assert left.parts == (whole.parts[0], *(Part(part.commitment) for part in whole.parts[1:]))
        await record.append("a", [draft("more")])
        assert record.verify("a").ok
        assert next(iter(record.scan("a"))) == (1, 1, "p", left.body)

    with_record(record, use)


def test_a_person_in_a_part_of_its_own_stays_when_other_parts_are_erased(record: Record) -> None:
    async def use(record: Record) -> None:
        body = b'{"event":"Said","text":"a","lane":"room"}'
        (whole,) = await record.append("a", [Draft(body, "p", 1, "k", (0, 15, 26))])
        assert [part.value for part in whole.parts[:2]] == [b'{"at":1,"event":"Said"}', b'{"by":"p"}']
        assert await record.append("a", [Draft(body, "p", 1, "k", (0, 15, 26))]) == [whole]
        with pytest.raises(ValueError, match="person"):
            await record.erase("a", 1, {"by"})
        left = await record.erase("a", 1, {"text"})
        assert (left.by, left.body) == ("p", b'{"event":"Said","lane":"room"}')
        assert left.parts == (*whole.parts[:2], Part(whole.parts[2].commitment), whole.parts[3])
        left = await record.erase("a", 1, {"lane"})
        assert (left.by, left.body, left.lacks) == ("p", b'{"event":"Said"}', 2)
        assert next(iter(record.scan("a"))) == (1, 1, "p", left.body)
        for wrong in (b'{"by":"q","text":"a"}', b'{"event":"Said"'):
            with pytest.raises(ValueError, match="body"):
                await record.append("a", [Draft(wrong, "p", 1, "another", (0,))])
        assert record.verify("a").ok

    with_record(record, use)


def test_an_export_of_a_log_verifies(record: Record, tmp_path: Path) -> None:
    async def use(record: Record) -> None:
        await record.append("a", [draft(f"k{i}") for i in range(9)])
        await record.erase("a", 5, {"text"})
        (tmp_path / "log").write_bytes(lines.to_lines(record.read("a")))
        with (tmp_path / "log").open("rb") as exported:
            verdict = chain.verify(lines.from_line(line) for line in exported)
        assert verdict == record.verify("a")

    with_record(record, use)


def test_a_caller_who_went_away_disturbs_nobody(record: Record) -> None:
    async def use(record: Record) -> None:
        gone = asyncio.create_task(record.append("a", [draft("gone")]))
        await asyncio.sleep(0)
        gone.cancel()
        kept = await record.append("a", [draft("k")])
        assert kept[0] in list(record.read("a"))
        with pytest.raises(asyncio.CancelledError):
            await gone

    with_record(record, use)
