"""Rules for the source code that the linters do not check."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.source import nodes, tree

from acquis import events
from acquis.i18n.refusals import REFUSALS, SENTENCES, Failure
from acquis.plan.findings import FINDINGS

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "acquis"
FOLDERS = ("src", "tests", "tools", "benchmarks", "examples", "docs", "deploy", ".ci", ".github")
TEXTS = {
    ".py",
    ".html",
    ".css",
    ".js",
    ".md",
    ".yaml",
    ".toml",
    ".txt",
    ".pot",
    ".sh",
    ".json",
    ".ipynb",
    ".yml",
    ".ts",
    "",
}

PROGRAMS = {".py", ".js", ".css", ".html"}
LINES = 400
"""The most lines of a file that is a program, a style sheet or a template."""
IN_ONE_FILE = {"src/acquis/documents/verifiers/verify.py": 1290}
"""Programs that people receive as one file, which therefore cannot be divided."""

A_PATH_OF_SOME_MACHINE = re.compile(r"(?<![\w.~])/(?:work|home|root|Users|tmp)/\w")
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")


def own_files() -> list[Path]:
    inside = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in TEXTS]
    beside = [path for path in ROOT.iterdir() if path.suffix in TEXTS and not path.name.startswith("requirements")]
    candidates = (path for path in [*inside, *beside] if path.is_file() and path.name != ".git")
    return sorted(path for path in candidates if "__pycache__" not in path.parts)


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_files_are_short() -> None:
    texts = [path for path in own_files() if path.suffix in PROGRAMS]
    lengths = {named(path): len(path.read_text("utf-8").splitlines()) for path in texts}
    assert {name: lines for name, lines in lengths.items() if lines > IN_ONE_FILE.get(name, LINES)} == {}


def test_functions_are_short() -> None:
    long = {
        f"{named(path)}:{node.lineno} {node.name}": length
        for path in modules("src", "tools", "benchmarks")
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > 50
    }
    assert long == {}


def test_modules_say_what_they_are_for() -> None:
    assert [named(path) for path in modules("src", "tools", "benchmarks") if not ast.get_docstring(tree(path))] == []


def test_events_effects_and_commands_lie_in_files_of_equal_names() -> None:
    """What happens to the questions is in `events/questions.py`, what it does in `state/questions.py`, and what asks
    for it in `questions.py` of one part."""
    files = {path.stem for path in (SOURCE / "events").glob("*.py")} - {"__init__", "base"}
    assert files
    assert files <= {path.stem for path in (SOURCE / "state").glob("*.py")}
    parts = (SOURCE, *(SOURCE / part for part in ("plan", "floor", "report", "followup", "publication")))
    places = {name: [named(part) for part in parts if (part / f"{name}.py").exists()] for name in files}
    assert {name: where for name, where in places.items() if len(where) != 1} == {}


def test_the_list_of_events_holds_every_event() -> None:
    classes = {
        node.name
        for path in modules("src/acquis/events")
        for node in nodes(path)
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "Event" for base in node.bases)
    }
    assert {event.__name__ for event in events.ALL} == classes
    assert len(events.ALL) == len(classes)


def test_a_class_name_has_one_meaning() -> None:
    places: dict[str, list[str]] = {}
    for path in modules("src"):
        for node in nodes(path):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(f"{named(path)}:{node.lineno}")
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


NO_NOUNS = {"again", "beside", "found", "held", "met", "one", "shut", "told"}
"""Words that do not say what a parameter or a variable is."""


def test_parameters_are_named_by_nouns() -> None:
    named_otherwise = [
        f"{named(path)}:{node.lineno} {argument.arg}"
        for path in modules("src", "tools", "benchmarks", "examples")
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        if argument.arg in NO_NOUNS
    ]
    assert named_otherwise == []


def test_variables_and_functions_are_named_by_nouns() -> None:
    named_otherwise = [
        f"{named(path)}:{line} {name}"
        for path in modules("src", "tools", "benchmarks", "examples")
        for node in nodes(path)
        for line, name in _names_bound(node)
        if name.lstrip("_") in NO_NOUNS
    ]
    assert named_otherwise == []


def _names_bound(node: ast.AST) -> Iterator[tuple[int, str]]:
    """The line and the name that a node assigns or defines."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.lineno, node.id
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.lineno, node.name
    elif isinstance(node, ast.MatchAs | ast.MatchStar):
        yield node.lineno, node.name or ""


POSITIONAL = 6
"""The most arguments of a call without their names: whoever reads a seventh has to count."""


def test_calls_name_their_arguments() -> None:
    long = [
        f"{named(path)}:{node.lineno} {ast.unparse(node.func)}"
        for path in modules("src", "tests", "tools", "benchmarks", "examples")
        for node in nodes(path)
        if isinstance(node, ast.Call) and sum(not isinstance(a, ast.Starred) for a in node.args) > POSITIONAL
    ]
    assert long == []


