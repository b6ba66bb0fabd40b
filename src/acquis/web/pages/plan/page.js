// @ts-check
// Links that are shown once can be copied with one press, and printed. Without this script they can be selected.
import { all } from "../../shared/dom.js";

/** Copies the marked text of a field. Where pages may not use the clipboard, as on plain http, the older command is
 *  tried; whether it worked is the result.
 *  @param {HTMLInputElement} field @returns {Promise<boolean>} */
async function copy(field) {
  field.focus();
  field.select();
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(field.value);
      return true;
    } catch {
      // The browser refuses, for example in a frame; the older command may still be allowed.
    }
  }
  return document.execCommand("copy");
}

for (const field of /** @type {HTMLInputElement[]} */ (all("[data-copy]"))) {
  const button = document.createElement("button");
  const said = document.createElement("span");
  button.type = "button";
  button.textContent = field.dataset.copy ?? "";
  button.setAttribute("aria-label", `${field.dataset.copy}: ${field.getAttribute("aria-label")}`);
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    const copied = await copy(field);
    said.textContent = (copied ? field.dataset.copied : field.dataset.marked) ?? "";
  });
  field.after(button, " ", said);
}
for (const button of all("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
