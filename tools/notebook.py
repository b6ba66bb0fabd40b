"""Run the code cells of a notebook without Jupyter and keep what they show.

    python -m tools.notebook examples/opinion_map.ipynb

All cells share one namespace. What a cell prints, and the value of its last line (its `_repr_svg_()` where it has one,
else its `repr`), become its outputs. Magics and display functions of IPython are not known here.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import sys
from pathlib import Path
from typing import Any

Output = dict[str, Any]


def run(notebook: dict[str, Any]) -> list[list[Output]]:
    """The outputs of each code cell, in the form of nbformat 4."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return [_cell("".join(cell["source"]), namespace, number) for number, cell in enumerate(cells, 1)]


def _cell(source: str, namespace: dict[str, Any], number: int) -> list[Output]:
    module = ast.parse(source, f"cell {number}")
    last = module.body.pop() if module.body and isinstance(module.body[-1], ast.Expr) else None
    printed, value = io.StringIO(), None
    with contextlib.redirect_stdout(printed):
        exec(compile(module, f"cell {number}", "exec"), namespace)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), f"cell {number}", "eval"), namespace)
    outputs: list[Output] = []
    if printed.getvalue():
        outputs.append({"output_type": "stream", "name": "stdout", "text": _lines(printed.getvalue())})
    if value is not None:
        svg = getattr(value, "_repr_svg_", None)
        data = {"image/svg+xml": _lines(svg())} if svg else {"text/plain": _lines(repr(value))}
        outputs.append({"output_type": "execute_result", "execution_count": number, "metadata": {}, "data": data})
    return outputs


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def main() -> None:
    """Run the named notebooks and write their outputs into them."""
    for name in sys.argv[1:]:
        path = Path(name)
        notebook = json.loads(path.read_text("utf-8"))
        cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        for number, (cell, outputs) in enumerate(zip(cells, run(notebook), strict=True), 1):
            cell["outputs"], cell["execution_count"] = outputs, number
        path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
