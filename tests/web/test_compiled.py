"""Templates are compiled once for all starts, and again when they, or the way they are read, changed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from acquis.documents.compiled import CompiledTemplates


class Compiling(Environment):
    """An environment that counts what it compiles."""

    compiled = 0

    def _generate(self, *given: object, **named: object) -> str:
        self.compiled += 1
        return super()._generate(*given, **named)  # type: ignore[arg-type]  # passed on as it comes


def started(folder: Path, form: str = "") -> Compiling:
    """What a new process has."""
    return Compiling(loader=FileSystemLoader(folder), bytecode_cache=CompiledTemplates(form))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    (tmp_path / "page.html").write_text("Hello {{ name }}")
    return tmp_path


def rendered(environment: Compiling) -> tuple[str, int]:
    """The page, and how many templates were compiled for it."""
    return environment.get_template("page.html").render(name="Amara"), environment.compiled


def test_the_next_start_compiles_nothing(folder: Path) -> None:
    assert [rendered(started(folder)) for _ in range(2)] == [("Hello Amara", 1), ("Hello Amara", 0)]
    assert [path.parent.name for path in folder.rglob("*.pyc")] == ["__pycache__"]


def test_languages_share_what_is_compiled(folder: Path) -> None:
    shared = CompiledTemplates("")
    one, other = (Compiling(loader=FileSystemLoader(folder), bytecode_cache=shared) for _ in range(2))
    assert [rendered(one)[1], rendered(other)[1]] == [1, 0]


def test_a_changed_template_and_another_way_to_read_it_are_compiled_again(folder: Path) -> None:
    rendered(started(folder))
    assert rendered(started(folder, "autoescape"))[1] == 1
    (folder / "page.html").write_text("Welcome {{ name }}")
    assert rendered(started(folder, "autoescape")) == ("Welcome Amara", 1)


@pytest.mark.parametrize("left", [0, 5, 30, 60, 100])
def test_a_file_that_was_cut_short_is_made_again(folder: Path, left: int) -> None:
    rendered(started(folder))
    [kept] = folder.rglob("*.pyc")
    whole = kept.read_bytes()
    assert left < len(whole)
    kept.write_bytes(whole[:left])
    assert rendered(started(folder)) == ("Hello Amara", 1)
    assert kept.read_bytes() == whole


def test_nothing_is_written_where_python_writes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(started(folder)) == ("Hello Amara", 1)
    assert list(folder.rglob("*.pyc")) == []


def test_a_folder_that_cannot_be_written_to_is_no_fault(folder: Path) -> None:
    (folder / "__pycache__").write_text("in the way")
    assert [rendered(started(folder)) for _ in range(2)] == [("Hello Amara", 1)] * 2
