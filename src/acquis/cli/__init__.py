"""The command line. Every error is one line and a non-zero exit code; the help of every command has an example.

Imports are inside of the commands, so that `acquis --help` is fast.
"""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from acquis import __version__
from acquis.cli.assessment import assessment
from acquis.cli.backup import backup, restore
from acquis.cli.doctor import doctor
from acquis.cli.erase import erase
from acquis.cli.imports import imports
from acquis.cli.keys import key
from acquis.cli.parts import DATA, KEYS, OUT, entries_of, example, rows_of
from acquis.cli.passes import passes
from acquis.cli.record import export, report
from acquis.cli.reference import reference
from acquis.cli.verify import verify
from acquis.cli.witness import witness

if TYPE_CHECKING:
    from acquis.documents.opinion_result import Result
    from acquis.opinion import Conversation, OpinionMap
    from acquis.plan.document import Programme

LANGUAGE = "en"
CODES = {
    "DataProblem": 65,
    "RecordInUse": 75,
    "RecordBroken": 74,
    "KeyProblem": 78,
    "PortProblem": 69,
    "AddressProblem": 64,
    "SettingsProblem": 78,
}
"""Exit codes of sysexits.h: data error; temporary failure; input/output error; configuration error; service
unavailable; command line usage error."""


class _Plain(click.Group):
    """A group that reports expected errors as one line with a non-zero exit code instead of a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:
            sys.exit(141)
        except Exception as error:
            click.echo(f"Error: {_sentence(error)}", err=True)
            sys.exit(CODES.get(type(error).__name__, 1))


def _sentence(error: Exception) -> str:
    from acquis.events import is_newer
    from acquis.i18n.refusals import Failure

    if is_newer(error):
        return f"The log was made by a newer version of Acquis ({error}). Use that version."
    if isinstance(error, Failure):
        return error.sentence(LANGUAGE)
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return f"{error}" or type(error).__name__


@click.group(cls=_Plain, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name=None, version=__version__, prog_name="acquis")
def main() -> None:
    """Acquis holds a multistakeholder dialogue and keeps what it agreed."""


@main.command()
@example("acquis serve --data /srv/acquis --port 8080 --url https://dialogue.example.org")
@DATA
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port to listen on.",
)
@click.option("--url", default="", help="Public address of this site. It alone decides links and secure cookies.")
@click.option(
    "--proxy",
    "proxies",
    multiple=True,
    metavar="ADDRESS",
    help="Address or network of a proxy that tells the addresses of clients.",
)
@KEYS
@click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File (TOML) with the settings of mail and webhook.",
)
@click.option(
    "--accept-loss",
    is_flag=True,
    help="Go on although a file is missing or older than it was; read what is lost first.",
)
def serve(
    data: Path,
    host: str,
    port: int,
    url: str,
    proxies: tuple[str, ...],
    keys: Path | None,
    settings_file: Path | None,
    accept_loss: bool,
) -> None:
    """Serve the sessions of a folder. The first start prints the organizer's link."""
    from ipaddress import ip_network

    from acquis.record.keys import folder_beside
    from acquis.web.app import create_app
    from acquis.web.http.address import public_address
    from acquis.web.http.application import open_application
    from acquis.web.http.serving import listening, run
    from acquis.web.http.settings import ServerSettings, read_settings

    settings = read_settings(settings_file) if settings_file else ServerSettings()
    url = public_address(url) if url else ""
    for proxy in proxies:
        ip_network(proxy)
    with listening(host, port) as bound:
        application = open_application(data, keys or folder_beside(data), accept_loss)
        run(create_app(application), application, bound, url, click.echo, proxies=proxies, settings=settings)


main.add_command(imports)


