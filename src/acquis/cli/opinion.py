"""`acquis opinion`: what the votes of a conversation show."""

from __future__ import annotations

import atexit
import gc
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from acquis.cli.parts import LANGUAGE, OUT, example
from acquis.cli.printing import echo

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from acquis.documents.opinion_result import Result
    from acquis.opinion import Conversation, OpinionMap


@contextmanager
def _without_collection() -> Iterator[None]:
    """Leave garbage in cycles alone: the command is over before it matters, and to look for it, also at the exit, takes
    a fifth of the time of a small conversation."""
    atexit.register(gc.freeze)
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _progress(name: str) -> Callable[[int, int], None]:
    """Shows how far a large file has been read, whenever another per cent has."""
    shown = -1

    def progress(done: int, size: int) -> None:
        nonlocal shown
        if size > 10_000_000 and (now := 100 * done // size) > shown:
            echo(f"\rReading {name}: {now} %", nl=now == 100, err=True)
            shown = now

    return progress


@click.command(name="opinion")
@example("acquis opinion votes.csv --comments comments.csv --out map")
@click.argument("votes", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--comments", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="File with the statements."
)
@click.option(
    "--people", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="File with the stated groups."
)
@click.option("--polis", is_flag=True, help="Also print the results that Polis would give.")
@click.option("--strict-moderation", is_flag=True, help="Leave out every statement that nobody has approved.")
@OUT
@click.option(
    "--engine",
    type=click.Choice(["one", "process", "dask"]),
    default="one",
    show_default=True,
    help="Where the votes are added up: in this process, in worker processes or on Dask.",
)
@click.option(
    "--workers",
    type=click.IntRange(1),
    help="How many worker processes the engine starts; one for each processor if it is not said.",
)
@click.option(
    "--least-difference",
    type=click.IntRange(1, 100),
    default=25,
    show_default=True,
    metavar="POINTS",
    help="Percentage points by which stated groups must differ to be called divided.",
)
@_without_collection()
def opinion_(
    votes: Path,
    comments: Path | None,
    people: Path | None,
    polis: bool,
    strict_moderation: bool,
    out: Path | None,
    engine: str,
    workers: int | None,
    least_difference: int,
) -> None:
    """Read votes (exports of Polis or Acquis, or Parquet) and print areas of consensus and opinion groups.

    With --out: report.html, map.svg, result.json and its schema, and the tables of people and statements (CSV, and
    Parquet if pyarrow is installed). people.csv has a row for each person: do not publish it.

    Of a folder, all Parquet files are read, each with all votes of its people, by the workers alone; the result then
    has the groups and the lists, and no person. On Dask, the folder has to be one that all workers can read; the
    cluster is the one that DASK_SCHEDULER_ADDRESS names, or else one of worker processes on this machine."""
    if votes.is_dir():
        if people is not None or polis:
            raise click.UsageError("--people and --polis need the votes in one file.")
        on = (engine, workers)
        _print_shards(votes, comments, out, strict=strict_moderation, on=on, least=least_difference / 100)
        return
    if engine == "dask":
        raise click.UsageError("--engine dask reads a folder of Parquet files, each with all votes of its people.")

    from acquis.opinion.files import read_conversation

    source = read_conversation(votes, comments, people, _progress(votes.name), strict=strict_moderation)
    computed = _computed(source, engine, workers, least_difference / 100)

    from acquis.documents import opinion
    from acquis.documents.opinion_polis import polis_result

    read = opinion.result(computed, source, polis_result(source) if polis else None, LANGUAGE)
    read = opinion.with_slate(read, computed, source, LANGUAGE)
    for line in opinion.lines(read, LANGUAGE):
        echo(line)
    if out is not None:
        _write(out, computed, read, source, f"Results of the votes: {votes.parent.name or votes.name}")


def _print_shards(
    folder: Path, comments: Path | None, out: Path | None, *, strict: bool, on: tuple[str, int | None], least: float
) -> None:
    """Print and write the result of the votes in the Parquet files of a folder, which are read by the workers alone.
    on: the engine and the number of its workers."""
    from acquis.documents import opinion
    from acquis.documents.opinion_tables import write_tables
    from acquis.opinion.engines import shards_elsewhere
    from acquis.opinion.files import read_statements
    from acquis.opinion.reading import merged_map

    if not (paths := sorted(str(path.absolute()) for path in folder.glob("*.parquet"))):
        raise click.UsageError(f"{folder} has no file whose name ends in .parquet.")

    def left_out(ids: set[Hashable]) -> set[Hashable]:
        given = read_statements(comments, ids, strict=strict)
        return {*given.moderated, *given.meta}

    with shards_elsewhere(paths, *on, dropped=left_out) as (each, statements):
        computed = merged_map(each, statements, least)
    source = read_statements(comments, statements)
    read = opinion.result(computed, source, None, LANGUAGE)
    for line in opinion.lines(read, LANGUAGE):
        echo(line)
    if out is not None:
        _write_result(out, read)
        tables = write_tables(out, statements=computed.statement_table(source.texts))
        echo(f"Written: {out}/result.json, {', '.join(tables)}")


def _computed(source: Conversation, engine: str, workers: int | None, least_difference: float) -> OpinionMap:
    from acquis.opinion import opinion_map
    from acquis.opinion.compiled import MANY, kernels

    counted = source.votes.without_statements(source.moderated | source.meta)
    if len(counted) >= MANY and kernels() is None:
        sentence = (
            "Reading {n:,} votes with plain numpy takes about six times as long; pip install 'acquis[fast]' helps."
        )
        echo(sentence.format(n=len(counted)), err=True)
    if engine == "one":
        return opinion_map(counted, memberships=source.memberships, least_difference=least_difference)

    from acquis.opinion.engines import elsewhere

    with elsewhere(counted, engine, workers) as each:
        return opinion_map(counted, memberships=source.memberships, elsewhere=each, least_difference=least_difference)


def _write(out: Path, computed: OpinionMap, read: Result, source: Conversation, title: str) -> None:
    """Write the page, the picture, the data and the tables of an opinion map into a folder."""
    from acquis.documents import opinion
    from acquis.documents.opinion_tables import write_tables

    _write_result(out, read)
    (out / "report.html").write_text(opinion.page(computed, read, title, LANGUAGE), "utf-8")
    (out / "map.svg").write_text(opinion.picture(computed, read, LANGUAGE), "utf-8")
    tables = write_tables(out, people=computed.people_table(), statements=computed.statement_table(source.texts))
    echo(f"Written: {out}/report.html, map.svg, result.json, {', '.join(tables)}")


def _write_result(out: Path, read: Result) -> None:
    import msgspec

    from acquis.documents.opinion_result import schema

    out.mkdir(parents=True, exist_ok=True)
    (out / "result.json").write_bytes(msgspec.json.format(msgspec.json.encode(read), indent=2))
    (out / "result.schema.json").write_bytes(msgspec.json.format(msgspec.json.encode(schema()), indent=2))
