"""Every endpoint is declared once, and what a handler has to know comes with the request context."""

from __future__ import annotations

import ast
import importlib
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import Response
from starlette.routing import Route

from acquis.web import app as web
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import Endpoint, page
from acquis.web.http.passes import STRANGER

WEB = Path(web.__file__).parent
MODULES = sorted(path for path in WEB.rglob("*.py") if path.name != "__init__.py")
CONTEXT = "http/context.py"


def named(path: Path) -> str:
    return path.relative_to(WEB).as_posix()


def declared_in(path: Path) -> list[Endpoint]:
    module = importlib.import_module("acquis.web." + named(path).removesuffix(".py").replace("/", "."))
    return [value for value in vars(module).values() if isinstance(value, Endpoint) and value.module == module.__name__]


def test_every_endpoint_in_the_folders_is_served() -> None:
    """A page that is added to a folder and not to the tuple of modules is found here."""
    declared = [endpoint for path in MODULES for endpoint in declared_in(path)]
    assert {one.declaration.name for one in declared} == {one.declaration.name for one in web.ENDPOINTS}
    assert len(declared) == len(web.ENDPOINTS) > 50


def test_every_route_has_exactly_one_declaration() -> None:
    class Nothing:
        """An application that nobody asks for anything: its routes are only listed."""

    starlette = web.create_app(Nothing())  # type: ignore[arg-type]  # as said above
    routes = [route for route in starlette.routes if isinstance(route, Route)]
    assert len(routes) == len(starlette.routes) == len(web.ENDPOINTS)
    for kind in (lambda one: one.name, lambda one: (one.path, one.method)):
        counted = Counter(kind(endpoint.declaration) for endpoint in web.ENDPOINTS)
        assert {key for key, number in counted.items() if number > 1} == set()


def test_a_page_that_nobody_decided_about_is_not_declared() -> None:
    async def handler(context: RequestContext) -> Response:
        return Response()

    undecided: Any = page
    with pytest.raises(TypeError, match="roles"):
        undecided("/somewhere")(handler)


def test_a_page_that_comes_back_after_a_refusal_exists() -> None:
    pages = {one.declaration.name for one in web.ENDPOINTS if one.declaration.comes_back}
    named_pages = {one.declaration.page for one in web.ENDPOINTS if one.declaration.page}
    assert named_pages <= pages
    assert {"floor", "questions", "vote", "console", "captions", "mine", "desk", "plan", "followup"} <= pages


def test_a_form_sees_the_names_that_its_page_shows() -> None:
    """Under the Chatham House Rule a handler that read the state without names would make links, or copies, of
    nobody, although the page with its button shows everybody."""
    pages = {one.declaration.name: one.declaration for one in web.ENDPOINTS if one.declaration.is_page}
    forms = [one.declaration for one in web.ENDPOINTS if one.declaration.reads and one.declaration.method == "POST"]
    shown = [(form, pages[form.page]) for form in forms if form.page]
    assert len(shown) > 15
    assert [form.path for form, its in shown if not its.names & form.roles <= form.names] == []
    assert [form.path for form, its in shown if its.live and form.live != its.live] == []


def test_files_that_pages_name_exist() -> None:
    for endpoint in web.ENDPOINTS:
        for name in (*endpoint.declaration.scripts, *endpoint.declaration.styles):
            assert (WEB / name).is_file(), f"{endpoint.declaration.name} names {name}"


def test_the_architecture_lists_the_pages() -> None:
    shown = (WEB.parents[2] / "docs" / "ARCHITECTURE.md").read_text("utf-8").partition("## The web package")[2]
    listed = re.findall(r"\w+", shown.partition("style sheet:")[2].partition("api/")[0])
    folders = {path.name for path in (WEB / "pages").iterdir() if (path / "page.py").exists()}
    assert sorted(listed) == sorted(folders)


def test_each_page_has_a_folder_with_its_parts() -> None:
    for folder in sorted(path for path in (WEB / "pages").iterdir() if path.is_dir() and path.name != "__pycache__"):
        assert (folder / "page.py").is_file(), folder.name
        assert (folder / "page.html").is_file(), folder.name
    for script in WEB.rglob("*.js"):
        assert script.parent.name in ("shared", "live") or script.parent.parent.name == "pages"


LOOK_UPS = {
    "the application": re.compile(r"\.state\.application|\bbare_context\("),
    "the pass": re.compile(r"\b(?:pass_of|bearer_of|STRANGER)\b|\.cookies\b"),
    "the language": re.compile(r"\blanguage_of\(|query_params\.get\(\"lang\"|accept-language\", \"\""),
}
ALLOWED = {
    "the application": {"app.py", CONTEXT, "http/endpoint.py", "http/middleware.py"},
    "the pass": {
        CONTEXT,
        "http/passes.py",
        "http/embedding.py",
        "http/kept.py",
        "http/language.py",
        "http/newcomers.py",
        "http/sign_ins.py",
    },
    "the language": {CONTEXT, "http/language.py"},
}
"""`app.py` puts the application there; `endpoint.py` has the context built, and the middleware that of answers that no
endpoint gives."""


@pytest.mark.parametrize("what", LOOK_UPS)
def test_only_the_request_context_looks_it_up(what: str) -> None:
    naming = {named(path) for path in MODULES if LOOK_UPS[what].search(path.read_text("utf-8"))}
    assert naming - ALLOWED[what] == set()
    assert CONTEXT in naming, "the scan finds nothing any more"


def test_handlers_receive_the_context_and_not_the_request() -> None:
    handing_down = []
    for path in MODULES:
        if named(path).startswith("http/"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                names = [argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)]
                handing_down += [f"{named(path)}:{node.lineno} {node.name}"] if "request" in names else []
    assert handing_down == []


def test_nobody_checks_whether_an_answer_is_a_refusal() -> None:
    checking = [named(path) for path in MODULES if re.search(r"isinstance\(\w+, Response\)", path.read_text("utf-8"))]
    assert checking == []


def test_the_rule_of_visibility_stands_in_one_module() -> None:
    """Which state a reader sees is decided once; what else asks for the public state makes no page of it."""
    deciding = {named(path) for path in MODULES if re.search(r"\.public\(", path.read_text("utf-8"))}
    assert deciding == {CONTEXT}


def test_a_reader_without_a_pass_is_nobody() -> None:
    assert STRANGER.person == STRANGER.voice == ""