@main.command()
@example("acquis check programme.yaml")
@click.argument("file", type=click.File("rb"))
def check(file: Any) -> None:
    """Check a programme (YAML) and list what to correct. Exits with status 1 if there are errors."""
    from acquis.plan.check import check_programme as run_check
    from acquis.plan.findings import finding_sentence
    from acquis.reference import profile

    programme = _programme(file.read())
    findings = run_check(programme, profile(programme.profile), time.time_ns() // 1_000_000)
    for finding in findings:
        click.echo(f"{finding.severity}: {finding_sentence(LANGUAGE, finding)} [{finding.where}]")
    if any(finding.severity == "error" for finding in findings):
        sys.exit(1)


def _programme(raw: bytes) -> Programme:
    from acquis.plan.document import ProgrammeError, from_yaml

    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise ProgrammeError("not_yaml", line=1, reason="it is not UTF-8 text") from error
    return from_yaml(text)


@main.command()
@example("acquis demo --stage floor --people 200 --speed 4")
@click.option(
    "--stage",
    type=click.Choice(["plan", "floor", "report", "published", "followup"]),
    default="floor",
    show_default=True,
)
@click.option(
    "--people", type=click.IntRange(1, 2000), default=60, show_default=True, help="Number of simulated participants."
)
@click.option(
    "--seed", type=int, default=7, show_default=True, help="Random seed. The same seed gives the same session."
)
@click.option(
    "--speed",
    type=click.FloatRange(0.1, 100),
    default=4.0,
    show_default=True,
    help="Speed of the simulated participants.",
)
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), default=Path("demo-data"), show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@OUT
def demo(stage: Any, people: int, seed: int, speed: float, data: Path, host: str, port: int, out: Path | None) -> None:
    """A session to play with: the model case with a simulated panel and audience, up to any moment.

    What you do is kept: start it again and it goes on. With --out nothing is served: the record is written there."""
    from acquis.demo import serve_demo, write_demo

    if out is not None:
        for name in asyncio.run(write_demo(out, stage, people, seed)):
            click.echo(f"wrote {out / name}")
        return
    serve_demo(data, stage, people, seed, speed=speed, host=host, port=port, tell=click.echo)


@main.command()
@example("acquis audit igf2021-ws119 --data /srv/acquis")
@click.argument("session")
@DATA
def audit(session: str, data: Path) -> None:
    """Check that the floor was given fairly, from a log: recalculate each choice of speaker. Exits with status 1 if
    not."""
    from acquis.floor.audit import audit as run_audit
    from acquis.floor.audit_words import audit_lines

    result = run_audit(rows_of(entries_of(session, data)))
    for line in audit_lines(LANGUAGE, result):
        click.echo(line)
    if result.first_bad is not None:
        sys.exit(1)


@main.command()
@example("acquis replay record/log.jsonl --until 120")
@click.argument("log")
@DATA
@click.option("--until", type=click.IntRange(1), default=None, help="Number of the last log entry to read.")
def replay(log: str, data: Path, until: int | None) -> None:
    """Tell what happened in a log, entry by entry: a bug report is a log file."""
    from acquis.events import from_body, to_body

    for entry in entries_of(log, data):
        if until is not None and entry.seq > until:
            return
        if entry.is_sealed:
            click.echo(f"{entry.seq:>6} (not public)")
            continue
        body = to_body(from_body(entry.body)).decode()
        click.echo(f"{entry.seq:>6} {_clock(entry.at)} {entry.by or '-':<14} {body}")


def _clock(at: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(at / 1000, UTC).strftime("%H:%M:%S")


@main.command(name="opinion")
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
    from contextlib import nullcontext

    from acquis.documents import opinion
    from acquis.documents.opinion_polis import polis_result
    from acquis.opinion import opinion_map
    from acquis.opinion.compiled import MANY, kernels
    from acquis.opinion.engines import elsewhere
    from acquis.opinion.files import read_conversation

    def progress(done: int, size: int) -> None:
        if size > 10_000_000:
            click.echo(f"\rReading {votes.name}: {100 * done // size} %", nl=done == size, err=True)

    source = read_conversation(votes, comments, people, progress, strict=strict_moderation)
    counted = source.votes.without_statements(source.moderated | source.meta)
    if len(counted) >= MANY and kernels() is None:
        sentence = (
            "Reading {n:,} votes with plain numpy takes about six times as long; pip install 'acquis[fast]' helps."
        )
        click.echo(sentence.format(n=len(counted)), err=True)
    with elsewhere(counted, engine) if engine != "one" else nullcontext() as each:
        least = least_difference / 100
        computed = opinion_map(counted, memberships=source.memberships, elsewhere=each, least_difference=least)
    read = opinion.result(computed, source, polis_result(source) if polis else None, LANGUAGE)
    read = opinion.with_slate(read, computed, source, LANGUAGE)
    for line in opinion.lines(read, LANGUAGE):
        click.echo(line)
    if out is not None:
        _write_opinion(out, computed, read, source, f"Results of the votes: {votes.parent.name or votes.name}")


def _write_opinion(out: Path, computed: OpinionMap, read: Result, source: Conversation, title: str) -> None:
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


for command in (reference, assessment, report, export, verify, passes, key, witness, erase, backup, restore, doctor):
    main.add_command(command)
