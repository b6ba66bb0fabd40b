// @ts-check
// The desk: saves the draft while it is being written, carries out buttons without loading the page again, and counts
// characters. Without this script the same form and buttons work by loading the page again.

import { all, byId, fieldOf, focused, parsed, targetOf } from "../../shared/dom.js";
import { morph } from "../../live/morph.js";
import { local } from "../../shared/storage.js";

const WAIT_MS = 1500;
const AGAIN_MS = 5000;
const ENDS = ["text", "part", "base", "was", "cites", "about", "met"];

let timer = 0;
let leaving = false;
/** @type {Promise<unknown>} */
let line = Promise.resolve();
/** Runs requests one after the other, because each depends on the page as the one before it left it.
 *  @template T @param {() => T | Promise<T>} work @returns {Promise<T>} */
function inLine(work) {
  const result = line.then(work, work);
  line = result;
  return result;
}

/** @returns {HTMLFormElement} */
const draft = () => byId("draft");
// The key in the storage of the browser for what could not be sent. Each desk has its own, on whatever page it is shown.
const BOX = `acquis:desk:${new URL(draft().action).pathname}`;
const sentences = () => all(".sentence", draft());
/** @param {string} id */
export const at = (id) => sentences().find((sentence) => sentence.dataset.at === id);
/** @param {HTMLElement} sentence @param {string} end @returns {HTMLTextAreaElement} */
export const field = (sentence, end) => sentence.querySelector(`[name="s.${sentence.dataset.at}.${end}"]`);
/** @param {HTMLElement} sentence */
const typed = (sentence) => ["text", "cites", "about"].map((end) => field(sentence, end).value).join("\u0000");
/** @type {WeakMap<HTMLElement, string>} what of a sentence is known to be kept */
const kept = new WeakMap();
const remember = () => { for (const sentence of sentences()) if (!kept.has(sentence)) kept.set(sentence, typed(sentence)); };
/** @param {HTMLElement} sentence */
const fresh = (sentence) => typed(sentence) !== kept.get(sentence);

// --- saving ---

/** The fields of the draft to send. @param {string} act the button @param {boolean} notes with the notes to other writers */
function fields(act, notes = false) {
  const data = new FormData(draft());
  for (const name of [...data.keys()]) {
    if (name.startsWith("note.") && !notes) data.delete(name);
  }
  // A sentence that somebody else has changed is not sent until the writer has chosen a version.
  for (const met of all(".sentence.met", draft())) {
    if (act.split(":")[1] !== met.dataset.at) for (const end of ENDS) data.delete(`s.${met.dataset.at}.${end}`);
  }
  data.set("act", act);
  data.set("only", "draft");
  return new URLSearchParams(/** @type {[string, string][]} */ ([...data]));
}

/** Stores in the browser what was typed and could not be sent, until it is sent. */
function keep() {
  /** @type {Record<string, string>} */
  const box = {};
  for (const sentence of sentences().filter(fresh)) {
    for (const end of ENDS) {
      const input = field(sentence, end);
      if (input) box[input.name] = input.value;
    }
  }
  if (Object.keys(box).length) local.set(BOX, JSON.stringify(box));
  else forget();
}

const forget = () => local.remove(BOX);

function unsent() {
  keep();
  tell(byId("saved").dataset.waiting);
  timer = setTimeout(save, AGAIN_MS);
}

/** Sends first what was not sent when the page was closed. If somebody else has changed a sentence, both are shown. */
async function recover() {
  const box = local.getJson(BOX);
  if (!box) return;
  const seen = new Map(sentences().map((sentence) => [sentence, typed(sentence)]));
  const body = new URLSearchParams({ ...box, key: fieldOf(draft(), "key").value, act: "save", only: "draft" });
  const answer = await fetch(draft().action, { method: "POST", body }).catch(() => null);
  if (!answer || answer.status >= 500) return;
  const made = /** @type {HTMLFormElement | null} */ (parsed(await answer.text()).getElementById("draft"));
  if (!made) return;
  forget();
  put(made, seen);
}

/** @param {string} text */
function tell(text) {
  if (byId("saved").textContent !== text) byId("saved").textContent = text;
}

const save = () => inLine(send);

