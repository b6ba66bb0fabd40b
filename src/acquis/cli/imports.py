"""`acquis import`: a subcommand for each importer of programmes, and one for transcripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from acquis.cli.parts import example

if TYPE_CHECKING:
    from acquis.plan.importers import ProgrammeImporter

CAPTIONS = "captions"


class _Importers(click.Group):
    """A group whose subcommands are the importers; the list of importers is loaded on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from acquis.plan.importers import IMPORTERS

        return [*sorted(importer.name for importer in IMPORTERS), CAPTIONS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name == CAPTIONS:
            from acquis.cli.captions import captions

            return captions
        from acquis.plan.importers import IMPORTERS

        return next((_command(importer) for importer in IMPORTERS if importer.name == cmd_name), None)


@click.group(name="import", cls=_Importers)
@example("acquis import igf page.txt > programme.yaml")
def imports() -> None:
    """Import a session page, a programme or a transcript."""


def _command(importer: ProgrammeImporter) -> click.Command:
    @click.command(name=importer.name, short_help=f"Read {importer.accepts}.")
    @click.argument("file", type=click.File("rb"))
    @click.option(
        "--profile", "profile_name", default="", help="Rules of the event. By default those that the file names."
    )
    def command(file: Any, profile_name: str) -> None:
        from msgspec.structs import replace

        from acquis.plan.document import to_yaml
        from acquis.plan.doubts import doubts
        from acquis.plan.importers.lines import to_text
        from acquis.reference import profile

        programme = importer.read(to_text(file.read()), profile(profile_name or "igf-2021"))
        if profile_name:
            programme = replace(programme, profile=profile_name)
        click.echo(to_yaml(programme), nl=False)
        points = [f"{', '.join(doubt.fields)}: {doubt.how}" for doubt in doubts(programme)]
        points += [f"line {line.line}: {line.text}" for line in programme.unparsed]
        if points:
            click.echo(f"\nPlease look at these {len(points)} points, the most important first:", err=True)
        for point in points:
            click.echo(f"  {point}", err=True)

    command.help = f"""Read {importer.accepts} (- for standard input) and print the programme as YAML.

What was inferred, and lines that were not understood, are listed on standard error.

\b
Example:
  acquis import {importer.name} session{importer.endings[0]} > programme.yaml"""
    return command
