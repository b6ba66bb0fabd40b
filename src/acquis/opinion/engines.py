"""The opinion map in several processes: parts are computed by worker processes or a Dask cluster and merged here.

A part holds all votes of its people; otherwise pairs and last votes would be lost. It is either sent to a worker, or
read there from a Parquet file on storage that all workers can read. It is an object of the engine that lives as long as
the engine is open: no worker keeps anything afterwards, and what a lost worker of Dask held is made again. A worker
holds 3 bytes for each vote and 8 for each person of its parts, and while it reads a file, 25 for each vote of it.
Little data is transferred: 3 m^2 numbers for the sums, 3 k m for a tally, 8 bytes for each person for the sample. All
engines give results that are equal bit for bit."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeAlias, cast

import numpy as np

from acquis.opinion.blas import one_thread
from acquis.opinion.columns import Columns, in_order, parquet_columns
from acquis.opinion.reading import Each, VoterSubset
from acquis.opinion.sampling import Keys
from acquis.opinion.sheets import PERSON, STATEMENT, VOTE, WHEN
from acquis.opinion.votes import MOST_STATEMENTS, Votes, too_many

Maker: TypeAlias = Callable[[], Any]
"""Makes an object in the process in which its methods are then called."""
Start: TypeAlias = Callable[[Sequence[Maker]], Each]
_PARTS: dict[tuple[int, int], Any] = {}
"""The objects of a worker process of the engine `process`, which ends with the engine: by call and part."""


@dataclass(frozen=True)
class ShardFile:
    """A Parquet file with all votes of its people, in the form that `read_conversation` reads. Each question reads it
    anew, and nothing of it is kept."""

    path: str

    def ids(self) -> tuple[Keys, set[str]]:
        """A key of each person, by which it is known in which files he or she is; and the ids of the statements that
        occur. Raises BadFile."""
        columns = self._columns()
        digests = [hashlib.blake2b(id.encode(), digest_size=8).digest() for id in columns.people.ids]
        return np.frombuffer(b"".join(digests), np.uint64), set(columns.statements.ids)

    def voters(self, statements: Sequence[Hashable]) -> VoterSubset:
        """The votes on these statements, in this order; those on others are left out. People have numbers and no ids.
        Raises BadFile."""
        votes = self._columns().votes(statements)
        return VoterSubset(replace(votes, people=range(len(votes.people))))

    def _columns(self) -> Columns:
        return parquet_columns(Path(self.path), (PERSON, STATEMENT, VOTE, WHEN))


@contextmanager
def elsewhere(votes: Votes, engine: str, workers: int | None = None) -> Iterator[Each]:
    """Distribute the votes over `workers` workers of an engine (by default one for each processor), as argument
    `elsewhere` of `opinion_map`.

    engine: `one` (this process), `process`, or `dask` (see `_dask`). Raises ValueError if the engine is unknown or its
    extra is not installed."""
    workers = workers or os.cpu_count() or 1
    parts = max(min(workers, len(votes.people)), 1)
    mine = [votes.of_people(np.arange(part, len(votes.people), parts)) for part in range(parts)]
    with _engine(engine)(workers) as start:
        yield start([partial(VoterSubset, part) for part in mine])


@contextmanager
def shards_elsewhere(
    paths: Sequence[str],
    engine: str,
    workers: int | None = None,
    dropped: Callable[[set[Hashable]], set[Hashable]] | None = None,
) -> Iterator[tuple[Each, tuple[Hashable, ...]]]:
    """The votes of Parquet files, which are read by the workers alone, and the statements in order. engine, workers:
    see `elsewhere`. dropped: of the statements that occur, those to leave out. Raises BadFile, or ValueError if a
    person is in two files or there are too many statements."""
    with _engine(engine)(workers or os.cpu_count() or 1) as start:
        keys, occurring = zip(*start([partial(ShardFile, path) for path in paths])("ids"), strict=True)
        _check_apart(paths, keys)
        ids = in_order(set().union(*occurring))[0]
        if len(ids) > MOST_STATEMENTS:
            raise too_many(len(ids))
        out = dropped(set(ids)) if dropped else set()
        statements = tuple(id for id in ids if id not in out)
        yield start([partial(ShardFile(path).voters, statements) for path in paths]), statements


def _check_apart(paths: Sequence[str], keys: Sequence[Keys]) -> None:
    """Raises ValueError if a person is in two files. keys: of the people of each file."""
    people = np.sort(np.concatenate(keys))
    if len(twice := people[1:][people[1:] == people[:-1]]):
        first, second = [Path(path).name for path, of_file in zip(paths, keys, strict=True) if twice[0] in of_file][:2]
        raise ValueError(
            f"a participant is in {first} and in {second}; each file must have all votes of its participants"
        )


def _engine(name: str) -> Callable[[int], AbstractContextManager[Start]]:
    engines = {"one": _in_process, "process": _processes, "dask": _dask}
    if name not in engines:
        raise ValueError(f"no engine {name}; there are {', '.join(engines)}")
    return engines[name]


@contextmanager
def _in_process(_workers: int) -> Iterator[Start]:
    def start(makers: Sequence[Maker]) -> Each:
        parts = [make() for make in makers]
        return lambda method, *arguments: [call(part, method, *arguments) for part in parts]

    yield start


@one_thread()
def call(part: Any, method: str, *arguments: Any) -> Any:
    """The result of a method of a part."""
    return getattr(part, method)(*arguments)


@contextmanager
def _processes(workers: int) -> Iterator[Start]:
    """One pool with one process for each worker, so that a part is always handled by the process that has made it."""
    pools = [ProcessPoolExecutor(1, mp_context=get_context("spawn")) for _ in range(workers)]
    calls = count()

    def start(makers: Sequence[Maker]) -> Each:
        places = [(next(calls), number) for number in range(len(makers))]

        def spread(work: Callable[..., Any], arguments: list[tuple[Any, ...]]) -> list[Any]:
            futures = [pools[i % workers].submit(work, *of_part) for i, of_part in enumerate(arguments)]
            return [future.result() for future in futures]

        spread(_hold, list(zip(places, makers, strict=True)))
        return lambda method, *arguments: spread(_call_part, [(place, method, *arguments) for place in places])

    try:
        yield start
    finally:
        for pool in pools:
            pool.shutdown(cancel_futures=True)


def _hold(place: tuple[int, int], make: Maker) -> None:
    _PARTS[place] = make()


def _call_part(place: tuple[int, int], method: str, *arguments: Any) -> Any:
    return call(_PARTS[place], method, *arguments)


@contextmanager
def _dask(workers: int) -> Iterator[Start]:
    """A part is a future: Dask makes it again if its worker is lost, and frees it when the engine closes. The cluster
    is the one to which a client is connected, or that `scheduler-address` of Dask's settings names, or else one of
    `workers` processes on this machine."""
    try:
        import dask  # noqa: PLC0415  # an extra
        from distributed import Client, LocalCluster, get_client  # noqa: PLC0415  # an extra
    except ImportError:
        raise ValueError("the engine dask needs the extra: install acquis[dask]") from None
    connect, local = cast(Any, Client), cast(Any, LocalCluster)
    with ExitStack() as opened:
        try:
            client: Any = get_client()
        except ValueError:
            cluster = dask.config.get("scheduler-address", None) or opened.enter_context(
                local(n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0")
            )
            client = opened.enter_context(connect(cluster))
        parts: list[Any] = []
        opened.callback(lambda: [part.release() for part in parts])

        def start(makers: Sequence[Maker]) -> Each:
            made = [client.submit(make, pure=False) for make in makers]
            parts.extend(made)
            return lambda method, *arguments: list(
                client.gather([client.submit(call, part, method, *arguments, pure=False) for part in made])
            )

        yield start
