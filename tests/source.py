"""The modules of the project as syntax trees, each parsed and walked once for all rules about them."""

from __future__ import annotations

import ast
import gc
from functools import cache
from pathlib import Path

from tests.work import uncollected


@cache
def tree(path: Path) -> ast.Module:
    with uncollected():  # which would look at the trees of all modules again and again: two thirds of the time
        module = ast.parse(path.read_text("utf-8"))
    gc.freeze()  # the trees stay
    return module


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All nodes of a module, in the order of `ast.walk`."""
    with uncollected():
        return tuple(ast.walk(tree(path)))
