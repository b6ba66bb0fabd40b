// @ts-check
// What is one's own: the frame is the same for everybody, and this screen finds itself in it by its ids.
import { all, byId, fieldOf, focusOn } from "../shared/dom.js";

const body = document.body;
const person = () => body.dataset.person;
/** The number of a card. @param {Element} card */
const rank = (card) => Number(card.id.slice(1));
/** The numbers of the questions that this person supports. @type {Set<string>} */
export const supported = new Set();
/** The choices of this person by the number of the statement; the newest comes last. @type {Map<string, string>} */
export const votes = new Map();
let acts = 0;
let before = 0;
document.addEventListener("renewing", () => { before = acts; });
/** Take over from a page of the server what is one's own on it, but for what this person did while it was fetched.
 *  @param {Document} page */
export function adopt(page) {
  if (acts === before) {
    supported.clear();
    votes.clear();
  }
  /** @type {HTMLButtonElement[]} */
  const pressed = all(".support button[aria-pressed=true]", page);
  for (const button of pressed) supported.add(fieldOf(button.form, "question").value);
  for (const card of all(".card[data-mine]:not([data-mine=''])", page)) {
    if (!votes.has(card.id.slice(1))) votes.set(card.id.slice(1), card.dataset.mine);
  }
}
adopt(document);
/** A number of minutes in the words that the server uses too. */
const minutes = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "minute", unitDisplay: "long" });
let last = "";
/** The number of the statement that is shown again, to change the vote. */
let reopened = new URLSearchParams(location.search).get("statement");

/** A word of the page in its language. @param {string} name */
export function word(name) {
  /** @type {HTMLTemplateElement} */
  const words = byId("words");
  return words.content.querySelector(`[data-w=${name}]`)?.textContent ?? "";
}

// One polite region. What is one's own is said at once; the rest at most every 5 seconds, the newest of it.
let quietUntil = 0;
let held = "";
let timer = 0;
/** @param {string} text @param {boolean} [own] */
export function say(text, own) {
  const wait = quietUntil - Date.now();
  if (!own && wait > 0) {
    held = text;
    timer ||= setTimeout(() => { timer = 0; say(held); }, wait);
    return;
  }
  byId("say").textContent = text;
  quietUntil = Date.now() + 5000;
}

const seat = () => Number(body.dataset.seat);
/** Whether this person has the floor. @param {Record<string, any>} facts */
const speaks = (facts) => Boolean(person()) && (facts.speaker === person() || (seat() > 0 && facts.seat === seat()));

/** What a speaker of the programme is asked, in the form of `concerns`. @param {string[]} rows the questions in their order */
function asked(rows) {
  if (!seat()) return "";
  const following = rows.findIndex((row) => row.includes("fate-approved"));
  const when = rows.map((row, place) => (row.includes("fate-on_floor") ? "on_floor" : place === following ? "next" : "later"));
  const number = (/** @type {string} */ row) => /id="q(\d+)"/.exec(row)?.[1];
  const to = (/** @type {string} */ row) => Number(/data-to="(\d+)"/.exec(row)?.[1]);
  const said = rows.map((row, place) => (to(row) === seat() || (to(row) === 0 && when[place] === "on_floor") ? `${number(row)}:${when[place]}` : ""));
  return said.filter(Boolean).join();
}

/** What the frames say of this person, in the form in which the page says what it shows (`concerns` in page.py).
 *  @param {Map<string, string>} rows @param {Map<string, string[][]>} orders @param {Record<string, any>} facts */
