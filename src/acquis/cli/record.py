"""`acquis report`, `export` and `verify`: the record of a session, on the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from acquis.cli.parts import DATA, KEYS, OUT, entries_of, example, people_of, rows_of
from acquis.cli.signed import checkpoint_lines, signature_lines, signing_of
from acquis.i18n import DOCUMENT_LANGUAGES

if TYPE_CHECKING:
    from acquis.documents.checking import BundleCheck
    from acquis.documents.formats import Format
    from acquis.publication.verify import Verification
    from acquis.record import Entry


class _ReportForm(click.ParamType["Format"]):
    """A form of the report. The catalogue is loaded when a form is asked for, not when the program starts."""

    name = "form"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Format:
        form = self._forms().get(value)
        if form is None:
            self.fail(f"{value!r} is not one of {', '.join(self._forms())}.", param, ctx)
        return form

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return f"[{'|'.join(self._forms())}]"

    def _forms(self) -> dict[str, Format]:
        from acquis.documents.formats import FORMATS

        return {declared.form: declared for declared in FORMATS if declared.form}


LANGUAGE = click.option(
    "--language",
    type=click.Choice(DOCUMENT_LANGUAGES),
    default="en",
    show_default=True,
    help="Language of the report. Untranslated text stays in English.",
)
ADDRESS = click.option(
    "--address", default="", help="The web address of the session, for the calendar and the QR code on the cover."
)
PARTLY = 3
"""The exit code for a record of which a part could not be checked."""
WRONG = {
    "missing": "named in the manifest and not there",
    "changed": "not as in the manifest",
    "extra": "not part of the record",
    "differing": "not what the log gives",
}


@click.command()
@example("acquis report igf2021-ws119 --format pdf --language fr -o report.pdf")
@click.argument("session")
@DATA
@click.option("--format", "form", type=_ReportForm(), default="md", show_default=True)
@LANGUAGE
@click.option("--version", type=click.IntRange(0), default=0, help="Version of the report (0: the newest).")
@ADDRESS
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
def report(
    session: str, data: Path, form: Format, language: str, version: int, address: str, output: Path | None
) -> None:
    """Write the report of a session (or of a log.jsonl): Markdown in the shape of the IGF's form, JSON, one HTML page,
    a text document, PDF. Without -o it is printed."""
    from acquis.documents.source import source

    if output is None and not form.is_text and sys.stdout.isatty():
        raise click.ClickException(f"A {form.form} is no text for a terminal. Name a file with -o {form.name}.")
    entries = entries_of(session, data)
    try:
        of = source(entries, language, version, people=people_of(session, data), address=address)
    except LookupError as error:
        raise click.ClickException(f"There is no version {version} of this report. Leave --version out.") from error
    content = form.content(of)
    if output is None:
        click.echo(content, nl=False)
        return
    _write(output, content)
    click.echo(f"wrote {output}", err=True)


@click.command()
@example("acquis export igf2021-ws119 --out record/")
@click.argument("session")
@DATA
@OUT
@LANGUAGE
@ADDRESS
@KEYS
def export(session: str, data: Path, out: Path | None, language: str, address: str, keys: Path | None) -> None:
    """Write the whole public record of a session: reports, tables, pictures, programme, the log, and a manifest with a
    digest of each, which `acquis verify` checks. With the folder of the keys, the checkpoints that were signed are part
    of it, and the manifest is signed."""
    from acquis.documents.formats import record_of
    from acquis.documents.source import source

    folder = out or Path(session)
    signing = signing_of(session, data, keys)
    people = people_of(session, data)
    of = source(entries_of(session, data), language, people=people, address=address, signing=signing)
    for name, content in record_of(of).items():
        _write(folder / name, content)
        click.echo(f"wrote {folder / name}")


def _write(path: Path, content: bytes) -> None:
    """Write a file atomically, so that a crash leaves no partial file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


class _NotARecord(click.ClickException):
    exit_code = 4


