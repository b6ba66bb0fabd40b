"""The command line. Every error is one line and a non-zero exit code; the help of every command has an example.

Imports are inside of the commands, so that `acquis --help` is fast.
"""

from __future__ import annotations

import os
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from acquis import __version__
from acquis.cli.parts import DATA, KEYS, LANGUAGE, OUT, entries_of, example, rows_of
from acquis.cli.printing import echo, one_line

if TYPE_CHECKING:
    from acquis.plan.document import Programme

ELSEWHERE = {
    "assessment": "assessment",
    "backup": "backup",
    "captions": "follow",
    "doctor": "doctor",
    "erase": "erase",
    "export": "record",
    "import": "imports",
    "key": "keys",
    "movement": "movement",
    "opinion": "opinion",
    "pass": "passes",
    "reference": "reference",
    "report": "record",
    "restore": "backup",
    "verify": "verify",
    "witness": "witness",
}
"""The command -> the module of this package that has it, which is imported only when the command is called."""
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
    """A group that reports expected errors as one line with a non-zero exit code instead of a traceback, and imports
    commands when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *ELSEWHERE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in ELSEWHERE:
            module = import_module(f"acquis.cli.{ELSEWHERE[cmd_name]}")
            command: click.Command = next(
                value for value in vars(module).values() if isinstance(value, click.Command) and value.name == cmd_name
            )
            return command
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.UsageError, click.exceptions.Exit, click.Abort):
            raise
        except click.ClickException as error:
            echo(one_line(f"Error: {error.format_message()}"), err=True)
            sys.exit(error.exit_code)
        except BrokenPipeError:
            sys.exit(141)
        except Exception as error:
            echo(one_line(f"Error: {_sentence(error)}"), err=True)
            sys.exit(CODES.get(type(error).__name__, 1))


def _sentence(error: Exception) -> str:
    from acquis.events import is_newer
    from acquis.i18n.refusals import Failure

    if is_newer(error):
        return f"The log was made by a newer version of Acquis ({error}). Use that version."
    if isinstance(error, Failure):
        return error.sentence(LANGUAGE)
    if type(error).__module__ == "apsw":  # the library is slow to load, and only then it is
        from acquis.record.faults import described

        return described(error)
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return f"{error}" or type(error).__name__


@click.group(cls=_Plain, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name=None, version=__version__, prog_name="acquis")
def main() -> None:
    """Acquis runs multistakeholder dialogues and records what was agreed."""
    # More threads for products of small matrices wait for each other and take up to ten times the processor time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


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
    help="Address or network of a proxy whose information on client addresses is used.",
)
@KEYS
@click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File (TOML) with the settings of mail, webhook, sign-in and sites that may embed.",
)
@click.option(
    "--accept-loss",
    is_flag=True,
    help="Start although a file is missing or older than before. First read what is lost.",
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
        run(create_app(application), application, bound, url, echo, proxies=proxies, settings=settings)


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
        echo(f"{finding.severity}: {finding_sentence(LANGUAGE, finding)} [{finding.where}]")
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
    """Run a simulated session: the model case with its panel and an audience, up to any moment.

    Your own actions are kept: start it again to continue. With --out the record is written there and nothing is
    served."""
    import asyncio

    from acquis.demo import serve_demo, write_demo

    if out is not None:
        for name in asyncio.run(write_demo(out, stage, people, seed)):
            echo(f"wrote {out / name}")
        return
    serve_demo(data, stage, people, seed, speed=speed, host=host, port=port, tell=echo)


@main.command()
@example("acquis audit igf2021-ws119 --data /srv/acquis")
@click.argument("session")
@DATA
def audit(session: str, data: Path) -> None:
    """Check that the floor was given fairly: recalculate each choice of speaker from a log. Exits with status 1 if a
    choice broke the rule."""
    from acquis.floor.audit import audit as run_audit
    from acquis.floor.audit_words import audit_lines

    result = run_audit(rows_of(entries_of(session, data)))
    for line in audit_lines(LANGUAGE, result):
        echo(line)
    if result.first_bad is not None:
        sys.exit(1)


@main.command()
@example("acquis replay record/log.jsonl --until 120")
@click.argument("log")
@DATA
@click.option("--until", type=click.IntRange(1), default=None, help="Number of the last log entry to read.")
def replay(log: str, data: Path, until: int | None) -> None:
    """Print what happened in a log, entry by entry, for example from the log of a bug report."""
    from acquis.events import from_body, to_body

    for entry in entries_of(log, data):
        if until is not None and entry.seq > until:
            return
        if entry.is_sealed:
            echo(f"{entry.seq:>6} (not public)")
            continue
        body = to_body(from_body(entry.body)).decode()
        echo(f"{entry.seq:>6} {_clock(entry.at)} {entry.by or '-':<14} {body}")


def _clock(at: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(at / 1000, UTC).strftime("%H:%M:%S")
