// @ts-check
// Typing captions by hand: Enter sends the line, and the field is free for the next one.
import { fieldOf } from "../../shared/dom.js";
import { newKey } from "../../shared/idempotency.js";

/** @type {HTMLFormElement | null} */
const form = document.querySelector("#captions form[data-type]");
if (form) {
  const field = fieldOf(form, "text");
  const status = form.querySelector("[role=status]");
  /** @type {{ text: string, speaker: string, language: string, key: string }[]} */
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
        const body = await answer.json();
        if (answer.status >= 500) throw new Error(String(answer.status));
        status.textContent = answer.ok ? "" : body.sentence || "";
        if (!answer.ok && !field.value) field.value = line.text;
        waiting.shift();
      } catch {
        status.textContent = form.dataset.unsent;
        await new Promise((go) => setTimeout(go, 2000));
      }
    }
    sending = false;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!field.value.trim()) return;
    const speaker = fieldOf(form, "speaker").value;
    waiting.push({ text: field.value, speaker, language: fieldOf(form, "language").value, key: newKey() });
    field.value = "";
    field.focus();
    send();
  });
}
