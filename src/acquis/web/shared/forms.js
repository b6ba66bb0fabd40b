// @ts-check
// Forms without leaving the page: the same fields to the same address, with a key made here, so that sending twice is safe.
// What cannot be sent is kept and goes out when there is a connection again.
import { all, byId, fieldOf, focused, parsed, targetOf } from "./dom.js";
import { newKey } from "./idempotency.js";
import { refresh } from "../live/live.js";
import { reconsider, say, supported, voted, word } from "../live/mine.js";
import { local, session } from "./storage.js";

/** @typedef {{ url: string, fields: Record<string, any>, key: string }} Sending */

const BOX = "acquis:outbox";
const KEEP = new Set(["cast_vote", "support_question", "withdraw_support"]);

/** @type {WeakMap<HTMLFormElement, { text: string, key: string }>} what a form sent last and got no answer to */
const sent = new WeakMap();

/** @param {HTMLFormElement} form @param {HTMLButtonElement} [pressed] */
function fieldsOf(form, pressed) {
  /** @type {Record<string, any>} */
  const fields = {};
  new FormData(form).forEach((value, name) => { fields[name] = value; });
  if (pressed?.name) fields[pressed.name] = pressed.value;
  delete fields.key;
  delete fields.page;
  return fields;
}

/** Tell how the sending went, beside the form. @param {HTMLFormElement | null} form @param {string} text @param {string} kind */
function note(form, text, kind) {
  const near = form?.querySelector(".sent") ?? (form?.closest("section, li, .row") ?? form)?.querySelector(".sent");
  const line = near ?? document.querySelector("main > .sent") ?? document.querySelector(".sent");
  if (line) {
    line.className = `sent ${kind}`;
    line.textContent = text;
    line.hidden = !text;
  }
  if (text && !near) say(text, true);
}

/** @param {string} url @param {Record<string, any>} fields @param {string} key */
async function post(url, fields, key) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams({ ...fields, key }),
  });
  const problem = await answer.json().catch(() => ({}));
  if (answer.status >= 500 && answer.status !== 507) throw new Error(problem.sentence || String(answer.status));
  return { ok: answer.ok, sentence: problem.sentence || problem.refused || "" };
}

/** @param {HTMLFormElement | null} form @param {Record<string, any>} fields */
function done(form, fields) {
  if (fields.do === "cast_vote") voted(fields.statement, fields.choice);
  if (fields.do === "support_question") supported.add(String(fields.question));
  if (fields.do === "withdraw_support") supported.delete(String(fields.question));
  if (!form) return;
  if ("clear" in form.dataset) {
    form.reset();
    forget(form);
    note(form, word("sent"), "");
    say(word("sent"), true);
  } else note(form, "", "");
  if ("refresh" in form.dataset) own();
  /** @type {HTMLDetailsElement | null} */
  const menu = form.closest(".menu:not(.wide)");
  if (menu) menu.open = false;
  if (form.contains(document.activeElement) && form.matches(".walkup")) focused().blur();
  refresh();
}

/** Fetch the part of the page that only its owner sees. */
async function own() {
  const here = document.querySelector("[data-own]");
  if (!here) return;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return;
  const there = parsed(await answer.text()).querySelector("section[data-own]");
  if (there && !here.contains(document.activeElement)) here.innerHTML = there.innerHTML;
}

/** @param {HTMLFormElement} form @param {HTMLButtonElement} [pressed] */
async function send(form, pressed) {
  if (form.dataset.busy) return;
  const fields = fieldsOf(form, pressed);
  const text = JSON.stringify(fields);
  const before = sent.get(form);
  const key = before?.text === text ? before.key : newKey();
  sent.set(form, { text, key });
  form.dataset.busy = "1";
  try {
    const answer = await post(form.action, fields, key);
    sent.delete(form);
    if (answer.ok) done(form, fields);
    else note(form, answer.sentence, "wrong");
  } catch {
    if ("keep" in form.dataset || KEEP.has(fields.do)) {
      fill([...box(), { url: form.action, fields, key }]);
      note(form, word("unsent"), "kept");
      sent.delete(form);
      if ("clear" in form.dataset) form.reset();
      if (fields.do === "cast_vote") voted(fields.statement, fields.choice);
    } else note(form, word("offline"), "wrong");
  } finally {
    delete form.dataset.busy;
  }
}

/** What waits for a connection. @returns {Sending[]} */
const box = () => local.getJson(BOX) ?? [];

/** @param {Sending[]} waiting */
const fill = (waiting) => local.set(BOX, JSON.stringify(waiting));

let emptying = false;
async function empty() {
  if (emptying || !box().length) return;
  emptying = true;
  try {
    while (box().length) {
      const [{ url, fields, key }, ...rest] = box();
      const answer = await post(url, fields, key);
      fill(rest);
      if (answer.ok) done(null, fields);
      note(null, answer.ok ? word("sent") : answer.sentence, answer.ok ? "" : "wrong");
      own();
    }
  } catch { /* still no connection: it stays in the box */ } finally {
    emptying = false;
  }
}

// What is being typed survives a reload.
/** @param {HTMLFormElement} form */
const draft = (form) => `acquis:${location.pathname}:${fieldOf(form, "do").value}`;
/** @param {HTMLFormElement} form */
const forget = (form) => session.remove(draft(form));
for (const field of /** @type {HTMLTextAreaElement[]} */ (all("form[data-keep] textarea"))) {
  field.value ||= session.get(draft(field.form)) ?? "";
  if (field.value) /** @type {HTMLDetailsElement} */ (field.closest("details")).open = true;
  field.addEventListener("input", () => session.set(draft(field.form), field.value));
}

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!/\/do$/.test(form.getAttribute("action") ?? "")) return;
  event.preventDefault();
  send(form, /** @type {HTMLButtonElement} */ (event.submitter));
});
document.addEventListener("click", (event) => {
  /** @type {HTMLAnchorElement | null} */
  const link = targetOf(event).closest("a[href*='?statement=']");
  if (!link) return;
  event.preventDefault();
  reconsider(new URL(link.href).searchParams.get("statement"));
  byId("cards").scrollIntoView({ block: "center" });
});
/** What the page says of this person's own questions; a change of it means that their part is fetched again.
 *  @type {string | undefined} */
let fates;
document.addEventListener("frame", () => {
  empty();
  const mine = all("[data-mine]:not(.card)");
  const now = mine.map((li) => `${li.dataset.mine}${byId(`q${li.dataset.mine}`)?.className}`).join();
  if (mine.length && fates !== undefined && fates !== now) own();
  fates = now;
});
addEventListener("online", empty);
