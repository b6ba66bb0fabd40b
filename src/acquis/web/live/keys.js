// @ts-check
// Keys of the console and of the stage. Each does what the button with its `data-key` does: in the row that has the
// focus, else the first one on the page. They can be switched off (single keys get in the way of voice control).
import { all, byId, focused, isField } from "../shared/dom.js";
import { local } from "../shared/storage.js";

const SWITCH = "acquis:keys";
/** @type {HTMLInputElement} */
const on = byId("keys-on");
/** @type {HTMLDialogElement} */
const dialog = byId("keys");
const scenes = document.querySelector("[data-scenes]");
/** @param {HTMLElement} el */
const usable = (el) => el.offsetParent !== null && !el.matches(":disabled");

/** Do what the button of this key does. @param {string} key @returns {boolean} whether there is one */
function press(key) {
  const row = focused().closest("[data-row]");
  /** @param {ParentNode} from */
  const button = (from) => all("[data-key]", from).find((el) => (el.dataset.key ?? "").split(" ").includes(key) && (usable(el) || el.closest("details")));
  const rowOnly = "abdhmxpyc".includes(key);
  const target = (row && button(row)) ?? (rowOnly ? null : button(document));
  if (!target) return false;
  /** @type {HTMLDetailsElement | null} */
  const menu = target.closest("details");
  if (menu && target.tagName !== "SUMMARY") menu.open = true;
  if (target.tagName === "SUMMARY") {
    menu.open = !menu.open;
    const first = menu.open ? menu.querySelector("select, input:not([type=hidden]), textarea, button") : target;
    first.focus();
  } else if (key === "h") menu.querySelector("[name=reason]").focus();
  else target.click();
  return true;
}

/** Put the focus into a field, also one that is folded away. @param {string} id */
function fill(id) {
  const field = byId(id);
  /** @type {HTMLDetailsElement | null} */
  const menu = field.closest("details");
  if (menu) menu.open = true;
  field.focus();
}

/** Begin to put somebody on the list. @param {"room" | "online"} lane */
function enter(lane) {
  /** @type {HTMLSelectElement} */
  const attendance = byId("walkup-lane");
  attendance.value = lane;
  fill("walkup");
}

/** The rows of a part of the page that can be seen. @param {ParentNode} part */
const rowsOf = (part) => all("[data-row]", part).filter((row) => row.offsetParent !== null);

/** @param {HTMLElement[]} rows @param {number} by */
function step(rows, by) {
  const at = rows.indexOf(focused().closest("[data-row]"));
  rows[Math.min(Math.max(at + by, 0), rows.length - 1)]?.focus();
}

/** @param {number} by */
function column(by) {
  const columns = all("[data-column]");
  const at = columns.findIndex((el) => el.contains(document.activeElement));
  const next = columns[(at + by + columns.length) % columns.length];
  rowsOf(next)[0]?.focus();
}

function rowsHere() {
  const here = focused().closest("[data-column]") ?? document.querySelector("[data-column]");
  return here ? rowsOf(here) : [];
}

/** @type {Record<string, () => void>} */
const MOVES = {
  j: () => step(rowsHere(), 1),
  k: () => step(rowsHere(), -1),
  "]": () => column(1),
  "[": () => column(-1),
  w: () => enter("room"),
  i: () => enter("online"),
  t: () => fill("seed"),
  "?": () => dialog.showModal(),
};

/** Show another scene of the stage, at the projector only. @param {number} by */
function show(by) {
  const views = all("[data-scene]").filter((scene) => scene.textContent.trim());
  const at = views.findIndex((scene) => !scene.hidden);
  const next = views[(at + by + views.length) % views.length].dataset.scene;
  turnTo(next);
  keepAddress(next);
}

/** The keys of a keyboard and of a presenter that turn the parts of a message. @type {Record<string, number>} */
const TURNS = { ArrowDown: 1, PageDown: 1, ArrowUp: -1, PageUp: -1 };

/** The address of the shown scene; what else is in it stays, such as the session code. @param {string} [scene] */
function keepAddress(scene) {
  const address = new URL(location.href);
  if (scene) address.searchParams.set("scene", scene);
  else address.searchParams.delete("scene");
  history.replaceState(null, "", address);
}

/** @param {string} next */
function turnTo(next) {
  for (const scene of all("[data-scene]")) scene.hidden = scene.dataset.scene !== next;
}

/** Follow what the console chose; the keys of the projector count until it chooses again. */
if (scenes && !new URLSearchParams(location.search).has("keep")) {
  let chosen = JSON.parse(byId("facts").textContent).scene;
  document.addEventListener("frame", (event) => {
    const { facts } = event.detail.html;
    const scene = facts ? JSON.parse(facts).scene : chosen;
    if (scene[1] === chosen[1]) return;
    chosen = scene;
    keepAddress();
    turnTo(scene[0]);
  });
}

/** The key that did something and is not released yet: held down it does nothing more, wherever the focus is now. */
let pressed = "";
document.addEventListener("keyup", () => { pressed = ""; });

document.addEventListener("keydown", (event) => {
  const el = focused();
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.repeat && event.key === pressed) {
    event.preventDefault();
    if ("jk".includes(event.key)) MOVES[event.key]();
    return;
  }
  if (scenes) {
    all(`[data-turn="${TURNS[event.key]}"]`).find(usable)?.click();
    if (event.key === "ArrowRight") show(document.documentElement.dir === "rtl" ? -1 : 1);
    if (event.key === "ArrowLeft") show(document.documentElement.dir === "rtl" ? 1 : -1);
    return;
  }
  if (event.key === "Escape" && !dialog.open) {
    /** @type {HTMLDetailsElement | null} */
    const menu = el.closest("details[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else el.blur();
    return;
  }
  if ((isField(el) && !el.matches("[type=radio]")) || dialog.open || !on.checked || event.repeat) return;
  if (MOVES[event.key]) MOVES[event.key]();
  else if (!press(event.key)) return;
  pressed = event.key;
  event.preventDefault();
});
if (dialog) {
  on.checked = local.get(SWITCH) !== "off";
  on.addEventListener("change", () => local.set(SWITCH, on.checked ? "on" : "off"));
  document.querySelector("[data-dialog]").addEventListener("click", () => dialog.showModal());
}
