from __future__ import annotations

import pytest

from acquis.text.plain_text import guarded, markdown_line, one_line, unguarded


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a *b* _c_", r"a \*b\* \_c\_"),
        ("Names & numbers", "Names & numbers"),
        ("&lt;script&#62;", r"\&lt;script\&#62;"),
        ("# head\n- item", r"\# head - item"),
        ("1. first", r"1\. first"),
    ],
)
def test_markdown_takes_nothing_for_markup(text: str, line: str) -> None:
    assert markdown_line(text) == line


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@a", "\t", "plain", ""])
def test_a_guarded_cell_and_back(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).startswith(("=", "+", "-", "@", "\t"))


def test_one_line_has_no_controls() -> None:
    assert one_line("a\x00b\n\u202ec\ud800") == "ab c"