def _own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function without those of functions and classes inside it."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            yield child
            yield from _own_nodes(child)


def _raises(function: ast.AST) -> bool:
    """Whether a function raises an exception of its own. A bare `raise` and errors of the command line do not count."""
    raised = [node.exc for node in _own_nodes(function) if isinstance(node, ast.Raise) and node.exc is not None]
    return any(not ast.unparse(exception).startswith("click.") for exception in raised)


def silent_about_errors(path: Path) -> Iterator[str]:
    """The public functions of a module that raise and whose docstring, or that of their class, does not name `Raises`.
    A method without a docstring has that of the class which it implements. The application answers what an endpoint
    raises."""
    classes = [node for node in tree(path).body if isinstance(node, ast.ClassDef)]
    owners: list[ast.Module | ast.ClassDef] = [tree(path), *classes]
    for owner in owners:
        is_class = isinstance(owner, ast.ClassDef)
        if isinstance(owner, ast.ClassDef) and owner.name.startswith("_"):
            continue
        for node in owner.body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if (node.name.startswith("_") and node.name != "__init__") or not _raises(node):
                continue
            if "RequestContext" in ast.unparse(node.args):
                continue
            own = ast.get_docstring(node) or ""
            inherited = is_class and not own and node.name != "__init__"
            documented = own + (ast.get_docstring(owner) or "" if is_class else "")
            if "Raises" not in documented and not inherited:
                yield f"{named(path)}:{node.lineno} {node.name}"


def test_functions_that_raise_say_so() -> None:
    assert [function for path in modules("src/acquis") for function in silent_about_errors(path)] == []


