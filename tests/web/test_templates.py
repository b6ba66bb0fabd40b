"""What no template decides by itself: the limits of what can be typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from acquis.web import app

WEB = Path(app.__file__).parent
TEMPLATES = sorted(WEB.rglob("*.html"))
LIMIT = re.compile(r"""\s(?:minlength|maxlength|min|max|pattern)\s*=\s*["']?(?!["']?\{\{)[^\s>]+""")


def named(path: Path) -> str:
    return path.relative_to(WEB).as_posix()


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_limits_come_from_a_declaration(template: Path) -> None:
    assert LIMIT.findall(template.read_text()) == []


def test_a_literal_limit_would_be_found() -> None:
    assert LIMIT.search('<input name="a" maxlength="80">')
    assert LIMIT.search("<input min=1>")
    assert not LIMIT.search('<input maxlength="{{ lengths.NAME }}">')
