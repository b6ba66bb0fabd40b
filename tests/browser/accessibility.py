"""Checks that every page has to pass: axe finds nothing, all text can be read, nothing is wider than the screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.effort import SHARE

AXE = Axe().axe_script
RULES: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": False}},
    "resultTypes": ["violations"],  # rules that pass are not listed: this halves the time
}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
"""Half of the time of axe goes into contrast, since it asks for each text what lies over it. This is done in a thorough
run; else the contrast is computed from the styles alone (`too_faint`)."""
_TOO_FAINT = (Path(__file__).parent / "contrast_measures.js").read_text("utf-8")


WIDTHS = (320, 768, 1280)
"""A phone, a tablet, a desk."""

SHAPES: tuple[dict[str, Any], ...] = (
    {"name": "text as it is"},
    {"name": "a wide font", "family": "DejaVu Sans, Verdana", "advance": [0.6, 2]},
    {"name": "a narrow font", "family": "Liberation Sans Narrow, Arial Narrow", "advance": [0, 0.38]},
    {
        "name": "the text spacing of WCAG 1.4.12",
        "css": "* { letter-spacing: .12em !important; word-spacing: .16em !important; line-height: 1.5 !important }"
        " p { margin-block-end: 2em !important }",
    },
)
"""The shapes of text that a page has to fit with. `advance` is how wide a letter is on average, in em: where the fonts
that are named are not installed, the space between letters makes up for it, so that every machine tests the same."""

_TOO_WIDE = """(shapes) => {
  const dress = (css) => {
    const sheet = new CSSStyleSheet();  // unlike a style element, the content security policy has nothing against it
    sheet.replaceSync(css);
    document.adoptedStyleSheets = css ? [sheet] : [];
  };
  // What closed details would show is laid out when its size is asked for, one of them after the other, which takes as
  // long as all else. With this they are laid out at once; they take no room, as before, and have the same sizes.
  const closed = new CSSStyleSheet();
  closed.replaceSync(`details:not([open])::details-content {
    content-visibility: visible !important; contain: strict !important }`);
  const measured = (family) => {
    const pen = document.createElement("canvas").getContext("2d");
    const words = "Which group of states may follow up on norms and how";
    pen.font = `100px ${family}`;
    return pen.measureText(words).width / 100 / words.length;
  };
  const hidden = (el) => {  // made for screen readers only, or cut off at a number of lines with an ellipsis
    const style = getComputedStyle(el);
    return style.clipPath !== "none" || style.webkitLineClamp !== "none";
  };
  const found = [];
  for (const { name, family, advance, css } of shapes) {
    if (family) {
      const quoted = [...family.split(", ").map((one) => `"${one}"`), "sans-serif"].join(", ");
      const own = measured(quoted);
      const space = Math.min(Math.max(own, advance[0]), advance[1]) - own;
      dress(`* { font-family: ${quoted} !important; letter-spacing: ${space}em !important }`);
    } else dress(css || "");
    const page = document.documentElement;
    const all = Array.from(document.querySelectorAll("body *"));
    const sticksOut = (el) => {
      const box = el.getBoundingClientRect();
      return box.right > innerWidth + 1 || box.left < -1;
    };
    const scrolls = (el) => el !== document.body
      && (getComputedStyle(el).overflowX !== "visible" || scrolls(el.parentElement));
    const wide = page.scrollWidth <= page.clientWidth ? [] : all.filter((el) => sticksOut(el) && !el.matches(".skip"));
    const outside = wide.filter((el) => !scrolls(el.parentElement));
    const out = outside.length ? outside : wide;  // what is positioned may leave a container that scrolls
    document.adoptedStyleSheets.push(closed);
    const cut = all.filter((el) => el.scrollWidth > el.clientWidth + 1 && el.clientWidth > 1
      && !el.matches("svg *, input, textarea") && /hidden|clip/.test(getComputedStyle(el).overflowX) && !hidden(el));
    for (const el of out.slice(0, 8)) found.push(`wider than the screen with ${name}: ${el.outerHTML.slice(0, 160)}`);
    for (const el of cut.slice(0, 8)) found.push(`cut off with ${name}: ${el.outerHTML.slice(0, 160)}`);
  }
  dress("");
  return found;
}"""


_VIOLATIONS = """async (rules) => {
  const { violations } = await axe.run(document, rules);
  const sizes = violations.find((one) => one.id === "target-size");
  if (!sizes) return violations;
  // The bar covers whatever is at the end of the screen, and what that is follows from the fonts. A target that can be
  // scrolled from behind the bar is measured there.
  const at = scrollY;
  const small = [];
  for (const node of sizes.nodes) {
    document.querySelector(node.target[0]).scrollIntoView({ block: "center" });
    const alone = await axe.run(node.target[0], { runOnly: { type: "rule", values: ["target-size"] } });
    if (alone.violations.length) small.push(node);
  }
  scrollTo(0, at);
  sizes.nodes = small;
  return violations;
}"""


def axe(page: Page, rules: dict[str, Any]) -> list[str]:
    """The violations of the rules that axe finds on the page."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(_VIOLATIONS, rules)
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def too_faint(page: Page) -> list[str]:
    """The texts of the page whose contrast is too low."""
    found: list[str] = page.evaluate(_TOO_FAINT)
    return found + (axe(page, CONTRAST) if SHARE == 1 else [])


