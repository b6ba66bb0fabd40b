// @ts-check
// A text of the room screen has the size at which it fits with the widest of the usual fonts (`words/fitting.py`). Where
// this machine has wider letters, or draws a box for each sign of a script that it has no font for, the text gets smaller
// until it fits.
import { all } from "../../shared/dom.js";

const STEP = 0.95;
const ROUNDS = 32;

/** Whether a text leaves its place: its line, the top of the screen, or its slot, where that has a size of its own.
 *  @param {HTMLElement} text */
function exceeds(text) {
  if (!text.getClientRects().length) return false;
  if (text.scrollWidth > text.clientWidth + 1) return true;
  const top = text.closest(".stage-part");
  if (top) return top.scrollHeight > top.clientHeight + 1;
  const slot = text.parentElement.closest(".slot");
  if (!slot || getComputedStyle(slot).containerType !== "size") return false;
  const [box, room] = [text.getBoundingClientRect(), slot.getBoundingClientRect()];
  return box.height > room.height + 1 || box.width > room.width + 1;
}

function fit() {
  const texts = all(".fit");
  for (const text of texts) text.style.removeProperty("--shrink");
  // A text that gets smaller may take room from its neighbour, so that each round looks at all of them.
  for (let round = 0; round < ROUNDS; round += 1) {
    const large = texts.filter(exceeds);
    if (!large.length) break;
    for (const text of large) {
      text.style.setProperty("--shrink", String(STEP * Number(text.style.getPropertyValue("--shrink") || 1)));
    }
  }
  changes.takeRecords();  // which are those that were just made
}

const changes = new MutationObserver(fit);
changes.observe(document.body, {
  subtree: true, childList: true, characterData: true, attributeFilter: ["class", "hidden", "style", "dir", "lang"],
});
addEventListener("resize", fit);
addEventListener("hashchange", fit);
fit();
