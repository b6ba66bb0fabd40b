"""Style sheets: their layers, the pages that they serve, and classes that some page has."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from acquis.web import app as web
from acquis.web.http.assets import CHARTS, DOCUMENT, EVIDENCE, SHARED, folder_of, styles_of

WEB = Path(web.__file__).parent
SHEETS = {path.relative_to(WEB).as_posix(): path.read_text("utf-8") for path in sorted(WEB.rglob("*.css"))}
LAYERS = {"shared": "components", "live": "live", "pages": "pages"}
BASE = {"shared/tokens.css", "shared/base.css"}
"""The sheets of the layer of elements."""
ORDER = "@layer base, components, live, pages;"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
STRING = re.compile(r'"[^"]*"')
MADE = frozenset(path for path in (*WEB.rglob("*.html"), *WEB.rglob("*.js"), *WEB.rglob("*.py")))
CHART_SOURCES = WEB.parent / "charts"


def rules(sheet: str) -> str:
    """The text of a sheet without comments."""
    return COMMENT.sub("", SHEETS[sheet]).strip()


def selectors(sheet: str) -> list[str]:
    """The preludes of all rules, without those of layers and of conditions, and without strings."""
    text = STRING.sub('""', rules(sheet))
    found = re.findall(r"(?:^|(?<=[{};]))\s*([^{};]+?)\s*(?=\{)", text)
    return [one for one in found if not one.startswith("@")]


def test_the_shared_sheet_begins_with_the_order_of_the_layers() -> None:
    assert rules(SHARED[0]).startswith(ORDER)
    assert sum(ORDER in text for text in SHEETS.values()) == 1


def test_a_sheet_is_one_block_of_its_layer() -> None:
    for sheet in set(SHEETS) - {SHARED[0]}:
        text, depth = rules(sheet), 0
        layer = "base" if sheet in BASE else LAYERS[sheet.split("/")[0]]
        assert text.startswith(f"@layer {layer} {{"), sheet
        for place, sign in enumerate(text):
            depth += (sign == "{") - (sign == "}")
            inside = depth > 0 or place < text.index("{") or place == len(text) - 1
            assert inside, f"a rule outside the layer of {sheet}"


def test_no_selector_names_the_class_of_another_page() -> None:
    for sheet in SHEETS:
        own = f"page-{folder_of(sheet)}"
        for selector in selectors(sheet):
            assert "body." not in selector, (sheet, selector)
            assert set(re.findall(r"\.(page-[\w-]+)", selector)) <= {own}, (sheet, selector)


def test_a_page_loads_no_sheet_of_another_page() -> None:
    """The page about taking part is a page of the reference and has no sheet of its own, and that of organizers shows
    links like that of a programme; the stage has six, the console four. The overlay sizes a question like the stage."""
    room_screen = {f"pages/stage/{part}.css" for part in ("type", "scenes", "cover", "clock", "narrow")}
    console = {f"pages/console/{part}.css" for part in ("ruler", "columns", "session")}
    lent = {
        "organizers": {"pages/plan/page.css"},
        "reference_take_part": {"pages/reference/page.css"},
        "reference_process": {"pages/reference/timeline.css"},
        "stage": room_screen,
        "overlay": {"pages/stage/type.css"},
        "console": console,
    }
    for endpoint in web.ENDPOINTS:
        declared = endpoint.declaration
        assert set(declared.styles) - {DOCUMENT, EVIDENCE, CHARTS} == lent.get(declared.name, set()), declared.name


def test_the_sheets_of_a_page_come_in_the_order_of_the_layers() -> None:
    assert styles_of("vote", True, (CHARTS,)) == (*SHARED, CHARTS, "live/live.css", "pages/vote/page.css")
    assert styles_of("erase", False, ()) == SHARED
    assert folder_of("pages/record/audit.html") == "record"
    assert folder_of("shared/problem.html") == ""


@cache
def used() -> tuple[frozenset[str], tuple[str, ...]]:
    """The words in the strings of all sources, and the beginnings of classes whose end a template fills in."""
    text = "\n".join(path.read_text("utf-8") for path in (*MADE, *CHART_SOURCES.rglob("*.py")))
    words = re.findall(r"[\w-]+", " ".join(re.findall(r'"[^"\n]*"|`[^`]*`|\'[^\'\n]*\'', text)))
    return frozenset(words), tuple(set(re.findall(r"([a-z_]+-)\{\{?", text)))


def test_every_class_of_a_sheet_is_used() -> None:
    """A class stands in an attribute or in a string of a template, a script or a module; `status-{{ code }}` and
    `page-{{ page }}` stand for every class that begins so. The classes of sizes are compared with their source in
    `test_fitting.py`."""
    words, open_ends = used()
    for sheet in set(SHEETS) - {"pages/stage/type.css"}:
        classes = {name for selector in selectors(sheet) for name in re.findall(r"\.([A-Za-z][\w-]*)", selector)}
        assert {name for name in classes if name not in words and not name.startswith(open_ends)} == set(), sheet


def test_the_notation_is_uniform() -> None:
    """The style of the charts is the text that stands in the files too."""
    for sheet in set(SHEETS) - {CHARTS}:
        for line in rules(sheet).splitlines():
            assert line.count(";") <= 1, (sheet, line)
            assert not re.search(r"(?<![\w.])\.\d", line), (sheet, line)
            assert not re.search(r"border-radius: 0\.375rem", line), (sheet, line)
