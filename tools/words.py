"""Write `src/acquis/i18n/acquis.pot`: every message that the source and the templates say. `make words`.

Babel's own extraction takes both halves of `say_many(language, N_("one"), N_("many"), n)` for messages of their own;
here the syntax tree is read, so that they stay a pair.
"""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast

SOURCE = Path(__file__).resolve().parents[1] / "src"
POT = SOURCE / "acquis" / "i18n" / "acquis.pot"

SPOKEN = {
    "N_": slice(0, 1),
    "_": slice(0, 1),
    "gettext": slice(0, 1),
    "ngettext": slice(0, 2),
    "say": slice(1, 2),
    "say_many": slice(1, 3),
}
"""Which arguments are the message, by the name of the function."""

IN_TEMPLATES = {"_": 1, "gettext": 1, "ngettext": 2, "say": 1, "many": 2}
"""How many of the first arguments are the message: in a template nobody names the language."""


def of_python(text: str) -> Iterator[tuple[str, ...]]:
    """The messages of a module: one string, or singular and plural."""
    told: set[ast.expr] = set()
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or node in told or _name(node) not in SPOKEN:
            continue
        arguments = node.args[SPOKEN[_name(node)]]
        said = [_literal(argument) for argument in arguments]
        if said and all(said):
            told.update(arguments)
            yield tuple(map(str, said))


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def _literal(node: ast.expr) -> str | None:
    if isinstance(node, ast.Call) and _name(node) == "N_":
        node = node.args[0]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def of_template(text: str) -> Iterator[tuple[str, ...]]:
    """The messages of a template."""
    # The same options as in web/http/rendering.py; nothing is rendered here, so there is nothing to escape.
    reader = Environment(extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)
    tree = reader.parse(text)
    for _line, function, found in extract_from_ast(tree, tuple(IN_TEMPLATES)):
        strings = found if isinstance(found, tuple) else (found,)
        message = tuple(string for string in strings[: IN_TEMPLATES[function]] if string)
        if len(message) == IN_TEMPLATES[function]:
            yield message


def messages() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every message with the file it stands in."""
    for path in sorted(SOURCE.rglob("*.py")):
        for message in of_python(path.read_text("utf-8")):
            yield path.relative_to(SOURCE).as_posix(), message
    for path in sorted(SOURCE.rglob("web/**/*.html")):
        for message in of_template(path.read_text("utf-8")):
            yield path.relative_to(SOURCE).as_posix(), message


def pot() -> str:
    """The template for translators. Without a date and without line numbers: it changes when a word does."""
    catalog = Catalog()
    for where, message in messages():
        catalog.add(message if len(message) > 1 else message[0], locations=[(where, 0)])
    out = io.BytesIO()
    write_po(out, catalog, omit_header=True, include_lineno=False, sort_output=True)
    return out.getvalue().decode()


if __name__ == "__main__":
    POT.write_text(pot(), "utf-8")
    print(f"{POT.name}: {len(set(messages()))} messages")
