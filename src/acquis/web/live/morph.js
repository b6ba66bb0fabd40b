// @ts-check
// Bring a part of a page to what the server says it is now, without disturbing who uses it: the elements stay where they
// can, and with them the focus, the typed text and what is open.
import { focused, focusOn, isField } from "../shared/dom.js";

/** Elements whose content is not the server's page: frames or scripts fill it. */
const FILLED = "[data-region], [data-list], [data-filled], [data-live-status], .sent";
/** Elements that are on this page only: what is shown once, and what was typed in a form that is gone. */
const STAYS = "[data-stays], [data-rescued]";
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

/** What an element is, wherever it stands: its id, or what its form does, or what its details are about.
 *  @param {Node} node @returns {string} empty if nothing tells it apart */
function identity(node) {
  if (!(node instanceof Element)) return "";
  if (node.id) return `#${node.id}`;
  if (node instanceof HTMLFormElement) return `form ${purpose(node)}`;
  if (node instanceof HTMLDetailsElement) return `details ${node.querySelector("summary")?.textContent.trim()}`;
  return "";
}

/** What a form does: its address and its hidden fields, except those that differ on every page.
 *  @param {HTMLFormElement} form */
export function purpose(form) {
  const fixed = [...form.querySelectorAll("input[type=hidden]")].map((input) => /** @type {HTMLInputElement} */ (input));
  const fields = fixed.filter((input) => input.name !== "key" && input.name !== "page");
  return [form.getAttribute("action"), ...fields.map((input) => `${input.name}=${input.value}`)].join(" ");
}

/** Whether somebody has changed this field. @param {Element} el */
function changed(el) {
  if (el instanceof HTMLSelectElement) {
    const first = [...el.options].findIndex((option) => option.defaultSelected);
    return el.selectedIndex !== Math.max(first, 0);
  }
  if (el instanceof HTMLInputElement && /^(checkbox|radio)$/.test(el.type)) return el.checked !== el.defaultChecked;
  return (el instanceof HTMLInputElement || el instanceof HTMLTextAreaElement) && el.type !== "hidden" && el.value !== el.defaultValue;
}

