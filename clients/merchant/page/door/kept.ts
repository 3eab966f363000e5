import { useSyncExternalStore } from 'react';

/** A value that changes, and those who want to know. */
export interface Kept<T> {
  readonly value: T;
  set(value: T): void;
  /** Answers how to stop listening. */
  subscribe(listener: () => void): () => void;
}

/** Makes one. `onChange` is told of each new value before anybody else. */
export function kept<T>(first: T, onChange: (value: T) => void = () => undefined): Kept<T> {
  const listeners = new Set<() => void>();
  let value = first;
  return {
    get value() {
      return value;
    },
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      onChange(next);
      listeners.forEach((listener) => listener());
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** The value now, and each next one. */
export function useKept<T>(one: Kept<T>): T {
  return useSyncExternalStore(one.subscribe, () => one.value);
}
