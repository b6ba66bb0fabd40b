// @ts-check
// Short forms of the calls of the document that every script makes.

/** The element with this id. The template of the page has it, or the caller checks.
 *  @template {HTMLElement} [E=HTMLElement] @param {string} id @returns {E} */
export const byId = (id) => /** @type {E} */ (document.getElementById(id));

/** All elements that match, in the order of the document.
 *  @template {HTMLElement} [E=HTMLElement] @param {string} selector @param {ParentNode} [from] @returns {E[]} */
export const all = (selector, from = document) => [...from.querySelectorAll(selector)].map((el) => /** @type {E} */ (el));

/** The element that has the focus. @returns {HTMLElement} */
export const focused = () => /** @type {HTMLElement} */ (document.activeElement ?? document.body);

/** The element that an event came from; the whole page where it came from the document or the window.
 *  @param {Event} event @returns {HTMLElement} */
export const targetOf = (event) => (/** @type {HTMLElement} */ (event.target instanceof Element ? event.target : document.documentElement));

/** Whether somebody types or chooses in this element. @param {Element} el */
export const isField = (el) => /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName);

/** A field of a form by its name. @param {HTMLFormElement} form @param {string} name @returns {HTMLInputElement} */
export const fieldOf = (form, name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));

/** The one element of a piece of HTML that the server rendered. @param {string} html @returns {HTMLElement} */
export function elementOf(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return /** @type {HTMLElement} */ (template.content.firstElementChild);
}

/** Put the focus on a part of the page, whatever it is, without moving the page. @param {HTMLElement} el */
export function focusOn(el) {
  if (el.tabIndex < 0 && !el.hasAttribute("tabindex")) el.tabIndex = -1;
  el.focus({ preventScroll: true });
}

/** The document of a page that was fetched. @param {string} text */
export const parsed = (text) => new DOMParser().parseFromString(text, "text/html");
