// Forms without leaving the page: the same fields to the same door, as JSON, with a key made here, so that sending twice
// is safe. What cannot be sent is kept and goes out when there is a connection again.
import { refresh } from "./live.js";
import { reconsider, say, supported, voted, word } from "./mine.js";

const NUMBERS = new Set(["hand", "turn", "question", "statement", "seat", "segment", "to", "into"]);
const SWITCHES = new Set(["anonymous", "upheld", "moderated", "carry"]);
const BOX = "acquis:outbox";
const KEEP = new Set(["cast_vote", "support_question", "withdraw_support"]);

function fieldsOf(form, pressed) {
  const fields = {};
  new FormData(form).forEach((value, name) => { fields[name] = value; });
  if (pressed && pressed.name) fields[pressed.name] = pressed.value;
  delete fields.key;
  delete fields.page;
  if (fields.do !== "enter_hand") {
    for (const name of Object.keys(fields)) {
      if (NUMBERS.has(name)) fields[name] = Number(fields[name]);
      if (SWITCHES.has(name)) fields[name] = fields[name] === "true";
    }
  }
  return fields;
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function note(form, text, kind) {
  const near = form && (form.querySelector(".sent") || (form.closest("section, li, .row") || form).querySelector(".sent"));
  const line = near || document.querySelector("main > .sent") || document.querySelector(".sent");
  if (line) {
    line.className = "sent " + kind;
    line.textContent = text;
    line.hidden = !text;
  }
  if (text && !near) say(text, true);
}

async function post(url, fields, key) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", "idempotency-key": key },
    body: JSON.stringify(fields),
  });
  const told = await answer.json().catch(() => ({}));
  if (answer.status >= 500 && answer.status !== 507) throw new Error(told.sentence || String(answer.status));
  return { ok: answer.ok, sentence: told.sentence || told.refused || "" };
}

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
  const menu = form.closest(".menu:not(.wide)");
  if (menu) menu.open = false;
  if (form.contains(document.activeElement) && form.matches(".walkup")) document.activeElement.blur();
  refresh();
}

/** Fetch the part of the page that only its owner sees. */
async function own() {
  const here = document.querySelector("[data-own]");
  if (!here) return;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer || !answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const there = page.querySelector("section[data-own]");
  if (there && !here.contains(document.activeElement)) here.innerHTML = there.innerHTML;
}

async function send(form, pressed) {
  if (form.dataset.busy) return;
  const fields = fieldsOf(form, pressed);
  const text = JSON.stringify(fields);
  const key = form.sent && form.sent.text === text ? form.sent.key : newKey();
  form.sent = { text, key };
  form.dataset.busy = "1";
  try {
    const answer = await post(form.action, fields, key);
    form.sent = null;
    if (answer.ok) done(form, fields);
    else note(form, answer.sentence, "wrong");
  } catch (error) {
    if ("keep" in form.dataset || KEEP.has(fields.do)) {
      box(box().concat([{ url: form.action, fields, key }]));
      note(form, word("unsent"), "kept");
      form.sent = null;
      if ("clear" in form.dataset) form.reset();
      if (fields.do === "cast_vote") voted(fields.statement, fields.choice);
    } else note(form, word("offline"), "wrong");
  } finally {
    delete form.dataset.busy;
  }
}

function box(kept) {
  try {
    if (kept) localStorage.setItem(BOX, JSON.stringify(kept));
    return JSON.parse(localStorage.getItem(BOX) || "[]");
  } catch (error) {
    return kept || [];
  }
}

let emptying = false;
async function empty() {
  if (emptying || !box().length) return;
  emptying = true;
  try {
    while (box().length) {
      const one = box()[0];
      const answer = await post(one.url, one.fields, one.key);
      box(box().slice(1));
      if (answer.ok) done(null, one.fields);
      note(null, answer.ok ? word("sent") : answer.sentence, answer.ok ? "" : "wrong");
      own();
    }
  } catch (error) { /* still no connection: it stays in the box */ } finally {
    emptying = false;
  }
}

// What is being typed survives a reload.
const draft = (form) => `acquis:${location.pathname}:${form.elements.do.value}`;
function forget(form) {
  sessionStorage.removeItem(draft(form));
}
for (const field of document.querySelectorAll("form[data-keep] textarea")) {
  if (!field.value) field.value = sessionStorage.getItem(draft(field.form)) || "";
  if (field.value) field.closest("details").open = true;
  field.addEventListener("input", () => sessionStorage.setItem(draft(field.form), field.value));
}

document.addEventListener("submit", (event) => {
  if (!/\/do$/.test(event.target.getAttribute("action") || "")) return;
  event.preventDefault();
  send(event.target, event.submitter);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href*='?statement=']");
  if (!link) return;
  event.preventDefault();
  reconsider(new URL(link.href).searchParams.get("statement"));
  document.getElementById("cards").scrollIntoView({ block: "center" });
});
document.addEventListener("frame", () => {
  empty();
  const mine = Array.from(document.querySelectorAll("[data-mine]:not(.card)"));
  const seen = mine.map((li) => li.dataset.mine + (document.getElementById("q" + li.dataset.mine) || {}).className).join();
  if (mine.length && own.seen !== undefined && own.seen !== seen) own();
  own.seen = seen;
});
window.addEventListener("online", empty);
