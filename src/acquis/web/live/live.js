// @ts-check
// Live screens: each frame patches the page. What somebody is using right now stays as it is until they are done.
import * as clocks from "../shared/clocks.js";
import { all, byId, elementOf, focused, focusOn, isField, parsed, targetOf } from "../shared/dom.js";
import { arrived, renew, rescue } from "./current.js";
import { follow } from "./follow.js";
import { adopt, concerns, mark, say, unvoted, word } from "./mine.js";
import { fill, purpose } from "./morph.js";
import { drawResult } from "./results.js";

const body = document.body;
/** @type {Map<string, string>} the HTML of each row, by its id */
const rows = new Map();
/** @type {Map<string, string>} what of a region or a row is on the page now */
const shown = new Map();
/** @type {Map<string, string[][]>} what stands in a list, in order: number, count, minutes of waiting */
const orders = new Map();
/** @type {Map<string, string>} the newest HTML of each region */
const newest = new Map();
let facts = JSON.parse(byId("facts").textContent);
let seq = -1;
let since = new Date();

/** @param {Element} el */
const used = (el) => Boolean(el.querySelector("details[open]")) || (el.contains(document.activeElement) && isField(focused()));

/** What a button or a link is, wherever it stands: what it does. @param {HTMLElement} el */
function act(el) {
  if (el instanceof HTMLAnchorElement) return el.href;
  if (el instanceof HTMLButtonElement && el.form) return `${purpose(el.form)} ${el.name}=${el.value}`;
  return el.tagName === "SUMMARY" ? `summary of ${el.closest("[id]")?.id}` : "";
}

/** Change the page and leave the focus on what it was on: the same element, or one that does the same. What has gone has
 *  no heir: the next key press must not do something else, so the focus goes to the part of the page around it.
 *  @param {() => void} change */
function keepFocus(change) {
  const was = focused();
  const home = was.closest("[id]");
  const did = act(was);
  change();
  if (!home || was === body || document.activeElement === was) return;
  const same = did && all("button, a, summary").find((el) => act(el) === did);
  const there = document.contains(was) ? was : same || document.getElementById(home.id) || byId("main");
  focusOn(there);
}

/** @param {string} id @param {string} html */
function region(id, html) {
  newest.set(id, html);
  const el = document.getElementById(id);
  if (el?.hasAttribute("data-result")) drawResult(el, html);
  if (!el?.hasAttribute("data-region") || shown.get(id) === html) return;
  shown.set(id, html);
  // An open menu and a field in use stay as they are; all around them is current.
  if (used(el)) fill(el, parsed(html).body, rescue);
  else keepFocus(() => { el.innerHTML = html; });
}

/** The row as it is now. @param {string} id @returns {HTMLElement | null} */
function row(id) {
  const el = document.getElementById(id);
  const html = rows.get(id);
  if (!html || (el && (shown.get(id) === html || used(el)))) return el;
  const fresh = elementOf(html);
  if (el) {
    fresh.hidden = el.hidden;
    keepFocus(() => el.replaceWith(fresh));
  } else fresh.classList.add("moved");
  shown.set(id, html);
  return fresh;
}

/** @param {HTMLElement} el @param {string[]} entry number, count, minutes of waiting */
function figures(el, [, supporters, minutes]) {
  const count = el.querySelector("[data-count]");
  if (count) count.textContent = supporters;
  const wait = el.querySelector("[data-wait]");
  if (wait) wait.textContent = Number(minutes) ? word("minutes").replace("{minutes}", minutes) : "";
}

// Rows do not move under a finger: a list in which they come and go waits until the reader has been still for a while.
const STILL_MS = 3000;
let touched = -STILL_MS;
let settling = 0;
const reading = () => performance.now() - touched < STILL_MS;
for (const act of ["pointerdown", "keydown", "scroll", "touchmove"]) {
  document.addEventListener(act, () => {
    touched = performance.now();
    clearTimeout(settling);
    settling = setTimeout(refresh, STILL_MS + 50);
  }, { passive: true });
}

