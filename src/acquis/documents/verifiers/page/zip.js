// @ts-check
// Reads the files of a ZIP archive. What two programs could read differently is refused.

import { NO_RECORD, NotInOrder, NotVerified, demand, textOf } from "./reading.js";
import { same } from "./sha256.js";

/** The most bytes that all files of a record may have together. */
export const TOTAL_LIMIT = 1 << 30;

/** A file of a record. `plain`: it is neither a link nor a folder.
 * @typedef {{name: string, plain: boolean, read: () => Promise<Uint8Array<ArrayBuffer>>}} RecordFile */

/** @param {Uint8Array<ArrayBuffer>} bytes Compressed. @param {number} size How many bytes it has to have. */
async function inflated(bytes, size) {
  const content = new Uint8Array(size);
  let place = 0;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    demand(place + next.value.length <= size);
    content.set(next.value, place);
    place += next.value.length;
  }
  demand(place === size);
  return content;
}

/** @param {Uint8Array<ArrayBuffer>} bytes @returns {RecordFile[]} */
function filesOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - 22;
  demand(end >= 0 && view.getUint32(end, true) === 0x06054b50 && view.getUint16(end + 20, true) === 0);
  const count = view.getUint16(end + 10, true);
  let place = view.getUint32(end + 16, true);
  demand(view.getUint16(end + 8, true) === count && place + view.getUint32(end + 12, true) === end);
  /** @type {RecordFile[]} */
  const files = [];
  let total = 0;
  for (let left = count; left > 0; left--) {
    demand(view.getUint32(place, true) === 0x02014b50);
    const flags = view.getUint16(place + 8, true);
    const method = view.getUint16(place + 10, true);
    const packed = view.getUint32(place + 20, true);
    const size = view.getUint32(place + 24, true);
    const lengths = [28, 30, 32].map((at) => view.getUint16(place + at, true));
    const mode = view.getUint32(place + 38, true) >>> 28;
    const local = view.getUint32(place + 42, true);
    const raw = bytes.subarray(place + 46, place + 46 + lengths[0]);
    const name = textOf(raw);
    total += size;
    demand((flags & 1) === 0 && (method === 0 || method === 8) && total <= TOTAL_LIMIT);
    demand(view.getUint32(local, true) === 0x04034b50 && view.getUint16(local + 8, true) === method);
    const begin = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const content = bytes.subarray(begin, begin + packed);
    demand(same(bytes.subarray(local + 30, local + 30 + view.getUint16(local + 26, true)), raw));
    demand(content.length === packed && (method === 8 || packed === size));
    const read = () => (method === 8 ? inflated(content, size) : Promise.resolve(content));
    if (!name.endsWith("/")) files.push({ name, plain: mode !== 10, read });
    else demand(name.indexOf("/") === name.length - 1 && size === 0);
    place += 46 + lengths[0] + lengths[1] + lengths[2];
  }
  demand(place === end);
  return files;
}

/** The files of an archive, without the folder that contains them all. @param {Uint8Array<ArrayBuffer>} bytes
 * @param {string} archive Its name. @returns {RecordFile[]} */
export function unzipped(bytes, archive) {
  try {
    const files = withoutFolder(filesOf(bytes));
    demand(new Set(files.map((file) => file.name)).size === files.length);
    return files.map((file) => ({ ...file, read: () => file.read().catch(() => Promise.reject(broken(archive))) }));
  } catch {
    throw broken(archive);
  }
}

/** @param {string} file */
const broken = (file) => new NotVerified("archive", { file }, NO_RECORD);

/** Files without the folder that contains them all, if there is one. @param {RecordFile[]} files */
export function withoutFolder(files) {
  if (files.length === 0) throw new NotInOrder();
  const folder = files[0].name.slice(0, files[0].name.indexOf("/") + 1);
  if (!folder || files.some((file) => !file.name.startsWith(folder))) return files;
  return files.map((file) => ({ ...file, name: file.name.slice(folder.length) }));
}