@click.command()
@example("acquis verify record/")
@click.argument("record")
@click.option("--head", default="", help="A fingerprint noted earlier, at least its first 8 digits.")
@click.option(
    "--checkpoint",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="A signed checkpoint that somebody kept.",
)
@DATA
@click.pass_context
def verify(context: click.Context, record: str, head: str, checkpoint: tuple[Path, ...], data: Path) -> None:
    """Verify a record: the folder that `acquis export` wrote, a log.jsonl, or a session in the data folder.

    For a log, this checks the chain, the erasures, the figures of each report and each choice of speaker. For a folder,
    it also checks each file against the manifest and recalculates it from the log.

    Exits with status 0 if the record is verified, 3 if it is verified in part (parts that could not be checked are
    listed), 1 if it is not verified, and 4 if it is not a record."""
    from acquis.publication.verdict import sentence

    path = Path(record)
    folder = path.is_dir()
    result, entries = _verified(str(path / "log.jsonl") if folder else record, data, folder, head)
    checked, aside = _checked(path, entries) if folder else (None, ())
    click.echo(sentence("en", result))
    for line in _check_lines(checked, aside) if checked else ():
        click.echo(line)
    for line in (*(signature_lines(path, entries) if folder else ()), *checkpoint_lines(checkpoint, entries)):
        click.echo(line)
    if not head and not checkpoint:
        click.echo(
            "To check against a fingerprint that you noted, for example from the room screen, add: --head FINGERPRINT"
        )
    if not result.complete or aside or (checked and not checked.complete):
        context.exit(PARTLY)


def _verified(log: str, data: Path, folder: bool, head: str) -> tuple[Verification, list[Entry]]:
    """The verification of a log, and its entries. Raises ClickException for the first wrong entry."""
    from acquis.floor.audit import audit
    from acquis.publication.verdict import sentence
    from acquis.publication.verify import verify_entries, verify_lines

    path = Path(log)
    if folder and not path.is_file():
        raise _NotARecord(f"There is no log.jsonl in {path.parent}. Name a folder that `acquis export` wrote.")
    if path.is_file():
        with path.open("rb") as lines, click.progressbar(lines, label="Reading", file=sys.stderr) as shown:
            result = verify_lines(shown, head)
        if not result.entries and result.problem in ("empty", "line"):
            raise _NotARecord(f"{path} is not the log of a session. Name a log.jsonl that `acquis export` wrote.")
    else:
        result = verify_entries(entries_of(log, data), head)
    if not result.ok:
        raise click.ClickException(sentence("en", result))
    entries = entries_of(log, data)
    fair = audit(rows_of(entries))
    if fair.first_bad is not None:
        raise click.ClickException(f"Not verified: the floor was not given by the rule at entry {fair.first_bad}.")
    return result, entries


def _checked(folder: Path, entries: list[Entry]) -> tuple[BundleCheck, tuple[str, ...]]:
    """The check of the files of a folder, and the names of hidden files, which are not checked. Raises ClickException
    with the names of the wrong files. A link is wrong, because what it points to can change."""
    from acquis.documents.bundle import MANIFEST
    from acquis.documents.checking import check_bundle

    present = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*"))}
    links = [name for name, path in present.items() if path.is_symlink()]
    if links:
        raise click.ClickException(f"Not verified: links instead of files: {', '.join(links)}.")
    files = {name: path for name, path in present.items() if path.is_file()}
    # Operating systems leave such files in folders.
    aside = tuple(name for name, path in files.items() if path.name.startswith("."))
    try:
        result = check_bundle({name: path.read_bytes() for name, path in files.items() if name not in aside}, entries)
    except KeyError as error:
        raise _NotARecord(
            f"There is no {MANIFEST} in {folder}. To verify the log alone: acquis verify {folder / 'log.jsonl'}"
        ) from error
    except ValueError as error:
        raise click.ClickException(f"Not verified: {MANIFEST} cannot be read.") from error
    if not result.ok:
        wrong = "; ".join(
            f"{what}: {', '.join(names)}" for field, what in WRONG.items() if (names := getattr(result, field))
        )
        other = f" (The record was made by Acquis {result.made_by}.)" if result.made_by else ""
        raise click.ClickException(f"Not verified: {wrong}.{other}")
    return result, aside


def _check_lines(check: BundleCheck, aside: tuple[str, ...]) -> Iterator[str]:
    """Lines that describe the result of the check of a bundle."""
    yield f"Files: {check.files}, each as in the manifest. Recalculated from the log: {len(check.recomputed)}."
    if check.address:
        yield f"The documents print the address {check.address}, which is not part of the log."
    for name in check.in_part:
        yield f"Checked in part: {name}. Its words and drawings follow from the log; its pixel images were not checked."
    for name in check.not_recomputed:
        yield f"Not checked: {name}. Made with other fonts or another version, it could not be recalculated here."
    for name in aside:
        yield f"Not checked: {name}. It is not part of the record."
