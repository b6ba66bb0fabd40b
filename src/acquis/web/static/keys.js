// Keys of the console and of the stage. Each does what the button with its `data-key` does: in the row that has the
// focus, else the first one on the page. They can be switched off (single keys get in the way of voice control).
const on = document.getElementById("keys-on");
const dialog = document.getElementById("keys");
const scenes = document.querySelector("[data-scenes]");
const typing = (el) => /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName);
const seen = (el) => el.offsetParent !== null && !el.disabled;

function press(key) {
  const row = document.activeElement.closest("[data-row]");
  const found = [row, document].map((from) => from && Array.from(from.querySelectorAll("[data-key]")).find((el) => el.dataset.key === key && (seen(el) || el.closest("details"))));
  const rowOnly = "adhmxpyc".includes(key);
  const target = found[0] || (rowOnly ? null : found[1]);
  if (!target) return false;
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

function step(rows, by) {
  const at = rows.indexOf(document.activeElement.closest("[data-row]"));
  const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
  if (next) next.focus();
}

function column(by) {
  const columns = Array.from(document.querySelectorAll("[data-column]"));
  const at = columns.findIndex((one) => one.contains(document.activeElement));
  const next = columns[(at + by + columns.length) % columns.length];
  const row = next.querySelector("[data-row]");
  if (row) row.focus();
}

function rowsHere() {
  const here = document.activeElement.closest("[data-column]") || document.querySelector("[data-column]");
  return here ? Array.from(here.querySelectorAll("[data-row]")) : [];
}

const MOVES = {
  j: () => step(rowsHere(), 1),
  k: () => step(rowsHere(), -1),
  "]": () => column(1),
  "[": () => column(-1),
  w: () => document.getElementById("walkup").focus(),
  t: () => document.getElementById("seed").focus(),
  "?": () => dialog.showModal(),
};

function show(by) {
  const all = Array.from(document.querySelectorAll("[data-scene]"));
  const at = all.findIndex((scene) => !scene.hidden);
  const next = all[(at + by + all.length) % all.length].dataset.scene;
  for (const scene of all) scene.hidden = scene.dataset.scene !== next;
  for (const link of document.querySelectorAll("[data-show]")) {
    if (link.dataset.show === next) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  history.replaceState(null, "", "?scene=" + next);
}

document.addEventListener("keydown", (event) => {
  const el = document.activeElement;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (scenes) {
    if (event.key === "ArrowRight") show(document.documentElement.dir === "rtl" ? -1 : 1);
    if (event.key === "ArrowLeft") show(document.documentElement.dir === "rtl" ? 1 : -1);
    return;
  }
  if (event.key === "Escape" && !dialog.open) {
    const menu = el.closest("details[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else el.blur();
    return;
  }
  if (typing(el) || dialog.open || !on.checked) return;
  if (event.key === " " && /^(BUTTON|SUMMARY|A)$/.test(el.tagName)) return;
  if (MOVES[event.key]) MOVES[event.key]();
  else if (event.key === "Enter" || !press(event.key)) return;
  event.preventDefault();
});
if (dialog) {
  on.checked = localStorage.getItem("acquis:keys") !== "off";
  on.addEventListener("change", () => localStorage.setItem("acquis:keys", on.checked ? "on" : "off"));
  document.querySelector("[data-dialog]").addEventListener("click", () => dialog.showModal());
}
