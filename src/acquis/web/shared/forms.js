// @ts-check
// Forms without leaving the page: the same fields to the same address, with a key made here, so that sending twice is safe.
// What cannot be sent is kept and goes out when there is a connection again.
import { all, byId, focused, targetOf } from "./dom.js";
import { newKey } from "./idempotency.js";
import { acted } from "../live/current.js";
import { refresh } from "../live/live.js";
import { reconsider, say, supports, voted, word } from "../live/mine.js";
import { purpose } from "../live/morph.js";
import { local, session } from "./storage.js";

/** @typedef {{ url: string, fields: Record<string, any>, key: string }} Sending */

const BOX = "acquis:outbox";
const KEEP = new Set(["cast_vote", "support_question", "withdraw_support", "lower_hand"]);
/** What this script shows by itself; after anything else the page is fetched again. */
const SHOWN = new Set(["cast_vote", "support_question", "withdraw_support"]);
const SHORT_MS = 8000;

/** For how long nothing is sent again that the server could not take, unless it says so. */
const AGAIN_MS = 5000;

/** What the server could not take now: nothing is wrong with it. */
class NotTaken extends Error {
  /** @param {string} sentence @param {number} wait in ms */
  constructor(sentence, wait) {
    super(sentence);
    this.wait = wait;
  }
}

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

/** @typedef {{ text: string, kind: string, code?: string, field?: string, line?: HTMLElement }} Note code, field: of the refusal */
/** @type {Map<string, Note>} what is told beside a form, by what the form does */
const notes = new Map();
let lines = 0;
/** What describes a field beside an error. @param {Element} field */
const hints = (field) => (field.getAttribute("aria-describedby") ?? "").replace(/ ?\b(wrong|error)-\d+/, "");

/** Tell how the sending went, beside the field that was refused or else beside the form.
 *  @param {HTMLFormElement} form @param {string} text @param {string} kind @param {string} [code] @param {string} [field] */
function note(form, text, kind, code, field) {
  const name = purpose(form);
  delete form.dataset.refused;
  for (const marked of all("[aria-invalid]", form)) {
    marked.removeAttribute("aria-invalid");
    marked.setAttribute("aria-describedby", hints(marked));
  }
  for (const line of all("span.wrong", form)) line.remove();
  notes.get(name)?.line?.replaceChildren();
  if (!text) {
    notes.delete(name);
    return;
  }
  /** @type {Note} */
  const told = { text, kind, code, field };
  notes.set(name, told);
  attach(form, told)?.focus();
  if (kind !== "wrong") setTimeout(() => { if (notes.get(name) === told) note(form, "", ""); }, SHORT_MS);
}

/** @param {HTMLFormElement} form @param {Note} told @returns {HTMLElement | undefined} the field that was refused */
function attach(form, told) {
  if (told.code) form.dataset.refused = told.code;
  const wrong = told.field && all(`[name="${told.field}"]:not([type=hidden])`, form)[0];
  if (wrong) {
    const line = told.line?.matches("span.wrong") ? told.line : document.createElement("span");
    line.id ||= `wrong-${++lines}`;
    line.className = "wrong";
    line.setAttribute("role", "status");
    if (!line.isConnected) (wrong.closest("label, .cell") ?? wrong).before(line);
    if (line.textContent !== told.text) line.textContent = told.text;
    wrong.setAttribute("aria-invalid", "true");
    wrong.setAttribute("aria-describedby", `${hints(wrong)} ${line.id}`.trim());
    told.line = line;
    return wrong;
  }
  let line = form.querySelector(".sent");
  if (!line) {
    line = form.nextElementSibling?.matches(".sent") ? /** @type {HTMLElement} */ (form.nextElementSibling) : document.createElement("p");
    line.setAttribute("role", "status");
    if (!line.isConnected) form.after(line);
  }
  line.className = `sent ${told.kind}`;
  line.hidden = false;
  line.textContent = told.text;
  told.line = line;
}

/** A frame may have put a new form in the place of one with a note. */
function reattach() {
  for (const [name, told] of notes) {
    if (told.line?.isConnected && !told.code) continue;
    const form = /** @type {HTMLFormElement | undefined} */ (all("main form").find((one) => purpose(/** @type {HTMLFormElement} */ (one)) === name));
    if (form) attach(form, told);
  }
}

/** @param {string} url @param {Record<string, any>} fields @param {string} key */
async function post(url, fields, key) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams({ ...fields, key }),
  });
  const problem = await answer.json().catch(() => ({}));
  if (answer.status >= 500 || answer.status === 429) {
    throw new NotTaken(problem.sentence || "", 1000 * Number(answer.headers.get("retry-after")) || AGAIN_MS);
  }
  return { ok: answer.ok, sentence: problem.sentence || problem.refused || "", code: problem.refused, field: problem.field };
}

