"""Logs of format 2 for property tests: entries of one to five parts, of which any are hidden or erased."""

from collections.abc import Sequence
from itertools import pairwise

import msgspec
from hypothesis import strategies as st

from acquis.record import Entry
from acquis.record.bounds import GREATEST
from acquis.record.chain import APART, GENESIS, commitments, hidden, link, merged, parts

titles = st.text().filter(lambda name: not (name.isascii() and name.isdigit()))
values = st.recursive(
    st.none() | st.booleans() | st.integers(0, GREATEST) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(titles, inner, max_size=3),
    max_leaves=8,
)
members = titles.filter(lambda name: name not in ("at", "by"))
names = st.text(max_size=12)
times = st.integers(0, GREATEST)
salts = st.binary(min_size=16, max_size=16)


@st.composite
def divided(draw: st.DrawFn, most: int = 5) -> list[bytes]:
    """The members of an entry, divided into one to five JSON objects."""
    there = draw(st.dictionaries(members, values, min_size=1, max_size=7))
    cuts = draw(st.sets(st.integers(1, len(there)), max_size=most - 1)) - {len(there)}
    pairs, edges = list(there.items()), [0, *sorted(cuts), len(there)]
    return [msgspec.json.encode(dict(pairs[start:end])) for start, end in pairwise(edges)]


def entry(
    before: bytes,
    seq: int,
    said: Sequence[bytes],
    by: str = "p",
    at: int = 0,
    salt: bytes = b"s" * 16,
    apart: bool = False,
) -> Entry:
    body, cuts = merged(said)
    proved = parts(body, (APART, *cuts) if apart else cuts, at, by, salt)
    return Entry(seq, at, by, "", body=body, parts=proved, link=link(before, seq, commitments(proved)))


@st.composite
def whole_logs(draw: st.DrawFn) -> list[Entry]:
    """A few chained entries of which nothing is hidden."""
    entries: list[Entry] = []
    for seq in range(1, draw(st.integers(1, 5)) + 1):
        before = entries[-1].link if entries else GENESIS
        entries.append(
            entry(before, seq, draw(divided()), draw(names), draw(times), salt=draw(salts), apart=draw(st.booleans()))
        )
    return entries


@st.composite
def logs(draw: st.DrawFn) -> list[Entry]:
    """The same, with any parts hidden."""
    shown = []
    for whole in draw(whole_logs()):
        keeps = draw(st.lists(st.booleans(), min_size=len(whole.parts), max_size=len(whole.parts)))
        shown.append(hidden(whole, lambda place, _, keeps=keeps: keeps[place]))  # type: ignore[misc]  # early binding
    return shown
