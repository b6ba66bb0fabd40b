"""`acquis movement`: how agreement changed between two conversations or two moments."""

from __future__ import annotations

from pathlib import Path

import click

from acquis.cli.parts import LANGUAGE, example
from acquis.cli.printing import echo

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@example("acquis movement monday/votes.csv friday/votes.csv --same-people --out movement.svg")
@click.argument("before", type=_FILE)
@click.argument("after", type=_FILE)
@click.option("--comments-before", type=_FILE, help="File with the statements of the first conversation.")
@click.option("--comments", type=_FILE, help="File with the statements of the second conversation.")
@click.option("--same-people", is_flag=True, help="Both files use the same ids for the same people.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Also draw the changes (SVG).")
def movement(
    before: Path, after: Path, comments_before: Path | None, comments: Path | None, same_people: bool, out: Path | None
) -> None:
    """Compare the agreement with the statements that two files of votes have in common.

    With both files of statements, those with the same text are compared; otherwise those with the same id."""
    from acquis.documents.movement import movement_lines, movement_picture
    from acquis.opinion.files import read_conversation
    from acquis.opinion.movement import movement as compared
    from acquis.text.folding import caseless

    first, last = read_conversation(before, comments_before), read_conversation(after, comments)
    votes = [source.votes.without_statements(source.moderated | source.meta) for source in (first, last)]
    if comments and comments_before:
        place = {caseless(" ".join(text.split())): statement for statement, text in last.texts.items()}
        words = {statement: caseless(" ".join(text.split())) for statement, text in first.texts.items()}
        carried = {statement: place[text] for statement, text in words.items() if text in place}
    else:
        carried = {statement: statement for statement in votes[0].statements}
    moved = compared(votes[0], votes[1], carried, same=same_people)
    texts = {**first.texts, **last.texts}
    for line in movement_lines(moved, texts, LANGUAGE):
        echo(line)
    if out is not None:
        out.write_text(movement_picture(moved, texts, LANGUAGE), "utf-8")
        echo(f"Written: {out}")
