import { useRef } from 'react';

/** Keys of one opening of a form. */
export interface OnceKeys {
  /** The key under which the door does a thing once, however often it is sent: the same as long as the same is asked and no answer came. */
  keyFor(wish: unknown): string;
  /** An answer came, be it a problem: asking again is a wish of its own, where the kept answer of the first would only come back. */
  answered(): void;
}

/** Keeps the key of what is asked for as long as a form is open. */
export function useOnceKey(): OnceKeys {
  const kept = useRef<OnceKeys>(null);
  return (kept.current ??= onceKeys());
}

/** The same outside of a form. */
export function onceKeys(): OnceKeys {
  let asked: { readonly wish: string; readonly key: string } | undefined;
  return {
    keyFor(wish) {
      const text = JSON.stringify(wish);
      if (asked?.wish !== text) asked = { wish: text, key: onceKey() };
      return asked.key;
    },
    answered() {
      asked = undefined;
    },
  };
}

/** Random, and made where `crypto.randomUUID` is not, too: on a page that came by plain http. */
export function onceKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
