"""`acquis verify`: whether a record is verified, on the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from acquis.cli.parts import DATA, entries_of, example, rows_of
from acquis.cli.printing import echo, one_line
from acquis.cli.signed import KeptEvidence, signature_lines

if TYPE_CHECKING:
    from acquis.documents.checking import BundleCheck
    from acquis.publication.verify import Verification
    from acquis.record import Entry

PARTLY = 3
"""The exit code for a record of which a part could not be checked."""
WRONG = {
    "missing": "named in the manifest and not there",
    "changed": "not as in the manifest",
    "extra": "not part of the record",
    "differing": "not what the log gives",
}
_BEGINS = b'{"seq":'
FILES = click.Path(path_type=Path, exists=True, dir_okay=False)


class _NotARecord(click.ClickException):
    exit_code = 4


@click.command()
@example("acquis verify record/ --receipt receipt.json")
@click.argument("record")
@click.option("--head", default="", help="A fingerprint noted earlier, at least its first 8 digits.")
@click.option("--checkpoint", type=FILES, multiple=True, help="A file with signed checkpoints that somebody kept.")
@click.option("--receipt", type=FILES, multiple=True, help="The receipt of an act or of a ballot.")
@click.option("--key", default="", help="The verifier key that was noted, or a file that contains it.")
@DATA
@click.pass_context
def verify(
    context: click.Context,
    record: str,
    head: str,
    checkpoint: tuple[Path, ...],
    receipt: tuple[Path, ...],
    key: str,
    data: Path,
) -> None:
    """Verify a record: the folder that `acquis export` wrote, a log.jsonl, or a session in the data folder.

    For a log, this checks the chain, what is left out and why, the keys, the figures of each report and each choice of
    speaker. For a folder, it also checks each file against the manifest and recalculates it from the log.

    The public log seals the votes. For a session in the data folder, the votes themselves are read, and ballots and
    totals are recalculated from them: acquis verify SESSION --data FOLDER.

    Exits with status 0 if the record is verified, 3 if it is verified in part (each part that could not be checked is
    named), 1 if it is not verified (the first wrong entry or file, and why), and 4 if it is not a record."""
    from acquis.publication.verdict import sentences

    path = Path(record)
    folder = path.is_dir()
    files = _files(path) if folder else {}
    result, entries = _verified(str(path / "log.jsonl") if folder else record, data, head)
    evidence = KeptEvidence(entries, result.keys, key)
    lines = [*(signature_lines(path, entries) if folder else ()), *evidence.checkpoints(checkpoint)]
    lines += evidence.receipts(receipt)
    checked = _checked(files, entries) if folder else None
    aside = [*evidence.unchecked, *(_unchecked(checked) if checked else ())]
    said = [*sentences("en", result, aside), *(_check_lines(checked) if checked else ()), *lines]
    for line in said:
        echo(one_line(line))
    if not head and not checkpoint and not receipt:
        echo("To check against a fingerprint that you noted, for example from the room screen, add: --head FINGERPRINT")
    if not result.complete or aside:
        context.exit(PARTLY)


def _verified(log: str, data: Path, head: str) -> tuple[Verification, list[Entry]]:
    """The verification of a log, and its entries. Raises ClickException for the first wrong entry."""
    from acquis.floor.audit import audit
    from acquis.publication.verdict import sentence
    from acquis.publication.verify import verify_entries, verify_lines

    path = Path(log)
    if path.is_file():
        whole = _ends_whole(path)
        with path.open("rb") as lines, click.progressbar(lines, label="Reading", file=sys.stderr) as shown:
            result = verify_lines(shown, head)
        if result.ok and not whole:
            raise click.ClickException(
                f"Not verified: entry {result.entries} does not end with a line feed, so the end of the log is missing."
            )
    else:
        result = verify_entries(entries_of(log, data), head)
    if not result.ok:
        raise click.ClickException(sentence("en", result))
    entries = entries_of(log, data)
    fair = audit(rows_of(entries))
    if fair.first_bad is not None:
        raise click.ClickException(f"Not verified: the floor was not given by the rule at entry {fair.first_bad}.")
    return result, entries


def _ends_whole(path: Path) -> bool:
    """Whether a log ends with a line feed. Raises _NotARecord for a file that does not begin as a log does."""
    with path.open("rb") as file:
        if file.read(len(_BEGINS)) != _BEGINS:
            raise _NotARecord(f"{path} is not the log of a session. Name a log.jsonl that `acquis export` wrote.")
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _files(folder: Path) -> dict[str, Path]:
    """The files of a folder by their names. Raises ClickException for a link, because what it points to can change, for
    a folder and whatever else is no file, for a file whose name begins with a dot, because programs do not show it, and
    without a log or a manifest."""
    from acquis.documents.bundle import MANIFEST

    if not folder.joinpath("log.jsonl").exists():
        raise _NotARecord(f"There is no log.jsonl in {folder}. Name a folder that `acquis export` wrote.")
    present = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*"))}
    others = [name for name, path in present.items() if path.is_symlink() or not path.is_file()]
    if others:
        raise click.ClickException(f"Not verified: links or folders instead of files: {', '.join(others)}.")
    hidden = [name for name, path in present.items() if path.name.startswith(".")]
    if hidden:
        raise click.ClickException(f"Not verified: hidden files, which are to be removed: {', '.join(hidden)}.")
    if MANIFEST not in present:
        raise click.ClickException(
            f"Not verified: there is no {MANIFEST} in {folder}. To verify the log alone: acquis verify "
            f"{folder / 'log.jsonl'}"
        )
    return present


def _checked(files: dict[str, Path], entries: list[Entry]) -> BundleCheck:
    """The check of the files of a folder. Raises ClickException with the names of the wrong files, or if
    they cannot be computed."""
    from acquis.documents.bundle import MANIFEST
    from acquis.documents.checking import check_bundle

    try:
        result = check_bundle({name: path.read_bytes() for name, path in files.items()}, entries)
    except ValueError as error:
        raise click.ClickException(f"Not verified: {MANIFEST} cannot be read.") from error
    except Exception as error:  # an unknown log and manifest may contain anything
        reason = f"{type(error).__name__}: {error}"
        raise click.ClickException(f"Not verified: the documents cannot be made from the log ({reason}).") from error
    if not result.ok:
        wrong = "; ".join(
            f"{what}: {', '.join(names)}" for field, what in WRONG.items() if (names := getattr(result, field))
        )
        other = f" (The record was made by Acquis {result.made_by}.)" if result.made_by else ""
        raise click.ClickException(f"Not verified: {wrong}.{other}")
    return result


def _unchecked(check: BundleCheck) -> Iterator[str]:
    """What was not checked in a bundle."""
    for name in check.in_part:
        yield f"The pixel images of {name}. Its words and drawings follow from the log."
    for name in check.not_recomputed:
        yield f"{name}. Made with other fonts or another version, it could not be recalculated here."
    if check.earlier:
        entry, link = check.earlier.entry, check.earlier.link
        yield (
            f"The votes of an earlier session, which are from entry {entry} of its log. The comparison with them was "
            f"recalculated. To check that its log contains this entry: acquis verify LOG --head {link}"
        )


def _check_lines(check: BundleCheck) -> Iterator[str]:
    """Lines that describe the result of the check of a bundle."""
    yield f"Files: {check.files}, each as in the manifest. Recalculated from the log: {len(check.recomputed)}."
    if check.address:
        yield f"The documents print the address {check.address}, which is not part of the log."
