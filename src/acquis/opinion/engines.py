"""The opinion map in more than one process: parts are computed by worker processes or a Dask cluster and merged here.

A part holds all votes of its people; otherwise pairs and last votes would be lost. It is either sent to a worker, or
read there from a Parquet file on storage that all workers can read. It is an object of the engine that lives as long as
the engine is open: no worker keeps anything afterwards, and what a lost worker held is made again. Little data is
transferred: 3 m^2 numbers for the sums, 3 k m for a tally, 8 bytes for each person for the sample. All engines give
results that are equal bit for bit."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from multiprocessing import get_context
from typing import Any, TypeAlias

import numpy as np

from acquis.opinion.reading import Each, VoterSubset
from acquis.opinion.sampling import Keys, mixed
from acquis.opinion.votes import Votes, votes_from_arrays

Maker: TypeAlias = Callable[[], Any]
"""Makes an object in the process in which its methods are then called."""
Start: TypeAlias = Callable[[Sequence[Maker]], Each]
_PARTS: dict[tuple[int, int], Any] = {}
"""The objects of a worker process of the engine `process`, which ends with the engine: by call and part."""


@dataclass(frozen=True)
class ShardFile:
    """A Parquet file (participant, statement, vote, seq) with all votes of its people."""

    path: str

    def statements(self) -> set[Hashable]:
        """The ids of the statements that occur."""
        return set(self._columns("statement")[0].unique().to_pylist())

    def people(self) -> Keys:
        """A number for each of the people, which says nothing else about him or her."""
        ids = self._columns("participant")[0].unique()
        if str(ids.type).startswith(("int", "uint")):
            return mixed(ids.to_numpy().astype(np.uint64))
        digests = [hashlib.blake2b(str(id).encode(), digest_size=8).digest() for id in ids.to_pylist()]
        return np.frombuffer(b"".join(digests), np.uint64)

    def voters(self, statements: Sequence[Hashable]) -> VoterSubset:
        """The votes on these statements (ascending); on others there are none."""
        person, statement, choice, when = (column.to_numpy() for column in self._columns(*COLUMNS))
        known = np.array(statements)
        place = np.searchsorted(known, statement).clip(max=len(known) - 1)
        kept = np.flatnonzero(known[place] == statement)
        people, person = np.unique(person, return_inverse=True)
        order = when[kept] if (np.diff(when) < 0).any() else None
        of = person[kept], place[kept], choice[kept]
        return VoterSubset(votes_from_arrays(*of, order, people=people.tolist(), statements=statements))

    def _columns(self, *names: str) -> list[Any]:
        import pyarrow.parquet as parquet  # noqa: PLC0415  # an extra

        table = parquet.read_table(self.path, columns=list(names), use_threads=False)
        return [table.column(name) for name in names]


COLUMNS = ("participant", "statement", "vote", "seq")


@contextmanager
def elsewhere(votes: Votes, engine: str, workers: int = 2) -> Iterator[Each]:
    """Distribute the votes over `workers` workers of an engine, as argument `elsewhere` of `opinion_map`.

    engine: `one` (this process), `process`, or `dask` (local worker processes, or the cluster to which a
    dask.distributed client is connected). Raises ValueError if the engine is unknown or its extra is not installed."""
    parts = max(min(workers, len(votes.people)), 1)
    mine = [votes.of_people(np.arange(part, len(votes.people), parts)) for part in range(parts)]
    with _engine(engine)(workers) as start:
        yield start([partial(VoterSubset, part) for part in mine])


@contextmanager
def shards_elsewhere(
    paths: Sequence[str], engine: str, workers: int = 2, dropped: Callable[[set[Hashable]], set[Hashable]] | None = None
) -> Iterator[tuple[Each, tuple[Hashable, ...]]]:
    """The votes of Parquet files, which are read by the workers alone, and the statements in order. dropped: of the
    statements that occur, those to leave out. Raises ValueError if a person is in two files."""
    with _engine(engine)(workers) as start:
        files = start([partial(ShardFile, path) for path in paths])
        people = np.concatenate(files("people"))
        if len(np.unique(people, return_index=True)[0]) < len(people):
            raise ValueError("a participant is in two of the files; each file must have all votes of its people")
        ids: set[Hashable] = set().union(*files("statements"))
        statements = tuple(sorted(ids - (dropped(ids) if dropped else set())))  # type: ignore[type-var]  # one type
        yield start([partial(ShardFile(path).voters, statements) for path in paths]), statements


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
    """A part is a future: Dask makes it again if its worker is lost, and frees it when the engine closes."""
    try:
        from distributed import Client, LocalCluster, get_client  # noqa: PLC0415  # an extra
    except ImportError:
        raise ValueError("the engine dask needs the extra: install acquis[dask]") from None
    own: Any = None
    parts: list[Any] = []
    try:
        client: Any = get_client()
    except ValueError:
        cluster: Any = LocalCluster
        own = cluster(n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0")
        connect: Any = Client
        client = connect(own)

    def start(makers: Sequence[Maker]) -> Each:
        made = [client.submit(make, pure=False) for make in makers]
        parts.extend(made)
        return lambda method, *arguments: list(
            client.gather([client.submit(call, part, method, *arguments, pure=False) for part in made])
        )

    try:
        yield start
    finally:
        for part in parts:
            part.release()
        if own is not None:
            client.close()
            own.close()
