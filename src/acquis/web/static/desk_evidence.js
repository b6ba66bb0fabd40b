// The evidence at the desk: found by its words, dragged onto a sentence or a part; and the clock above both.

import { press } from "./desk.js";

const $ = (id) => document.getElementById(id);

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
$("filter").hidden = false;
$("filter").addEventListener("input", () => {
  const words = plain($("filter").value).split(/\s+/).filter(Boolean);
  for (const one of document.querySelectorAll(".piece, .offers > li")) {
    if (one.closest("#draft")) continue;
    const text = plain([one.textContent, ...[...one.querySelectorAll("textarea")].map((area) => area.value)].join(" "));
    one.hidden = !words.every((word) => text.includes(word));
    if (words.length && !one.hidden && one.matches(".line")) one.closest("details").open = true;
  }
  for (const turn of document.querySelectorAll(".piece:has(.line:not([hidden]))")) turn.hidden = false;
});
$("filter").addEventListener("keydown", (event) => {
  if (event.key === "Enter" || event.key === "ArrowDown") {
    event.preventDefault();
    // What is said in a turn is found by itself, not the turn around it.
    const there = [...document.querySelectorAll(".evidences [data-seq]")].filter((one) => one.checkVisibility());
    const within = (one) => $("filter").value && one.querySelector("[data-seq]:not([hidden])");
    there.find((one) => !within(one))?.focus();
  }
  if (event.key === "Escape") { $("filter").value = ""; $("filter").dispatchEvent(new Event("input")); }
});

for (const one of document.querySelectorAll(".evidences .picker, .evidences .offers > li")) one.draggable = true;
const onto = (event) => event.target.closest?.("#draft .sentence, #draft .part");
document.addEventListener("dragstart", (event) => {
  const one = event.target.closest?.(".evidences [data-seq]");
  if (one && event.target.draggable) event.dataTransfer.setData("text/plain", `#${one.dataset.seq}`);
});
document.addEventListener("dragover", (event) => {
  const place = onto(event);
  for (const one of document.querySelectorAll(".dropping")) one.classList.toggle("dropping", one === place);
  if (!place) return;
  place.classList.add("dropping");
  event.preventDefault();
});
document.addEventListener("dragend", () => {
  for (const one of document.querySelectorAll(".dropping")) one.classList.remove("dropping");
});
document.addEventListener("drop", async (event) => {
  const place = onto(event);
  const seq = /^#(\d+)$/.exec(event.dataTransfer.getData("text/plain"));
  if (!place || !seq) return;
  event.preventDefault();
  await press(place.matches(".sentence") ? `cite:${place.dataset.at}:${seq[1]}` : `use:${place.id}:${seq[1]}`);
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
