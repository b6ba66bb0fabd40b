// @ts-check
// Clocks count here, from the numbers the server sent; the server's time is known by its distance from ours.
import { all } from "./dom.js";

let ahead = 0;

/** Take over the server's clock. A change of the clock of the device does not matter. @param {number} at ms since 1970 */
export function set(at) {
  ahead = at - performance.now();
}

/** The server's time, ms. */
export function now() {
  return performance.now() + ahead;
}

/** Minutes and seconds. @param {number} ms */
function digits(ms) {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Write what is not there yet: a page on which nothing changes is not drawn again. @param {Element} el @param {string} text */
function write(el, text) {
  if (el.textContent !== text) el.textContent = text;
}

/** Set an attribute that is not so yet. @param {Element} el @param {string} name @param {string} value */
function put(el, name, value) {
  if (el.getAttribute(name) !== value) el.setAttribute(name, value);
}

/** Draw the arch of a clock: full at the start of the time and over time. @param {HTMLElement} timer @param {number} left ms */
function empty(timer, left) {
  const full = left < 0 ? 100 : 100 * Math.min(1, Math.ceil(left / 1000) * 1000 / Number(timer.dataset.limit));
  const arch = timer.querySelector("path + path");
  put(arch, "stroke-dasharray", `${full.toFixed(1)} 100`);
  put(arch, "stroke-dashoffset", (full - 100).toFixed(1));
}

/** Show the time on every clock of the page. */
export function tick() {
  const at = now();
  for (const timer of all(".timer")) {
    const left = Number(timer.dataset.ends) - at;
    write(timer.querySelector("b"), digits(left < 0 ? left : left + 999));
    write(timer.querySelector("i"), left < 0 ? timer.dataset.over : left < 30000 ? timer.dataset.soon : timer.dataset.left);
    timer.classList.toggle("soon", left >= 0 && left < 30000);
    timer.classList.toggle("over", left < 0);
    if (timer.dataset.limit) empty(timer, left);
  }
  for (const bar of all("[data-begins]")) {
    const begins = Number(bar.dataset.begins);
    const part = Math.min(1, Math.max(0, (at - begins) / (Number(bar.dataset.ends) - begins)));
    put(bar, "stroke-dasharray", `${(100 * part).toFixed(1)} 100`);
  }
  for (const passing of all("[data-until]")) {
    const left = Math.ceil((Number(passing.dataset.until) - at) / 1000);
    if (left <= 0) passing.remove();
    const shown = passing.querySelector("[data-left]");
    if (shown) write(shown, String(left));
  }
  for (const more of all(".more[data-limit]")) {
    const turnEnds = Number(more.dataset.turnEnds);
    const turn = turnEnds > 0 ? Math.max(0, turnEnds - at) : 0;
    const fits = Math.floor((Number(more.dataset.segmentEnds) - at - turn) / Number(more.dataset.limit));
    write(more.querySelector("[data-more]"), String(Math.max(0, fits || 0)));
  }
  for (const cue of all(".cue")) {
    const left = Number(cue.dataset.ends) - at;
    write(cue, left < 0 ? cue.dataset.over : left <= 60000 ? cue.dataset.one : left <= 300000 ? cue.dataset.five : "");
  }
  for (const end of all("[data-later]")) {
    const expected = Math.max(at, Number(end.dataset.segmentEnds)) + Number(end.dataset.later);
    const late = Math.floor((expected - Number(end.dataset.planned)) / 60000);
    write(end.querySelector("b"), atVenue(expected, end.dataset.zone));
    write(end.querySelector("i"), late > 0 ? end.dataset.late.replace("{minutes}", String(late)) : "");
  }
  for (const line of all("[data-until]")) line.hidden = at > Number(line.dataset.until);
}

/** Hours and minutes on the clock of a place; in UTC if the zone is unknown. @param {number} at @param {string} timeZone */
function atVenue(at, timeZone) {
  /** @type {Intl.DateTimeFormatOptions} */
  const shape = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  try {
    return new Intl.DateTimeFormat("en-GB", { ...shape, timeZone }).format(at);
  } catch {
    return new Intl.DateTimeFormat("en-GB", { ...shape, timeZone: "UTC" }).format(at);
  }
}

// A start that the page shows on the venue's clock and in UTC is also said on the reader's own, where that is a third one.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
function own() {
  for (const time of /** @type {HTMLTimeElement[]} */ (all("time[data-own]"))) {
    const line = time.closest("p");
    if (zone === "UTC" || zone === time.dataset.zone || line.querySelector("[data-filled]")) continue;
    /** @type {Intl.DateTimeFormatOptions} */
    const shape = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const said = new Date(time.dateTime).toLocaleString(document.documentElement.lang, shape);
    const also = document.createElement("span");
    also.dataset.filled = "";
    also.textContent = `, ${time.dataset.own.replace("{time}", said).replace("{zone}", zone)}`;
    line.append(also);
  }
}
own();
document.addEventListener("renewed", own);
if (document.body.dataset.at) set(Number(document.body.dataset.at));
setInterval(tick, 250);
