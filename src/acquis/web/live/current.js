// @ts-check
// Keep the page current: when a frame says that it is out of date, fetch it again and bring this one to it.
import { all, parsed } from "../shared/dom.js";
import { morph } from "./morph.js";

const body = document.body;
const PART = ["header.top", "main", "nav.bar"];
/** How long to wait when the page has changed meanwhile; longer after each failure in a row. */
const RETRY_MS = 200;
const AGES_MS = 20_000;
/** Time for each screen, so that a full hall does not fetch the page in the same moment. */
const SPREAD_MS = 5;

let wanted = Number(body.dataset.drawn);
let timer = 0;
let fetching = false;
let asked = false;
let free = 0;
let failures = 0;

/** @param {Frame} frame @param {number} [people] the number of people who are there */
export function arrived(frame, people = 0) {
  if (frame.page <= wanted) return;
  wanted = frame.page;
  renew(Math.max(Math.random() * people * SPREAD_MS, free - performance.now()));
}

/** Fetch the page again, at once or after a while. @param {number} [wait] ms */
export function renew(wait = 0) {
  asked = true;
  clearTimeout(timer);
  timer = setTimeout(() => fetching || work(), wait);
}

async function work() {
  fetching = true;
  asked = false;
  document.dispatchEvent(new Event("renewing"));
  const began = performance.now();
  try {
    const answer = await fetch(body.dataset.source ?? location.href, { headers: { accept: "text/html" } });
    if (answer.status >= 500) throw answer;
    show(answer, await answer.text());
    failures = 0;
  } catch {
    failures++;
  } finally {
    fetching = false;
    // A page that takes long is fetched less often: at most a sixth of the time is spent on it.
    free = performance.now() + 5 * (performance.now() - began);
    if (failures || asked) renew(RETRY_MS * 4 ** Math.min(failures, 3) * (0.5 + Math.random()));
  }
}

/** @param {Response} answer @param {string} text */
function show(answer, text) {
  const fresh = parsed(text);
  const there = fresh.querySelector("main");
  // What this reader may no longer see, or what has moved, is a page of its own.
  if (!answer.ok || answer.redirected || !there) {
    location.assign(answer.redirected ? answer.url : body.dataset.source ?? location.href);
    return;
  }
  loaded(fresh);
  document.title = fresh.title;
  for (const { name, value } of fresh.body.attributes) if (name !== "class") body.setAttribute(name, value);
  wanted = Math.max(wanted, Number(body.dataset.drawn));
  /** @type {Element[]} */
  const added = [];
  for (const part of PART) {
    const mine = document.querySelector(part);
    const theirs = fresh.querySelector(part);
    if (mine && theirs) added.push(...morph(mine, theirs, rescue));
    else if (theirs) document.querySelector("main").after(theirs);
    else mine?.remove();
  }
  document.dispatchEvent(new CustomEvent("renewed", { detail: { page: fresh, added } }));
}

/** Add the scripts, with the data that they read first, and the style sheets that the page did not need before.
 *  @param {Document} fresh */
function loaded(fresh) {
  if (!all("#facts").length) body.append(...all("#facts", fresh));
  for (const el of all("link[rel=stylesheet], script[src]", fresh)) {
    if (all("link, script").some((mine) => mine.isEqualNode(el))) continue;
    const made = document.createElement(el.localName);
    for (const { name, value } of el.attributes) made.setAttribute(name, value);
    document.head.append(made);
  }
}

/** What somebody typed in a form that is gone, so that it can be copied. @param {string} text */
export function rescue(text) {
  /** @type {HTMLTemplateElement | null} */
  const template = document.querySelector("#kept-text");
  if (!template) return null;
  const box = /** @type {HTMLElement} */ (template.content.firstElementChild.cloneNode(true));
  box.querySelector("blockquote").textContent = text;
  return box;
}

// What changes with the time alone, such as who joined in the last minute, is in no frame.
setInterval(() => { if (document.querySelector("[data-ages]") && !document.hidden) renew(); }, AGES_MS);

// What a person does on one page of this browser is seen on the others.
const others = new BroadcastChannel(`acquis ${body.dataset.stream}`.replace(/\/live\/.*/, ""));
others.addEventListener("message", () => renew());

/** Fetch the page again after an act of its own, here and on the other pages of this browser. */
export function acted() {
  others.postMessage(null);
  renew();
}

// A pass that was moved to another device or revoked leaves a page that is no longer that of its reader.
document.addEventListener("reader", (event) => {
  const person = body.dataset.person;
  if (person !== undefined && (person || "-") !== event.detail) renew();
});

addEventListener("pageshow", (event) => {
  if (event.persisted) renew();
});
