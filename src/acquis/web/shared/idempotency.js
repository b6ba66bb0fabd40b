// @ts-check
// A key goes out with each command; sending the same command again with the same key does it once.

/** A new key: 32 hexadecimal digits. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
