// @ts-check
// A transcript is looked at before it enters the record: the preview is put into the form, so that the chosen file stays.
import { byId, focusOn, parsed } from "../../shared/dom.js";

/** @type {HTMLFormElement | null} */
const form = byId("transcript");
form?.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (!(button instanceof HTMLButtonElement) || button.value !== "preview") return;
  event.preventDefault();
  const data = new FormData(form);
  data.set("step", "preview");
  button.disabled = true;
  byId("unsent").hidden = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: data });
    const page = parsed(await answer.text());
    const fresh = page.getElementById("preview");
    const alert = page.querySelector("[role=alert]");
    if (!fresh) { location.reload(); return; } // signed out, or the session is gone
    for (const hint of fresh.querySelectorAll("[data-unscripted]")) hint.remove();
    if (alert && !answer.ok) fresh.prepend(alert);
    byId("preview").replaceWith(fresh);
    const heading = fresh.querySelector("h3");
    if (heading) focusOn(heading);
  } catch {
    byId("unsent").hidden = false; // no connection: the file stays chosen
  } finally {
    button.disabled = false;
  }
});
