"""The chain, without any file."""

from hashlib import sha256
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from acquis.record import Entry, Part
from acquis.record.chain import (
    GENESIS,
    commitment,
    commitments,
    hidden,
    is_apart,
    link,
    members_of,
    opening,
    part_salt,
    verify,
)

from .chains import divided, entry, logs, names, salts, times, whole_logs

SAID = [b'{"event":"Said"}', b'{"text":"words"}', b'{"lane":"room"}']


def test_commitments_and_links_are_made_as_the_specification_says() -> None:
    at, by, salt = 1_700_000_000_000, "é1", bytes(range(16))
    whole = entry(GENESIS, 7, SAID, by, at, salt)
    shown = ['{"at":1700000000000,"by":"é1","event":"Said"}', '{"text":"words"}', '{"lane":"room"}']
    assert sha256(b"acquis record 2").digest() == GENESIS
    assert [part.value for part in whole.parts] == [value.encode() for value in shown]
    digests = []
    for part, value in zip(whole.parts, shown, strict=True):
        assert part.salt is not None
        digests.append(sha256(part.salt + value.encode()).digest())
    assert [part.commitment for part in whole.parts] == digests
    assert whole.link == sha256(GENESIS + (7).to_bytes(8) + b"".join(digests)).digest()
    assert whole.body == b'{"event":"Said","text":"words","lane":"room"}'


@given(times, names)
def test_the_first_part_begins_with_time_and_person(at: int, by: str) -> None:
    whole = msgspec.json.decode(opening(at, by) + b'"event":"Said"}')
    assert list(whole.items()) == [("at", at), ("by", by), ("event", "Said")]


@given(divided(), times, names, salts)
def test_a_person_can_be_a_part_of_its_own(said: list[bytes], at: int, by: str, salt: bytes) -> None:
    whole, other = (entry(GENESIS, 1, said, by, at, salt=salt, apart=apart) for apart in (True, False))
    assert (whole.by, whole.body) == (by, other.body)
    assert len(whole.parts) == len(said) + 1
    assert msgspec.json.decode(whole.parts[1].value or b"") == {"by": by}
    assert "by" not in members_of(whole.parts[0])
    assert [part.value for part in whole.parts[2:]] == [part.value for part in other.parts[1:]]
    shown = hidden(whole, lambda place, part: place != 1)
    assert (shown.by, shown.body, shown.lacks) == ("", whole.body, 1)


