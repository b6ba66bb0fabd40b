"""The contrast that is computed from the styles alone is that which axe finds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.browser.accessibility import CONTRAST, axe, too_faint

pytestmark = pytest.mark.browser

FAINT = (
    '<p style="color: #777">grey on white</p>',
    '<p style="color: #999; font-size: 30px">large, and yet too faint</p>',
    '<div style="background: #000"><p style="color: #666">grey on the black of what is around it</p></div>',
    '<p style="opacity: 0.5">half transparent</p>',
    '<div style="background: rgb(0 0 0 / 50%)"><b style="color: #fff">white on a transparent black</b></div>',
    '<p style="color: color-mix(in srgb, black 40%, white)">a mixed colour</p>',
)
CLEAR = (
    '<p style="color: #767676">grey that is dark enough</p>',
    '<p style="color: #949494; font-size: 24px">large</p>',
    '<p style="color: #949494; font-size: 19px; font-weight: 700">large and bold</p>',
    '<button disabled style="color: #ccc; background: #fff">cannot be pressed</button>',
    '<p style="color: #fff; visibility: hidden">not seen</p>',
    '<div style="background: #000"><p style="background: #fff; color: #000">a ground of its own</p></div>',
)


def test_too_faint_is_what_axe_finds_too_faint(open_page: Callable[..., Page]) -> None:
    page = open_page(640, 640)
    page.set_content(f'<body style="background: #fff; color: #000">{"".join(FAINT + CLEAR)}</body>')
    found = [text.partition("<")[2] for text in too_faint(page)][: len(FAINT)]
    by_axe = [text.partition("<")[2] for text in axe(page, CONTRAST)]
    assert found == by_axe
    assert len(found) == len(FAINT)
