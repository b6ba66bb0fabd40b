"""A session that is too large for a PDF: it is said at once, with what to take instead, and the rest is complete."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from tests.report.sessions import largest
from tests.web.client import AppClient, app_client

from acquis.cli import main
from acquis.documents import pdf
from acquis.documents.blocks import Table
from acquis.documents.bundle import MANIFEST
from acquis.documents.checking import check_bundle
from acquis.documents.contents import contents
from acquis.documents.formats import record_of
from acquis.documents.inputs import MOST_LINES
from acquis.documents.source import source
from acquis.record.lines import to_lines

SENTENCE = "too long for a PDF. Take the web page, the Word document or the tables (CSV) instead."


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppClient]:
    monkeypatch.setattr(pdf, "LARGEST", 3)
    with app_client(tmp_path) as app:
        app.hold("grid")
        yield app


def test_the_page_and_the_address_say_what_to_take_instead(app: AppClient) -> None:
    answer = app.client.get("/s/grid/report.pdf")
    assert answer.status_code == 404
    assert SENTENCE in answer.text
    page = app.client.get("/s/grid/record").text
    assert SENTENCE in page
    assert "report.pdf" not in page
    assert "/s/grid/report.docx" in page
    assert app.client.get("/s/grid/report.docx").status_code == 200


def test_the_archive_says_what_is_left_out_and_is_verified(app: AppClient, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(app.client.get("/s/grid/bundle.zip").content)) as opened:
        made = {name.rpartition("/")[2]: opened.read(name) for name in opened.namelist()}
        opened.extractall(tmp_path / "unpacked")
    assert "report.pdf" not in made
    assert {"report.docx", "report.html", "questions.csv", "log.jsonl"} <= made.keys()
    assert msgspec.json.decode(made[MANIFEST])["left_out"] == ["report.pdf"]
    (folder,) = (tmp_path / "unpacked").iterdir()
    verified = subprocess.run([sys.executable, folder / "verify.py", folder], capture_output=True, text=True)
    assert verified.returncode in (0, 3), verified.stdout


def ask(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


def test_the_command_line_says_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "log.jsonl"
    log.write_bytes(to_lines(largest(20, 10, turns=5, people=10).entries))
    monkeypatch.setattr(pdf, "LARGEST", 79)
    refused = ask("report", log, "--format", "pdf", "-o", tmp_path / "report.pdf")
    assert refused.exit_code == 1
    assert SENTENCE in refused.output
    assert not (tmp_path / "report.pdf").exists()
    exported = ask("export", log, "--out", tmp_path / "record")
    assert exported.exit_code == 0
    assert SENTENCE in exported.output
    assert not (tmp_path / "record" / "report.pdf").exists()
    assert ask("verify", tmp_path / "record").exit_code == 0
    monkeypatch.setattr(pdf, "LARGEST", 80)
    assert ask("report", log, "--format", "pdf", "-o", tmp_path / "report.pdf").exit_code == 0


def test_an_archive_with_a_pdf_that_would_not_be_made_now_is_not_taken_for_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    of = source(largest(20, 10, turns=5, people=10).entries)
    made = record_of(of)
    monkeypatch.setattr(pdf, "LARGEST", 79)
    found = check_bundle(made, of.entries)
    assert found.ok
    assert found.not_recomputed == ("report.pdf",)


def test_the_limit_bounds_the_rows_that_the_tables_have() -> None:
    of = source(largest(300, 100, turns=5, people=50).entries)
    tables = [block for block in contents(of.view, of.state, "en").blocks if isinstance(block, Table)]
    rows = sum(len(table.rows) for table in tables)
    few = 50  # of parts, groups and sentences
    assert 500 < rows <= 300 + pdf.STATEMENT_TABLES * 100 + MOST_LINES + few
