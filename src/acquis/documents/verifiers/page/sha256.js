// @ts-check
// SHA-256 without waiting: the digests of WebCrypto are asynchronous, which is slow for a hundred thousand small texts.

const primes = [2];
for (let number = 3; primes.length < 64; number += 2) {
  if (primes.every((prime) => number % prime)) primes.push(number);
}
/** @param {number} root */
const fraction = (root) => Math.floor((root - Math.floor(root)) * 4294967296) | 0;
const ROUNDS = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const words = new Int32Array(64);
const state = new Int32Array(8);
let padded = new Uint8Array(1 << 16);

/** Mix one block of 64 bytes into the state. @param {number} at */
function mix(at) {
  for (let i = 0; i < 16; i++) {
    const place = at + 4 * i;
    words[i] = (padded[place] << 24) | (padded[place + 1] << 16) | (padded[place + 2] << 8) | padded[place + 3];
  }
  for (let i = 16; i < 64; i++) {
    const early = words[i - 15];
    const late = words[i - 2];
    const s0 = ((early >>> 7) | (early << 25)) ^ ((early >>> 18) | (early << 14)) ^ (early >>> 3);
    const s1 = ((late >>> 17) | (late << 15)) ^ ((late >>> 19) | (late << 13)) ^ (late >>> 10);
    words[i] = (words[i - 16] + s0 + words[i - 7] + s1) | 0;
  }
  let a = state[0]; // to destructure an array takes longer than to mix
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[i] + words[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

/** The SHA-256 of parts of bytes, one after the other: 32 bytes. @param {Uint8Array[]} parts */
export function sha256(...parts) {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const size = Math.ceil((length + 9) / 64) * 64;
  if (padded.length < size) padded = new Uint8Array(size * 2);
  let place = 0;
  for (const part of parts) {
    padded.set(part, place);
    place += part.length;
  }
  padded.fill(0, place, size);
  padded[place] = 128;
  const tail = new DataView(padded.buffer, size - 8);
  tail.setUint32(0, Math.floor(length / 536870912));
  tail.setUint32(4, (length * 8) >>> 0);
  state.set(START);
  for (let at = 0; at < size; at += 64) mix(at);
  const digest = new Uint8Array(32);
  const view = new DataView(digest.buffer);
  for (let i = 0; i < 8; i++) view.setInt32(i * 4, state[i]);
  return digest;
}

const DIGITS = [...Array(256).keys()].map((byte) => byte.toString(16).padStart(2, "0"));

/** Bytes in hexadecimal. @param {Uint8Array} bytes */
export function hexOf(bytes) {
  let text = "";
  for (const byte of bytes) text += DIGITS[byte];
  return text;
}

/** @param {number} code A digit in lower case, as a code of ASCII. */
const digit = (code) => (code < 58 ? code - 48 : code - 87);

/** The bytes of a text in hexadecimal, which was checked before. @param {string} text */
export function bytesOf(text) {
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = (digit(text.charCodeAt(2 * i)) << 4) | digit(text.charCodeAt(2 * i + 1));
  }
  return bytes;
}

/** Whether two rows of bytes are the same. @param {Uint8Array} a @param {Uint8Array} b */
export function same(a, b) {
  return a.length === b.length && a.every((byte, place) => byte === b[place]);
}

const encoder = new TextEncoder();

/** The bytes of a text in UTF-8. @param {string} text */
export const utf8 = (text) => encoder.encode(text);

/** Whether this SHA-256 agrees with that of the browser, where it has one, on texts of many lengths. */
export async function checkedSha256() {
  if (!crypto.subtle) return true;
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000]) {
    const bytes = Uint8Array.from({ length }, (_, place) => (place * 7 + length) & 255);
    if (!same(sha256(bytes), new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)))) return false;
  }
  return true;
}
