// @ts-check
// Captions: lines arrive in a live region of their own, with a size, a pause and a switch for reading them out. On the
// floor they are fetched only once somebody opens them: a phone on a weak network pays for what it shows.
import { all, byId, elementOf, targetOf } from "../../shared/dom.js";
import { follow } from "../../live/follow.js";
import { local } from "../../shared/storage.js";

const SIZE = "acquis:captions";

/** @param {HTMLElement} box */
function start(box) {
  const list = box.querySelector("#lines");
  const partial = box.querySelector("#partial");
  const MOST = Number(box.dataset.most) || Infinity;
  let paused = false;
  /** @type {Record<string, string> | null} */
  let held = null;

  /** @param {Element} el */
  const number = (el) => Number(el.id.slice(1));
  const atEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < 80;

  /** @param {string} id @param {string} html */
  function place(id, html) {
    const fresh = elementOf(html);
    const old = document.getElementById(id);
    const later = all("[id]", list).find((el) => number(el) > number(fresh)) ?? null;
    if (old) old.replaceWith(fresh);
    else if (!later || later.previousElementSibling) list.insertBefore(fresh, later);
  }

  /** @param {Record<string, string>} html */
  function show(html) {
    const stay = !atEnd();
    const lines = Object.keys(html).filter((name) => /^l\d+$/.test(name));
    document.dispatchEvent(new CustomEvent("lines", { detail: lines }));
    for (const id of lines) place(id, html[id]);
    while (list.children.length > MOST) list.firstElementChild.remove();
    if ("partial" in html && partial) partial.innerHTML = html.partial;
    if (!stay) list.scrollTop = list.scrollHeight;
  }

  /** @param {Frame} arrived */
  function frame(arrived) {
    if (paused) held = { ...held, ...arrived.html };
    else show(arrived.html);
  }

  /** @param {number} by */
  function resize(by) {
    const size = String(Math.min(Math.max(Number(local.get(SIZE) ?? 1) + by, 0), 4));
    local.set(SIZE, size);
    box.dataset.size = size;
  }

  box.addEventListener("click", (event) => {
    const button = targetOf(event).closest("button");
    if (!button) return;
    if (button.dataset.size) resize(Number(button.dataset.size));
    if ("pause" in button.dataset) {
      paused = !paused;
      button.setAttribute("aria-pressed", String(paused));
      if (!paused && held) { show(held); held = null; list.scrollTop = list.scrollHeight; }
    }
    if ("aloud" in button.dataset) {
      const aloud = list.getAttribute("aria-live") !== "polite";
      list.setAttribute("aria-live", aloud ? "polite" : "off");
      button.setAttribute("aria-pressed", String(aloud));
    }
  });

  resize(0);
  document.addEventListener("renewed", (event) => {
    resize(0);
    // A name or a text that was erased after the end is in no frame.
    for (const line of all("#lines > [id]", event.detail.page)) {
      const old = document.getElementById(line.id);
      if (!old?.isEqualNode(line)) old?.replaceWith(line);
    }
  });
  for (const el of all("[data-scripted]", box)) el.hidden = false;
  list.scrollTop = list.scrollHeight;
  const begin = () => follow(box.dataset.live, { frame, connected: () => {} });
  if (box instanceof HTMLDetailsElement) {
    box.addEventListener("toggle", function opened() {
      if (!box.open) return;
      box.removeEventListener("toggle", opened);
      begin();
    });
    // The captioner may begin in the middle of the session: the floor learns of it by its own frames.
    document.addEventListener("frame", (event) => {
      const facts = event.detail.html.facts;
      if (facts && JSON.parse(facts).captions) box.hidden = false;
    });
  } else if (box.dataset.live) begin();
}

const captions = byId("captions");
if (captions) start(captions);
