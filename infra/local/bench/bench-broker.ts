import type { AskContract } from '@haat/schema/ask';
import { asking } from '@haat/kit/ask';
import { systemClock } from '@haat/kit/clock';
import { newId } from '@haat/kit/id';
import { systemViewer, type TenantFacts } from '@haat/kit/identity';
import { makeLog } from '@haat/kit/log';
import { connectNats } from '@haat/kit/nats';
import { readSigningKey } from '@haat/kit/signing';
import type { BenchDoor } from './bench-door.js';

/** Longer than any ask may take, in milliseconds. */
const deadlineMs = 10_000;

/** Who asks at the broker. */
export interface BrokerAccess {
  /** Of orders, which asks more than anybody. */
  readonly natsUrl: string;
  /** Its signing key, a private JWK as JSON. */
  readonly signingKey: string;
}

/** The inside of a marketplace, as another subgraph drives it. */
export interface BenchBroker extends AsyncDisposable {
  /** Puts an ask over the broker, and waits for its answer. */
  put<I, O>(contract: AskContract<I, O>, input: I): Promise<O>;
}

/** Connects as orders does, and asks in the marketplace behind a door. */
export async function benchBroker({ natsUrl, signingKey }: BrokerAccess, door: BenchDoor): Promise<BenchBroker> {
  const { tenant: { locale, ...tenant } } = await door.ask<{ tenant: { id: string; slug: string; currency: string; timeZone: string; locale: string } }>('query Facts { tenant { id slug currency timeZone locale } }');
  const nats = await connectNats({ url: natsUrl, name: 'orders', log: makeLog('bench', 'silent') });
  const asks = asking({ key: await readSigningKey(signingKey), clock: systemClock, nats });
  const facts: TenantFacts = { ...tenant, locales: [locale], features: [], limits: {} };
  return {
    put: (contract, input) => asks.ask(contract, input, { tenant: facts, viewer: systemViewer, locale: 'en', requestId: newId('req'), deadlineAt: Date.now() + deadlineMs }),
    [Symbol.asyncDispose]: () => nats.drain(),
  };
}
