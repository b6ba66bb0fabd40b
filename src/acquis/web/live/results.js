// @ts-check
// The result of a statement while people vote on it: its frames have three numbers, for the bars and the words of the page.
import { all } from "../shared/dom.js";

const FEWEST = 5;

/** @param {HTMLElement} el @param {string} counts how many agree, disagree and pass: "12:3:1" */
export function drawResult(el, counts) {
  const votes = counts.split(":").map(Number);
  const total = votes.reduce((sum, count) => sum + count, 0);
  /** @param {number} count @param {number} whole */
  const share = (count, whole) => (total ? Math.floor((2 * whole * count + total) / (2 * total)) : 0);
  const [few, enough] = /** @type {HTMLElement[]} */ ([...el.children]);
  few.hidden = total >= FEWEST;
  enough.hidden = total < FEWEST;
  const bars = all(".bars rect", el);
  const shares = all(".tally > :not(.base) > b", el);
  let begin = 0;
  for (const [place, count] of votes.entries()) {
    bars[place].setAttribute("x", String(share(begin, 1000) / 10));
    bars[place].setAttribute("width", String(share(count, 1000) / 10));
    begin += count;
    shares[place].textContent = el.dataset.share.replace("{share}", String(share(count, 100)));
  }
  el.querySelector("[data-count]").textContent = String(total);
}
