// @ts-check
// What the browser keeps for a page. A browser may refuse storage (a setting, a private window, a full disk): then the
// page keeps the same things in memory until it is closed, and nothing stops. No other module names the two storages.

/** @param {() => Storage} storage asked for at each use, because reading the property may already be refused */
function guarded(storage) {
  /** @type {Map<string, string>} */
  const memory = new Map();
  return {
    /** @param {string} name @returns {string | null} */
    get(name) {
      try {
        return storage().getItem(name) ?? memory.get(name) ?? null;
      } catch {
        return memory.get(name) ?? null;
      }
    },
    /** A value that was kept as JSON; null where there is none or it cannot be read. @param {string} name @returns {any} */
    getJson(name) {
      try {
        return JSON.parse(this.get(name) ?? "null");
      } catch {
        return null;
      }
    },
    /** @param {string} name @param {string} value */
    set(name, value) {
      try {
        storage().setItem(name, value);
        memory.delete(name);
      } catch {
        memory.set(name, value);
      }
    },
    /** @param {string} name */
    remove(name) {
      memory.delete(name);
      try {
        storage().removeItem(name);
      } catch { /* refused: then nothing is stored */ }
    },
  };
}

/** Kept until it is removed. */
export const local = guarded(() => localStorage);

/** Kept until the tab is closed. */
export const session = guarded(() => sessionStorage);
