"""What no template decides by itself: the limits of what can be typed, and the meaning of a status."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import meta, nodes

from acquis.web import app
from acquis.web.http.rendering import environment

WEB = Path(app.__file__).parent
TEMPLATES = sorted(WEB.rglob("*.html"))
LIMIT = re.compile(r"""\s(?:minlength|maxlength|min|max|pattern)\s*=\s*["']?(?!["']?\{\{)[^\s>]+""")


def named(path: Path) -> str:
    return path.relative_to(WEB).as_posix()


def test_limits_come_from_a_declaration() -> None:
    literal = {named(path): LIMIT.findall(path.read_text("utf-8")) for path in TEMPLATES}
    assert {name: limits for name, limits in literal.items() if limits} == {}


def test_a_literal_limit_would_be_found() -> None:
    assert LIMIT.search('<input name="a" maxlength="80">')
    assert LIMIT.search("<input min=1>")
    assert not LIMIT.search('<input maxlength="{{ lengths.NAME }}">')


BESIDE_BUTTON = re.compile(r"""</button>[^\n]*<span class="hint""")


def test_a_hint_stands_in_a_line_of_its_own_and_not_beside_a_button() -> None:
    """On a phone it would begin with one word beside the button."""
    assert [named(path) for path in TEMPLATES if BESIDE_BUTTON.search(path.read_text("utf-8"))] == []


CODES = re.compile(
    r"""\b(?:phase|fate|status|roles?|state)"?"""
    r"""(?:\s*(?:==|!=|\bin\b|\bnot in\b)\s*|,\s*"\w+",\s*)\(?["'][^\s%}]*"""
)


def test_what_a_status_means_is_decided_in_python() -> None:
    """A template asks a property such as `question.is_open`; which codes it stands for is known in one place."""
    found = {f"{named(path)}: {code}" for path in TEMPLATES for code in CODES.findall(path.read_text())}
    assert found == set()


@pytest.mark.parametrize(
    "literal",
    ['{% if s.phase == "open" %}', '{% if q.fate not in ("a", "b") %}', 'turns|selectattr("fate", "equalto", "ended")'],
)
def test_a_literal_status_would_be_found(literal: str) -> None:
    assert CODES.search(literal)


def test_variables_of_templates_are_named_by_nouns() -> None:
    """The rule of `tests/test_code.py`, for what a template binds: in a loop, with `set`, or as a parameter."""
    named_otherwise = [
        f"{path.relative_to(WEB.parent).as_posix()}:{node.lineno} {node.name}"
        for path in sorted(WEB.parent.rglob("*.html"))
        for node in environment("en").parse(path.read_text()).find_all(nodes.Name)
        if node.ctx in ("store", "param") and node.name in ("found", "one", "ones")
    ]
    assert named_otherwise == []


DYNAMIC = {"map": "filters", "select": "tests", "reject": "tests", "selectattr": "tests", "rejectattr": "tests"}
"""Filters that get the name of another filter, or of a test, as an argument."""


def unknown_names(source: str) -> set[str]:
    """The filters and tests that a template names and that its environment does not have."""
    # A name that is written out is refused when the template is compiled, one in an argument only when it is rendered.
    made = environment("en")
    tree = made.parse(source)
    unknown = {f"filters {node.name}" for node in tree.find_all(nodes.Filter) if node.name not in made.filters}
    unknown |= {f"tests {node.name}" for node in tree.find_all(nodes.Test) if node.name not in made.tests}
    for node in tree.find_all(nodes.Filter):
        place = 1 if node.name in ("selectattr", "rejectattr") else 0
        if node.name in DYNAMIC and len(node.args) > place:
            name = node.args[place]
            if isinstance(name, nodes.Const) and name.value not in getattr(made, DYNAMIC[node.name]):
                unknown.add(f"{DYNAMIC[node.name]} {name.value}")
    return unknown


def test_every_filter_and_test_that_a_template_names_exists() -> None:
    """B F4: `map("extract", ...)` stood in a branch that no test had rendered."""
    unknown = {named(path): unknown_names(path.read_text("utf-8")) for path in TEMPLATES}
    assert {name: names for name, names in unknown.items() if names} == {}


@pytest.mark.parametrize(
    "source", ["{{ a|nothing }}", '{{ a|map("extract", b) }}', '{{ a|selectattr("b", "nice") }}', "{{ a is nice }}"]
)
def test_an_unknown_name_would_be_found(source: str) -> None:
    assert unknown_names(source)


def bound_names(tree: nodes.Template) -> set[str]:
    """What a template imports, defines or sets for those that it includes."""
    imported = {
        name if isinstance(name, str) else name[1] for node in tree.find_all(nodes.FromImport) for name in node.names
    }
    defined = {node.name for node in tree.find_all(nodes.Macro)} | {node.target for node in tree.find_all(nodes.Import)}
    return imported | defined | {node.name for node in tree.find_all(nodes.Name) if node.ctx in ("store", "param")}


def macros_called(tree: nodes.Template) -> set[str]:
    """The functions that a template calls and that whoever includes it has to give."""
    calls = {node.node.name for node in tree.find_all(nodes.Call) if isinstance(node.node, nodes.Name)}
    return calls & meta.find_undeclared_variables(tree)


def missing_macros(trees: dict[str, nodes.Template]) -> dict[str, set[str]]:
    """Template -> the macros of the live pages that a part of them, which it includes, calls and it does not give."""
    live = [tree for name, tree in trees.items() if name.startswith("live/")]
    macros = {node.name for tree in live for node in tree.find_all(nodes.Macro)}
    included = [
        (name, tree, str(node.template.value))
        for name, tree in trees.items()
        for node in tree.find_all(nodes.Include)
        if isinstance(node.template, nodes.Const) and str(node.template.value).startswith("live/")
    ]
    missing = {name: macros & macros_called(trees[part]) - bound_names(tree) for name, tree, part in included}
    return {name: names for name, names in missing.items() if names}


def test_a_template_gives_those_it_includes_the_macros_that_they_call() -> None:
    """The console lost an import that only the ruler of segments, which it includes, had a use for."""
    trees = {named(path): environment("en").parse(path.read_text("utf-8")) for path in TEMPLATES}
    assert missing_macros(trees) == {}
    trees["live/console.html"] = environment("en").parse('{% include "live/ruler.html" %}')
    assert "segment_time" in missing_macros(trees)["live/console.html"]
