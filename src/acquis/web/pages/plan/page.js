// @ts-check
// A link that is shown once can be copied with one press. Without this script it can be selected.
import { all } from "../../shared/dom.js";

for (const field of /** @type {HTMLInputElement[]} */ (all("[data-copy]"))) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = field.dataset.copy;
  button.addEventListener("click", async () => {
    field.select();
    await navigator.clipboard.writeText(field.value);
    button.textContent = field.dataset.copied;
  });
  field.after(button);
  field.focus();
  field.select();
}
