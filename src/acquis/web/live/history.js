// @ts-check
// Keep the newest signed checkpoint that this browser saw of the session, and say so if the server later shows another
// history: fewer entries, or others. The proof is computed here; without WebCrypto (a page over plain HTTP) only the
// roots are compared.
import { local } from "../shared/storage.js";

const EVERY_MS = 300_000; // five thousand phones ask 17 times a second
const AFTER_MS = 1_000 + Math.random() * 4_000;
const address = /^\/s\/[^/]+/.exec(location.pathname)?.[0] ?? "";
const kept = `checkpoint ${address}`;

/** @typedef {{ note: string, size: number, root: string }} Checkpoint */

/** The checkpoint in a note. @param {string} note @returns {Checkpoint} */
function read(note) {
  const [, size, root] = note.split("\n");
  const bytes = [...atob(root)].map((character) => character.charCodeAt(0));
  return { note, size: Number(size), root: bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("") };
}

/** @param {string} hex */
const bytesOf = (hex) => hex.match(/../g).map((pair) => parseInt(pair, 16));

/** The node above two hashes in hexadecimal. @param {string} left @param {string} right */
async function node(left, right) {
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array([1, ...bytesOf(left), ...bytesOf(right)]));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether the tree of `after` begins with that of `before` (RFC 9162, section 2.1.4.2).
 *  @param {Checkpoint} before @param {Checkpoint} after @param {string[]} proof */
async function continues(before, after, proof) {
  if (before.size === after.size) return before.root === after.root;
  let [index, last] = [before.size - 1, after.size - 1];
  while (index % 2) [index, last] = [Math.floor(index / 2), Math.floor(last / 2)];
  const path = index ? [...proof] : [before.root, ...proof];
  let [early, late] = [path[0], path[0]];
  for (const sibling of path.slice(1)) {
    if (!last) return false;
    if (index % 2 || index === last) {
      early = await node(sibling, early);
      late = await node(sibling, late);
      while (!(index % 2) && index) [index, last] = [Math.floor(index / 2), Math.floor(last / 2)];
    } else late = await node(late, sibling);
    [index, last] = [Math.floor(index / 2), Math.floor(last / 2)];
  }
  return !last && early === before.root && late === after.root;
}

/** Whether the server shows another history than before; it is not known while it does not answer.
 *  @param {Checkpoint} before @param {Checkpoint} after */
async function differs(before, after) {
  if (after.size < before.size) return true;
  const answer = await fetch(`${address}/consistency?old=${before.size}&new=${after.size}`);
  if (!answer.ok) return answer.status === 404;
  const { old_root: root, proof } = await answer.json();
  if (root !== before.root) return true;
  return globalThis.crypto?.subtle ? !(await continues(before, after, proof)) : false;
}

/** Tell the reader and the server. @param {Checkpoint} before */
async function tell(before) {
  /** @type {HTMLTemplateElement | null} */
  const template = document.querySelector("#another-history");
  if (template && !document.querySelector("[data-another-history]")) document.querySelector("main").prepend(document.importNode(template.content, true));
  await fetch(`${address}/other-history`, { method: "POST", headers: { "content-type": "text/plain" }, body: before.note });
}

async function look() {
  const answer = await fetch(`${address}/checkpoint`);
  if (!answer.ok) return;
  const after = read(await answer.text());
  /** @type {Checkpoint | null} */
  const before = local.getJson(kept);
  if (before && await differs(before, after)) await tell(before);
  else local.set(kept, JSON.stringify(after));
}

const quietly = () => document.hidden || look().catch(() => {}); // without a connection the next look tells
setTimeout(quietly, AFTER_MS);
setInterval(quietly, EVERY_MS);
