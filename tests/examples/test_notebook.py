"""The notebook of the examples runs and shows what is kept in it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tools import notebook

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "opinion_map.ipynb"
HINT = "run `python -m tools.notebook examples/opinion_map.ipynb`"


def shown(outputs: list[dict[str, Any]]) -> list[str]:
    """The texts of outputs; numbers of pictures are left out, because processors round their last digit differently."""
    texts = []
    for output in outputs:
        data = output.get("data", {})
        text = output.get("text") or data.get("text/plain")
        texts.append("".join(text) if text else re.sub(r"-?\d+(?:\.\d+)?", "#", "".join(data["image/svg+xml"])))
    return texts


def test_the_notebook_shows_what_its_cells_give() -> None:
    document = json.loads(EXAMPLE.read_text("utf-8"))
    kept = [cell["outputs"] for cell in document["cells"] if cell["cell_type"] == "code"]
    assert [shown(outputs) for outputs in notebook.run(document)] == [shown(outputs) for outputs in kept], HINT


def test_the_notebook_holds_a_map_of_two_groups() -> None:
    document = json.loads(EXAMPLE.read_text("utf-8"))
    (picture,) = [
        "".join(output["data"]["image/svg+xml"])
        for cell in document["cells"]
        for output in cell.get("outputs", [])
        if "image/svg+xml" in output.get("data", {})
    ]
    assert picture.startswith("<svg ")
    assert "Group A" in picture
    assert "2 groups" in "".join(shown([o for cell in document["cells"] for o in cell.get("outputs", [])]))


def test_outputs_are_what_a_cell_prints_and_the_value_of_its_last_line() -> None:
    def cell(source: str) -> dict[str, Any]:
        return {"cell_type": "code", "source": source.splitlines(keepends=True)}

    document = {"cells": [cell("x = 2\nprint('a')\nx + 1"), {"cell_type": "markdown", "source": ["x"]}, cell("x = 3")]}
    first, second = notebook.run(document)
    assert [shown([output]) for output in first] == [["a\n"], ["3"]]
    assert second == []
