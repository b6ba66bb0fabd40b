"""The opinion map past one process: parts on worker processes or on a Dask cluster, merged here.

A part is a Parquet file (participant, statement, vote, seq) that holds all votes of its people: sharding must be by
participant, or pairs and last votes would be lost. A worker keeps the rows it has read. What travels is small: 3 m^2
numbers for the sums, 0.5 MB for a histogram, 3 k m for a tally. All engines give the same bits.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from acquis.opinion.axes import Axes
from acquis.opinion.reading import Each, Part
from acquis.opinion.votes import Votes, votes_from_arrays

Shard = tuple[str, tuple[Hashable, ...]]
"""A file and the statements of the conversation, in order."""
_parts: dict[Shard, Part] = {}
_axes: dict[bytes, Axes] = {}


def write_shards(votes: Votes, folder: Path, shards: int) -> list[Path]:
    """Writes the votes as `shards` Parquet files, each person in one of them (extra `parquet`)."""
    import pyarrow  # noqa: PLC0415  # an extra
    import pyarrow.parquet as parquet  # noqa: PLC0415  # an extra

    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for shard in range(shards):
        mine = np.arange(shard, len(votes.people), shards)
        rows = votes.of_people(mine)
        columns = {
            "participant": mine[rows.person],
            "statement": rows.statement,
            "vote": rows.choice,
            "seq": np.arange(len(rows)),
        }
        paths.append(folder / f"votes-{shard:05d}.parquet")
        parquet.write_table(pyarrow.table(columns), paths[-1], compression="zstd")
    return paths


def run(shard: Shard, method: str, *arguments: Any) -> Any:
    """One method of the part in a file, in whatever process this is."""
    if shard not in _parts:
        _parts[shard] = Part(_read(*shard))
    return getattr(_parts[shard], method)(*(_known(one) for one in arguments))


def _known(argument: Any) -> Any:
    """Axes that have travelled are the same axes: places are computed once for them."""
    if not isinstance(argument, Axes):
        return argument
    return _axes.setdefault(argument.loadings.tobytes() + argument.mean.tobytes(), argument)


def _read(path: str, statements: tuple[Hashable, ...]) -> Votes:
    import pyarrow.parquet as parquet  # noqa: PLC0415  # an extra

    table = parquet.read_table(path, columns=["participant", "statement", "vote", "seq"], use_threads=False)
    person, statement, choice, when = (column.to_numpy() for column in table.columns)
    people, person = np.unique(person, return_inverse=True)
    order = when if (np.diff(when) < 0).any() else None
    return votes_from_arrays(person, statement, choice, order, people=people.tolist(), statements=statements)


@contextmanager
def elsewhere(votes: Votes, engine: str, workers: int = 2) -> Iterator[Each]:
    """The votes in as many files as there are workers, each read by its worker, for `outline` and `opinion_map`.
    engine: `one` (this process), `process`, or `dask` (extra `dask`: worker processes here, or the cluster that a
    dask.distributed client is connected to). Raises ValueError for any other."""
    with TemporaryDirectory() as folder:
        paths = write_shards(votes, Path(folder), max(min(workers, len(votes.people)), 1))
        with _engine(engine)([(str(path), tuple(votes.statements)) for path in paths], workers) as each:
            yield each


def _engine(name: str) -> Callable[[list[Shard], int], AbstractContextManager[Each]]:
    engines = {"one": _one, "process": _processes, "dask": _dask}
    if name not in engines:
        raise ValueError(f"no engine {name}; there are {', '.join(engines)}")
    return engines[name]


@contextmanager
def _one(shards: list[Shard], _workers: int) -> Iterator[Each]:
    def each(method: str, *arguments: Any) -> list[Any]:
        return [run(shard, method, *arguments) for shard in shards]

    yield each
    for shard in shards:
        _parts.pop(shard, None)


@contextmanager
def _processes(shards: list[Shard], workers: int) -> Iterator[Each]:
    """A pool of one process for each worker, so that a shard always goes to the process that has read it."""
    pools = [ProcessPoolExecutor(1, mp_context=get_context("spawn")) for _ in range(min(workers, len(shards)))]

    def each(method: str, *arguments: Any) -> list[Any]:
        told = [pools[i % len(pools)].submit(run, shard, method, *arguments) for i, shard in enumerate(shards)]
        return [one.result() for one in told]

    try:
        yield each
    finally:
        for pool in pools:
            pool.shutdown(cancel_futures=True)


@contextmanager
def _dask(shards: list[Shard], workers: int) -> Iterator[Each]:
    try:
        from distributed import Client, LocalCluster, get_client  # noqa: PLC0415  # an extra
    except ImportError:
        raise ValueError("the engine dask needs the extra: install acquis[dask]") from None
    own: Any = None
    try:
        client: Any = get_client()
    except ValueError:
        cluster: Any = LocalCluster
        own = cluster(n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0")
        connect: Any = Client
        client = connect(own)
    names = sorted(client.scheduler_info(n_workers=-1)["workers"])

    def each(method: str, *arguments: Any) -> list[Any]:
        told = [
            client.submit(run, shard, method, *arguments, pure=False, workers=[names[i % len(names)]])
            for i, shard in enumerate(shards)
        ]
        return list(client.gather(told))

    try:
        yield each
    finally:
        if own is not None:
            client.close()
            own.close()