def test_packages_are_packages() -> None:
    """A folder of modules without `__init__.py` works by chance and is not seen by the check of the layers."""
    folders = {path.parent for path in modules("src/acquis")}
    assert [named(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


@pytest.mark.parametrize("banned", [A_PATH_OF_SOME_MACHINE, UNFINISHED], ids=["paths of a machine", "unfinished work"])
def test_no_file_holds(banned: re.Pattern[str]) -> None:
    found = [
        f"{named(path)}:{number} {line.strip()}"
        for path in own_files()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if banned.search(line)
    ]
    assert found == []


IGNORE = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma)")
IGNORE_WITH_A_REASON = re.compile(r"# (?:noqa: [A-Z]+\d+(?:, [A-Z]+\d+)*|type: ignore\[[a-z, -]+\])  # \w")


def test_what_a_linter_is_told_to_ignore_has_a_code_and_a_reason() -> None:
    bare = [
        f"{named(path)}:{number} {line.strip()}"
        for path in sorted({*modules("src", "tests", "tools", "benchmarks")} - {Path(__file__).resolve()})
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if IGNORE.search(line) and not IGNORE_WITH_A_REASON.search(line)
    ]
    assert bare == []


CODES = {
    "Refused": 0,
    "Finding": 0,
    "ImportFailed": 0,
    "ProgrammeError": 0,
    "CaptionsError": 0,
    "OutsideDraftError": 0,
    "AssessmentError": 0,
}
CODES |= {"problem": 2, "refusal_sentence": 1}
"""Where the code stands among the arguments of what makes or tells a refusal, a finding, a failure."""


def strings(node: ast.AST) -> Iterator[str]:
    """The strings that an expression can be: `"a" if x else "b"` is two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from strings(node.body)
        yield from strings(node.orelse)


@functools.cache
def codes(*makers: str) -> dict[str, str]:
    """Every code written out in a call of one of `makers`, with a place where it stands. A finding of the dry run is
    made in `plan`; the check of symbols has findings of its own."""
    return {
        code: f"{named(path)}:{node.lineno}"
        for path in modules("src/acquis/plan" if makers == ("Finding",) else "src/acquis")
        for node in nodes(path)
        if isinstance(node, ast.Call)
        and (name := getattr(node.func, "id", getattr(node.func, "attr", ""))) in makers
        and len(node.args) > CODES[name]
        for code in strings(node.args[CODES[name]])
    }


@functools.cache
def written() -> frozenset[str]:
    """Every string in the source outside the catalogues: a code may also travel in a tuple or a table."""
    return frozenset(
        node.value
        for path in modules("src/acquis")
        if path.parent.name != "i18n" and path.name != "findings.py"
        for node in nodes(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@pytest.mark.parametrize(
    ("catalogue", "makers"),
    [
        (REFUSALS, ("Refused", "problem", "refusal_sentence")),
        (FINDINGS, ("Finding",)),
        (SENTENCES["programme"], ("ImportFailed", "ProgrammeError")),
        (SENTENCES["captions"], ("CaptionsError",)),
        (SENTENCES["assessment"], ("AssessmentError",)),
        (SENTENCES["outside_draft"], ("OutsideDraftError",)),
    ],
    ids=["refusals", "findings", "programmes", "transcripts", "assessments", "outside_drafts"],
)
def test_every_code_has_a_sentence_and_every_sentence_a_code(
    catalogue: dict[str, str], makers: tuple[str, ...]
) -> None:
    used = codes(*makers)
    assert used, "the scan finds nothing any more: did the calls get another name?"
    assert {code: where for code, where in used.items() if code not in catalogue} == {}
    assert sorted(code for code in catalogue if code not in used and code not in written()) == []


def test_what_is_refused_or_cannot_be_read_has_one_way_to_a_sentence() -> None:
    """Every exception with a code and facts is a Failure: no other class keeps them, and no other module words them."""
    own = [
        f"{named(path)}: {node.name}"
        for path in modules("src/acquis")
        for node in nodes(path)
        if isinstance(node, ast.ClassDef)
        and any(getattr(base, "id", "") in ("Exception", "ValueError", "LookupError") for base in node.bases)
        and {"code", "facts"} <= {target.attr for target in ast.walk(node) if isinstance(target, ast.Attribute)}
    ]
    assert own == ["src/acquis/i18n/refusals.py: Failure"]
    assert {kind.about for kind in Failure.__subclasses__()} <= SENTENCES.keys()


LETTERS = SOURCE / "text"
RANGE = re.compile(r"[^\x00-\xff]-[^\x00-\xff]|\\[uU][0-9a-fA-F]{4,8}-\\[uU]|\\[pP]\{")


def letters_by_hand(path: Path) -> Iterator[str]:
    """Where a module folds letters itself, or writes down which characters a script has."""
    for node in nodes(path):
        imported = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module == "unicodedata":
            imported.append(node.module)
        if isinstance(node, ast.Attribute) and node.attr == "casefold":
            imported.append(node.attr)
        if {"unicodedata", "casefold"} & {*imported}:
            yield f"{named(path)}: {imported}"
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and RANGE.search(node.value):
            yield f"{named(path)}:{node.lineno} {node.value!r}"


def test_letters_and_scripts_are_known_in_one_package() -> None:
    assert [hit for path in modules("src") if LETTERS not in path.parents for hit in letters_by_hand(path)] == []
    assert len([hit for path in modules("src/acquis/text") for hit in letters_by_hand(path)]) > 5


CACHES_OF_CONSTANTS = {
    "acquis/claims/lexicon.py:lexicon",
    *("acquis/command/base.py:_checks", "acquis/command/base.py:fields_of"),
    "acquis/contributions/reasons.py:reasons",
    "acquis/documents/page.py:_environment",
    "acquis/documents/pdf.py:_families",
    "acquis/documents/pdf.py:_fonts",
    "acquis/documents/pdf.py:_template",
    "acquis/events/__init__.py:members",  # names of fields of classes
    "acquis/i18n/__init__.py:translation",
    "acquis/opinion/compiled.py:kernels",
    *(f"acquis/plan/importers/clock.py:{name}" for name in ("_other_days", "_other_months")),  # of a calendar
    *("acquis/record/words.py:_list", "acquis/record/words.py:_places"),  # the 2048 words of a check
    "acquis/reference/library.py:library",
    "acquis/reference/profiles.py:profile",
    "acquis/reference/profiles.py:profile_names",
    "acquis/reference/search.py:_index_of",
    "acquis/web/http/assets.py:compressed",
    "acquis/reference/states.py:members",
    *("acquis/state/snapshots.py:copier_of", "acquis/state/times.py:_movers"),
    "acquis/reference/suggest.py:_known",
    *("acquis/state/counting.py:_counted_shown", "acquis/statistics/opinion_map.py:_read"),  # votes without texts
    "acquis/statistics/slate.py:_made",  # votes without texts
    "acquis/captions/line_names.py:_states",
    "acquis/captions/verbatim.py:_codes",
    "acquis/documents/templates.py:environment",
    "acquis/text/full_text.py:_letter",  # one character
    "acquis/text/measure.py:_width_of_letter",  # one character
    "acquis/text/names.py:_letter",  # one character
    "acquis/text/scripts.py:right_to_left",
    "acquis/web/api/openapi.py:openapi",
    "acquis/web/http/forms.py:_input",
    "acquis/web/http/rendering.py:environment",
    "acquis/web/http/assets.py:_all_digest",
    "acquis/web/http/assets.py:_files",
    "acquis/web/live/maps.py:_recorded",  # votes without texts
    "acquis/plan/dates.py:moment",
    "acquis/web/words/phrases.py:times",
}
"""Functions whose results `functools` may keep for ever: nothing in them was written by a person in a session. Results
that depend on such a text are kept by `acquis.text.caches`, which forgets them when the text is erased."""


def test_functools_keeps_no_texts_of_people() -> None:
    kept = {
        f"{path.relative_to(SOURCE.parent).as_posix()}:{node.name}"
        for path in modules("src/acquis")
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef)
        and any(
            re.match(r"(?:functools\.)?(?:lru_)?cache\b", ast.unparse(decorator)) for decorator in node.decorator_list
        )
    }
    assert kept - CACHES_OF_CONSTANTS == set()