@pytest.mark.parametrize("seq", [-1, 2**64])
def test_a_number_that_does_not_fit_is_refused(seq: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        link(GENESIS, seq, GENESIS)


@pytest.mark.parametrize("size", [0, 1, 31, 33, 63, 65])
def test_only_whole_commitments_are_linked(size: int) -> None:
    with pytest.raises(ValueError, match="commitment of 32 bytes"):
        link(GENESIS, 1, bytes(size))


linked = st.tuples(st.sampled_from([GENESIS, bytes(32)]), st.integers(0, 2**64 - 1), st.lists(salts, min_size=1))


@given(linked, linked)
def test_different_entries_have_different_links(left: Any, right: Any) -> None:
    """Also if the bytes of one entry are those of another, divided in another way."""
    assume(left != right)
    links = {
        link(before, seq, b"".join(sha256(part).digest() for part in parts)) for before, seq, parts in (left, right)
    }
    assert len(links) == 2


@given(divided(), times, names, salts)
def test_where_an_entry_is_divided_is_part_of_its_link(said: list[bytes], at: int, by: str, salt: bytes) -> None:
    whole = entry(GENESIS, 1, said, by, at, salt)
    assert len(whole.parts) == len(said)
    assert b"{" + b",".join(value[1:-1] for value in said) + b"}" == whole.body
    if len(said) > 1:
        joined = entry(GENESIS, 1, [whole.body], by, at, salt)
        assert joined.body == whole.body
        assert joined.link != whole.link


@given(logs(), st.data())
def test_a_log_verifies_from_its_start_or_from_any_link(entries: list[Entry], data: st.DataObject) -> None:
    verdict = verify(entries)
    assert (verdict.ok, verdict.entries, verdict.head) == (True, len(entries), entries[-1].link)
    assert verdict.incomplete == sum(any(part.salt is None for part in entry.parts) for entry in entries)
    cut = data.draw(st.integers(1, len(entries)))
    assert verify(entries[cut:], entries[cut - 1].link).entries == len(entries) - cut


@given(whole_logs(), st.data())
def test_what_is_hidden_leaves_value_and_salt_behind_and_keeps_the_link(
    entries: list[Entry], data: st.DataObject
) -> None:
    whole = data.draw(st.sampled_from(entries))
    keeps = data.draw(st.lists(st.booleans(), min_size=len(whole.parts), max_size=len(whole.parts)))
    shown = hidden(whole, lambda place, part: keeps[place])
    assert (shown.seq, shown.link, shown.key) == (whole.seq, whole.link, "")
    assert commitments(shown.parts) == commitments(whole.parts)
    if not keeps[0]:
        assert shown.is_sealed
        assert (shown.at, shown.by, shown.body) == (0, "", b"")
        assert all(part == Part(part.commitment) for part in shown.parts)
        return
    for place, part in enumerate(shown.parts):
        assert part == (whole.parts[place] if keeps[place] else Part(whole.parts[place].commitment))
    there = [name for part in shown.parts for name in members_of(part) if name not in ("at", "by")]
    assert list(msgspec.json.decode(shown.body)) == there
    by = "" if is_apart(whole) and not keeps[1] else whole.by
    assert (shown.at, shown.by, shown.lacks) == (whole.at, by, keeps.count(False))
    assert hidden(shown, lambda place, part: True) == shown


@given(divided(), salts)
def test_the_salt_of_a_part_says_nothing_about_the_others(said: list[bytes], salt: bytes) -> None:
    whole = entry(GENESIS, 1, said, salt=salt)
    used = [part.salt for part in whole.parts]
    assert len(set(used)) == len(said)
    if len(said) == 1:
        assert used == [salt]
        return
    assert salt not in used
    for shown in used:
        assert shown is not None
        derived = {part_salt(shown, place, of) for of in range(1, 17) for place in range(of)} - {shown}
        assert derived.isdisjoint(used)


@given(logs(), st.data())
def test_the_first_bad_entry_is_named(entries: list[Entry], data: st.DataObject) -> None:
    bad = data.draw(st.integers(0, len(entries) - 1))
    entry, (first, *more) = entries[bad], entries[bad].parts
    other = Part(commitment(b"x" * 16, b"{}"), b"x" * 16, b"{}")
    wrong: dict[str, dict[str, Any]] = {
        "number out of order": {"seq": entry.seq + 1},
        "commitment differs": {"parts": (Part(first.commitment, b"x" * 16, b"{}"), *more)},
        "link differs": {"parts": (other, *more)},
        "undecodable": {"parts": (Part(first.commitment, b"short", b"{}"), *more)},
        "at least one commitment": {"parts": ()},
        "another format": {"format": 1},
    }
    reason = data.draw(st.sampled_from(sorted(wrong)))
    assume(bad or reason != "another format")
    changed = [*entries[:bad], msgspec.structs.replace(entry, **wrong[reason]), *entries[bad + 1 :]]
    verdict = verify(changed)
    assert (verdict.entries, verdict.first_bad) == (bad, entry.seq)
    assert verdict.head == (entries[bad - 1].link if bad else GENESIS)
    assert reason in verdict.reason


@given(logs(), st.data())
def test_a_part_taken_away_added_or_moved_is_found(entries: list[Entry], data: st.DataObject) -> None:
    bad = data.draw(st.integers(0, len(entries) - 1))
    there = list(entries[bad].parts)
    how = data.draw(st.sampled_from(["less", "more", "moved"]))
    if how == "less":
        there.pop(data.draw(st.integers(0, len(there) - 1)))
    elif how == "more":
        there.insert(data.draw(st.integers(0, len(there))), Part(bytes(32)))
    else:
        there.reverse()
    assume(tuple(there) != entries[bad].parts)
    entries[bad] = msgspec.structs.replace(entries[bad], parts=tuple(there))
    assert verify(entries).first_bad == bad + 1


def test_entries_in_another_order_and_missing_entries_are_found() -> None:
    before, entries = GENESIS, []
    for seq in range(1, 4):
        entries.append(entry(before, seq, SAID[:seq]))
        before = entries[-1].link
    assert verify([entries[1], entries[0], entries[2]]).first_bad == 1
    assert verify([entries[0], entries[2]]).first_bad == 2
    assert verify([entries[0], entries[1], entries[1]]).first_bad == 3
    assert verify([]).ok
