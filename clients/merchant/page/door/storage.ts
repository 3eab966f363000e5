/** What this browser remembers of the page, by name; where it may remember nothing, for as long as the page is open. */
export interface Storage {
  read(name: string): string | undefined;
  /** Undefined forgets it. */
  write(name: string, value: string | undefined): void;
}

/** Makes it. Another browser window of the same address has the same. */
export function browserStorage(): Storage {
  const here = new Map<string, string>();
  return {
    read(name) {
      try {
        return localStorage.getItem(name) ?? undefined;
      } catch {
        return here.get(name);
      }
    },
    write(name, value) {
      try {
        if (value === undefined) localStorage.removeItem(name);
        else localStorage.setItem(name, value);
      } catch {
        if (value === undefined) here.delete(name);
        else here.set(name, value);
      }
    },
  };
}
