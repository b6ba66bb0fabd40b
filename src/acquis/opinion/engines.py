"""The opinion map in more than one process: parts are computed by worker processes or a Dask cluster and merged here.

A part is a Parquet file (participant, statement, vote, seq) that holds all votes of its people. Votes must be sharded
by participant, because otherwise pairs and last votes would be lost. A worker keeps the rows that it has read. Little
data is transferred: 3 m^2 numbers for the sums, 3 k m numbers for a tally. All engines give
results that are equal bit for bit."""

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
from acquis.opinion.reading import Each, VoterSubset
from acquis.opinion.votes import Votes, votes_from_arrays

Shard = tuple[str, tuple[Hashable, ...]]
"""The path of a file, and the statements of the conversation in order."""
_parts: dict[Shard, VoterSubset] = {}
_axes: dict[bytes, Axes] = {}


def write_shards(votes: Votes, folder: Path, shards: int) -> list[Path]:
    """Write the votes as `shards` Parquet files, each person in one of them (extra `parquet`). Returns the paths."""
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
    """Call a method of the `VoterSubset` of a shard in the current process; the file is read once in each process."""
    if shard not in _parts:
        _parts[shard] = VoterSubset(_read(*shard))
    return getattr(_parts[shard], method)(*(_known(argument) for argument in arguments))


def _known(argument: Any) -> Any:
    """Equal axes as one object, so that the positions for axes that were sent between processes are computed once."""
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
    """Distribute the votes over `workers` workers of an engine, as argument `elsewhere` of `opinion_map`.

    engine: `one` (this process), `process`, or `dask` (local worker processes, or the cluster to which a
    dask.distributed client is connected). Raises ValueError if the engine is unknown or its extra is not installed."""
    with TemporaryDirectory() as folder:
        paths = write_shards(votes, Path(folder), max(min(workers, len(votes.people)), 1))
        with _engine(engine)([(str(path), tuple(votes.statements)) for path in paths], workers) as each:
            yield each


def _engine(name: str) -> Callable[[list[Shard], int], AbstractContextManager[Each]]:
    engines = {"one": _in_process, "process": _processes, "dask": _dask}
    if name not in engines:
        raise ValueError(f"no engine {name}; there are {', '.join(engines)}")
    return engines[name]


@contextmanager
def _in_process(shards: list[Shard], _workers: int) -> Iterator[Each]:
    def each(method: str, *arguments: Any) -> list[Any]:
        return [run(shard, method, *arguments) for shard in shards]

    yield each
    for shard in shards:
        _parts.pop(shard, None)


@contextmanager
def _processes(shards: list[Shard], workers: int) -> Iterator[Each]:
    """One pool with one process for each worker, so that a shard is always handled by the process that has read it."""
    pools = [ProcessPoolExecutor(1, mp_context=get_context("spawn")) for _ in range(min(workers, len(shards)))]

    def each(method: str, *arguments: Any) -> list[Any]:
        futures = [pools[i % len(pools)].submit(run, shard, method, *arguments) for i, shard in enumerate(shards)]
        return [future.result() for future in futures]

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
        futures = [
            client.submit(run, shard, method, *arguments, pure=False, workers=[names[i % len(names)]])
            for i, shard in enumerate(shards)
        ]
        return list(client.gather(futures))

    try:
        yield each
    finally:
        if own is not None:
            client.close()
            own.close()
