"""`acquis opinion`: what the votes of a conversation show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from acquis.cli.parts import LANGUAGE, OUT, example

if TYPE_CHECKING:
    from acquis.documents.opinion_result import Result
    from acquis.opinion import Conversation, OpinionMap


@click.command(name="opinion")
@example("acquis opinion votes.csv --comments comments.csv --out map")
@click.argument("votes", type=click.Path(path_type=Path, exists=True, dir_okay=False))
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
    "--least-difference",
    type=click.IntRange(1, 100),
    default=25,
    show_default=True,
    metavar="POINTS",
    help="Percentage points by which stated groups must differ to be called divided.",
)
def opinion_(
    votes: Path,
    comments: Path | None,
    people: Path | None,
    polis: bool,
    strict_moderation: bool,
    out: Path | None,
    engine: str,
    least_difference: int,
) -> None:
    """Read votes (Polis exports, this program's, or Parquet) and say what they show.

    With --out: report.html, map.svg, result.json and its schema, and the tables of people and statements (CSV, and
    Parquet if pyarrow is installed). people.csv has a row for each person: do not publish it."""
    from acquis.opinion.files import read_conversation

    def progress(done: int, size: int) -> None:
        if size > 10_000_000:
            click.echo(f"\rReading {votes.name}: {100 * done // size} %", nl=done == size, err=True)

    source = read_conversation(votes, comments, people, progress, strict=strict_moderation)
    computed = _computed(source, engine, least_difference / 100)

    from acquis.documents import opinion
    from acquis.documents.opinion_polis import polis_result

    read = opinion.result(computed, source, polis_result(source) if polis else None, LANGUAGE)
    read = opinion.with_slate(read, computed, source, LANGUAGE)
    for line in opinion.lines(read, LANGUAGE):
        click.echo(line)
    if out is not None:
        _write(out, computed, read, source, f"Results of the votes: {votes.parent.name or votes.name}")


def _computed(source: Conversation, engine: str, least_difference: float) -> OpinionMap:
    from acquis.opinion import opinion_map
    from acquis.opinion.compiled import MANY, kernels

    counted = source.votes.without_statements(source.moderated | source.meta)
    if len(counted) >= MANY and kernels() is None:
        sentence = (
            "Reading {n:,} votes with plain numpy takes about six times as long; pip install 'acquis[fast]' helps."
        )
        click.echo(sentence.format(n=len(counted)), err=True)
    if engine == "one":
        return opinion_map(counted, memberships=source.memberships, least_difference=least_difference)

    from acquis.opinion.engines import elsewhere

    with elsewhere(counted, engine) as each:
        return opinion_map(counted, memberships=source.memberships, elsewhere=each, least_difference=least_difference)


def _write(out: Path, computed: OpinionMap, read: Result, source: Conversation, title: str) -> None:
    """Write the page, the picture, the data and the tables of an opinion map into a folder."""
    import msgspec

    from acquis.documents import opinion
    from acquis.documents.opinion_result import schema
    from acquis.documents.opinion_tables import write_tables

    out.mkdir(parents=True, exist_ok=True)
    (out / "report.html").write_text(opinion.page(computed, read, title, LANGUAGE), "utf-8")
    (out / "map.svg").write_text(opinion.picture(computed, read, LANGUAGE), "utf-8")
    (out / "result.json").write_bytes(msgspec.json.format(msgspec.json.encode(read), indent=2))
    (out / "result.schema.json").write_bytes(msgspec.json.format(msgspec.json.encode(schema()), indent=2))
    tables = write_tables(out, computed.people_table(), computed.statement_table(source.texts))
    click.echo(f"Written: {out}/report.html, map.svg, result.json, {', '.join(tables)}")
