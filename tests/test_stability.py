"""What docs/stability.md promises is what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
import yaml

import acquis
from acquis import opinion
from acquis.documents.view import REPORT_FORMAT, report_view, view_json, view_schema
from acquis.plan.document import Programme, ProgrammeError, from_data, from_yaml, to_yaml
from acquis.state import State
from acquis.web.api.openapi import openapi
from acquis.web.api.session_data import SESSION_FORMAT, SessionData
from acquis.web.app import ENDPOINTS

ROOT = Path(__file__).resolve().parents[1]
STABILITY = (ROOT / "docs" / "stability.md").read_text("utf-8")

KEPT: dict[str, list[str]] = yaml.load(
    (ROOT / "tests" / "samples" / "stable_names.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
)


def test_the_report_names_its_format_and_keeps_its_fields() -> None:
    report = msgspec.json.decode(view_json(report_view(State(), ""), State()))
    assert report["format"] == REPORT_FORMAT == 1
    assert set(KEPT["report.json 1"]) - set(report) == set()
    assert "format" in msgspec.json.decode(view_schema())["$defs"]["ReportView"]["properties"]


def test_the_session_as_data_names_its_format_and_keeps_its_fields() -> None:
    assert SESSION_FORMAT == 1
    fields = {field.name: field for field in msgspec.structs.fields(SessionData)}
    assert set(KEPT["session.json 1"]) - set(fields) == set()
    assert fields["format"].default == SESSION_FORMAT


def test_a_programme_of_version_1_is_read_with_and_without_its_number() -> None:
    assert from_yaml("title: A\nversion: 1\n") == from_yaml("title: A\n") == from_data({"title": "A", "version": 1})
    assert to_yaml(from_yaml("title: A\nversion: 1\n")) == "title: A\nprofile: panel\n"
    assert set(KEPT["programme 1"]) - {field.name for field in msgspec.structs.fields(Programme)} == set()


@pytest.mark.parametrize("data", [{"title": "A", "version": 2}, {"title": "A", "titel": "B"}])
def test_a_programme_of_another_version_or_with_an_unknown_field_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ProgrammeError) as refused:
        from_data(data)
    assert refused.value.code == "bad_programme"


def test_the_names_of_the_opinion_library_are_kept() -> None:
    assert set(KEPT["acquis.opinion"]) - set(opinion.__all__) == set()
    assert [name for name in opinion.__all__ if not hasattr(opinion, name)] == []


def test_the_version_stands_in_one_place() -> None:
    assert openapi(tuple(endpoint.declaration for endpoint in ENDPOINTS))["info"]["version"] == acquis.__version__
    source = (ROOT / "src").rglob("*.py")
    assert [path.name for path in source if f'"{acquis.__version__}"' in path.read_text("utf-8")] == ["__init__.py"]
    assert f"## [{acquis.__version__}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_files_that_the_statement_names_are_there() -> None:
    named = set(re.findall(r"`((?:src|tests|docs|examples)/[\w./-]+)`", STABILITY))
    assert len(named) > 5
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []
