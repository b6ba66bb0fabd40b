// Live screens: each frame patches the page. What somebody is using right now stays as it is until they are done.
import * as clocks from "./clocks.js";
import { follow } from "./follow.js";
import { mark, say, word } from "./mine.js";

const body = document.body;
const rows = new Map();
const shown = new Map();
const orders = new Map();
const waiting = new Map();
let facts = JSON.parse(document.getElementById("facts").textContent);
let seq = -1;
let since = new Date();

const used = (el) => Boolean(el.querySelector("details[open]")) || (el.contains(document.activeElement) && /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName));

function keepFocus(change) {
  const was = document.activeElement;
  const home = was && was.closest("[id]");
  const key = was && was.dataset ? was.dataset.key : null;
  change();
  if (!home || was === body || document.activeElement === was) return;
  const now = document.contains(was) ? was : key && document.querySelector(`#${home.id} [data-key="${key}"]`);
  const there = now || document.querySelector(`#${home.id} button:not(:disabled)`) || document.getElementById(home.id);
  if (there) there.focus({ preventScroll: true });
}

function region(id, html) {
  const el = document.getElementById(id);
  if (!el || !el.hasAttribute("data-region") || shown.get(id) === html) return;
  if (used(el)) { waiting.set(id, html); return; }
  waiting.delete(id);
  shown.set(id, html);
  keepFocus(() => { el.innerHTML = html; });
}

function row(id) {
  const el = document.getElementById(id);
  const html = rows.get(id);
  if (!html || (el && (shown.get(id) === html || used(el)))) return el;
  const made = document.createElement("template");
  made.innerHTML = html.trim();
  const fresh = made.content.firstElementChild;
  if (el) {
    fresh.hidden = el.hidden;
    keepFocus(() => el.replaceWith(fresh));
  } else fresh.classList.add("moved");
  shown.set(id, html);
  return fresh;
}

function figures(el, one) {
  const count = el.querySelector("[data-count]");
  if (count) count.textContent = one[1];
  const wait = el.querySelector("[data-wait]");
  if (wait) wait.textContent = one[2] + " " + word("min");
}

function arrange(list, all) {
  const order = orders.get(list.id);
  if (!order) return;
  const known = order.filter((one) => rows.has(list.dataset.list + one[0]));
  const ids = known.map((one) => list.dataset.list + one[0]);
  const fresh = ids.filter((id) => !document.getElementById(id)).length;
  const button = document.querySelector(`[data-fresh=${list.id}]`);
  const gather = list.hasAttribute("data-gather") && list.children.length && !all && !document.hidden;
  if (button) {
    button.parentElement.hidden = !(gather && fresh);
    button.textContent = fresh + " " + word("fresh");
  }
  if (gather) {
    for (const old of Array.from(list.children)) row(old.id);
  } else {
    keepFocus(() => {
      for (const old of Array.from(list.children)) if (!ids.includes(old.id) && !used(old)) old.remove();
      ids.forEach((id, place) => {
        const el = row(id);
        if (list.children[place] !== el) list.insertBefore(el, list.children[place] || null);
      });
    });
  }
  for (const one of known) {
    const el = document.getElementById(list.dataset.list + one[0]);
    if (el) figures(el, one);
  }
}

/** Bring the page up to date; `all` also shows what was held back so that nothing moves. */
export function refresh(all) {
  waiting.forEach((html, id) => region(id, html));
  for (const list of document.querySelectorAll("[data-list]")) arrange(list, all === true || all === list.id);
  mark(facts, orders.get("queue") || []);
  clocks.tick();
}

function apply(frame) {
  const told = facts.say;
  clocks.set(frame.at);
  seq = frame.seq;
  for (const name of Object.keys(frame.html)) {
    const html = frame.html[name];
    if (name === "facts") facts = JSON.parse(html);
    else if (name.startsWith("order:")) orders.set(name.slice(6), html ? html.split(" ").map((one) => one.split(":")) : []);
    else if (/^[hqs]\d+$/.test(name)) rows.set(name, html);
    else region(name, html);
  }
  refresh();
  if (facts.say && facts.say !== told) say(facts.say);
  document.dispatchEvent(new CustomEvent("frame", { detail: frame }));
}

function connected(yes) {
  if (yes) since = new Date();
  body.classList.toggle("off", !yes);
  const text = yes ? word("live") : word("offline") + " " + since.toLocaleTimeString();
  const link = document.getElementById("link");
  if (link.textContent !== text) link.textContent = text;
}

document.documentElement.classList.add("scripted");
document.addEventListener("toggle", () => setTimeout(refresh), true);
document.addEventListener("focusout", () => setTimeout(refresh));
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fresh]");
  if (button) refresh(button.dataset.fresh);
});
follow(body.dataset.live, { frame: apply, connected, seq: () => seq });
