/** What a tab remembers of a conversation, in its own storage, for as long as it is open. */

/**
 * Return a memory under a name.
 * @param {string} name
 * @returns {{load: () => object|null, save: (state: object|null) => void}}
 */
export function tabMemory(name) {
  return {
    load() {
      try {
        return JSON.parse(sessionStorage.getItem(name));
      } catch {
        return null;
      }
    },
    save(state) {
      try {
        if (state === null) sessionStorage.removeItem(name);
        else sessionStorage.setItem(name, JSON.stringify(state));
      } catch {
        // A browser that keeps nothing shows the conversation all the same.
      }
    },
  };
}
