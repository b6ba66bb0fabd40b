// @ts-check
// A transcript is looked at before it enters the record: the preview is put into the form, so that the chosen file stays.
// Of a large file the beginning is sent first, so that its first turns are seen while the whole is sent and read.
import { byId, focusOn, parsed } from "../../shared/dom.js";

const LARGE = 1 << 20;
const BEGINNING = 1 << 17;

/** @type {HTMLFormElement | null} */
const form = byId("transcript");
const sending = byId("sending");

/** @param {HTMLElement} fresh */
function place(fresh) {
  for (const hint of fresh.querySelectorAll("[data-unscripted]")) hint.remove();
  byId("preview").replaceWith(fresh);
}

/**
 * The first turns of a file. What cannot be read from its beginning alone, such as a Word document, is not shown yet.
 * @param {FormData} data @param {File} file
 */
async function showBeginning(data, file) {
  const part = new FormData();
  for (const name of ["form", "encoding"]) if (data.has(name)) part.set(name, data.get(name));
  part.set("file", new File([file.slice(0, BEGINNING)], file.name));
  part.set("step", "beginning");
  const answer = await fetch(form.action, { method: "POST", body: part });
  const fresh = answer.ok && parsed(await answer.text()).getElementById("preview");
  if (fresh) place(fresh);
}

/**
 * Send the form, and show how much of it is sent; then it is read.
 * @param {FormData} data @returns {Promise<XMLHttpRequest>}
 */
function sent(data) {
  const bar = /** @type {HTMLProgressElement} */ (byId("sent"));
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = (event) => { bar.value = event.total ? event.loaded / event.total : 0; };
    request.upload.onload = () => {
      bar.removeAttribute("value");
      byId("sending-state").textContent = sending.dataset.reading;
    };
    request.onload = () => resolve(request);
    request.onerror = request.onabort = reject;
    request.open("POST", form.action);
    request.send(data);
  });
}

form?.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (!(button instanceof HTMLButtonElement) || button.value !== "preview") return;
  event.preventDefault();
  const data = new FormData(form);
  data.set("step", "preview");
  const file = data.get("file");
  const buttons = /** @type {HTMLButtonElement[]} */ ([...form.querySelectorAll("button")]);
  for (const each of buttons) each.disabled = true;
  byId("unsent").hidden = true;
  byId("sending-state").textContent = sending.dataset.sending;
  byId("sent").setAttribute("value", "0");
  sending.hidden = false;
  try {
    if (file instanceof File && file.size > LARGE) await showBeginning(data, file);
    const answer = await sent(data);
    const page = parsed(answer.responseText);
    const fresh = page.getElementById("preview");
    const alert = page.querySelector("[role=alert]");
    if (!fresh) { location.reload(); return; } // signed out, or the session is gone
    if (alert && answer.status >= 400) fresh.prepend(alert);
    place(fresh);
    const heading = fresh.querySelector("h3");
    if (heading) focusOn(heading);
  } catch {
    byId("unsent").hidden = false; // no connection: the file stays chosen
  } finally {
    sending.hidden = true;
    for (const each of buttons) each.disabled = false;
  }
});
