// @ts-check
// The keys of the desk: between a sentence and the evidence, and on both.

import { at, field, look, press, where } from "./page.js";
import { all, byId, isField, targetOf } from "../../shared/dom.js";
import { local } from "../../shared/storage.js";

let last = ""; // the sentence that Enter on a piece of evidence cites for

document.addEventListener("focusin", (event) => {
  const sentence = targetOf(event).closest(".sentence");
  if (sentence) last = sentence.dataset.at;
});

/** @param {HTMLElement | null} entry @param {number} by */
function step(entry, by) {
  const entries = all(".evidences [data-seq]").filter((el) => el.checkVisibility());
  entries[Math.min(Math.max(entries.indexOf(entry) + by, 0), entries.length - 1)]?.focus();
}

/** Adds a piece of evidence to a part as a sentence, or cites it in the sentence that had the cursor before.
 *  @param {HTMLElement} entry @param {string} [part] */
async function takeUp(entry, part) {
  if (part || !at(last)) {
    await press(`use:${part || "takeaways"}:${entry.dataset.seq}`);
    last = where(`use:${part || "takeaways"}`)?.closest(".sentence").dataset.at ?? last;
  } else {
    const place = last;
    if (await press(`cite:${place}:${entry.dataset.seq}`)) last = place;
  }
  entry.focus();
}

/** @type {Record<string, string>} */
const TAKES = { t: "takeaways", a: "calls_to_action" };
/** @param {KeyboardEvent} event */
const plainly = (event) => !event.ctrlKey && !event.metaKey && !event.altKey;
const letters = () => local.get("acquis:keys") !== "off";

document.addEventListener("keydown", async (event) => {
  const target = targetOf(event);
  const entry = target.matches("[data-seq]") ? target : null;
  const sentence = target.closest(".sentence");
  const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "F2") {
    event.preventDefault();
    if (target.closest(".evidences")) at(last)?.querySelector("textarea").focus();
    else step(null, 1);
  } else if (event.key === "/" && letters() && plainly(event) && !isField(target)) {
    event.preventDefault();
    byId("filter").focus();
  } else if (entry && arrow && plainly(event)) {
    event.preventDefault();
    step(entry, arrow);
  } else if (entry && event.key === "Enter") {
    event.preventDefault();
    await takeUp(entry);
  } else if (entry && TAKES[event.key.toLowerCase()] && plainly(event)) {
    event.preventDefault();
    await takeUp(entry, TAKES[event.key.toLowerCase()]);
  } else if (sentence && event.altKey && arrow) {
    event.preventDefault();
    const act = `${arrow > 0 ? "down" : "up"}:${sentence.dataset.at}`;
    if (await press(act)) look(act);
  } else if (sentence && event.altKey && event.key === "Enter") {
    event.preventDefault();
    const act = `add:${field(sentence, "part").value}`;
    if (await press(act)) look(act);
  }
});

for (const list of all(".keys")) list.hidden = false;