/** @param {HTMLElement} list @param {boolean} whole also what was held back */
function arrange(list, whole) {
  const order = orders.get(list.id);
  if (!order) return;
  const known = order.filter(([number]) => rows.has(list.dataset.list + number));
  const ids = known.map(([number]) => list.dataset.list + number);
  const fresh = ids.filter((id) => !document.getElementById(id)).length;
  const button = document.querySelector(`[data-fresh=${list.id}]`);
  const gather = list.hasAttribute("data-gather") && list.children.length && !whole && reading();
  if (button) {
    button.parentElement.hidden = !gather || fresh === 0;
    button.textContent = word("fresh").replace("{n}", String(fresh));
  }
  if (gather) {
    for (const old of [...list.children]) row(old.id);
  } else {
    keepFocus(() => {
      for (const old of [...list.children]) if (!ids.includes(old.id) && !used(old)) old.remove();
      ids.forEach((id, place) => {
        const el = row(id);
        if (list.children[place] !== el) list.insertBefore(el, list.children[place] || null);
      });
    });
  }
  for (const entry of known) {
    const el = document.getElementById(list.dataset.list + entry[0]);
    if (el) figures(el, entry);
  }
}

/** Bring the page up to date.
 *  @param {boolean | string} [whole] also show what was held back so that nothing moves: everywhere, or in this list */
export function refresh(whole) {
  for (const list of all("[data-list]")) arrange(list, whole === true || whole === list.id);
  mark(facts, [...(orders.get("queue") ?? []), ...(orders.get("later") ?? [])]);
  unvoted(rows, orders);
  clocks.tick();
}

/** @param {Frame} frame */
function apply(frame) {
  const announced = facts.say;
  clocks.set(frame.at);
  seq = frame.seq;
  for (const [name, html] of Object.entries(frame.html)) {
    if (name === "facts") facts = JSON.parse(html);
    else if (name.startsWith("order:")) orders.set(name.slice(6), html ? html.split(" ").map((entry) => entry.split(":")) : []);
    else if (/^[hqs]\d+$/.test(name)) rows.set(name, html);
    else region(name, html);
  }
  refresh();
  arrived(frame, facts.people);
  concern();
  if (facts.say && facts.say !== announced) say(facts.say);
  document.dispatchEvent(new CustomEvent("frame", { detail: frame }));
}

let differing = "";
/** Fetch the page again where it shows something else of this person than the frames. */
function concern() {
  const said = concerns(rows, orders, facts);
  const pair = `${body.dataset.concerns} / ${said}`;
  if (seq < Number(body.dataset.seq) || said === body.dataset.concerns || pair === differing) return;
  differing = pair;
  renew();
}

document.addEventListener("renewed", (event) => {
  adopt(event.detail.page);
  for (const el of event.detail.added) for (const part of [el, ...all("[data-region]", el)]) shown.delete(part.id);
  newest.forEach((html, id) => region(id, html));
  refresh();
});

/** @param {boolean} yes */
function connected(yes) {
  if (yes) since = new Date();
  body.classList.toggle("off", !yes);
  state(yes ? word("live") : word("offline").replace("{time}", since.toLocaleTimeString([], { hourCycle: "h23" })));
}

/** Show the state of the connection. @param {string} text */
function state(text) {
  const link = byId("link");
  if (link.textContent !== text) link.textContent = text;
}

document.documentElement.classList.add("scripted");
document.addEventListener("toggle", () => setTimeout(refresh), true);
document.addEventListener("focusout", () => setTimeout(refresh));
document.addEventListener("click", (event) => {
  const button = targetOf(event).closest("[data-fresh]");
  if (button) refresh(button.dataset.fresh);
  // What somebody opens at the lower end of the screen would stay behind the bar.
  const menu = targetOf(event).closest("summary")?.parentElement;
  if (menu) requestAnimationFrame(() => { if (menu.hasAttribute("open")) menu.scrollIntoView({ block: "nearest" }); });
});
follow(body.dataset.stream, { frame: apply, connected, ended: () => state(word("ended")) });
