// @ts-check
// Keys, signed notes and checkpoints of C2SP, and the Merkle tree of RFC 6962.

import { NotInOrder, NotVerified, demand } from "./reading.js";
import { hexOf, same, sha256, utf8 } from "./sha256.js";

/** The bytes of a text in base64; none if it is not written in the usual form. @param {string} text */
export function fromBase64(text) {
  try {
    const content = atob(text);
    return btoa(content) === text ? Uint8Array.from(content, (sign) => sign.charCodeAt(0)) : new Uint8Array();
  } catch {
    return new Uint8Array();
  }
}

/** The public key of the example 1 of RFC 8032, with which the browser is asked whether it knows Ed25519. */
const EXAMPLE = Uint8Array.from(atob("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="), (sign) => sign.charCodeAt(0));
/** @type {Promise<boolean> | null} */
let asked = null;

/** Whether this browser can verify signatures. */
export function knowsEd25519() {
  const trial = async () => {
    await crypto.subtle.importKey("raw", EXAMPLE, { name: "Ed25519" }, false, ["verify"]);
    return true;
  };
  asked ??= trial().catch(() => false);
  return asked;
}

/** Whether a signature is valid. @param {Uint8Array<ArrayBuffer>} bytes The public key.
 * @param {Uint8Array<ArrayBuffer>} signature @param {Uint8Array<ArrayBuffer>} message */
export async function ed25519Valid(bytes, signature, message) {
  if (signature.length !== 64) return false;
  try {
    const key = await crypto.subtle.importKey("raw", bytes, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, key, signature, message);
  } catch {
    return false;
  }
}

const KEY_KIND = Uint8Array.of(10, 1);

/** A verifier key as C2SP writes it. */
export class Key {
  /** @param {string} text */
  constructor(text) {
    const [name, number, ...rest] = text.split("+");
    const encoded = fromBase64(rest.join("+"));
    this.text = text;
    this.name = name;
    this.bytes = encoded.subarray(1);
    this.id = hexOf(sha256(utf8(name), KEY_KIND, this.bytes).subarray(0, 4));
    const named = name && !/\s/.test(name) && number === this.id;
    if (!named || encoded.length !== 33 || encoded[0] !== 1) throw new NotVerified("key_text");
  }
}

/** The verifier key of a line of text, which may end with a line feed. @param {string} text */
export const keyOf = (text) => new Key(text.endsWith("\n") ? text.slice(0, -1) : text);

/** A signed note of C2SP. `lines`: those of its text. */
export class Note {
  /** @param {string} content @param {string} file */
  constructor(content, file) {
    this.file = file;
    const gap = content.indexOf("\n\n");
    this.text = content.slice(0, gap + 1);
    this.lines = content.slice(0, Math.max(gap, 0)).split("\n");
    const signatures = content.slice(gap + 2);
    const formed = /^(?:— [^ \n+]+ [A-Za-z0-9+/=]+\n)+$/.test(signatures);
    if (gap < 0 || !formed) throw new NotVerified("note", { file });
    this.signatures = signatures.slice(0, -1).split("\n").map((line) => {
      const [, name, encoded] = line.split(" ");
      const signed = fromBase64(encoded);
      return { name, id: hexOf(signed.subarray(0, 4)), signature: signed.subarray(4) };
    });
  }

  /** Check the signatures of these keys, of which the note has at least that of one. @param {Key[]} keys
   * @param {import("./events.js").Result} result */
  async check(keys, result) {
    const { file } = this;
    const why = keys.length === 0 ? "no_key" : (await knowsEd25519()) ? "" : "no_ed25519";
    if (why) {
      if (!result.unchecked.some(([code, facts]) => code === why && facts.file === file)) {
        result.unchecked.push([why, { file }]);
      }
      return;
    }
    const message = utf8(this.text);
    let own = 0;
    for (const { name, id, signature } of this.signatures) {
      const key = keys.find((known) => known.name === name && known.id === id);
      if (!key) continue;
      own++;
      if (!(await ed25519Valid(key.bytes, signature, message))) throw new NotVerified("signature", { file });
    }
    if (own === 0) throw new NotVerified("signature", { file });
  }
}

/** A checkpoint: the size of a log and its root, signed. */
export class Checkpoint extends Note {
  /** @param {string} content @param {string} file */
  constructor(content, file) {
    super(content, file);
    const [origin, size, root] = this.lines;
    this.origin = origin;
    this.size = Number(size);
    this.root = fromBase64(root ?? "");
    const formed = this.lines.length === 3 && origin && /^[1-9][0-9]{0,15}$/.test(size) && this.root.length === 32;
    if (!formed || !this.signatures.some(({ name }) => name === origin)) throw new NotVerified("note", { file });
  }
}

/** The checkpoints of a file, in ascending order of their sizes. @param {string} text @param {string} file */
export function checkpointsOf(text, file) {
  const notes = text.match(/[^\n]*\n[^\n]*\n[^\n]*\n\n(?:— [^\n]*\n)+/g) ?? [];
  if (!notes.length || notes.join("\n") !== text) throw new NotVerified("note", { file });
  const checkpoints = notes.map((note) => new Checkpoint(note, file));
  const ascending = checkpoints.every(({ size }, place) => place === 0 || checkpoints[place - 1].size <= size);
  if (!ascending) throw new NotVerified("note", { file });
  return checkpoints;
}

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** For each of the sizes the root of the first entries of a log, as far as it has so many.
 * @param {Uint8Array[]} links @param {Set<number>} sizes */
export function rootsOf(links, sizes) {
  const roots = new Map();
  /** @type {Uint8Array[]} */
  const subtrees = [];
  for (let size = 1; sizes.size && size <= links.length; size++) {
    subtrees.push(sha256(LEAF, links[size - 1]));
    for (let left = size; left % 2 === 0; left /= 2) {
      const right = subtrees.pop();
      subtrees.push(sha256(NODE, subtrees.pop(), right));
    }
    if (sizes.has(size)) roots.set(size, subtrees.reduceRight((root, left) => sha256(NODE, left, root)));
  }
  return roots;
}

/** Whether an inclusion proof leads from a leaf to a root (RFC 9162, 2.1.3.2). @param {Uint8Array} leaf
 * @param {number} index @param {number} size @param {Uint8Array[]} proof @param {Uint8Array} root */
export function checkProof(leaf, index, size, proof, root) {
  let reached = sha256(LEAF, leaf);
  let last = size - 1;
  const half = () => {
    index = Math.floor(index / 2);
    last = Math.floor(last / 2);
  };
  for (const node of proof) {
    if (last === 0) throw new NotInOrder();
    if (index % 2 || index === last) {
      reached = sha256(NODE, node, reached);
      while (index % 2 === 0 && index) half();
    } else reached = sha256(NODE, reached, node);
    half();
  }
  demand(last === 0 && same(reached, root));
}