/** @param {Element} old @param {Element} fresh */
function attributes(old, fresh) {
  const own = (/** @type {string} */ name) => name === "open" || (name === "hidden" && old.hasAttribute("data-scripted"));
  for (const { name } of [...old.attributes]) if (!own(name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of [...fresh.attributes]) if (!own(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
}

/** @param {Field} old @param {Field} fresh */
function field(old, fresh) {
  const keep = changed(old) || (old.type !== "checkbox" && document.activeElement === old);
  const value = old.value;
  if (old instanceof HTMLSelectElement) {
    if (old.innerHTML !== fresh.innerHTML) old.innerHTML = fresh.innerHTML;
    if (keep && [...old.options].some((option) => option.value === value)) old.value = value;
  } else if (old instanceof HTMLInputElement && /^(checkbox|radio)$/.test(old.type)) {
    if (!keep) old.checked = /** @type {HTMLInputElement} */ (fresh).defaultChecked;
  } else {
    const now = /** @type {HTMLTextAreaElement} */ (fresh).defaultValue;
    if (old.defaultValue !== now) old.defaultValue = now;
    const wanted = keep ? value : now;
    if (old.value !== wanted) old.value = wanted;
  }
}

/** The text that somebody typed in an element that goes. @param {Node} gone */
function typedIn(gone) {
  if (!(gone instanceof Element)) return "";
  const fields = [gone, ...gone.querySelectorAll("textarea, input")].filter((el) => isField(el) && changed(el));
  const texts = fields.filter((el) => el instanceof HTMLTextAreaElement || /^(text|search|)$/.test(el.getAttribute("type") ?? ""));
  return texts.map((el) => /** @type {HTMLInputElement} */ (el).value.trim()).filter(Boolean).join("\n");
}

/** Whether it is on this page only and stays where it is. @param {Node} node */
const stays = (node) => node instanceof Element && node.matches(STAYS);

/** Whether it is a note beside a button, which this page writes by itself: nothing else continues it. @param {Node} node */
const isNote = (node) => node instanceof Element && node.matches(".sent");

/** @param {Element} old @param {Element} fresh @param {(text: string) => Element | null} rescued @param {Element[]} added */
function children(old, fresh, rescued, added) {
  const left = new Set(old.childNodes);
  const known = new Map([...left].map((node) => [identity(node), node]));
  /** The child of the present page that a child of the fresh one continues. @param {Node} node */
  const continued = (node) => {
    const name = identity(node);
    const same = (/** @type {Node | undefined} */ other) => other && left.has(/** @type {ChildNode} */ (other)) && other.nodeName === node.nodeName;
    if (name) return same(known.get(name)) ? known.get(name) : undefined;
    const alike = [...left].filter((other) => same(other) && !identity(other) && !stays(other) && isNote(other) === isNote(node));
    const named = alike.find((other) => other instanceof Element && other.className === /** @type {Element} */ (node).className);
    return named ?? alike[0];
  };
  const pairs = [...fresh.childNodes].map((node) => {
    const mine = continued(node);
    if (mine) left.delete(/** @type {ChildNode} */ (mine));
    return { node, mine };
  });
  for (const gone of left) {
    const text = typedIn(gone);
    const note = text ? rescued(text) : null;
    if (note) gone.replaceWith(note);
    else if (!stays(gone)) gone.remove();
  }
  let place = old.firstChild;
  for (const { node, mine } of pairs) {
    while (place && place !== mine && stays(place)) place = place.nextSibling;
    if (mine) {
      if (mine === place) place = place.nextSibling;
      else old.insertBefore(mine, place);
      bring(mine, node, rescued, added);
    } else {
      const made = document.importNode(node, true);
      old.insertBefore(made, place);
      if (made instanceof Element) added.push(made);
    }
  }
}

/** @param {Node} old @param {Node} fresh @param {(text: string) => Element | null} rescued @param {Element[]} added */
function bring(old, fresh, rescued, added) {
  if (old.isEqualNode(fresh)) return;
  if (!(old instanceof Element && fresh instanceof Element)) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  if (old.matches(FILLED) && (old.matches(".sent") || fresh.matches(FILLED))) return;
  attributes(old, fresh);
  if (isField(old)) field(/** @type {Field} */ (old), /** @type {Field} */ (fresh));
  else children(old, fresh, rescued, added);
}

/** An element and those around it. @param {HTMLElement | null} el @returns {Generator<HTMLElement>} */
function* ancestors(el) {
  for (; el; el = el.parentElement) yield el;
}

/** Bring `old` to what `fresh` is. Fields that somebody has changed keep what was typed; what was typed in a form that is
 *  gone is handed to `rescued`, and the element that it gives stands there instead.
 *  @param {Element} old @param {Element} fresh @param {(text: string) => Element | null} rescued
 *  @returns {Element[]} the elements that were added */
export const morph = (old, fresh, rescued) => keeping((added) => bring(old, fresh, rescued, added));

/** As `morph`, for what is in the elements: their own attributes stay.
 *  @param {Element} old @param {Element} fresh @param {(text: string) => Element | null} rescued */
export const fill = (old, fresh, rescued) => keeping((added) => children(old, fresh, rescued, added));

/** @param {(added: Element[]) => void} work @returns {Element[]} the elements that `work` added */
function keeping(work) {
  /** @type {Element[]} */
  const added = [];
  const was = focused();
  const around = [...ancestors(was)];
  work(added);
  // What had the focus and is gone has no heir: the next key press must not do something else.
  if (was !== document.activeElement) focusOn(around.find((el) => document.contains(el)) ?? document.body);
  return added;
}
