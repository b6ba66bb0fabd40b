"""Loops compiled by numba (the extra `fast`). Each gives the same result, bit for bit, as the NumPy function that it
replaces in `fast`. This module is imported only for many votes, because loading the compiler takes a second or two."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np
from numba import njit

from acquis.opinion.arrays import Choices, Floats, Ints

PART = 1 << 24
"""The approximate number of votes that a thread sorts at a time."""
SHARD = 4096
"""Number of people counted together, so that their votes and the pairs of one statement fit into the processor
cache."""


def sorted_rows(
    person: Any, statement: Any, choice: Any, when: Any, n: int, m: int, threads: int = 1
) -> tuple[Ints, Any, Choices]:
    """The rows of `Votes` (start, statement, choice) from votes in any order, sorted by person and then by statement.
    Of several votes of a person on a statement the latest counts, and of equal times the last in the order given.

    when: the times; None if the votes are in order of time. The people are divided into parts, which the threads take
    in turn, so that little is in memory twice."""
    number = threads * max(1, len(person) // PART)
    edges = [n * part // number for part in range(number + 1)]
    if when is None:
        when = np.zeros(0, np.uint32)

    def rows(part: int) -> Any:
        return _sorted(person, statement, choice, when=when, low=edges[part], high=edges[part + 1], m=m)

    with ThreadPoolExecutor(threads) as pool:
        parts = list(pool.map(rows, range(number)))
    before = np.cumsum([0, *(len(part[1]) for part in parts)])
    starts = [part[0][:-1] + offset for part, offset in zip(parts, before)]
    return (
        np.concatenate([*starts, before[-1:]]).astype(np.int64),
        np.concatenate([part[1] for part in parts]),
        np.concatenate([part[2] for part in parts]),
    )


@njit(cache=True, nogil=True)
def _sorted(person: Any, statement: Any, choice: Any, when: Any, low: int, high: int, m: int) -> Any:
    """The rows of people low..high - 1: a counting sort by statement, then one by person, both stable."""
    n, timed = high - low, len(when) > 0
    first = np.zeros(m + 1, np.int64)
    for i in range(len(person)):
        if low <= person[i] < high:
            first[statement[i] + 1] += 1
    for j in range(m):
        first[j + 1] += first[j]
    packed = np.empty(first[m], np.uint32)
    source = np.empty(first[m] if timed else 0, np.uint32)
    cursor = first[:-1].copy()
    for i in range(len(person)):
        if low <= person[i] < high:
            at = cursor[statement[i]]
            cursor[statement[i]] = at + 1
            packed[at] = np.uint32(person[i] - low) << np.uint32(2) | np.uint32(choice[i] + 1)
            if timed:
                source[at] = i
    begin = np.zeros(n + 1, np.int64)
    for i in range(len(packed)):
        begin[(packed[i] >> np.uint32(2)) + 1] += 1
    for p in range(n):
        begin[p + 1] += begin[p]
    column = np.empty(len(packed), np.uint16)
    value = np.empty(len(packed), np.int8)
    latest = np.empty(n if timed else 0, np.uint32)
    end = begin[:-1].copy()
    for j in range(m):
        for i in range(first[j], first[j + 1]):
            p = packed[i] >> np.uint32(2)
            at = end[p]
            if at > begin[p] and column[at - 1] == j:  # a changed vote: the later one counts
                if timed and when[source[i]] < when[latest[p]]:
                    continue
                at -= 1
            else:
                end[p] = at + 1
            column[at] = j
            value[at] = np.int8(packed[i] & np.uint32(3)) - 1
            if timed:
                latest[p] = source[i]
    return _without_gaps(begin, end, column, value)


@njit(cache=True, nogil=True)
def _without_gaps(begin: Ints, end: Ints, column: Any, value: Any) -> Any:
    """The rows, of which row p is in begin[p]..end[p] - 1, without the gaps between them."""
    start = np.zeros(len(begin), np.int64)
    at = 0
    for p in range(len(end)):
        for i in range(begin[p], end[p]):
            column[at] = column[i]
            value[at] = value[i]
            at += 1
        start[p + 1] = at
    return start, column[:at].copy(), value[:at].copy()


@njit(cache=True, nogil=True)
def _count_pairs(start: Any, column: Any, value: Any, first: int, last: int, m: int, table: Any) -> None:
    """Adds the pairs of votes of people first..last - 1 to table[j, choice on j, 4 k + choice on k] for j <= k. For
    each statement j, each person who voted on it adds the rest of his or her row."""
    a, b = start[first], start[last]
    code = np.empty(b - a, np.uint16)
    begin = np.zeros(m + 1, np.int64)
    for i in range(a, b):
        code[i - a] = np.uint16(column[i]) << np.uint16(2) | np.uint16(value[i] + 1)
        begin[column[i] + 1] += 1
    for j in range(m):
        begin[j + 1] += begin[j]
    voter = np.empty(b - a, np.int32)
    cursor = begin[:-1].copy()
    for p in range(first, last):
        for i in range(start[p], start[p + 1]):
            voter[cursor[column[i]]] = p - first
            cursor[column[i]] += 1
    at = start[first : last + 1] - a
    row = at[:-1].copy()
    for j in range(m):
        for i in range(begin[j], begin[j + 1]):
            p = voter[i]
            here = row[p]
            row[p] = here + 1
            pairs = table[j, code[here] & np.uint16(3)]
            for y in range(here, at[p + 1]):
                pairs[code[y]] += 1


@njit(cache=True, nogil=True)
def _unfolded(table: Any) -> Any:
    """The matrices xx, mx and mm of `sums`, from the counts of pairs."""
    m = table.shape[0]
    xx = np.zeros((m, m), np.int64)
    mx = np.zeros((m, m), np.int64)
    mm = np.zeros((m, m), np.int64)
    for j in range(m):
        for k in range(j, m):
            for u in range(3):
                for v in range(3):
                    count = np.int64(table[j, u, 4 * k + v])
                    xx[j, k] += (u - 1) * (v - 1) * count
                    mx[j, k] += (v - 1) * count
                    if k != j:
                        mx[k, j] += (u - 1) * count
                    mm[j, k] += count
            xx[k, j] = xx[j, k]
            mm[k, j] = mm[j, k]
    return xx, mx, mm


def pair_counts(start: Ints, column: Any, value: Choices, m: int, threads: int) -> tuple[Ints, Ints, Ints]:
    """xx, mx, mm of all rows, computed by `threads` threads with one table each (48 m^2 bytes)."""
    n = len(start) - 1
    shards = [(first, min(first + SHARD, n)) for first in range(0, n, SHARD)]

    def count(thread: int) -> Any:
        table = np.zeros((m, 3, 4 * m), np.int32)
        for first, last in shards[thread::threads]:
            _count_pairs(start, column, value=value, first=first, last=last, m=m, table=table)
        return table

    if threads == 1:
        return tuple(_unfolded(count(0)))
    with ThreadPoolExecutor(threads) as pool:
        parts = list(pool.map(count, range(threads)))
    total = parts[0].astype(np.int64) if n > np.iinfo(np.int32).max else parts[0]
    for part in parts[1:]:
        total += part
    return tuple(_unfolded(total))


def by_parts(rows: tuple[Ints, Any, Choices], threads: int, run: Callable[[Any, slice], Any]) -> list[Any]:
    """The results of `run` for the rows (start, statement, choice) of each part of the people. Each part has about as
    many votes and is handled in a thread of its own."""
    start, column, value = rows
    inner = np.searchsorted(start, np.arange(1, threads) * (len(value) // threads)).tolist()
    parts = [slice(first, last) for first, last in pairwise([0, *inner, len(start) - 1])]
    of_parts = [(start[part.start : part.stop + 1], column, value) for part in parts]
    if threads == 1:
        return list(map(run, of_parts, parts))
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, of_parts, parts))


@njit(cache=True)
def _code(statement: Any, choice: Any) -> Any:
    """3 * statement + choice + 1, as an unsigned number: with a signed index the loops would check for negative
    ones."""
    return np.uint64(statement) * np.uint64(3) + np.uint64(np.uint8(choice + 1))


@njit(cache=True, nogil=True)
def add_up(start: Ints, column: Any, value: Choices, table: Floats, out: Floats) -> None:
    """Adds to out (n, width), for each person, the rows of `place.vote_table` for the person's votes."""
    for p in range(len(start) - 1):
        for i in range(start[p], start[p + 1]):
            code = _code(column[i], value[i])
            for c in range(table.shape[1]):
                out[p, c] += table[code, c]


