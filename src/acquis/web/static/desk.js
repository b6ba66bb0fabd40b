// The desk: the draft saves itself, buttons work without a jump, counters count, and everything has a key. Without this
// script the same form and the same buttons do the same.

const $ = (id) => document.getElementById(id);
const WAIT_MS = 1500;
const AGAIN_MS = 5000;
const BOX = `acquis:desk:${location.pathname}`; // what could not be sent, also when the page is closed
const ENDS = ["text", "part", "base", "was", "cites", "about", "met"];

let timer = 0;
let leaving = false;
let line = Promise.resolve();
/** One request after the other: each begins with what the one before it made of the page. */
const in_line = (work) => (line = line.then(work, work));
let last = ""; // the sentence that Enter on a piece of evidence cites for

const draft = () => $("draft");
const sentences = () => [...draft().querySelectorAll(".sentence")];
const at = (id) => sentences().find((sentence) => sentence.dataset.at === id);
const field = (sentence, end) => sentence.querySelector(`[name="s.${sentence.dataset.at}.${end}"]`);
const typed = (sentence) => ["text", "cites", "about"].map((end) => field(sentence, end).value).join("\u0000");
const kept = new WeakMap(); // sentence -> what of it is known to be kept
const remember = () => { for (const sentence of sentences()) if (!kept.has(sentence)) kept.set(sentence, typed(sentence)); };
const fresh = (sentence) => typed(sentence) !== kept.get(sentence);

// --- saving ---

function fields(act, notes = false) {
  const found = new FormData(draft());
  for (const name of [...found.keys()]) {
    if (name.startsWith("note.") && !notes) found.delete(name);
  }
  // A sentence that somebody else changed waits on the page for the writer's choice.
  for (const met of draft().querySelectorAll(".sentence.met")) {
    if (act.split(":")[1] !== met.dataset.at) for (const end of ENDS) found.delete(`s.${met.dataset.at}.${end}`);
  }
  found.set("act", act);
  found.set("only", "draft");
  return new URLSearchParams(found);
}

const read = (text) => new DOMParser().parseFromString(text, "text/html");

/** What was typed and could not be sent is kept in this browser until it is. */
function keep() {
  const box = {};
  for (const sentence of sentences().filter(fresh)) {
    for (const end of ENDS) {
      const one = field(sentence, end);
      if (one) box[one.name] = one.value;
    }
  }
  try {
    if (Object.keys(box).length) localStorage.setItem(BOX, JSON.stringify(box));
    else forget();
  } catch { /* no room, or not allowed: it is still on the page */ }
}

function forget() {
  try { localStorage.removeItem(BOX); } catch { /* not allowed: then nothing is there */ }
}

function unsent() {
  keep();
  tell($("saved").dataset.waiting);
  timer = setTimeout(save, AGAIN_MS);
}

/** What was left unsent when the page was closed goes out first; where somebody else wrote meanwhile, both are shown. */
async function recover() {
  let box;
  try {
    box = JSON.parse(localStorage.getItem(BOX) ?? "null");
  } catch { return; }
  if (!box) return;
  const seen = new Map(sentences().map((sentence) => [sentence, typed(sentence)]));
  const body = new URLSearchParams({ ...box, key: draft().elements.key.value, act: "save", only: "draft" });
  const answer = await fetch(draft().action, { method: "POST", body }).catch(() => null);
  if (!answer || answer.status >= 500) return;
  const made = read(await answer.text()).getElementById("draft");
  if (!made) return;
  forget();
  put(made, seen);
}

function tell(text) {
  if ($("saved").textContent !== text) $("saved").textContent = text;
}

const save = () => in_line(send);

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
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      tell($("saved").dataset.saved.replace("{time}", time));
    } else {
      tell(said.sentence || Object.values(said.theirs ?? {})[0]?.sentence || "");
    }
  } catch {
    unsent();
  }
}

