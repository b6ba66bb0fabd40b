"""How much the first view of a page is on a slow connection, and that what is left out of a file is no code."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from acquis.web import app as web
from acquis.web.http.assets import compressed, file_of, lean, linked, styles_of
from acquis.web.http.endpoint import Endpoint

from .client import app_client

WEB = Path(web.__file__).parent
PAGES = {page.declaration.name: page for page in web.ENDPOINTS if page.declaration.is_page}
KB = 1024
STYLES = 14 * KB
"""The most that the style sheets of a page weigh."""
FIRST_VIEW = 20 * KB
"""The most that a phone fetches until the page stands: the page, its style sheets, and the scripts of joining."""
WITH_SCRIPTS = 27 * KB
"""The most that the floor weighs with all its scripts, which run after it stands."""


def weight(page: Endpoint) -> int:
    declared = page.declaration
    return sum(
        len(compressed(name)) for name in linked(styles_of(declared.folder, bool(declared.live), declared.styles))
    )


def test_the_style_sheets_of_a_page_are_light() -> None:
    weights = {name: weight(page) for name, page in PAGES.items()}
    assert {name: weight for name, weight in weights.items() if weight > STYLES} == {}


def test_the_first_view_of_a_phone_is_light(tmp_path: Path) -> None:
    with app_client(tmp_path) as app:
        app.hold("grid", close=False)
        for query, most in (("", FIRST_VIEW), ("?watch=1", WITH_SCRIPTS)):
            sent = app.client.get(f"/s/grid{query}", headers={"accept-encoding": "gzip", "sec-fetch-site": "none"})
            assert sent.headers["content-encoding"] == "gzip"
            html, page = sent.text, int(sent.headers["content-length"])
            files = re.findall(r'(?:src|href)="(/static/[^"]+)"', html)
            answers = [app.client.get(name, headers={"accept-encoding": "gzip"}) for name in files]
            assert {answer.headers["content-encoding"] for answer in answers} == {"gzip"}
            styles = sum(
                len(gzip.compress(answer.content, 9)) for answer in answers if "css" in answer.headers["content-type"]
            )
            scripts = sum(len(gzip.compress(answer.content, 9)) for answer in answers) - styles
            assert page + styles <= FIRST_VIEW
            assert page + styles + scripts <= most, (page, styles, scripts)
            assert not re.search(r'(?:src|href)="(?:https?:)?//(?!testserver)', html.partition("<body")[0]), (
                "an asset of others"
            )


def test_only_comments_and_indentation_are_left_out() -> None:
    css = ".a {\n  /* Why,\n     and how. */\n  color: red;\n}\n"
    assert lean(".css", css) == b".a {\ncolor: red;\n}\n"
    comments = "// Why.\n/** What\n *  it is. */\n"
    script = f'import "a";\n{comments}const a = "http://b"; // kept\n  /** @type {{x}} */\n  f(`/**`);\n'
    assert lean(".js", script) == b'import "a";\nconst a = "http://b"; // kept\nf(`/**`);\n'


def test_no_text_of_a_script_goes_over_lines() -> None:
    """Their indentation would be left out."""
    for path in WEB.rglob("*.js"):
        assert all(line.count("`") % 2 == 0 for line in path.read_text("utf-8").splitlines()), path.name


def test_a_browser_that_reads_nothing_compressed_gets_the_file(tmp_path: Path) -> None:
    with app_client(tmp_path) as app:
        answer = app.client.get("/static/0/shared/mark.svg", headers={"accept-encoding": "identity"})
        known = file_of("shared/mark.svg")
        assert known is not None
        assert "content-encoding" not in answer.headers
        assert answer.headers["vary"] == "accept-encoding"
        assert answer.content == known[0]


@pytest.mark.parametrize(("site", "cookie", "kind"), [
    ("none", True, "gzip"), ("same-origin", True, "gzip"), ("cross-site", True, None), ("same-site", True, None),
    (None, True, None), (None, False, "gzip"), ("cross-site", False, "gzip"),
])  # fmt: skip
def test_what_another_site_may_ask_for_with_cookies_is_not_compressed(
    tmp_path: Path, site: str | None, cookie: bool, kind: str | None
) -> None:
    """From the length of a compressed page that says back what was asked, another site could guess a secret in it."""
    with app_client(tmp_path) as app:
        app.hold("grid", close=False)
        app.be("rapporteur" if cookie else "", "grid")
        headers = {"accept-encoding": "gzip"} | ({"sec-fetch-site": site} if site else {})
        answer = app.client.get("/s/grid/record", headers=headers)
        assert answer.status_code == 200
        assert answer.headers.get("content-encoding") == kind
