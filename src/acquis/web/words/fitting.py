"""Classes by which a text of the room screen gets the largest type that fits into its box, without a script.

The style sheet needs the narrowest boxes in em that hold the text on 1, 2, 3 ... lines. A page must not have style
attributes (they would need a wider content security policy), so each number is two classes of `pages/stage/type.css`:
`m2-30 n2-1` says that two lines need the 31st width of a scale. The widths of the scale grow by 5 %; each is the
product of those of its tens and its units, so that the style sheet has a rule for each digit and not for each number.
Where a machine has wider letters than the tables say, `pages/stage/fit.js` makes the texts smaller that do not fit.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from acquis.text.caches import text_cache
from acquis.text.measure import narrowest
from acquis.text.scripts import has_tall_letters

LINES = (1, 2, 3, 4, 6, 8, 12, 18)
"""The numbers of lines that the style sheet tries."""
GROWTH, STEPS = 1.05, 125
"""The widths of the scale: the powers of `GROWTH` from 0 to `STEPS` (445 em)."""


def fits(*texts: str, bold: bool = False) -> str:
    """The classes of a text. Of several texts: the classes with which all of them have the same size, each in a box of
    its own. A number of lines without a class is not tried. `tall`: the script has high and deep letters."""
    return _classes(texts, bold)


@text_cache(2048)
def _classes(texts: tuple[str, ...], bold: bool) -> str:
    classes, before = ["tall"] if any(map(has_tall_letters, texts)) else [], STEPS + 1
    paragraphs = max(text.count("\n") for text in texts) + 1
    for lines in (lines for lines in LINES if lines >= min(paragraphs, LINES[-1])):
        step = step_of(max(narrowest(text, lines, bold) for text in texts))
        step = min(step, STEPS) if lines == LINES[-1] else step
        if step < before:  # else no line more helps
            classes += [f"m{lines}-{step // 10 * 10}", f"n{lines}-{step % 10}"]
            before = step
    return " ".join(classes)


def step_of(width: float) -> int:
    """The first step of the scale that is not narrower than `width` em."""
    return max(0, math.ceil(math.log(width, GROWTH) - 1e-9)) if width > 1 else 0


def sheet() -> Iterable[str]:
    """The rules of the classes, a line for the tens and one for the units of each step of the scale."""
    for letter, steps in (("m", range(0, STEPS + 1, 10)), ("n", range(10))):
        for step in steps:
            width = math.ceil(1000 * GROWTH**step) / 1000
            yield " ".join(f".{letter}{lines}-{step} {{ --{letter}{lines}: {width:.3f} }}" for lines in LINES)
