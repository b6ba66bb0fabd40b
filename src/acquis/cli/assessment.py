"""`acquis assessment`: self-assessments on the framework, as files that stay with their owner."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from acquis.cli.parts import LANGUAGE, example
from acquis.cli.printing import echo

if TYPE_CHECKING:
    from acquis.assessment.shape import Assessment

FORMS = ("html", "md", "json", "csv")


@click.group()
@example("acquis assessment new --edition non-state > assessment.yaml")
def assessment() -> None:
    """Self-assessments: how a State implements the framework, or what an organization contributes to it.

    An assessment is a file that stays with its owner. No field is mandatory, and nothing is sent anywhere."""


def _items() -> dict[str, str]:
    """The items that can be answered, part by part: id -> short title."""
    from acquis.reference.library import library

    kinds = ("law", "norm", "cbm", "capacity")
    return {item.id: item.title for kind in kinds for item in library().kind(kind)}


def _read(file: Any) -> Assessment:
    from acquis.assessment.shape import AssessmentError, read_assessment

    try:
        return read_assessment(file.read().decode())
    except UnicodeDecodeError as error:
        raise click.ClickException(AssessmentError("not_text").sentence(LANGUAGE)) from error
    except AssessmentError as error:
        raise click.ClickException(f"{file.name}: {error.sentence(LANGUAGE)}") from error


@assessment.command()
@example('acquis assessment new --edition non-state --by "Example Foundation" > assessment.yaml')
@click.option("--edition", type=click.Choice(["state", "non-state"]), default="state", show_default=True)
@click.option("--by", default="", help="Name of the State or organization that answers.")
def new(edition: Any, by: str) -> None:
    """Print an empty assessment, to fill in with a text editor."""
    import datetime

    from acquis.assessment.skeleton import new as skeleton

    echo(skeleton(edition, by, _items(), datetime.datetime.now(datetime.UTC).date()), nl=False)


@assessment.command()
@example("acquis assessment check assessment.yaml")
@click.argument("file", type=click.File("rb"))
def check(file: Any) -> None:
    """Check an assessment and show what it covers. Exits with status 1 if it has errors."""
    from acquis.assessment.check import check_assessment as run_check
    from acquis.assessment.coverage import MEANING, coverage, table
    from acquis.assessment.words import remark_line
    from acquis.reference.symbols import parse_symbol

    assessment = _read(file)
    remarks = run_check(assessment, _items(), lambda symbol: parse_symbol(symbol) is not None)
    for remark in remarks:
        echo(remark_line(LANGUAGE, remark))
    for line in (*table(coverage(assessment, _items()), LANGUAGE), MEANING):
        echo(line)
    if any(remark.severity == "error" for remark in remarks):
        sys.exit(1)


@assessment.command()
@example("acquis assessment diff 2025.yaml 2026.yaml")
@click.argument("before", type=click.File("rb"))
@click.argument("after", type=click.File("rb"))
def diff(before: Any, after: Any) -> None:
    """Show what changed from one assessment to a later one, item by item."""
    from acquis.assessment.diff import diff as run_diff
    from acquis.assessment.words import change_lines

    for line in change_lines(LANGUAGE, run_diff(_read(before), _read(after))):
        echo(line)


@assessment.command()
@example("acquis assessment export assessment.yaml --format html > assessment.html")
@click.argument("file", type=click.File("rb"))
@click.option("--format", "form", type=click.Choice(FORMS), default="html", show_default=True)
@click.option("--private", is_flag=True, help="Include private answers.")
def export(file: Any, form: str, private: bool) -> None:
    """Print an assessment for others. Private answers are left out; their number is printed on standard error."""
    from acquis.assessment.export import export as run_export
    from acquis.assessment.shape import private_items

    assessment = _read(file)
    echo(run_export(assessment, _items(), form, private, LANGUAGE), nl=False)
    hidden = private_items(assessment)
    if hidden and not private:
        echo(f"Left out, because they are private: {', '.join(hidden)}. With --private they are in.", err=True)


@assessment.command()
@example("acquis assessment schema > assessment.schema.json")
def schema() -> None:
    """Print the JSON Schema of the file of an assessment, for editors and other programs."""
    import json

    from acquis.assessment.shape import json_schema

    echo(json.dumps(json_schema(), indent=2))
