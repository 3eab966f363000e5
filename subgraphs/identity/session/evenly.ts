import { setTimeout as pause } from 'node:timers/promises';

/** How long it takes at least, in milliseconds: several times what the longest of the ways takes. */
const evenMs = 100;

/**
 * Does work that goes different ways for known and unknown accounts, so that its time tells nobody which it was: a mail
 * asked for is a handful of statements more than none.
 */
export async function evenly<T>(work: () => Promise<T>): Promise<T> {
  const even = pause(evenMs);
  try {
    return await work();
  } finally {
    await even;
  }
}
