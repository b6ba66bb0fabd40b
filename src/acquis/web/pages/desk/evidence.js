// @ts-check
// The evidence at the desk: searching it, dragging it onto a sentence or a part; and the time until the report is due.

import { press } from "./page.js";
import { all, byId, targetOf } from "../../shared/dom.js";

/** @type {HTMLInputElement} */
const filter = byId("filter");

/** Without marks and case. @param {string} text */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
filter.hidden = false;
function find() {
  const words = plain(filter.value).split(/\s+/).filter(Boolean);
  for (const piece of all(".piece, .offers > li")) {
    if (piece.closest("#draft")) continue;
    /** @type {HTMLTextAreaElement[]} */
    const areas = all("textarea", piece);
    const text = plain([piece.textContent, ...areas.map((area) => area.value)].join(" "));
    piece.hidden = !words.every((word) => text.includes(word));
    if (words.length && !piece.hidden && piece.matches(".line")) piece.closest("details").setAttribute("open", "");
  }
  for (const turn of all(".piece:has(.line:not([hidden]))")) turn.hidden = false;
}
filter.addEventListener("input", find);
filter.addEventListener("keydown", (event) => {
  if (event.key === "Enter" || event.key === "ArrowDown") {
    event.preventDefault();
    // A line that was said in a turn is matched by itself, without the turn that contains it.
    const visible = all(".evidences [data-seq]").filter((el) => el.checkVisibility());
    const around = (/** @type {HTMLElement} */ el) => filter.value && el.querySelector("[data-seq]:not([hidden])");
    visible.find((el) => !around(el))?.focus();
  }
  if (event.key === "Escape") { filter.value = ""; filter.dispatchEvent(new Event("input")); }
});

function draggable() {
  for (const el of all(".evidences .picker, .evidences .offers > li")) el.draggable = true;
}
draggable();
document.addEventListener("renewed", () => {
  find();
  draggable();
});
/** @param {Event} event */
const onto = (event) => targetOf(event).closest("#draft .sentence, #draft .part");
document.addEventListener("dragstart", (event) => {
  const entry = targetOf(event).closest(".evidences [data-seq]");
  if (entry && targetOf(event).draggable) event.dataTransfer.setData("text/plain", `#${entry.dataset.seq}`);
});
document.addEventListener("dragover", (event) => {
  const place = onto(event);
  for (const el of all(".dropping")) el.classList.toggle("dropping", el === place);
  if (!place) return;
  place.classList.add("dropping");
  event.preventDefault();
});
document.addEventListener("dragend", () => {
  for (const el of all(".dropping")) el.classList.remove("dropping");
});
document.addEventListener("drop", async (event) => {
  const place = onto(event);
  const seq = /^#(\d+)$/.exec(event.dataTransfer.getData("text/plain"));
  if (!place || !seq) return;
  event.preventDefault();
  await press(place.matches(".sentence") ? `cite:${place.dataset.at}:${seq[1]}` : `use:${place.id}:${seq[1]}`);
});

/** Shows a piece of evidence that a link leads to, of whatever kind. */
document.addEventListener("click", (event) => {
  /** @type {HTMLAnchorElement | null} */
  const link = targetOf(event).closest("a[href^='#e']");
  const piece = link && document.getElementById(link.hash.slice(1));
  if (!piece) return;
  filter.value = "";
  find();
  const kind = /** @type {HTMLElement} */ (piece.closest(".panel")).dataset.kind;
  /** @type {HTMLInputElement} */ (document.querySelector(`.kinds [value="${kind}"]`)).checked = true;
  piece.closest("details")?.setAttribute("open", "");
});

// --- the clock ---

/** @type {HTMLElement | null} */
const first = document.querySelector("[data-due]");
if (first) {
  const offset = Number(first.dataset.now) - Date.now();
  const language = document.documentElement.lang;
  /** @param {"hour" | "minute"} unit @param {number} n */
  const words = (unit, n) => new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "narrow" }).format(n);
  setInterval(() => {
    /** @type {HTMLElement | null} */
    const due = document.querySelector("[data-due]");
    if (!due) return; // published meanwhile
    const left = Number(due.dataset.due) - Date.now() - offset;
    const minutes = Math.floor(Math.abs(left) / 60000);
    const hours = minutes < 60 ? [] : [words("hour", Math.floor(minutes / 60))];
    const said = [...hours, words("minute", minutes % 60)].join(" ");
    due.textContent = left < 0 ? due.dataset.late.replace("{span}", said) : due.dataset.left.replace("{time}", said);
    due.parentElement.classList.toggle("late", left < 0);
    const part = 100 * Math.max(0, left) / Number(due.dataset.whole);
    document.querySelector(".duebox rect")?.setAttribute("width", part.toFixed(1));
  }, 1000);
}
