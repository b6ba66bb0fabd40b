"""How far one must read to follow a request: `python -m tools.call_path [SRC]`.

Walks the source from the handler of a request, through every function to which the request or what is made of it is
handed, and counts the functions, the files that they stand in, and how often the walk climbs back into a file that it
had left. Nothing is run, so any checkout can be measured: SRC is its `src`. Methods of objects are not followed.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

Function = tuple[str, str]
WALKS = {
    "casting a vote": (("acquis.web.api.actions", "do", "context"), ("acquis.web.commands", "do", "request")),
    "saving a sentence": (
        ("acquis.web.pages.desk.saving", "save", "context"),
        ("acquis.web.desk_saving", "desk_save", "request"),
    ),
    "what every request passes": (("acquis.web.http.endpoint", "Endpoint.respond", "request"),),
}
"""For each walk the module, the function and the parameter to begin with, in this layout and in the one before."""


class Source:
    """The functions of a source tree, and which name means which of them."""

    def __init__(self, root: Path) -> None:
        self.functions: dict[Function, ast.FunctionDef | ast.AsyncFunctionDef] = {}
        self.imported: dict[str, dict[str, tuple[str, str]]] = {}
        for path in (root / "acquis").rglob("*.py"):
            module = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
            tree = ast.parse(path.read_text("utf-8"))
            imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
            self.imported[module] = {
                name.asname or name.name: (str(node.module), name.name) for node in imports for name in node.names
            }
            for node in tree.body:
                for inner in node.body if isinstance(node, ast.ClassDef) else (node,):
                    if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
                        of_class = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
                        self.functions[module, of_class + inner.name] = inner

    def meant(self, module: str, name: str) -> Function | None:
        """The function, or (module, "") for a module, that a name means in a module."""
        while (module, name) not in self.functions:
            if name not in self.imported.get(module, {}):
                return None
            module, name = self.imported[module][name]
            if f"{module}.{name}" in self.imported:
                return f"{module}.{name}", ""
        return module, name

    def called(self, module: str, call: ast.Call) -> Function | None:
        """The function that a call calls: by its name, or by its module and its name."""
        if isinstance(call.func, ast.Name):
            return self.meant(module, call.func.id)
        if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
            owner = self.meant(module, call.func.value.id)
            return self.meant(owner[0], call.func.attr) if owner and not owner[1] else None
        return None

    def handed_on(self, function: Function, parameters: set[str]) -> Iterator[tuple[Function, set[str]]]:
        """The functions to which a function hands these parameters or what it makes of them, and their names there."""
        names, body = set(parameters), self.functions[function]
        for _ in range(3):  # a name may be made of one that is assigned below
            for target, value in _assignments(body):
                if _uses(value, names):
                    names |= {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}
        for call in (node for node in ast.walk(body) if isinstance(node, ast.Call)):
            callee = self.called(function[0], call)
            if callee is None or not callee[1]:
                continue
            arguments = self.functions[callee].args
            of_callee = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
            handed = {name for name, value in zip(of_callee, call.args, strict=False) if _uses(value, names)}
            handed |= {keyword.arg for keyword in call.keywords if keyword.arg and _uses(keyword.value, names)}
            if handed:
                yield callee, handed


def _assignments(body: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    for node in ast.walk(body):
        if isinstance(node, ast.Assign):
            yield from ((target, node.value) for target in node.targets)
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            yield node.target, node.value
        elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
            yield node.target, node.iter


def _uses(value: ast.expr, names: set[str]) -> bool:
    return any(isinstance(node, ast.Name) and node.id in names for node in ast.walk(value))


def walk(source: Source, begin: Function, parameter: str) -> tuple[int, int, int]:
    """The number of functions, of files and of climbs of a walk."""
    known: dict[Function, set[str]] = {}
    files: list[str] = []  # in the order of the walk

    def visit(function: Function, parameters: set[str]) -> None:
        if function not in known and (not files or files[-1] != function[0]):
            files.append(function[0])
        known[function] = known.get(function, set()) | parameters
        for callee, handed in source.handed_on(function, known[function]):
            if not handed <= known.get(callee, set()):
                visit(callee, handed)

    visit(begin, {parameter})
    return len(known), len(set(files)), len(files) - len(set(files))


def measure(root: Path) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """The walks that a source tree has, with their numbers of functions, of files and of climbs."""
    source = Source(root)
    for name, begins in WALKS.items():
        for module, function, parameter in begins:
            if (module, function) in source.functions:
                yield name, walk(source, (module, function), parameter)


def main() -> None:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1] / "src"
    for name, (functions, files, climbs) in measure(root):
        print(f"{name}: {functions} functions in {files} files, {climbs} climbs")


if __name__ == "__main__":
    main()