export function concerns(rows, orders, facts) {
  if (!body.dataset.concerns) return "";
  /** @param {string[]} names the lists */
  const listed = (...names) => names.flatMap((name) => orders.get(name) ?? []);
  const hands = listed("queue", "later", "lanes").filter((entry) => entry[3] === person()).map(([hand]) => Number(hand));
  const numbers = { q: listed("asked", "ledger"), s: listed("cards") };
  /** The status of a question or statement that is public. @param {string} name */
  const fate = (name) => {
    if (name === "beyond" || name === "messages") return facts[name];
    if (listed("withheld").some(([number]) => number === name.slice(1))) return "held_back";
    const there = numbers[/** @type {"q" | "s"} */ (name[0])].some(([number]) => number === name.slice(1));
    return (there && /fate[-=]"?(\w+)/.exec(rows.get(name) ?? "")?.[1]) || "";
  };
  const own = body.dataset.concerns.split(" ").slice(3).map((item) => item.split("=")[0]);
  return [
    `hands=${hands.sort((one, two) => one - two).join()}`,
    `speaks=${Number(speaks(facts))}`,
    `asked=${asked(listed("asked").map(([number]) => rows.get(`q${number}`) ?? ""))}`,
    ...own.map((name) => `${name}=${fate(name)}`),
  ].join(" ");
}

/** Say in the bar on how many open statements this person has not voted: a vote is opened while one is on another page.
 *  @param {Map<string, string>} rows @param {Map<string, string[][]>} orders */
export function unvoted(rows, orders) {
  const count = document.querySelector("[data-unvoted]");
  const cards = orders.get("cards");
  if (!count || !cards) return;
  const done = new Set([...votes.keys(), ...body.dataset.votes.split(" ")]);
  const open = cards.filter(([number]) => rows.get(`s${number}`)?.includes('data-fate="open"') && !done.has(number));
  count.textContent = String(open.length);
  count.parentElement.hidden = !open.length || !body.dataset.voice;
}

/** @param {Record<string, any>} facts @param {string[][]} queue */
function me(facts, queue) {
  const section = document.getElementById("me");
  if (!section) return;
  const hand = queue.find((entry) => entry[3] === person());
  const barred = facts.groups.length && !facts.groups.includes(body.dataset.stakeholder);
  let state = facts.floor === "open" && barred ? "barred" : facts.floor;
  if (hand) state = facts.next === person() ? "next" : hand[1] ? "waiting" : "aside";
  if (state === "open" && !body.dataset.voice) state = "unplaced";
  if (speaks(facts)) state = "speaking";
  if (hand) {
    /** @type {HTMLInputElement[]} */
    const inputs = all("input[name=hand]", section);
    for (const input of inputs) if (input.closest("[data-when]")) input.value = hand[0];
    for (const el of all("[data-place]", section)) el.textContent = hand[1];
    for (const el of all("[data-minutes]", section)) el.textContent = minutes.format(Number(hand[2]));
  }
  if (last && state !== last) {
    if (state === "next" || state === "speaking") {
      say(word(state === "next" ? "yournext" : "yourturn"), true);
      navigator.vibrate?.(200);
    } else if (state === "waiting") say(section.querySelector("[data-when=waiting] .big").textContent, true);
  }
  if (section.dataset.state !== state) {
    const lost = section.contains(document.activeElement);
    section.dataset.state = state;
    for (const part of all("[data-when]", section)) part.hidden = part.dataset.when !== state;
    // A browser leaves the focus on what is hidden until it draws the page.
    if (lost && (document.activeElement === body || document.activeElement.closest("[hidden]"))) focusOn(section.querySelector(`[data-when=${state}]`) ?? section);
  }
  last = state;
}

function cards() {
  const list = document.querySelector("[data-cards]");
  if (!list) return;
  const every = all(".card", list);
  if (!body.dataset.voice) {
    for (const card of every) card.dataset.mine = "";  // of somebody who was signed out
    return;
  }
  for (const card of every) {
    const choice = votes.get(card.id.slice(1)) ?? "";
    card.dataset.mine = choice;
    for (const button of /** @type {HTMLButtonElement[]} */ (all("button", card))) button.setAttribute("aria-pressed", String(button.value === choice));
  }
  const open = every.filter((card) => card.dataset.fate === "open");
  const left = open.filter((card) => !card.dataset.mine);
  const shown = every.find((card) => !card.hidden);
  // The card under the finger stays until it is voted on; then comes the next one in the round.
  let next = every.find((card) => card.id === `s${reopened}`);
  if (!next && shown && left.includes(shown)) next = shown;
  next ??= left.find((card) => shown && rank(card) > rank(shown)) || left[0];
  const lost = shown && shown !== next && shown.contains(document.activeElement);
  for (const card of every) card.hidden = card !== next;
  if (lost) focusOn(next ?? document.querySelector(".done"));
  document.querySelector(".done").hidden = Boolean(next);
  document.querySelector(".done [data-some]").hidden = !open.length;
  document.querySelector(".done [data-none]").hidden = Boolean(open.length);
  document.querySelector("[data-voted]").textContent = String(votes.size);
  document.querySelector("[data-shown]").textContent = String(every.length);
  /** @type {HTMLAnchorElement} */
  const undo = document.querySelector(".undo");
  undo.hidden = votes.size === 0 || !document.querySelector("#cards form");
  if (votes.size) undo.href = `${location.pathname}?statement=${[...votes.keys()].pop()}`;
}

/** Remember that a question is supported, or no longer. @param {number | string} question @param {boolean} yes */
export function supports(question, yes) {
  acts += 1;
  if (yes) supported.add(String(question));
  else supported.delete(String(question));
}

/** Remember a vote as the newest one. @param {number | string} statement @param {string} choice */
export function voted(statement, choice) {
  acts += 1;
  votes.delete(String(statement));
  votes.set(String(statement), choice);
  reopened = null;
  cards();
}

/** Show one statement again, to change the vote. @param {string} statement */
export function reconsider(statement) {
  reopened = statement;
  cards();
}

/** Mark what is one's own after the page was brought up to date.
 *  @param {Record<string, any>} facts @param {string[][]} queue the hands: number, place, minutes, person */
export function mark(facts, queue) {
  for (const row of all("[data-person]", document.querySelector("main"))) row.classList.toggle("own", Boolean(person()) && row.dataset.person === person());
  for (const button of /** @type {HTMLButtonElement[]} */ (all(".support button"))) {
    const mine = supported.has(fieldOf(button.form, "question").value);
    button.setAttribute("aria-pressed", String(mine));
    fieldOf(button.form, "do").value = mine ? "withdraw_support" : "support_question";
    button.disabled = !body.dataset.voice;
  }
  if (Number(body.dataset.seat) > 0) {
    for (const link of all(".for-speaker")) link.hidden = !["0", body.dataset.seat].includes(link.dataset.to);
    body.classList.add("speaker");
  }
  for (const el of all("[data-people]")) el.textContent = facts.people;
  me(facts, queue);
  cards();
}
