import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { testTenant, testViewer } from '@haat/kit/testing/test-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settledAs } from '../testing/deliveries.js';
import { anAddress } from '../testing/mailbox.js';
import { startTestNotifications, type TestNotifications } from '../testing/test-notifications.js';
import { deliveryId } from './queue-delivery.js';

let test: TestNotifications;
beforeAll(async () => { test = await startTestNotifications(); });
afterAll(() => test?.[Symbol.asyncDispose]());

const operator = testViewer(newId('usr'), ['OPERATOR']);
const query = `query ($first: Int, $after: String, $status: DeliveryStatus) { deliveries(first: $first, after: $after, status: $status) {
  nodes { id channel kind status recipient locale attempts reason providerId templateVersion nextAttemptAt createdAt settledAt } edges { cursor } pageInfo { hasNextPage endCursor } } }`;

interface Page {
  readonly deliveries: { readonly nodes: readonly Record<string, unknown>[]; readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null } };
}

async function marketplace() {
  const tenant = testTenant();
  await test.open(tenant);
  return tenant;
}

describe('Deliveries', () => {
  it('show an operator what became of each mail, and to nobody else its address or secret [NOT-07]', async () => {
    const [tenant, to] = [await marketplace(), anAddress()];
    const event = await test.mail(tenant, { kind: 'RESET_PASSWORD', to, secret: 'do-not-show' });
    await settledAs(test, event, 'SENT');
    const answer = await test.ask<Page>({ tenant, viewer: operator }, query);
    expect(answer.errors).toBeUndefined();
    expect(answer.data?.deliveries.nodes).toEqual([expect.objectContaining({
      id: deliveryId(event), channel: 'EMAIL', kind: 'RESET_PASSWORD', status: 'SENT', recipient: 'a…@s….example', attempts: 1, reason: null, templateVersion: 0, nextAttemptAt: null,
    })]);
    for (const hidden of [to, 'do-not-show']) expect(JSON.stringify(answer)).not.toContain(hidden);
  });

  it('of another marketplace are not seen, by list or by cursor', async () => {
    const [ours, theirs] = [await marketplace(), await marketplace()];
    for (const n of [1, 2]) await test.mail(theirs, { to: anAddress(), secret: `theirs-${n}` });
    const seen = await test.ask<Page>({ tenant: theirs, viewer: operator }, query, { first: 1 });
    const after = seen.data?.deliveries.pageInfo.endCursor;
    expect((await test.ask<Page>({ tenant: ours, viewer: operator }, query)).data?.deliveries.nodes).toEqual([]);
    expect((await test.ask({ tenant: ours, viewer: operator }, query, { after })).errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });

  it('are walked newest first, by status too, without one twice', async () => {
    const tenant = await marketplace();
    const events = [];
    for (const n of [1, 2, 3]) events.push(await test.mail(tenant, { to: anAddress(), secret: `walk-${n}` }));
    events.push(await test.mail(tenant, { to: 'nobody', secret: 'walk-4' }));
    await eventually(async () => (await test.raw('deliveries')).every((row) => row['status'] !== 'QUEUED'));
    const walked: unknown[] = [];
    for (let after: string | null = null; ;) {
      const page: Page | null | undefined = (await test.ask<Page>({ tenant, viewer: operator }, query, { first: 1, after })).data;
      walked.push(...(page?.deliveries.nodes ?? []).map((node) => node['id']));
      after = page?.deliveries.pageInfo.endCursor ?? null;
      if (!page?.deliveries.pageInfo.hasNextPage) break;
    }
    expect(walked).toEqual(events.map(deliveryId).reverse());
    const failed = await test.ask<Page>({ tenant, viewer: operator }, query, { status: 'FAILED' });
    expect(failed.data?.deliveries.nodes).toEqual([expect.objectContaining({ recipient: '…', reason: 'The recipient is not an e-mail address.' })]);
  });

  it.each([['a guest', undefined, 'UNAUTHENTICATED'], ['a shopper', testViewer(newId('usr'), ['SHOPPER']), 'FORBIDDEN'], ['a merchant', testViewer(newId('usr'), ['MERCHANT']), 'FORBIDDEN']] as const)('are refused to %s', async (_, viewer, code) => {
    const answer = await test.ask({ tenant: testTenant(), viewer }, query);
    expect(answer.errors?.[0]).toMatchObject({ extensions: { code } });
  });
});
