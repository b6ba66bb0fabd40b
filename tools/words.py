"""Writes `src/acquis/i18n/acquis.pot` with all messages of the source and the templates. `make words`.

The extraction of Babel would treat the two arguments of `say_many(language, N_("one"), N_("many"), n)` as two messages;
this one reads the syntax tree, so that they stay a pair.
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast

SOURCE = Path(__file__).resolve().parents[1] / "src"
REASONS = "acquis/contributions/reasons.yaml"
"""A data file with messages."""
PROCEDURES = "acquis/messages/procedures"
"""A folder of data files; the titles and the texts of the procedures and of their steps are messages."""
POT = SOURCE / "acquis" / "i18n" / "acquis.pot"

SPOKEN = {
    "N_": slice(0, 1),
    "N_plural": slice(0, 2),
    "_": slice(0, 1),
    "gettext": slice(0, 1),
    "ngettext": slice(0, 2),
    "say": slice(1, 2),
    "say_many": slice(1, 3),
}
"""Name of a function -> the numbers of the arguments that are the message."""
SAID = re.compile(rf"\b(?:{'|'.join(SPOKEN)})\(")

IN_TEMPLATES = {"_": 1, "gettext": 1, "ngettext": 2, "say": 1, "many": 2}
"""Name of a function -> the number of leading arguments that are the message; templates do not pass the language."""


def of_python(text: str) -> Iterator[tuple[str, ...]]:
    """The messages of a Python module: one string, or singular and plural."""
    if not SAID.search(text):  # most modules: their syntax tree is not needed
        return
    handled: set[ast.expr] = set()
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or node in handled or _name(node) not in SPOKEN:
            continue
        arguments = node.args[SPOKEN[_name(node)]]
        said = [_literal(argument) for argument in arguments]
        if said and all(said):
            handled.update(arguments)
            yield tuple(map(str, said))


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def _literal(node: ast.expr) -> str | None:
    if isinstance(node, ast.Call) and _name(node) == "N_":
        node = node.args[0]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def of_template(text: str) -> Iterator[tuple[str, ...]]:
    """The messages of a Jinja template."""
    # The same options as for the pages. Nothing is rendered here, so escaping is not needed.
    reader = Environment(extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)
    tree = reader.parse(text)
    for _line, function, extracted in extract_from_ast(tree, tuple(IN_TEMPLATES)):
        strings = extracted if isinstance(extracted, tuple) else (extracted,)
        message = tuple(string for string in strings[: IN_TEMPLATES[function]] if string)
        if len(message) == IN_TEMPLATES[function]:
            yield message


@cache
def messages() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every message with its file."""
    return tuple(_collected())


def _collected() -> Iterator[tuple[str, tuple[str, ...]]]:
    for path in sorted(SOURCE.rglob("*.py")):
        for message in of_python(path.read_text("utf-8")):
            yield path.relative_to(SOURCE).as_posix(), message
    for reason in yaml.safe_load((SOURCE / REASONS).read_text("utf-8")):
        yield REASONS, (reason["label"],)
    for path in sorted((SOURCE / PROCEDURES).glob("*.yaml")):
        procedure = yaml.safe_load(path.read_text("utf-8"))
        for part in (procedure, *procedure["steps"]):
            yield from ((path.relative_to(SOURCE).as_posix(), (part[field].strip(),)) for field in ("title", "text"))
    for path in sorted(SOURCE.rglob("web/**/*.html")):
        for message in of_template(path.read_text("utf-8")):
            yield path.relative_to(SOURCE).as_posix(), message


def pot() -> str:
    """The template for translators, without date and line numbers, so that it changes only if a message changes."""
    catalog = Catalog()
    for where, message in messages():
        catalog.add(message if len(message) > 1 else message[0], locations=[(where, 0)])
    out = io.BytesIO()
    write_po(out, catalog, omit_header=True, include_lineno=False, sort_output=True)
    return out.getvalue().decode()


if __name__ == "__main__":
    POT.write_text(pot(), "utf-8")
    print(f"{POT.name}: {len(set(messages()))} messages")
