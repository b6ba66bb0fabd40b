// The desk: the draft saves itself, buttons work without a jump, counters count, and everything has a key. Without this
// script the same form and the same buttons do the same.

const $ = (id) => document.getElementById(id);
const WAIT_MS = 1200;
const AGAIN_MS = 5000;

let timer = 0;
let last = ""; // the sentence that Enter on a piece of evidence cites for: "takeaways:0"

const draft = () => $("draft");
const sentences = () => [...draft().querySelectorAll(".sentence")];
const at = (place) => sentences().find((sentence) => sentence.dataset.at === place);

// --- saving ---

function fields(act, notes = false) {
  const found = new FormData(draft());
  for (const name of [...found.keys()]) {
    if (name.startsWith("note.") && !notes) found.delete(name);
  }
  found.set("act", act);
  return new URLSearchParams(found);
}

function tell(text) {
  if ($("saved").textContent !== text) $("saved").textContent = text;
}

async function save() {
  clearTimeout(timer);
  timer = 0;
  try {
    const answer = await fetch(draft().action, {
      method: "POST",
      body: fields("save"),
      headers: { accept: "application/json" },
    });
    const said = await answer.json();
    if (answer.ok) {
      draft().elements.base.value = said.base;
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      tell($("saved").dataset.saved.replace("{time}", time));
    } else {
      tell(said.sentence);
    }
  } catch {
    tell($("saved").dataset.waiting);
    timer = setTimeout(save, AGAIN_MS);
  }
}

addEventListener("beforeunload", (event) => {
  if (timer) event.preventDefault();
});

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

async function press(act, notes) {
  clearTimeout(timer);
  timer = 0;
  let answer;
  try {
    answer = await fetch(draft().action, { method: "POST", body: fields(act, notes) });
  } catch {
    tell($("saved").dataset.waiting);
    timer = setTimeout(save, AGAIN_MS);
    return false;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("draft");
  if (!fresh || !answer.ok) {
    tell(page.querySelector(".problem")?.textContent ?? "");
    return false;
  }
  draft().replaceWith(fresh);
  for (const tick of document.querySelectorAll(".picker input:checked")) tick.checked = false;
  return true;
}

function where(act) {
  // Where the cursor goes after a button: to the sentence it was about, wherever that is now.
  const [name, part, number] = act.split(":");
  const row = sentences().filter((sentence) => sentence.dataset.at.startsWith(`${part}:`));
  const place = { up: number - 1, down: Number(number) + 1, add: row.length - 1, use: row.length - 1 }[name] ?? number;
  return row[Math.min(Math.max(place, 0), row.length - 1)]?.querySelector("textarea");
}

document.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (event.target !== draft() || !button) return;
  const act = button.value;
  if (act === "publish" || act === "preview") {
    clearTimeout(timer);
    timer = 0;
    return;
  }
  event.preventDefault();
  if (act === "save") await save();
  else if ((await press(act, act === "note")) && act !== "note") where(act)?.focus();
});

document.addEventListener("input", (event) => {
  if (!event.target.matches(".sentence textarea")) return;
  count(event.target);
  clearTimeout(timer);
  timer = setTimeout(save, WAIT_MS);
});

// --- keys ---

document.addEventListener("focusin", (event) => {
  const sentence = event.target.closest?.(".sentence");
  if (sentence) last = sentence.dataset.at;
});

function step(entry, by) {
  const all = [...document.querySelectorAll(".piece")].filter((one) => one.checkVisibility());
  all[Math.min(Math.max(all.indexOf(entry) + by, 0), all.length - 1)]?.focus();
}

document.addEventListener("keydown", async (event) => {
  const entry = event.target.matches(".piece") ? event.target : null;
  const sentence = event.target.closest(".sentence");
  if (event.key === "F2") {
    event.preventDefault();
    if (event.target.closest(".evidences")) at(last)?.querySelector("textarea").focus();
    else step(null, 1);
  } else if (entry && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    step(entry, event.key === "ArrowDown" ? 1 : -1);
  } else if (entry && event.key === "Enter" && at(last)) {
    event.preventDefault();
    const place = last;
    if (await press(`cite:${place}:${entry.dataset.seq}`)) last = place;
  } else if (sentence && event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    const act = `${event.key === "ArrowDown" ? "down" : "up"}:${sentence.dataset.at}`;
    if (await press(act)) where(act)?.focus();
  }
});

// --- the clock ---

const due = document.querySelector("[data-due]");
if (due) {
  const offset = Number(due.dataset.now) - Date.now();
  setInterval(() => {
    const seconds = Math.round(Math.abs(Number(due.dataset.due) - Date.now() - offset) / 1000);
    due.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }, 1000);
}

for (const keys of document.querySelectorAll(".keys")) keys.hidden = false;