async function send() {
  clearTimeout(timer);
  timer = 0;
  const sent = new Map(sentences().map((sentence) => [sentence, typed(sentence)]));
  try {
    const answer = await fetch(draft().action, {
      method: "POST",
      body: fields("save"),
      headers: { accept: "application/json" },
    });
    const said = await answer.json();
    for (const id of Object.keys(said.rows ?? {})) {
      const sentence = at(id);
      if (!sentence) continue;
      field(sentence, "base").value = said.rows[id].base;
      field(sentence, "was").value = said.rows[id].was;
      kept.set(sentence, sent.get(sentence));
    }
    for (const id of Object.keys(said.theirs ?? {})) await meet(id);
    if (answer.ok) {
      keep();
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
      tell(byId("saved").dataset.saved.replace("{time}", time));
    } else {
      tell(said.sentence || Object.values(said.theirs ?? {})[0]?.sentence || "");
    }
  } catch {
    unsent();
  }
}

/** Shows both versions of a sentence that two people changed, as the page does without a script. @param {string} id */
async function meet(id) {
  const answer = await fetch(draft().action, { method: "POST", body: fields("meet") });
  const both = parsed(await answer.text()).getElementById(`s-${id}`);
  const mine = at(id);
  if (!both?.classList.contains("met") || !mine) return;
  const writing = mine.contains(document.activeElement);
  mine.replaceWith(both);
  kept.set(both, "");
  if (writing) both.querySelector("textarea").focus();
}

addEventListener("online", () => {
  if (timer) save();
});
addEventListener("beforeunload", (event) => {
  if (timer) event.preventDefault();
});
addEventListener("pagehide", () => {
  if (!leaving) keep();
});

// --- changes of other writers ---

async function news() {
  if (document.hidden || timer) return;
  const answer = await fetch(draft().action, { headers: { accept: "application/json" } }).catch(() => null);
  if (answer?.status === 403) clearInterval(asking);  // the access link is over: the page says so
  if (!answer?.ok) return;
  const said = await answer.json();
  byId("others").textContent = said.others.length ? byId("others").dataset.one.replace("{names}", said.others.join(", ")) : "";
  if (said.mark !== draft().dataset.mark) await inLine(take);
}

/** Shows what other writers have changed, and leaves what is being written here as it is. */
async function take() {
  const answer = await fetch(`${draft().action}?only=draft`).catch(() => null);
  if (!answer?.ok) return;
  const page = /** @type {HTMLFormElement | null} */ (parsed(await answer.text()).getElementById("draft"));
  for (const theirs of all(".sentences", page)) {
    /** @type {HTMLElement | null} */
    const mine = draft().querySelector(`.sentences[data-part="${theirs.dataset.part}"]`);
    if (!mine) continue;
    const here = new Map(childrenOf(mine).map((sentence) => [sentence.dataset.at, sentence]));
    /** @param {HTMLElement} sentence */
    const busy = (sentence) => sentence.contains(document.activeElement) || fresh(sentence) || sentence.classList.contains("met");
    const row = childrenOf(theirs).map((sentence) => {
      const old = here.get(sentence.dataset.at);
      here.delete(sentence.dataset.at);
      return old && (busy(old) || old.outerHTML === sentence.outerHTML) ? old : sentence;
    });
    holding(() => arrange(mine, [...row, ...[...here.values()].filter(busy)]));
  }
  around(page);
  fieldOf(draft(), "key").value = fieldOf(page, "key").value;
  draft().dataset.mark = page.dataset.mark;
  remember();
}
const asking = setInterval(news, 3000);

/** Brings what stands around the sentences to what it is now: the suggestions, and the foot of the draft with the
 *  button that publishes. @param {HTMLElement} page a draft */
function around(page) {
  for (const begin of all(".begin", page)) {
    const mine = draft().querySelector(`.begin[data-part="${begin.dataset.part}"]`);
    if (mine && !mine.contains(document.activeElement)) mine.replaceWith(begin);
  }
  morph(draft().querySelector(".send"), page.querySelector(".send"), () => null);
}
document.addEventListener("renewed", (/** @type {CustomEvent} */ event) => {
  const page = event.detail.page.getElementById("draft");
  if (page) around(page);
});

/** @param {Element} list @returns {HTMLElement[]} */
const childrenOf = (list) => /** @type {HTMLElement[]} */ ([...list.children]);

/** Puts elements into a list in this order, moving as few of them as possible.
 *  @param {Element} list @param {HTMLElement[]} row */
function arrange(list, row) {
  for (const gone of childrenOf(list)) if (!row.includes(gone)) gone.remove();
  let place = list.firstElementChild;
  for (const sentence of row) {
    if (sentence === place) place = place.nextElementSibling;
    else list.insertBefore(sentence, place);
  }
}

/** Changes the draft and keeps the cursor where it is. @param {() => void} work */
function holding(work) {
  const was = /** @type {HTMLTextAreaElement} */ (focused());
  const { name, selectionStart, selectionEnd } = was;
  const inside = draft().contains(was) && name;
  work();
  if (!inside || was === document.activeElement) return;
  const now = fieldOf(draft(), name);
  now?.focus?.();
  if (typeof selectionStart === "number") now?.setSelectionRange?.(selectionStart, selectionEnd);
}