@njit(cache=True, nogil=True)
def add_up_four(start: Ints, column: Any, value: Choices, table: Floats, out: Floats) -> None:
    """Writes to out (n, 4) what `add_up` would add for a table of four columns. It adds in registers."""
    for p in range(len(start) - 1):
        first = second = third = fourth = 0.0
        for i in range(start[p], start[p + 1]):
            row = table[_code(column[i], value[i])]
            first += row[0]
            second += row[1]
            third += row[2]
            fourth += row[3]
        out[p, 0] = first
        out[p, 1] = second
        out[p, 2] = third
        out[p, 3] = fourth


@njit(cache=True, nogil=True)
def count_choices(start: Ints, column: Any, value: Choices, label: Ints, out: Ints) -> None:
    """Adds the counts of `consensus.tally` to out (groups, 3 m)."""
    for p in range(len(start) - 1):
        if label[p] >= 0:
            counts = out[label[p]]
            for i in range(start[p], start[p + 1]):
                counts[_code(column[i], value[i])] += 1


@njit(cache=True, nogil=True)
def count_marks(start: Ints, column: Any, value: Choices, marks: Any, label: Ints, out: Ints) -> None:
    """Writes the numbers of `place.marked` to out (n, 2). Both are counted at once, in the two halves of one number."""
    halves = (marks & 1).astype(np.uint32) | (marks >> 1).astype(np.uint32) << np.uint32(16)
    for p in range(len(start) - 1):
        of_label = halves[label[p]]
        total = np.uint32(0)
        for i in range(start[p], start[p + 1]):
            total += of_label[_code(column[i], value[i])]
        out[p, 0] = total & np.uint32(0xFFFF)
        out[p, 1] = total >> np.uint32(16)


