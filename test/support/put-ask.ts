import type { AskContract } from '@haat/schema/ask';
import { asking } from '@haat/kit/ask';
import { systemClock } from '@haat/kit/clock';
import { newId } from '@haat/kit/id';
import { systemViewer } from '@haat/kit/identity';
import { readSigningKey } from '@haat/kit/signing';
import { testTenant } from '@haat/kit/testing/test-tenant';
import type { TestMarketplace } from './test-marketplace.js';

/** Long enough for any ask of a test, in milliseconds. */
const deadlineMs = 10_000;

/** Puts an ask to a running subgraph as another one would, in the tenant of a slug. */
export async function putAsk<I, O>({ secrets, subgraphs, query }: TestMarketplace, slug: string, contract: AskContract<I, O>, input: I): Promise<O> {
  const key = await readSigningKey(JSON.stringify(secrets.principals['gateway']?.signing.privateJwk));
  const [tenant] = await query<{ id: string; slug: string; currency: string; locales: string[] }>('select id, slug, currency, locales from tenants.tenant where slug = $1', [slug]);
  const running = subgraphs.get(contract.subgraph);
  if (!tenant || !running) throw new Error(`${slug} or ${contract.subgraph} is not there.`);
  const context = { tenant: testTenant(tenant), viewer: systemViewer, locale: 'en', requestId: newId('req'), deadlineAt: Date.now() + deadlineMs };
  return asking({ key, clock: systemClock, local: new Map([[contract.subgraph, running.answer]]) }).ask(contract, input, context);
}
