"""The command line of the reference and of the assessment, on the data that is shipped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from acquis.cli import main
from acquis.events import CommitmentProgressed
from acquis.publication.public import public_state
from acquis.record.lines import from_line
from acquis.reference.library import library


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_the_norm_on_response_teams_is_found_by_its_words() -> None:
    found = run("reference", "search", "emergency response team")
    assert found.exit_code == 0
    assert found.stdout.split()[0] == "norm-k"


def test_a_record_is_shown_with_its_source_and_what_is_not_known() -> None:
    shown = run("reference", "show", "global-mechanism").stdout
    for said in ("A/80/257", "[unverified]", "not known: What the plenary of July 2026", "does not carry over"):
        assert said in shown
    assert json.loads(run("reference", "show", "norm-j", "--json").stdout)["id"] == "norm-j"


def test_what_is_not_there_says_what_is_near() -> None:
    found = run("reference", "show", "norm-z")
    assert found.exit_code == 1
    assert "There is no record norm-z" in found.stderr


def test_the_audit_lists_what_to_look_up() -> None:
    lines = run("reference", "audit").stdout.splitlines()
    assert any(line.split()[:2] == ["unverified", "gge-1.stakeholders.accreditation"] for line in lines)
    assert any(line.split()[:2] == ["unknown", "paris-call.cadence"] for line in lines)
    assert any(line.split()[:2] == ["partly", "gge-1.cadence"] for line in lines)
    assert "unverified" in lines[-1]
    assert "  unverified part: " in run("reference", "show", "gge-1").stdout
    assert "  until 2026-11-30: None needed." in run("reference", "show", "igf").stdout
    doubts = json.loads(run("reference", "audit", "--json").stdout)
    assert {"id", "field", "kind", "text", "where"} <= doubts[0].keys()


def test_symbols_of_a_text_are_checked(tmp_path: Path) -> None:
    text = tmp_path / "report.md"
    text.write_text("See A/70/174 para 13(k), A/70/74,\nA/RES/76/135 and A/RES/50/1.\n", "utf-8")
    found = run("reference", "symbols", str(text))
    assert found.exit_code == 0  # that a symbol is not in the reference is no error
    lines = found.stdout.splitlines()
    assert lines[0].endswith("known")
    assert "is it A/70/174?" in lines[1]
    assert "where a report has this number" in lines[2]
    assert "not in the reference" in lines[3]
    assert lines[-1] == "4 symbols, 0 wrong, 3 not in the reference."


def test_an_assessment_from_the_first_line_to_the_export(tmp_path: Path) -> None:
    file = tmp_path / "assessment.yaml"
    file.write_text(run("assessment", "new", "--edition", "non-state", "--by", "Example (invented)").stdout, "utf-8")
    assert run("assessment", "check", str(file)).exit_code == 0
    before = file.read_text("utf-8")
    start = before.index("  norm-j:")
    filled = before[:start] + before[start:].replace("    measures:\n", "    measures:\n      - We publish.\n", 1)
    later = tmp_path / "later.yaml"
    later.write_text(filled, "utf-8")
    assert "Measure added: We publish." in run("assessment", "diff", str(file), str(later)).stdout
    assert "norm-j" in run("assessment", "export", str(later), "--format", "md").stdout
    assert json.loads(run("assessment", "schema").stdout)["$defs"]
    assert run("assessment", "export", str(later), "--format", "html").stdout.startswith("<!doctype html>")


def test_the_follow_up_of_the_model_case_has_a_source_for_each_step(tmp_path: Path) -> None:
    """The demo's last stage: the chain from the call of December 2021 to the Global Mechanism."""
    folder = tmp_path / "record"
    assert run(*["demo", "--stage", "followup", "--people", "12", "--out"], str(folder)).exit_code == 0
    log = folder / "log.jsonl"
    assert run("verify", str(log)).exit_code == 0
    state = public_state(map(from_line, log.read_bytes().splitlines()))
    call = state.reports[-1].body.calls_to_action[0].text
    assert call.endswith("(The call of the workshop's public page, retold.)")
    assert [one.status for one in state.commitments.values()] == ["done", "done", "done", "in_progress"]
    steps = [step.body for one in state.commitments.values() for step in one.steps[1:]]
    assert all(isinstance(body, CommitmentProgressed) and body.url and body.on for body in steps)
    days = [body.on for body in steps if isinstance(body, CommitmentProgressed)]
    assert (min(days), max(days)) == ("2021-12-16", "2026-06-08")
    known = {source.url for source in library().sources.values()}
    assert {body.url for body in steps if isinstance(body, CommitmentProgressed)} <= known


@pytest.mark.parametrize("command", ["check", "export"])
def test_a_file_that_is_no_assessment_is_told_in_one_line(tmp_path: Path, command: str) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text("norms: many\n", "utf-8")
    found = run("assessment", command, str(file))
    assert found.exit_code == 1
    assert len(found.stderr.splitlines()) == 1
    file.write_bytes(b"\xff\xfe")
    assert "UTF-8" in run("assessment", command, str(file)).stderr
