// @ts-check
// What must be read on the stage is never cut: a text becomes smaller until its box holds it, and words are broken only
// where that is not enough.
import { all } from "../../shared/dom.js";

const STEP = 0.94;
/** @type {[string, number][]} how words wrap, and the smallest size that is tried in this way */
const WAYS = [["normal", 0.6], ["anywhere", 0.15]];

/** @param {HTMLElement} box */
const overflows = (box) => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1;

/** @param {HTMLElement} box */
function fit(box) {
  if (!box.clientHeight) return;
  for (const [wrap, least] of WAYS) {
    box.style.overflowWrap = wrap;
    for (let size = 1; size >= least; size *= STEP) {
      box.style.setProperty("--fit", size.toFixed(3));
      if (!overflows(box)) return;
    }
  }
}

const boxes = all("[data-fit]");
const fitAll = () => boxes.forEach(fit);
const sizes = new ResizeObserver((changes) => { for (const { target } of changes) fit(/** @type {HTMLElement} */ (target)); });
// The word beside a clock changes with its colour.
const words = new MutationObserver(fitAll);
for (const box of boxes) {
  sizes.observe(box);
  words.observe(box, { subtree: true, attributeFilter: ["class", "hidden"] });
}
for (const event of ["frame", "renewed"]) document.addEventListener(event, fitAll);
document.fonts.ready.then(fitAll);