def findings(page: Page) -> list[str]:
    """The violations that axe finds on the page, and the texts that are too faint."""
    return axe(page, RULES) + too_faint(page)


def too_wide(page: Page) -> list[str]:
    """The elements that extend beyond the viewport horizontally or are cut off, with any shape of text."""
    found: list[str] = page.evaluate(_TOO_WIDE, list(SHAPES))
    return found


def nothing(found: list[str], where: str) -> None:
    """Assert that nothing was found, or list it."""
    assert not found, "\n".join([where, *found])


def check_layouts(page: Page, where: str, widths: tuple[int, ...] = WIDTHS) -> None:
    """Assert that the page that is open fits all widths, and that axe finds nothing.

    Axe takes longer than all else, so it looks at the narrowest screen, and in a thorough run at all screens. Leaves
    the page at the narrowest."""
    height = (page.viewport_size or {"height": 800})["height"]
    for width in sorted(widths, reverse=True):
        page.set_viewport_size({"width": width, "height": height})
        nothing(too_wide(page), f"{where} at {width} px")
        if width == min(widths) or SHARE == 1:
            nothing(findings(page), f"{where} at {width} px")


def check_contrast_in_the_dark(page: Page, where: str) -> None:
    """Assert that what the open page shows in dark colours can be read."""
    page.emulate_media(color_scheme="dark")
    nothing(too_faint(page), f"{where} in dark colours")
    page.emulate_media(color_scheme="light")


def check_width(page: Page) -> None:
    """Assert that nothing extends beyond a viewport of 320 px."""
    before = page.viewport_size
    assert before is not None
    page.set_viewport_size({"width": 320, "height": 640})
    nothing(too_wide(page), page.url)
    page.set_viewport_size(before)


def check_accessible(page: Page) -> None:
    """Assert that axe finds no violation and that the page fits a viewport of 320 px."""
    nothing(findings(page), page.url)
    check_width(page)


def visit(page: Page, address: str) -> None:
    """Open the address and wait until the page is live, if it is a live one."""
    page.goto(address)
    joining = page.locator("form.join").count()
    if page.locator("#link").count() and not joining and not address.endswith("/map"):  # which show one moment
        expect(page.locator("#link")).to_have_text("Connected")


def check_page(page: Page, address: str) -> None:
    """Open the address and assert that axe finds nothing and nothing is too wide."""
    visit(page, address)
    nothing(findings(page), address)
    nothing(too_wide(page), address)