// --- counting ---

/** Show how long a text is. @param {HTMLTextAreaElement} area */
function count(area) {
  const counter = area.parentElement.querySelector(".counter");
  const text = area.value.trim();
  const limit = Number(counter.dataset.limit);
  const shape = limit ? counter.dataset.of : counter.dataset.bare;
  counter.textContent = shape
    .replace("{characters}", String([...text].length))
    .replace("{words}", String(text ? text.split(/\s+/).length : 0))
    .replace("{limit}", String(limit));
  counter.classList.toggle("over", limit > 0 && [...text].length > limit);
}

// --- buttons ---

/** Press a button of the draft. @param {string} act @param {boolean} [notes] */
export const press = (act, notes) => inLine(() => pressed(act, notes));

/** @param {string} act @param {boolean} [notes] @returns {Promise<boolean>} whether it was accepted */
async function pressed(act, notes) {
  clearTimeout(timer);
  timer = 0;
  const sent = new Map(sentences().map((sentence) => [sentence, typed(sentence)]));
  /** @type {Response} */
  let answer;
  try {
    const address = /^(use|begin):/.test(act) ? `${draft().action}/take` : draft().action;
    answer = await fetch(address, { method: "POST", body: fields(act, notes) });
  } catch {
    unsent();
    return false;
  }
  const page = parsed(await answer.text());
  const made = /** @type {HTMLFormElement | null} */ (page.getElementById("draft"));
  if (!made || (!answer.ok && !made.querySelector(".met"))) {
    tell(page.querySelector(".problem li")?.textContent ?? "");
    return false;
  }
  put(made, sent, act.split(":")[1]);
  tell(page.querySelector(".problem li")?.textContent ?? "");
  for (const tick of /** @type {HTMLInputElement[]} */ (all(".picker input:checked"))) tick.checked = false;
  return true;
}

/** Replaces the draft on the page by that of the server. Sentences that were changed since the request, and those of
 *  which the writer has to choose a version, stay.
 *  @param {HTMLFormElement} made @param {Map<HTMLElement, string>} sent @param {string} [on] the sentence that was chosen */
const put = (made, sent, on = "") => holding(() => replace(made, sent, on));

/** @param {HTMLFormElement} made @param {Map<HTMLElement, string>} sent @param {string} on */
function replace(made, sent, on) {
  for (const old of sentences()) {
    const id = old.dataset.at;
    const now = all(".sentence", made).find((sentence) => sentence.dataset.at === id);
    if (old.classList.contains("met") && id !== on) {
      if (now) now.replaceWith(old);
      else made.querySelector(`.sentences[data-part="${field(old, "part").value}"]`)?.append(old);
    } else if (now && sent.has(old) && typed(old) !== sent.get(old)) {
      kept.set(now, typed(now));
      for (const end of ["text", "about"]) field(now, end).value = field(old, end).value;
      count(field(now, "text"));
      timer ||= setTimeout(save, WAIT_MS);
    }
  }
  if (draft().querySelector(".longer[open]")) made.querySelector(".longer")?.setAttribute("open", "");
  draft().replaceWith(made);
  remember();
}

/** @param {string} act */
export function where(act) {
  // After a button the cursor goes to the sentence that it concerns, or to the new one.
  const [, on] = act.split(":");
  const row = all(`.sentences[data-part="${on}"] .sentence`, draft());
  return (at(on) ?? row[row.length - 1])?.querySelector("textarea");
}

/** @param {string} act */
export function look(act) {
  const area = where(act);
  if (area !== document.activeElement) area?.focus();
}

document.addEventListener("submit", async (event) => {
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (event.target !== draft() || !button) return;
  const act = button.value;
  if (act === "publish" || act === "preview") {
    clearTimeout(timer);
    timer = 0;
    leaving = navigator.onLine; // the form sends everything
    if (leaving) forget();
    return;
  }
  event.preventDefault();
  if (act === "save") await save();
  else if ((await press(act, act === "note")) && act !== "note") look(act);
});

document.addEventListener("input", (event) => {
  const target = targetOf(event);
  if (!target.matches(".sentence textarea, .sentence input")) return;
  if (target instanceof HTMLTextAreaElement) count(target);
  clearTimeout(timer);
  timer = setTimeout(save, WAIT_MS);
});
document.addEventListener("focusout", (event) => {
  const target = targetOf(event);
  if (target.matches(".sentence textarea") && fresh(target.closest(".sentence"))) setTimeout(save);
});

remember();
inLine(recover);
