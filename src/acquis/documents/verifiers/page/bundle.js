// @ts-check
// Verifies a log or the files of a whole record.

import { Result, checkEvents, orElse } from "./events.js";
import { Note, checkpointsOf, keyOf, rootsOf } from "./notes.js";
import { IN_PART, NO_RECORD, NOT_VERIFIED, NotVerified, VERIFIED } from "./reading.js";
import { canonical, demand, fields, isHex64, readLog, textOf } from "./reading.js";
import { Receipt, readReceipt } from "./receipts.js";
import { hexOf, same, sha256 } from "./sha256.js";

const OWN = ["manifest.json", "manifest.note"];
const SIGNED_FILES = ["checkpoints.txt", "key.txt", "manifest.note"];
const READ_FILES = ["log.jsonl", "checkpoints.txt", "key.txt"];

/** What is to be verified. `whole`: a folder or an archive and not a log alone. `beside`: receipts and checkpoints.
 * @typedef {{files: import("./zip.js").RecordFile[], whole: boolean, head: string, key: string,
 *   beside: {name: string, bytes: Uint8Array}[]}} Question */

/** @param {Uint8Array} bytes @param {string} file */
const noteText = (bytes, file) => orElse(() => textOf(bytes), "note", { file });

/** The files that a manifest lists, and what it says about the log. @param {Uint8Array} bytes */
function readManifest(bytes) {
  return orElse(
    () => {
      const text = textOf(bytes);
      demand(text.endsWith("\n"));
      const members = canonical(text.slice(0, -1));
      const kinds = { manifest: "string", files: "list", entries: "number", head: "string" };
      const [kind, files, entries, head] = fields(members, kinds);
      /** @type {Map<string, [number, string]>} */
      const listed = new Map();
      for (const file of files) {
        const [name, size, digest] = fields(file, { name: "string", bytes: "number", sha256: "string" });
        demand(name && !listed.has(name) && isHex64(digest) && !OWN.includes(name));
        listed.set(name, [size, digest]);
      }
      demand(kind === "acquis-record" && listed.has("log.jsonl"));
      return { listed, entries, head };
    },
    "manifest",
    { file: "manifest.json" },
  );
}

/** Check that the files are those which the manifest lists. @param {import("./zip.js").RecordFile[]} files */
async function checkFiles(files) {
  const named = new Map(files.map((file) => [file.name, file]));
  for (const name of [...named.keys()].sort()) {
    if (name.startsWith(".")) throw new NotVerified("dot", { file: name });
    if (!named.get(name).plain) throw new NotVerified("not_file", { file: name });
    if (name.includes("/")) throw new NotVerified("not_file", { file: name.slice(0, name.indexOf("/")) });
  }
  if (!named.has("log.jsonl")) throw new NotVerified("no_log", {}, NO_RECORD);
  const signed = SIGNED_FILES.some((name) => named.has(name));
  for (const name of ["manifest.json", ...(signed ? SIGNED_FILES : [])]) {
    if (!named.has(name)) throw new NotVerified("missing", { file: name });
  }
  const content = await named.get("manifest.json").read();
  const manifest = readManifest(content);
  for (const name of [...manifest.listed.keys()].sort()) {
    if (!named.has(name)) throw new NotVerified("missing", { file: name });
  }
  for (const name of [...named.keys()].sort()) {
    if (!manifest.listed.has(name) && !OWN.includes(name)) throw new NotVerified("extra", { file: name });
  }
  /** @type {Map<string, Uint8Array>} */
  const kept = new Map();
  for (const [name, [size, digest]] of manifest.listed) {
    const bytes = await named.get(name).read();
    if (bytes.length !== size || hexOf(sha256(bytes)) !== digest) throw new NotVerified("digest", { file: name });
    if (READ_FILES.includes(name)) kept.set(name, bytes);
  }
  if (signed) kept.set("manifest.note", await named.get("manifest.note").read());
  const documents = [...manifest.listed.keys()].filter((name) => !READ_FILES.includes(name)).sort();
  return { kept, manifest, documents, signed, digest: hexOf(sha256(content)) };
}

/** Check what a whole record says about its log, and the signature of the manifest.
 * @param {Awaited<ReturnType<typeof checkFiles>>} bundle @param {import("./reading.js").Log} log
 * @param {import("./notes.js").Key[]} keys @param {Result} result */
