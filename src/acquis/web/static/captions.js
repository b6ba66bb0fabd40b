// Captions: lines arrive in a live region of their own, with a size, a pause and a switch for reading them out. On the
// floor they are fetched only once somebody opens them: a phone on a weak network pays for what it shows.
import { follow } from "./follow.js";

function start(box) {
  const list = box.querySelector("#lines");
  const partial = box.querySelector("#partial");
  const SIZE = "acquis:captions";
  const MOST = Number(box.dataset.most) || Infinity;
  let seq = -1;
  let paused = false;
  let held = null;

  const number = (el) => Number(el.id.slice(1));
  const atEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < 80;

  function place(id, html) {
    const made = document.createElement("template");
    made.innerHTML = html.trim();
    const fresh = made.content.firstElementChild;
    const old = document.getElementById(id);
    if (old) { old.replaceWith(fresh); return; }
    const last = list.lastElementChild;
    if (!last || number(last) < number(fresh)) list.append(fresh);
    else if (number(list.firstElementChild) < number(fresh)) Array.from(list.children).find((el) => number(el) > number(fresh)).before(fresh);
  }

  function show(html) {
    const stay = !atEnd();
    for (const name of Object.keys(html)) if (/^l\d+$/.test(name)) place(name, html[name]);
    while (list.children.length > MOST) list.firstElementChild.remove();
    if ("partial" in html && partial) partial.innerHTML = html.partial;
    if (!stay) list.scrollTop = list.scrollHeight;
  }

  function frame(found) {
    seq = found.seq;
    if (paused) held = Object.assign(held || {}, found.html);
    else show(found.html);
  }

  function resize(by) {
    const size = Math.min(Math.max(Number(localStorage.getItem(SIZE) || 1) + by, 0), 4);
    localStorage.setItem(SIZE, size);
    box.dataset.size = size;
  }

  box.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.size) resize(Number(button.dataset.size));
    if ("pause" in button.dataset) {
      paused = !paused;
      button.setAttribute("aria-pressed", paused);
      if (!paused && held) { show(held); held = null; list.scrollTop = list.scrollHeight; }
    }
    if ("aloud" in button.dataset) {
      const aloud = list.getAttribute("aria-live") !== "polite";
      list.setAttribute("aria-live", aloud ? "polite" : "off");
      button.setAttribute("aria-pressed", aloud);
    }
  });

  // Typing captions by hand: Enter sends the line, and the field is free for the next one.
  const form = box.querySelector("form[data-type]");
  if (form) {
    const field = form.elements.text;
    const status = form.querySelector("[role=status]");
    const waiting = [];
    let sending = false;
    const send = async () => {
      if (sending) return;
      sending = true;
      while (waiting.length) {
        const line = waiting[0];
        try {
          const answer = await fetch(form.dataset.type, {
            method: "POST",
            headers: { "content-type": "application/json", accept: "application/json" },
            body: JSON.stringify(line),
          });
          const told = await answer.json();
          if (answer.status >= 500) throw new Error(String(answer.status));
          status.textContent = answer.ok ? "" : told.sentence || "";
          if (!answer.ok && !field.value) field.value = line.text;
          waiting.shift();
        } catch (error) {
          status.textContent = form.dataset.unsent;
          await new Promise((go) => setTimeout(go, 2000));
        }
      }
      sending = false;
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!field.value.trim()) return;
      const bytes = crypto.getRandomValues(new Uint8Array(12));
      const key = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
      waiting.push({ text: field.value, speaker: form.elements.speaker.value, language: form.elements.language.value, key });
      field.value = "";
      field.focus();
      send();
    });
  }

  resize(0);
  for (const hidden of box.querySelectorAll("[data-scripted]")) hidden.hidden = false;
  list.scrollTop = list.scrollHeight;
  const begin = () => follow(box.dataset.live, { frame, connected: () => {}, seq: () => seq });
  if (box.tagName === "DETAILS") {
    box.addEventListener("toggle", function opened() {
      if (!box.open) return;
      box.removeEventListener("toggle", opened);
      begin();
    });
    // The captioner may begin in the middle of the session: the floor learns of it by its own frames.
    document.addEventListener("frame", (event) => {
      const told = event.detail.html.facts;
      if (told && JSON.parse(told).captions) box.hidden = false;
    });
  } else if (box.dataset.live) begin();
}

const box = document.getElementById("captions");
if (box) start(box);