/** Whether the page shows the list of the votes of this person, or has none yet. @param {string} act */
function stale(act) {
  const list = /** @type {HTMLDetailsElement | null} */ (document.getElementById("myvotes"));
  return act === "cast_vote" && (!list || list.open);
}
document.addEventListener("toggle", (event) => { if (targetOf(event).matches("#myvotes[open]")) acted(); }, true);

/** @param {HTMLFormElement | null} form @param {Record<string, any>} fields */
function done(form, fields) {
  if (fields.do === "cast_vote") voted(fields.statement, fields.choice);
  if (fields.do === "support_question" || fields.do === "withdraw_support") supports(fields.question, fields.do === "support_question");
  if (!SHOWN.has(fields.do) || stale(fields.do)) acted();
  if (!form) return;
  if ("clear" in form.dataset) {
    form.reset();
    forget(form);
  }
  // Where the page itself says at once what became of it, "Sent" would speak over that.
  if (form.dataset.clear === "") {
    note(form, word("sent"), "");
    say(word("sent"), true);
  } else note(form, "", "");
  /** @type {HTMLDetailsElement | null} */
  const menu = form.closest(".menu:not(.wide), [data-closes]") ?? form.querySelector("[data-closes]");
  if (menu) menu.open = false;
  if (form.contains(document.activeElement) && form.matches(".walkup")) focused().blur();
  refresh();
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
    else note(form, answer.sentence, "wrong", answer.code, answer.field);
  } catch (error) {
    const taken = error instanceof NotTaken ? later(error) : "";
    if (!taken) dispatchEvent(new Event("lost"));
    if ("keep" in form.dataset || KEEP.has(fields.do)) {
      fill([...box(), { url: form.action, fields, key }]);
      note(form, word(taken ? "kept" : "unsent"), "kept");
      sent.delete(form);
      if ("clear" in form.dataset) form.reset();
      if (fields.do === "cast_vote") voted(fields.statement, fields.choice);
    } else note(form, taken || word("notsent"), "wrong");
  } finally {
    delete form.dataset.busy;
  }
}

/** What waits for a connection. @returns {Sending[]} */
const box = () => local.getJson(BOX) ?? [];

/** @param {Sending[]} waiting */
const fill = (waiting) => local.set(BOX, JSON.stringify(waiting));

let emptying = false;
let notBefore = 0;
/** Try the box again later, not everybody at the same moment. @param {NotTaken} error @returns {string} its sentence */
function later(error) {
  const wait = error.wait * (1 + Math.random());
  notBefore = Date.now() + wait;
  setTimeout(empty, wait + 1);
  return error.message;
}

async function empty() {
  if (emptying || !box().length || Date.now() < notBefore) return;
  emptying = true;
  try {
    while (box().length) {
      const [{ url, fields, key }, ...rest] = box();
      const answer = await post(url, fields, key);
      fill(rest);
      if (answer.ok) done(null, fields);
      for (const form of /** @type {HTMLFormElement[]} */ (all("main form"))) if (notes.get(purpose(form))?.kind === "kept") note(form, "", "");
      say(answer.ok ? word("sent") : answer.sentence, true);
    }
  } catch (error) {
    if (error instanceof NotTaken) later(error); // it stays in the box, as without a connection
  } finally {
    emptying = false;
  }
}

// What is being typed survives a reload.
/** @param {HTMLFormElement} form */
const draft = (form) => `acquis:${location.pathname}:${purpose(form)}`;
/** @param {HTMLFormElement} form */
const forget = (form) => session.remove(draft(form));
/** @param {ParentNode} [from] */
function restore(from) {
  for (const field of /** @type {HTMLTextAreaElement[]} */ (all("form[data-keep] textarea", from))) {
    // A field may begin with a text of the page, which is not a draft.
    if (field.value === field.defaultValue) field.value = session.get(draft(field.form)) ?? field.value;
    if (field.value !== field.defaultValue) /** @type {HTMLDetailsElement} */ (field.closest("details")).open = true;
  }
}
restore();
document.addEventListener("renewed", (event) => event.detail.added.forEach((el) => restore(el)));
document.addEventListener("input", (event) => {
  const field = targetOf(event);
  if (field instanceof HTMLTextAreaElement && field.form?.matches("[data-keep]")) session.set(draft(field.form), field.value);
});

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!/\/do$/.test(form.getAttribute("action") ?? "")) return;
  event.preventDefault();
  send(form, /** @type {HTMLButtonElement} */ (event.submitter));
});
document.addEventListener("click", (event) => {
  /** @type {HTMLAnchorElement | null} */
  const link = targetOf(event).closest("a[href*='?statement=']");
  if (!link || !document.getElementById("cards")) return; // the cards are on another page
  event.preventDefault();
  reconsider(new URL(link.href).searchParams.get("statement"));
  byId("cards").scrollIntoView({ block: "center" });
});
document.addEventListener("frame", () => {
  empty();
  reattach();
});
addEventListener("online", empty);