/** Two wrote the same sentence: the page shows both, as it does without a script. */
async function meet(id) {
  const answer = await fetch(draft().action, { method: "POST", body: fields("meet") });
  const found = read(await answer.text()).getElementById(`s-${id}`);
  const mine = at(id);
  if (!found?.classList.contains("met") || !mine) return;
  const writing = mine.contains(document.activeElement);
  mine.replaceWith(found);
  kept.set(found, "");
  if (writing) found.querySelector("textarea").focus();
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

// --- the other one ---

async function news() {
  if (document.hidden || timer) return;
  const answer = await fetch(draft().action, { headers: { accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return;
  const said = await answer.json();
  $("others").textContent = said.others.length ? $("others").dataset.one.replace("{names}", said.others.join(", ")) : "";
  if (said.mark !== draft().dataset.mark) await in_line(take);
}

/** What somebody else wrote comes onto the page; what is being written here stays as it is. */
async function take() {
  const answer = await fetch(`${draft().action}?only=draft`).catch(() => null);
  if (!answer?.ok) return;
  const page = read(await answer.text()).getElementById("draft");
  for (const theirs of page.querySelectorAll(".sentences")) {
    const mine = draft().querySelector(`.sentences[data-part="${theirs.dataset.part}"]`);
    if (!mine) continue;
    const here = new Map([...mine.children].map((sentence) => [sentence.dataset.at, sentence]));
    const busy = (sentence) => sentence.contains(document.activeElement) || fresh(sentence) || sentence.classList.contains("met");
    const row = [...theirs.children].map((sentence) => {
      const old = here.get(sentence.dataset.at);
      here.delete(sentence.dataset.at);
      return old && (busy(old) || old.outerHTML === sentence.outerHTML) ? old : sentence;
    });
    holding(() => arrange(mine, [...row, ...[...here.values()].filter(busy)]));
  }
  for (const begin of page.querySelectorAll(".begin")) {
    const mine = draft().querySelector(`.begin[data-part="${begin.dataset.part}"]`);
    if (mine && !mine.contains(document.activeElement)) mine.replaceWith(begin);
  }
  draft().elements.key.value = page.elements.key.value;
  draft().dataset.mark = page.dataset.mark;
  remember();
}
setInterval(news, 3000);

/** Put these into a list in this order, and touch those that stand right already as little as possible. */
function arrange(list, row) {
  for (const gone of [...list.children]) if (!row.includes(gone)) gone.remove();
  let place = list.firstElementChild;
  for (const one of row) {
    if (one === place) place = place.nextElementSibling;
    else list.insertBefore(one, place);
  }
}

/** Change the draft and leave the cursor where it is. */
function holding(work) {
  const was = document.activeElement;
  const place = draft().contains(was) && was.name ? [was.name, was.selectionStart, was.selectionEnd] : null;
  work();
  if (!place || was === document.activeElement) return;
  const again = draft().elements[place[0]];
  again?.focus?.();
  if (place[1] != null) again?.setSelectionRange?.(place[1], place[2]);
}

// --- counting ---

function count(area) {
  const counter = area.parentElement.querySelector(".counter");
  const text = area.value.trim();
  const limit = Number(counter.dataset.limit);
  const shape = limit ? counter.dataset.of : counter.dataset.bare;
  counter.textContent = shape
    .replace("{characters}", [...text].length)
    .replace("{words}", text ? text.split(/\s+/).length : 0)
    .replace("{limit}", limit);
  counter.classList.toggle("over", limit > 0 && [...text].length > limit);
}

// --- buttons ---

export const press = (act, notes) => in_line(() => pressed(act, notes));

async function pressed(act, notes) {
  clearTimeout(timer);
  timer = 0;
  const sent = new Map(sentences().map((sentence) => [sentence, typed(sentence)]));
  let answer;
  try {
    answer = await fetch(draft().action, { method: "POST", body: fields(act, notes) });
  } catch {
    unsent();
    return false;
  }
  const page = read(await answer.text());
  const made = page.getElementById("draft");
  if (!made || (!answer.ok && !made.querySelector(".met"))) {
    tell(page.querySelector(".problem")?.textContent ?? "");
    return false;
  }
  put(made, sent, act.split(":")[1]);
  tell(page.querySelector(".problem")?.textContent ?? "");
  for (const tick of document.querySelectorAll(".picker input:checked")) tick.checked = false;
  return true;
}

/** The draft as the server has it, in place of the one on the page. What was typed since it was asked for stays, and
 *  so does what waits for a choice between two. */
const put = (made, sent, on = "") => holding(() => replace(made, sent, on));

function replace(made, sent, on) {
  for (const old of sentences()) {
    const id = old.dataset.at;
    const now = [...made.querySelectorAll(".sentence")].find((sentence) => sentence.dataset.at === id);
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
  const correction = draft().elements.correction;
  if (correction && made.elements.correction) made.elements.correction.value = correction.value;
  const longer = made.querySelector(".longer");
  if (longer && draft().querySelector(".longer")?.open) longer.open = true;
  draft().replaceWith(made);
  remember();
}

function where(act) {
  // Where the cursor goes after a button: to the sentence it was about, or to the new one.
  const [, on] = act.split(":");
  const row = [...draft().querySelectorAll(`.sentences[data-part="${on}"] .sentence`)];
  return (at(on) ?? row[row.length - 1])?.querySelector("textarea");
}

function look(act) {
  const area = where(act);
  if (area !== document.activeElement) area?.focus();
}

document.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (event.target !== draft() || !button) return;
  const act = button.value;
  if (act === "publish" || act === "preview") {
    clearTimeout(timer);
    timer = 0;
    leaving = navigator.onLine; // the form takes it all along
    if (leaving) forget();
    return;
  }
  event.preventDefault();
  if (act === "save") await save();
  else if ((await press(act, act === "note")) && act !== "note") look(act);
});

document.addEventListener("input", (event) => {
  if (!event.target.matches(".sentence textarea, .sentence input")) return;
  if (event.target.matches("textarea")) count(event.target);
  clearTimeout(timer);
  timer = setTimeout(save, WAIT_MS);
});
document.addEventListener("focusout", (event) => {
  if (event.target.matches?.(".sentence textarea") && fresh(event.target.closest(".sentence"))) setTimeout(save);
});

// --- keys ---

document.addEventListener("focusin", (event) => {
  const sentence = event.target.closest?.(".sentence");
  if (sentence) last = sentence.dataset.at;
});

function step(entry, by) {
  const all = [...document.querySelectorAll(".evidences [data-seq]")].filter((one) => one.checkVisibility());
  all[Math.min(Math.max(all.indexOf(entry) + by, 0), all.length - 1)]?.focus();
}

/** A piece of evidence becomes a sentence of a part, or rests under the sentence that one came from. */
async function take_up(entry, part) {
  if (part || !at(last)) {
    await press(`use:${part || "takeaways"}:${entry.dataset.seq}`);
    last = where(`use:${part || "takeaways"}`)?.closest(".sentence").dataset.at ?? last;
  } else {
    const place = last;
    if (await press(`cite:${place}:${entry.dataset.seq}`)) last = place;
  }
  entry.focus();
}

const TAKES = { t: "takeaways", a: "calls_to_action" };
const plainly = (event) => !event.ctrlKey && !event.metaKey && !event.altKey;
const letters = () => { try { return localStorage.getItem("acquis:keys") !== "off"; } catch { return true; } };

document.addEventListener("keydown", async (event) => {
  const entry = event.target.matches("[data-seq]") ? event.target : null;
  const sentence = event.target.closest(".sentence");
  const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "F2") {
    event.preventDefault();
    if (event.target.closest(".evidences")) at(last)?.querySelector("textarea").focus();
    else step(null, 1);
  } else if (event.key === "/" && letters() && plainly(event) && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
    event.preventDefault();
    $("filter").focus();
  } else if (entry && arrow && plainly(event)) {
    event.preventDefault();
    step(entry, arrow);
  } else if (entry && event.key === "Enter") {
    event.preventDefault();
    await take_up(entry);
  } else if (entry && TAKES[event.key.toLowerCase()] && plainly(event)) {
    event.preventDefault();
    await take_up(entry, TAKES[event.key.toLowerCase()]);
  } else if (sentence && event.altKey && arrow) {
    event.preventDefault();
    const act = `${arrow > 0 ? "down" : "up"}:${sentence.dataset.at}`;
    if (await press(act)) look(act);
  } else if (sentence && event.altKey && event.key === "Enter") {
    event.preventDefault();
    const act = `add:${field(sentence, "part").value}`;
    if (await press(act)) look(act);
  }
});

for (const keys of document.querySelectorAll(".keys")) keys.hidden = false;
remember();
in_line(recover);
