"""The chain and the form of an export, without any file."""

from hashlib import sha256
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from acquis.record import Entry
from acquis.record.chain import GENESIS, digest, from_line, link, to_line, verify

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
bodies = values.map(msgspec.json.encode)
names = st.text(max_size=12)
times = st.integers(0, 2**63 - 1)


@st.composite
def logs(draw: st.DrawFn) -> list[Entry]:
    """A few chained entries, some with their text erased."""
    entries: list[Entry] = []
    before = GENESIS
    for seq in range(1, draw(st.integers(1, 5)) + 1):
        at, by, body, salt = draw(times), draw(names), draw(bodies), draw(st.binary(min_size=16, max_size=16))
        covered = digest(salt, body)
        before = link(before, seq, at, by, covered)
        entry = Entry(seq, at, by=by, key="", body=body, salt=salt, digest=covered, link=before)
        erased = draw(st.booleans())
        entries.append(msgspec.structs.replace(entry, body=b'{"erased":true}', salt=None) if erased else entry)
    return entries


def test_link_is_made_as_the_page_says() -> None:
    covered = sha256(b"s" * 16 + b'{"a":1}').digest()
    written = GENESIS + (7).to_bytes(8) + (1_700_000_000_000).to_bytes(8) + (3).to_bytes(2) + "é1".encode() + covered
    assert digest(b"s" * 16, b'{"a":1}') == covered
    assert link(GENESIS, 7, 1_700_000_000_000, "é1", covered) == sha256(written).digest()


@pytest.mark.parametrize(("at", "by"), [(2**63, "p"), (0, "x" * 65536)])
def test_what_does_not_fit_is_refused(at: int, by: str) -> None:
    with pytest.raises(ValueError, match="out of range"):
        link(GENESIS, 1, at, by, GENESIS)


@given(logs())
def test_an_export_comes_back_byte_for_byte(entries: list[Entry]) -> None:
    lines = [to_line(entry) for entry in entries]
    assert [from_line(line) for line in lines] == entries
    assert [from_line(line + b"\n") for line in lines] == entries
    assert not any(b"\n" in line for line in lines)
    for entry, line in zip(entries, lines, strict=True):
        assert entry.body in line
        assert msgspec.json.decode(line)["seq"] == entry.seq


@given(logs(), st.data())
def test_a_log_verifies_from_its_start_or_from_any_link(entries: list[Entry], data: st.DataObject) -> None:
    verdict = verify(entries)
    assert (verdict.ok, verdict.entries, verdict.head) == (True, len(entries), entries[-1].link)
    assert verdict.erased == sum(entry.salt is None for entry in entries)
    cut = data.draw(st.integers(1, len(entries)))
    assert verify(entries[cut:], entries[cut - 1].link).entries == len(entries) - cut


@given(logs(), st.data())
def test_any_changed_byte_of_an_export_is_found(entries: list[Entry], data: st.DataObject) -> None:
    which = data.draw(st.integers(0, len(entries) - 1))
    assume(entries[which].salt is not None)  # what stands in place of an erased text is not covered
    changed = bytearray(to_line(entries[which]))
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        entry = from_line(bytes(changed))
    except ValueError:
        return  # found when it was read
    found = verify([*entries[:which], entry, *entries[which + 1 :]])
    assert found.first_bad == which + 1


@pytest.mark.parametrize("body", [b"", b" 1", b"1 ", b"{", b'1,"salt":null', b'{"a":\n1}', b'{"a":1}\n', b"\xff"])
def test_a_body_that_would_not_come_back_is_not_exported(body: bytes) -> None:
    entry = Entry(1, 0, by="p", key="", body=body, salt=b"s" * 16, digest=digest(b"s" * 16, body), link=GENESIS)
    with pytest.raises(ValueError, match=r".+"):
        to_line(entry)


@given(logs(), st.data())
def test_the_first_bad_entry_is_named(entries: list[Entry], data: st.DataObject) -> None:
    bad = data.draw(st.integers(0, len(entries) - 1))
    entry = entries[bad]
    wrong: dict[str, dict[str, Any]] = {
        "number out of order": {"seq": entry.seq + 1},
        "digest differs": {"body": entry.body + b" "} if entry.salt else {"digest": GENESIS},
        "link differs": {"at": entry.at ^ 1},
        "undecodable": {"salt": b"short"},
    }
    reason = data.draw(st.sampled_from(sorted(wrong)))
    changed = [*entries[:bad], msgspec.structs.replace(entry, **wrong[reason]), *entries[bad + 1 :]]
    verdict = verify(changed)
    assert (verdict.entries, verdict.first_bad) == (bad, entry.seq)
    assert verdict.head == (entries[bad - 1].link if bad else GENESIS)
    if entry.salt or reason != "digest differs":
        assert reason in verdict.reason


def test_entries_in_another_order_and_missing_entries_are_found() -> None:
    salt, before, entries = b"s" * 16, GENESIS, []
    for seq in range(1, 4):
        before = link(before, seq, seq, "p", digest(salt, b"1"))
        entries.append(Entry(seq, seq, by="p", key="", body=b"1", salt=salt, digest=digest(salt, b"1"), link=before))
    assert verify([entries[1], entries[0], entries[2]]).first_bad == 1
    assert verify([entries[0], entries[2]]).first_bad == 2
    assert verify([entries[0], entries[1], entries[1]]).first_bad == 3
    assert verify([]).ok
