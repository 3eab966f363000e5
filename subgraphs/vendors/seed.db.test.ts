import { fixedId } from '@haat/kit/id';
import { testTenant } from '@haat/kit/testing/test-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VendorsRig } from './testing/vendors-rig.js';

let rig: VendorsRig;
beforeAll(async () => {
  rig = await VendorsRig.start();
  await rig.subgraph.running.seed();
});
afterAll(() => rig[Symbol.asyncDispose]());

describe('the demonstration', () => {
  it('has twelve vendors that sell and two that applied, and is the same however often it is seeded', async () => {
    const rows = () => rig.subgraph.query('select * from vendors.vendor order by id');
    const before = await rows();
    expect(before.filter((row) => row['status'] === 'APPROVED')).toHaveLength(12);
    expect(before.filter((row) => row['status'] === 'READY_FOR_REVIEW')).toHaveLength(2);
    await rig.subgraph.running.seed();
    expect(await rows()).toEqual(before);
    expect(await rig.subgraph.query('select 1 from vendors.vendor_member')).toHaveLength(4);
  });

  it.each([['acme', 'padma-crafts', 'BDT'], ['nordic', 'fjall-supply', 'EUR']])('has its merchant of %s own %s, in the marketplace\'s currency', async (slug, vendor, currency) => {
    const tenant = testTenant({ id: fixedId('ten', slug) });
    const events = await rig.subgraph.events(tenant.id);
    const id = fixedId('ven', `${slug}:${vendor}`);
    const changed = events.find((event) => event.type === 'vendors.vendor-changed' && event.aggregate.id === id);
    expect(changed?.payload).toMatchObject({ slug: vendor, currency, openNow: true });
    expect(events.filter((event) => event.type === 'vendors.vendor-member-changed').map(({ payload }) => [payload['vendorId'], payload['userId']])).toContainEqual([id, fixedId('usr', `merchant@${slug}.example`)]);
    expect(events.find((event) => event.type === 'vendors.usage-counted')?.payload).toMatchObject({ used: 6 });
    expect(events.at(-1)?.payload).toMatchObject({ rules: [{ name: 'Founding vendor' }, { name: 'Dear goods' }, { name: 'Everything else', ratePpm: 100_000 }] });
  });
});
