import { createHash } from 'node:crypto';
import { v7 } from 'uuid';
import { idPattern, type Id, type IdPrefix } from '@haat/schema/ids';

/** A new id: the noun's prefix and a UUIDv7 (RFC 9562). `at` is when it is born; ids sort by it to the millisecond. */
export function newId<P extends IdPrefix>(prefix: P, at?: Date): Id<P> {
  return `${prefix}_${at ? v7({ msecs: at.getTime() }) : v7()}`;
}

/** The same id for the same name, always: for seeds and fixed rows. Shaped as a UUIDv7 born at the given moment. */
export function fixedId<P extends IdPrefix>(prefix: P, name: string, at: Date = new Date('2026-01-01T00:00:00Z')): Id<P> {
  const random = createHash('sha256').update(`${prefix}:${name}`).digest().subarray(0, 16);
  return `${prefix}_${v7({ msecs: at.getTime(), random, seq: random.readUInt32BE(12) >>> 1 })}`;
}

/** Whether a text is an id of this noun. Anything else is treated as an id that does not exist. */
export function isId<P extends IdPrefix>(prefix: P, text: string): text is Id<P> {
  return text.startsWith(`${prefix}_`) && idPattern.test(text);
}
