import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { EventsOf, Position } from './event-log.js';

/** Seals places in a stream, so that clients can bring them back and read nothing in them. */
export interface LiveCursors {
  /** The same place makes the same cursor, in every gateway with the same secret. */
  seal(events: EventsOf, position: Position): string;
  /** Undefined for what was not sealed for these events, in this tenant, with this secret. */
  open(events: EventsOf, cursor: string): Position | undefined;
}

const cipherName = 'aes-256-gcm';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
/** Sequence and milliseconds, six bytes each. */
const placeBytes = 12;
const cursorBytes = nonceBytes + placeBytes + tagBytes;

/** How many cursors are kept for those who are told of the same place. */
const sealedMax = 500;

/** Makes it. Without a secret, cursors are good in this process only. */
export function liveCursors(secret: string | undefined): LiveCursors {
  const root = secret === undefined ? randomBytes(keyBytes) : Buffer.from(secret);
  const keyFor = (use: string): Buffer => Buffer.from(hkdfSync('sha256', root, '', `haat live cursor ${use}`, keyBytes));
  const [sealing, naming] = [keyFor('seal'), keyFor('nonce')].map((key) => createSecretKey(key)) as [KeyObject, KeyObject];
  // All who hear an event are told the same.
  const sealed = new LRUCache<string, string>({ max: sealedMax });
  const kept = (events: EventsOf, position: Position): string => {
    const name = `${events.event} ${events.tenantId} ${position.sequence} ${position.atMs}`;
    const cursor = sealed.get(name) ?? seal(events, position);
    sealed.set(name, cursor);
    return cursor;
  };
  const seal = (events: EventsOf, position: Position): string => {
    const place = Buffer.alloc(placeBytes);
    place.writeUIntBE(position.sequence, 0, 6);
    place.writeUIntBE(position.atMs, 6, 6);
    // A nonce that depends on what is sealed never seals two things.
    const nonce = createHmac('sha256', naming).update(boundTo(events)).update(place).digest().subarray(0, nonceBytes);
    const cipher = createCipheriv(cipherName, sealing, nonce).setAAD(boundTo(events));
    return Buffer.concat([nonce, cipher.update(place), cipher.final(), cipher.getAuthTag()]).toString('base64url');
  };
  return {
    seal: kept,
    open(events, cursor) {
      const bytes = Buffer.from(cursor, 'base64url');
      if (bytes.length !== cursorBytes) return undefined;
      try {
        const decipher = createDecipheriv(cipherName, sealing, bytes.subarray(0, nonceBytes)).setAAD(boundTo(events));
        decipher.setAuthTag(bytes.subarray(cursorBytes - tagBytes));
        const place = Buffer.concat([decipher.update(bytes.subarray(nonceBytes, cursorBytes - tagBytes)), decipher.final()]);
        return { sequence: place.readUIntBE(0, 6), atMs: place.readUIntBE(6, 6) };
      } catch {
        return undefined;
      }
    },
  };
}

function boundTo({ event, tenantId }: EventsOf): Buffer {
  return Buffer.from(`${event} ${tenantId}`);
}