@njit(cache=True, nogil=True)
def add_agreements(start: Ints, column: Any, value: Choices, label: Ints, weight: Ints, out: Ints) -> None:
    """Adds the weights of `consensus.agreements` to out (groups, m). A vote that does not agree adds 0, because a
    branch would be mispredicted too often."""
    for p in range(len(start) - 1):
        if label[p] >= 0:
            sizes, each = out[label[p]], weight[p]
            for i in range(start[p], start[p + 1]):
                sizes[np.uint64(column[i])] += each * np.int64(value[i] == 1)


@njit(cache=True, nogil=True)
def put(table: Choices, sums: Ints, person: int, statement: int, choice: int, missing: int) -> int:
    """Casts, changes or removes one vote in the table of `LiveSums`. Returns the change in the person's number of
    votes."""
    row = table[person]
    before = row[statement]
    if before == choice:
        return 0
    now = choice if choice != missing else 0
    then = before if before != missing else 0
    value, more = now - then, int(choice != missing) - int(before != missing)
    xx, mx, mm = sums[0, statement], sums[1], sums[2, statement]
    for k in range(len(row)):
        theirs = row[k]
        if theirs != missing and k != statement:
            xx[k] += value * theirs
            sums[0, k, statement] += value * theirs
            mx[k, statement] += value
            if more:
                mx[statement, k] += more * theirs
                mm[k] += more
                sums[2, k, statement] += more
    xx[statement] += now * now - then * then
    mx[statement, statement] += value
    mm[statement] += more
    row[statement] = choice
    return more