async function checkManifest({ kept, manifest, documents, signed, digest }, log, keys, result) {
  if (manifest.entries !== log.links.length || manifest.head !== hexOf(log.links.at(-1))) {
    throw new NotVerified("manifest", { file: "manifest.json" });
  }
  if (signed) {
    const file = "manifest.note";
    const note = new Note(noteText(kept.get(file), file), file);
    if (note.lines.join("\n") !== `acquis manifest\n${digest}`) throw new NotVerified("note", { file });
    await note.check(keys.slice(-1), result);
  } else result.seen.push(["unsigned", {}]);
  if (documents.length) result.unchecked.push(["documents", { files: documents.join(", ") }]);
}

/** @param {string} noted @param {import("./reading.js").Log} log @param {Result} result */
function checkHead(noted, log, result) {
  const head = noted.replace(/\s/g, "").toLowerCase();
  if (!head) return;
  if (!isHex64(head)) throw new NotVerified("head_text");
  const place = log.links.findIndex((link) => hexOf(link) === head);
  if (place < 0) throw new NotVerified("head", { head });
  result.seen.push(["head_seen", { entry: place + 1 }]);
}

/** The keys whose signatures count. @param {import("./reading.js").Log} log @param {string} noted
 * @param {Uint8Array | undefined} own The content of key.txt. */
function keysFor(log, noted, own) {
  const given = noted ? [keyOf(noted)] : [];
  if (own) {
    const key = keyOf(noteText(own, "key.txt"));
    if (log.keys.length && key.text !== log.keys.at(-1).text) throw new NotVerified("other_key");
    given.push(key);
  }
  for (const key of given) {
    if (log.keys.length && !log.keys.some(({ text }) => text === key.text)) throw new NotVerified("other_key");
  }
  if (given.some((key) => key.text !== given[0].text) && !log.keys.length) throw new NotVerified("other_key");
  return log.keys.length ? log.keys : given.slice(0, 1);
}

/** @param {Question} asked @param {Result} result @param {(part: number) => void} progress */
async function verify(asked, result, progress) {
  const bundle = asked.whole ? await checkFiles(asked.files) : null;
  const log = await readLog(bundle?.kept.get("log.jsonl") ?? (await asked.files[0].read()), progress);
  await checkEvents(log, result);
  const keys = keysFor(log, asked.key, bundle?.kept.get("key.txt"));
  const checkpoints = [];
  if (bundle?.signed) {
    const file = "checkpoints.txt";
    checkpoints.push(...checkpointsOf(noteText(bundle.kept.get(file), file), file));
  }
  const receipts = [];
  for (const { name, bytes } of asked.beside) {
    if (bytes[0] === 123) receipts.push(readReceipt(bytes, name));
    else checkpoints.push(...checkpointsOf(noteText(bytes, name), name));
  }
  const sizes = new Set(checkpoints.map(({ size }) => size));
  for (const receipt of receipts) if (receipt instanceof Receipt) sizes.add(receipt.size);
  const roots = rootsOf(log.links, sizes);
  checkHead(asked.head, log, result);
  for (const checkpoint of checkpoints) {
    const { file, size } = checkpoint;
    if (size > log.links.length) throw new NotVerified("shorter", { file, size, entries: log.links.length });
    if (!same(roots.get(size), checkpoint.root)) throw new NotVerified("root", { file, size });
    await checkpoint.check(keys, result);
  }
  for (const { file, size } of new Map(checkpoints.map((checkpoint) => [checkpoint.file, checkpoint])).values()) {
    result.seen.push(["checkpoint_good", { file, size }]);
  }
  for (const receipt of receipts) await receipt.check(log, roots, keys, result);
  if (bundle) await checkManifest(bundle, log, keys, result);
  return { entries: log.links.length, head: hexOf(log.links.at(-1)) };
}

/** The status, and the sentences with their facts. Never fails, whatever the files contain.
 * @param {Question} asked @param {(part: number) => void} progress
 * @returns {Promise<{status: number, said: [string, any][]}>} */
export async function answer(asked, progress = () => {}) {
  const result = new Result();
  try {
    const found = await verify(asked, result, progress);
    const status = result.unchecked.length ? IN_PART : VERIFIED;
    const verdict = status === VERIFIED ? "verified" : "in_part";
    return { status, said: [[verdict, {}], ...result.unchecked, ["log", found], ...result.seen, ["scope", {}]] };
  } catch (error) {
    if (error instanceof NotVerified) {
      const verdict = error.status === NO_RECORD ? "not_record" : "not_verified";
      return { status: error.status, said: [[verdict, {}], [error.why, error.named]] };
    }
    return { status: NOT_VERIFIED, said: [["not_verified", {}], ["internal", { reason: error.name }]] };
  }
}
