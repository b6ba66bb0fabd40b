"""The shades of a heat map: none near one half, and the same steps on both sides."""

from __future__ import annotations

import pytest

from acquis.charts.heat import heat


@pytest.mark.parametrize(
    ("agree", "shade"),
    [
        (0, "heat-disagree-strong"), (20, "heat-disagree-strong"), (21, "heat-disagree"), (40, "heat-disagree"),
        (41, ""), (50, ""), (59, ""), (60, "heat-agree"), (79, "heat-agree"), (80, "heat-agree-strong"),
        (100, "heat-agree-strong"),
    ],
)  # fmt: skip
def test_shades(agree: int, shade: str) -> None:
    assert heat(agree) == shade
