"""`acquis report` and `export`: the record of a session, on the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from acquis.cli.parts import DATA, KEYS, OUT, entries_of, example, people_of
from acquis.cli.printing import echo
from acquis.cli.signed import signing_of
from acquis.i18n import DOCUMENT_LANGUAGES
from acquis.i18n.refusals import refusal_sentence

if TYPE_CHECKING:
    from acquis.documents.declaration import Format
    from acquis.documents.source import DocumentSource


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
EARLIER = click.option(
    "--earlier",
    default="",
    metavar="SESSION",
    help="An earlier session (or its log.jsonl), with which agreement on the same statements is compared.",
)


@click.command()
@example("acquis report igf2021-ws119 --format pdf --language fr -o report.pdf")
@click.argument("session")
@DATA
@click.option("--format", "form", type=_ReportForm(), default="md", show_default=True)
@LANGUAGE
@click.option("--version", type=click.IntRange(0), default=0, help="Version of the report (0: the newest).")
@ADDRESS
@EARLIER
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
def report(
    session: str,
    data: Path,
    form: Format,
    language: str,
    version: int,
    address: str,
    earlier: str,
    output: Path | None,
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
    if not form.fits(of.state):
        raise click.ClickException(refusal_sentence(DOCUMENT_LANGUAGES[0], "too_long_for_pdf", {}))
    content = form.content(_compared(of, earlier, data))
    if output is None:
        echo(content, nl=False)
        return
    _write(output, content)
    echo(f"wrote {output}", err=True)


@click.command()
@example("acquis export igf2021-ws119 --out record/")
@click.argument("session")
@DATA
@OUT
@LANGUAGE
@ADDRESS
@EARLIER
@KEYS
def export(
    session: str, data: Path, out: Path | None, language: str, address: str, earlier: str, keys: Path | None
) -> None:
    """Write the whole public record of a session: reports, tables, pictures, programme, the log, and a manifest with a
    digest of each, which `acquis verify` checks. With the folder of the keys, the checkpoints that were signed are part
    of it, and the manifest is signed."""
    from acquis.documents.formats import left_out, record_of
    from acquis.documents.source import source

    folder = out or Path(session)
    signing = signing_of(session, data, keys)
    people = people_of(session, data)
    of = source(entries_of(session, data), language, people=people, address=address, signing=signing)
    for name, content in record_of(_compared(of, earlier, data)).items():
        _write(folder / name, content)
        echo(f"wrote {folder / name}")
    if left_out(of.state):
        echo(refusal_sentence(DOCUMENT_LANGUAGES[0], "too_long_for_pdf", {}), err=True)


def _compared(of: DocumentSource, earlier: str, data: Path) -> DocumentSource:
    """The source, compared with an earlier session if one is named. Raises ClickException if the two have no statement
    in common on which enough people voted."""
    if not earlier:
        return of
    from acquis.documents.earlier import carried_from_log
    from acquis.documents.source import source

    before = source(entries_of(earlier, data), people=people_of(earlier, data))
    read = carried_from_log(of.state, before.state, before.entries, "" if Path(earlier).is_file() else earlier)
    if read is None:
        raise click.ClickException(
            f"{earlier} has no published votes of five people on a statement of this session. Statements are the same "
            "if their words are, letter case and spaces apart."
        )
    return of.compared(read)


def _write(path: Path, content: bytes) -> None:
    """Write a file atomically, so that a crash leaves no partial file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
