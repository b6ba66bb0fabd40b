// What is one's own: the frame is the same for everybody, and this screen finds itself in it by its ids.
const body = document.body;
const $ = (selector, from) => Array.from((from || document).querySelectorAll(selector));
const person = body.dataset.person;
const rank = (card) => Number(card.id.slice(1));

export const supported = new Set($(".support button[aria-pressed=true]").map((b) => b.form.elements.question.value));
export const votes = new Map($("[data-mine]:not([data-mine=''])").filter((c) => c.matches(".card")).map((c) => [c.id.slice(1), c.dataset.mine]));
let last = "";
let again = new URLSearchParams(location.search).get("statement");

export function word(name) {
  const found = document.getElementById("words").content.querySelector(`[data-w=${name}]`);
  return found ? found.textContent : "";
}

// One polite region. What is one's own is said at once; the rest at most every 5 seconds, the newest of it.
let quietUntil = 0;
let held = "";
let timer = 0;
export function say(text, own) {
  const wait = quietUntil - Date.now();
  if (!own && wait > 0) {
    held = text;
    timer = timer || setTimeout(() => { timer = 0; say(held); }, wait);
    return;
  }
  document.getElementById("say").textContent = text;
  quietUntil = Date.now() + 5000;
}

function me(facts, queue) {
  const section = document.getElementById("me");
  if (!section) return;
  const hand = queue.find((one) => one[3] === person);
  const barred = facts.groups.length && !facts.groups.includes(body.dataset.stakeholder);
  let state = facts.floor === "open" && barred ? "barred" : facts.floor;
  if (hand) state = facts.next === person ? "next" : "waiting";
  if (facts.speaker === person && person) state = "speaking";
  if (hand) {
    for (const input of $("[data-hand]", section)) if (input.closest("[data-when]")) input.value = hand[0];
    $("[data-place]", section).forEach((b) => { b.textContent = hand[1]; });
    $("[data-minutes]", section).forEach((b) => { b.textContent = hand[2]; });
  }
  if (last && state !== last) {
    if (state === "next" || state === "speaking") {
      say(word(state === "next" ? "yournext" : "yourturn"), true);
      if (navigator.vibrate) navigator.vibrate(200);
    } else if (state === "waiting") say(section.querySelector("[data-when=waiting] .big").textContent, true);
  }
  if (section.dataset.state !== state) {
    const lost = section.contains(document.activeElement);
    section.dataset.state = state;
    for (const part of $("[data-when]", section)) part.hidden = part.dataset.when !== state;
    const there = lost && document.activeElement === body && section.querySelector(`[data-when=${state}] button`);
    if (there) there.focus({ preventScroll: true });
  }
  last = state;
}

function cards() {
  const list = document.querySelector("[data-cards]");
  if (!list || !body.dataset.voice) return;
  const all = $(".card", list);
  for (const card of all) {
    const choice = votes.get(card.id.slice(1)) || "";
    card.dataset.mine = choice;
    for (const button of $("button", card)) button.setAttribute("aria-pressed", String(button.value === choice));
  }
  const open = all.filter((card) => card.dataset.fate === "open");
  const left = open.filter((card) => !card.dataset.mine);
  const shown = all.find((card) => !card.hidden);
  // The card under the finger stays until it is voted on; then comes the next one in the round.
  let next = all.find((card) => card.id === "s" + again);
  if (!next && shown && left.includes(shown)) next = shown;
  if (!next) next = left.find((card) => shown && rank(card) > rank(shown)) || left[0];
  for (const card of all) card.hidden = card !== next;
  document.querySelector(".done").hidden = Boolean(next);
  document.querySelector("[data-voted]").textContent = votes.size;
  document.querySelector("[data-shown]").textContent = all.length;
  const undo = document.querySelector(".undo");
  undo.hidden = !votes.size;
  undo.href = "?statement=" + Array.from(votes.keys()).pop();
}

/** Remember a vote as the newest one. */
export function voted(statement, choice) {
  votes.delete(String(statement));
  votes.set(String(statement), choice);
  again = null;
  cards();
}

/** Show one statement again, to change the vote. */
export function reconsider(statement) {
  again = statement;
  cards();
}

/** Mark what is one's own after the page was brought up to date. */
export function mark(facts, queue) {
  for (const row of $("[data-person]", document.querySelector("main"))) row.classList.toggle("own", Boolean(person) && row.dataset.person === person);
  for (const button of $(".support button")) {
    const mine = supported.has(button.form.elements.question.value);
    button.setAttribute("aria-pressed", String(mine));
    button.form.elements.do.value = mine ? "withdraw_support" : "support_question";
    button.disabled = !body.dataset.voice;
  }
  if (body.dataset.seat > 0) {
    for (const link of $(".for-speaker")) link.hidden = !["0", body.dataset.seat].includes(link.dataset.to);
    body.classList.add("speaker");
  }
  $("[data-people]").forEach((b) => { b.textContent = facts.people; });
  me(facts, queue);
  cards();
}
