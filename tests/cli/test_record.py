"""The record of a session on the command line: its forms, the folder of all of them, and what was changed in it."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.report.story import SUPPORTED, Recorded, erased, published, session
from tests.report.test_exports import reported

from acquis import events as ev
from acquis.cli import main
from acquis.documents.bundle import MANIFEST, manifest
from acquis.documents.formats import FORMATS
from acquis.documents.source import source
from acquis.publication.public import public_entries
from acquis.record.chain import BEFORE_FIRST
from acquis.record.lines import to_lines
from acquis.record.merkle import MerkleTree, leaf_hash
from acquis.record.receipts import BallotReceipt, encode, receipt_for


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


def error_of(result: Result, code: int = 1) -> str:
    assert result.exit_code == code, result.output
    errors = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
    assert len(errors) == 1
    assert "Traceback" not in result.output
    return errors[0]


def log_of(found: Recorded, folder: Path) -> Path:
    """The log as the house keeps it, private texts and all."""
    path = folder / "private.jsonl"
    path.write_bytes(to_lines(found.entries))
    return path


SEALED_EVENTS = {event.__name__ for event in ev.ALL if event.seals}
NAMES = [declared.name for declared in FORMATS if declared.bundled]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    result = run("export", log_of(reported(), folder), "--out", folder / "record")
    assert result.exit_code == 0, result.output
    return folder / "record"


@pytest.fixture
def record(written: Path, tmp_path: Path) -> Path:
    """A copy of the record to do harm to."""
    return Path(shutil.copytree(written, tmp_path / "record"))


# --- report ---


@pytest.mark.parametrize(("form", "begins"), [("md", b"# "), ("json", b"{"), ("html", b"<!doctype"), ("pdf", b"%PDF")])
def test_a_report_is_written_in_every_form(form: str, begins: bytes, tmp_path: Path) -> None:
    log, file = log_of(reported(), tmp_path), tmp_path / "deep" / f"report.{form}"
    assert run("report", log, "--format", form, "-o", file).exit_code == 0
    assert file.read_bytes().startswith(begins)
    assert run("report", log, "--format", form).stdout_bytes == file.read_bytes()
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_text_document_is_one(tmp_path: Path) -> None:
    found = run("report", log_of(reported(), tmp_path), "--format", "docx")
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(found.stdout_bytes)).namelist()


@pytest.mark.parametrize("language", ["ar", "zh", "en", "fr", "ru", "es"])
def test_a_report_can_be_set_in_every_language_of_the_un(language: str, tmp_path: Path) -> None:
    found = run("report", log_of(session(), tmp_path), "--format", "html", "--language", language)
    assert f'<html lang="{language}"' in found.stdout


def test_a_version_can_be_chosen_and_one_that_is_not_there_is_told(tmp_path: Path) -> None:
    log = log_of(reported(), tmp_path)
    assert "We agree." in run("report", log, "--version", "1").stdout
    assert "We agree." not in run("report", log).stdout
    assert "no version 9" in error_of(run("report", log, "--version", "9"))


# --- export and verify ---


def test_the_record_is_written_whole_and_verifies(written: Path) -> None:
    names = {name for name in NAMES if not name.startswith("captions")}
    assert {file.name for file in written.iterdir()} == {*names, MANIFEST}
    result = run("verify", written)
    assert result.exit_code == 0, result.output
    checked = f"Files: {len(names)}, each as in the manifest. Recalculated from the log: {len(names)}."
    assert checked in result.output
    assert reported().head in result.output


def test_the_manifest_is_written_last(tmp_path: Path) -> None:
    log = log_of(reported(), tmp_path)
    result = run("export", log, "--out", tmp_path / "out")
    assert result.stdout.splitlines()[-1].endswith(MANIFEST)


def test_a_new_export_replaces_the_one_before(record: Path, tmp_path: Path) -> None:
    later = published(reported(), ev.Sentence("Later.", (14,)), correction="once more")
    assert run("export", log_of(later, tmp_path), "--out", record).exit_code == 0
    result = run("verify", record)
    assert (result.exit_code, later.head in result.output) == (0, True)


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith(("log.", "captions."))])
def test_one_changed_byte_is_found_and_its_file_named(record: Path, name: str) -> None:
    content = bytearray((record / name).read_bytes())
    content[len(content) // 2] ^= 1
    (record / name).write_bytes(content)
    recorded = error_of(run("verify", record))
    assert "Not verified" in recorded
    assert name in recorded


def test_a_changed_log_is_found_by_its_entry(record: Path) -> None:
    lines = (record / "log.jsonl").read_bytes().splitlines(keepends=True)
    (record / "log.jsonl").write_bytes(b"".join(lines[:40] + lines[41:]))
    assert "entry 41" in error_of(run("verify", record))


def test_a_figure_changed_by_somebody_who_makes_a_new_manifest_is_found(record: Path) -> None:
    file = record / "report.md"
    file.write_text(file.read_text("utf-8").replace("agree 10", "agree 11"), "utf-8")
    forged = json.loads((record / MANIFEST).read_bytes())
    for one in forged["files"]:
        content = (record / one["name"]).read_bytes()
        one["bytes"], one["sha256"] = len(content), sha256(content).hexdigest()
    written = json.dumps(forged, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    (record / MANIFEST).write_text(written + "\n", "utf-8")
    assert error_of(run("verify", record)).endswith("not what the log gives: report.md.")


def test_missing_and_further_files_are_named(record: Path) -> None:
    (record / "votes.csv").unlink()
    (record / "final.pdf").write_bytes(b"%PDF")
    recorded = error_of(run("verify", record))
    assert "named in the manifest and not there: votes.csv" in recorded
    assert "not part of the record: final.pdf" in recorded
    (record / ".DS_Store").write_bytes(b"left by a system")
    assert error_of(run("verify", record)).endswith("hidden files, which are to be removed: .DS_Store.")


def test_a_folder_that_is_no_record_is_told_in_one_line(record: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "no log.jsonl" in error_of(run("verify", tmp_path / "empty"), 4)
    (record / MANIFEST).write_bytes(b"{}")
    assert f"{MANIFEST} cannot be read" in error_of(run("verify", record))
    (record / MANIFEST).unlink()
    assert f"no {MANIFEST}" in error_of(run("verify", record))


def test_a_record_of_another_language_verifies_too(tmp_path: Path) -> None:
    log = log_of(reported(), tmp_path)
    assert run("export", log, "--out", tmp_path / "ar", "--language", "ar").exit_code == 0
    assert run("verify", tmp_path / "ar").exit_code == 0


def test_a_text_document_with_other_dots_verifies_and_that_is_told(record: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(record / "report.docx") as opened, zipfile.ZipFile(out, "w") as made:
        for name in opened.namelist():
            made.writestr(name, opened.read(name) + (b"\0" if name.endswith(".png") else b""))
    (record / "report.docx").write_bytes(out.getvalue())
    (record / "report.pdf").write_bytes(b"%PDF of another machine")
    files = {file.name: file.read_bytes() for file in record.iterdir() if file.name != MANIFEST}
    (record / MANIFEST).write_bytes(manifest(files, source(reported().entries)))
    result = run("verify", record)
    assert result.exit_code == 3, result.output
    assert "Parts that were not checked here: 2." in result.output
    assert "Not checked: The pixel images of report.docx." in result.output
    assert "Not checked: report.pdf." in result.output


# --- what somebody kept, and the sealed log ---


def public_log(found: Recorded, folder: Path) -> Path:
    path = folder / "log.jsonl"
    path.write_bytes(to_lines(public_entries(found.entries, found.state)))
    return path


def test_every_status_has_its_words(record: Path, tmp_path: Path) -> None:
    log = public_log(reported(), tmp_path)
    whole = run("verify", log)
    assert (whole.exit_code, whole.stdout.startswith("Verified. ")) == (0, True)
    running = tmp_path / "running.jsonl"
    running.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:40]))
    partly = run("verify", running)
    assert (partly.exit_code, partly.stdout.startswith("Verified in part. ")) == (3, True)
    assert "Parts that were not checked here: 1." in partly.stdout
    assert "Not checked: Votes, support and joining, because the log does not contain the totals yet." in partly.stdout
    running.write_bytes(log.read_bytes().replace(b"SegmentStarted", b"SegmentStartet", 1))
    assert re.match(r"Error: Not verified: entry \d+ was changed", error_of(run("verify", running), 1))
    running.write_bytes(b"%PDF")
    assert "is not the log of a session" in error_of(run("verify", running), 4)


def test_what_was_withheld_is_named_with_its_entries(tmp_path: Path) -> None:
    result = run("verify", public_log(reported(), tmp_path))
    assert "Texts withheld by the moderators or not published, in entries: 17, 19, 60." in result.output


def test_the_sealed_log_gives_the_totals_again(tmp_path: Path) -> None:
    recounted = "The log contains the votes. Ballots and totals were recalculated from them."
    assert recounted in run("verify", log_of(reported(), tmp_path)).output
    public = run("verify", public_log(reported(), tmp_path)).output
    assert recounted not in public
    assert "Figures of groups, people and supporters are stated by the server." in public


@pytest.mark.parametrize("digits", [8, 64])
def test_a_noted_fingerprint_is_that_of_an_entry(tmp_path: Path, digits: int) -> None:
    log = public_log(reported(), tmp_path)
    noted = reported().entries[29].link.hex()[:digits]
    assert "The fingerprint you noted is that of entry 30." in run("verify", log, "--head", noted).output
    assert "no entry has the fingerprint" in error_of(run("verify", log, "--head", "0" * digits))
    assert "no entry has the fingerprint" in error_of(run("verify", log, "--head", noted[:7]))


def receipt_file(found: Recorded, seq: int, folder: Path) -> Path:
    tree = MerkleTree(lambda after, until: [entry.link for entry in found.entries[after:until]])
    tree.extend(leaf_hash(entry.link) for entry in found.entries)
    before = found.entries[seq - 2].link if seq > 1 else BEFORE_FIRST[2]
    path = folder / "receipt.json"
    path.write_bytes(encode(receipt_for(found.entries[seq - 1], before, tree, "localhost/s/x")))
    return path


def test_a_receipt_says_what_became_of_its_entry(tmp_path: Path) -> None:
    found = reported()
    log = public_log(found, tmp_path)
    for seq, event in enumerate(found.entries, 1):
        name = type(ev.from_body(event.body)).__name__
        result = run("verify", log, "--receipt", receipt_file(found, seq, tmp_path))
        assert result.exit_code == 0, result.output
        assert f"receipt.json: In the record as entry {seq}" in result.output
        assert ("shows only that it exists" in result.output) == (name in SEALED_EVENTS)
    gone = erased(found, SUPPORTED)
    log = public_log(gone, tmp_path)
    assert (
        f"In the record as entry {SUPPORTED}. Its text was erased: "
        in run("verify", log, "--receipt", receipt_file(found, SUPPORTED, tmp_path)).output
    )
    other = published(session(), ev.Sentence("No.", (14,)))
    kept = receipt_file(other, 64, tmp_path)
    assert "not in this record. Entry 64 is another one" in error_of(run("verify", log, "--receipt", kept))


def test_a_ballot_is_in_the_record_with_its_votes_and_no_others(tmp_path: Path) -> None:
    log, kept = public_log(reported(), tmp_path), tmp_path / "ballot.json"
    published_ballots = next(
        event for event in map(ev.from_body, (entry.body for entry in reported().entries))
        if isinstance(event, ev.BallotsPublished)
    )  # fmt: skip
    line = published_ballots.ballots[0]
    choices = tuple((n, mark) for n, mark in zip(published_ballots.statements, line[32:]) if mark != ".")
    kept.write_bytes(encode(BallotReceipt("localhost/s/x", line[:32], choices)))
    assert (
        "ballot.json: the ballot is in the record, once, with these votes."
        in run("verify", log, "--receipt", kept).output
    )
    turned = tuple((n, "-" if mark == "+" else "+") for n, mark in choices)
    for forged in (turned, choices[1:] or turned, (*choices, (999, "+"))):
        kept.write_bytes(encode(BallotReceipt("localhost/s/x", line[:32], forged)))
        assert "not in this record with these votes" in error_of(run("verify", log, "--receipt", kept))
