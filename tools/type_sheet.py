"""Writes the style sheet of the classes of `acquis.web.words.fitting`: `python -m tools.type_sheet`."""

from __future__ import annotations

from pathlib import Path

from acquis import web
from acquis.web.words.fitting import LINES, sheet

OUT = Path(web.__file__).parent / "pages" / "stage" / "type.css"


def text() -> str:
    """The style sheet: the size of a text that fits into its slot, and the widths of its classes."""
    widths = "".join(
        f"    --m{lines}: 9999;\n    --n{lines}: 1;\n    --w{lines}: calc(var(--m{lines}) * var(--n{lines}));\n"
        for lines in LINES
    )
    sizes = ",\n".join(f"      min(100cqi / var(--w{lines}), 100cqb / ({lines} * var(--line)))" for lines in LINES)
    rules = "\n".join(f"  {rule}" for rule in sheet())
    return f"""@layer pages {{
  /* Made by `tools/type_sheet.py`. A text gets the largest size at which it fits into its slot on one of these numbers
     of lines, at most `--most`; its classes say how wide a box each number needs, in em. What has the class `widths`
     says it for what is inside. `fit.js` sets `--shrink` where the letters of this machine are wider than was said. */
  .fit, .widths {{
{widths}  }}
  .fit {{
    --line: var(--leading-title);
    font-size: calc(var(--shrink, 1) * min(var(--most), max(
{sizes})));
    line-height: var(--line);
  }}
{rules}
}}
"""


if __name__ == "__main__":
    OUT.write_text(text(), "utf-8")
