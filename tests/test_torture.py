"""Every sabotage of `make torture` is one of the present source, and its tests are there."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.sabotages import SABOTAGES, Sabotage

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("sabotage", SABOTAGES, ids=lambda sabotage: sabotage.name)
def test_a_sabotage_changes_the_source_in_one_place(sabotage: Sabotage) -> None:
    path = ROOT / "src" / "acquis" / sabotage.file
    source = path.read_text("utf-8")
    assert source.count(sabotage.old) == 1
    compile(source.replace(sabotage.old, sabotage.new), str(path), "exec")
    for tests in sabotage.tests.split():
        name, _, function = tests.partition("::")
        assert f"def {function}" in (ROOT / name).read_text("utf-8")


def test_there_are_25_and_no_two_of_a_name() -> None:
    assert len({sabotage.name for sabotage in SABOTAGES}) == len(SABOTAGES) >= 25
