import { randomUUID } from 'node:crypto';
import { openSession, type Session } from '@haat/merchant-client/page/session/session';
import { transport, type Transport } from '@haat/transport-client/transport';
import type { Door } from './graph.js';

/** What a browser keeps of the merchants' page while pages of it come and go. */
export type KeptByBrowser = Map<string, string>;

/** The session of one page of a browser. */
export function pageOf(door: Door, kept: KeptByBrowser): Session {
  return sessionOn(toDoor(door), kept);
}

/** A page that is closed while it takes up its session: the door has answered, and nobody is there to read it. */
export async function closeWhileRenewing(door: Door, kept: KeptByBrowser): Promise<void> {
  const plain = toDoor(door);
  await new Promise<void>((resolve, reject) => {
    const closed: Transport = { ...plain, ask: async (...asked) => {
      await plain.ask(...asked).then(() => resolve(), reject);
      return new Promise<never>(() => undefined);
    } };
    void sessionOn(closed, kept).begin();
  });
}

function toDoor({ url }: Door): Transport {
  return transport({ url: `${url}/graphql`, headers: { 'x-haat-tenant': 'acme' }, sendsTexts: true });
}

function sessionOn(plain: Transport, kept: KeptByBrowser): Session {
  const storage = { read: (name: string) => kept.get(name), write: (name: string, text: string | undefined) => void (text === undefined ? kept.delete(name) : kept.set(name, text)) };
  return openSession({ plain, own: () => plain, storage, alone: (_, run) => run(), now: () => Date.now(), newKey: randomUUID });
}
