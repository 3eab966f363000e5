import { productUsageCounted } from '@haat/schema/events/catalog';
import { usageCounted } from '@haat/schema/events/identity';
import { warehouseUsageCounted } from '@haat/schema/events/inventory';
import { vendorUsageCounted } from '@haat/schema/events/vendors';
import { tenantResolve } from '@haat/schema/asks/tenants';
import { platformTenant } from '@haat/kit/testing/test-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platform, someHost, TenantsRig, type Marketplace } from '../testing/tenants-rig.js';

let rig: TenantsRig;
beforeAll(async () => { rig = await TenantsRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const facts = async ({ id }: Marketplace) => (await rig.subgraph.put({ tenant: platformTenant }, tenantResolve, { id })).tenant;
const add = (shop: Marketplace) => rig.mutate(shop.operator, 'addDomain', { host: someHost() });
const usage = async (shop: Marketplace) => (await rig.read<{ tenant: { usage: object[] } }>(shop.operator, '{ tenant { usage { meter used limit } } }')).tenant.usage;

describe('a plan\'s limit', () => {
  it('holds when twenty ask at the same time [TEN-02]', async () => {
    const shop = await rig.open({ planKey: 'GROWTH' });
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => add(shop)));
    expect(outcomes.filter((o) => o.__typename === 'Domain')).toHaveLength(5);
    expect(outcomes.filter((o) => o.__typename === 'PlanLimitReached')).toHaveLength(15);
    expect(outcomes.find((o) => o.__typename === 'PlanLimitReached')).toMatchObject({ meter: 'domains', limit: 5, message: 'The plan allows 5 domains.' });
    expect(await usage(shop)).toEqual([{ meter: 'domains', used: 5, limit: 5 }]);
  });

  it('is told of once when 80 and once when 100 percent are crossed [TEN-02]', async () => {
    const shop = await rig.open({ planKey: 'GROWTH' });
    for (let n = 0; n < 7; n += 1) await add(shop);
    expect(await rig.said(shop.id, 'limit-reached')).toEqual([{ meter: 'domains', used: 4, limit: 5, percent: 80 }, { meter: 'domains', used: 5, limit: 5, percent: 100 }]);
  });

  it('leaves what exists when the plan shrinks, refuses more, and gives room again when it grows [TEN-02]', async () => {
    const shop = await rig.open({ planKey: 'GROWTH' });
    await Promise.all([add(shop), add(shop), add(shop)]);
    expect(await rig.mutate(platform, 'changePlan', { tenantId: shop.id, planKey: 'STARTER' })).toMatchObject({ plan: { key: 'STARTER' }, domains: [{}, {}, {}] });
    expect(await add(shop)).toMatchObject({ __typename: 'PlanLimitReached', limit: 1 });
    expect(await usage(shop)).toEqual([{ meter: 'domains', used: 3, limit: 1 }]);
    await rig.mutate(platform, 'changePlan', { tenantId: shop.id, planKey: 'SCALE' });
    expect(await add(shop)).toMatchObject({ __typename: 'Domain' });
  });

  it('is that of each marketplace for itself [TEN-02, TEN-08]', async () => {
    const [here, there] = [await rig.open(), await rig.open()];
    expect((await add(here)).__typename).toBe('Domain');
    expect((await add(here)).__typename).toBe('PlanLimitReached');
    expect((await add(there)).__typename).toBe('Domain');
  });
});

describe('what identity counts', () => {
  const hear = (shop: Marketplace, meter: 'staff' | 'apiTokens', used: number, version: number) => rig.subgraph.hear(usageCounted, shop.id, { aggregate: { id: `${shop.id}:${meter}`, version }, payload: { meter, used } });

  it('shows as usage, the newest count, told of once per crossing [TEN-02]', async () => {
    const shop = await rig.open();
    const counts = [[1, 1], [2, 2], [3, 3], [3, 3], [2, 4], [3, 5], [1, 2]] as const;
    const outcomes = [];
    for (const [used, version] of counts) outcomes.push(...(await hear(shop, 'staff', used, version)));
    expect(outcomes).toEqual(['applied', 'applied', 'applied', 'stale', 'applied', 'applied', 'stale']);
    await hear(shop, 'apiTokens', 1, 1);
    expect(await usage(shop)).toEqual([{ meter: 'apiTokens', used: 1, limit: 2 }, { meter: 'staff', used: 3, limit: 3 }]);
    expect((await rig.said(shop.id, 'limit-reached')).map(({ used, percent }) => [used, percent])).toEqual([[3, 100], [3, 100]]);
  });
});

describe('what vendors, catalog and inventory count', () => {
  it('shows as usage beside the plan\'s limits, told of when it is nearly used up [TEN-02]', async () => {
    const shop = await rig.open();
    expect(await rig.subgraph.hear(vendorUsageCounted, shop.id, { aggregate: { id: `${shop.id}:vendors`, version: 1 }, payload: { meter: 'vendors', used: 4 } })).toEqual(['applied']);
    expect(await rig.subgraph.hear(productUsageCounted, shop.id, { aggregate: { id: `${shop.id}:products`, version: 1 }, payload: { meter: 'products', used: 120 } })).toEqual(['applied']);
    expect(await rig.subgraph.hear(warehouseUsageCounted, shop.id, { aggregate: { id: `${shop.id}:warehouses`, version: 1 }, payload: { meter: 'warehouses', used: 3 } })).toEqual(['applied']);
    expect(await usage(shop)).toEqual([{ meter: 'products', used: 120, limit: 500 }, { meter: 'vendors', used: 4, limit: 5 }, { meter: 'warehouses', used: 3, limit: 5 }]);
    expect(await rig.said(shop.id, 'limit-reached')).toEqual([{ meter: 'vendors', used: 4, limit: 5, percent: 80 }]);
  });
});

describe('changePlan', () => {
  it('gives another plan at once, its limits and features with it, and says so [TEN-02, TEN-03]', async () => {
    const shop = await rig.open();
    expect(await rig.mutate(platform, 'changePlan', { tenantId: shop.id, planKey: 'SCALE' })).toMatchObject({ __typename: 'Tenant', plan: { key: 'SCALE', limits: [{ meter: 'staff', limit: 500 }, { meter: 'apiTokens', limit: 200 }, { meter: 'domains', limit: 50 }] } });
    await rig.mutate(platform, 'changePlan', { tenantId: shop.id, planKey: 'SCALE' });
    expect(await rig.said(shop.id, 'tenant-changed')).toMatchObject([{ plan: 'SCALE', limits: { staff: 500, apiTokens: 200, domains: 50 } }]);
    expect(await facts(shop)).toMatchObject({ features: expect.arrayContaining(['advanced-reports']), limits: { staff: 500, apiTokens: 200, domains: 50 } });
  });

  it('refuses a plan that is none, a marketplace that is none, and everybody but the platform', async () => {
    const shop = await rig.open();
    await expect(rig.mutate(platform, 'changePlan', { tenantId: shop.id, planKey: 'GOLD' })).rejects.toThrow('BAD_USER_INPUT: Input not accepted: input.planKey: no such plan');
    await expect(rig.mutate(platform, 'changePlan', { tenantId: 'ten_none', planKey: 'GROWTH' })).rejects.toThrow('NOT_FOUND: No such tenant.');
    await expect(rig.mutate(shop.operator, 'changePlan', { planKey: 'SCALE' })).rejects.toThrow(/^FORBIDDEN/);
    await expect(rig.mutate(shop.guest, 'changePlan', { planKey: 'SCALE' })).rejects.toThrow(/^UNAUTHENTICATED/);
    expect((await facts(shop))?.features).toEqual(['reviews']);
  });
});

describe('a closed marketplace', () => {
  it('gets no other plan and no feature', async () => {
    const shop = await rig.open();
    await rig.mutate(platform, 'closeTenant', { tenantId: shop.id, reason: 'Over.' });
    for (const [field, input] of [['changePlan', { planKey: 'SCALE' }], ['setFeature', { key: 'reviews', isEnabled: false }]] as const) {
      expect(await rig.mutate(platform, field, { tenantId: shop.id, ...input })).toMatchObject({ __typename: 'TenantStatusConflict', conflict: 'CLOSED' });
    }
    expect((await facts(shop))?.features).toEqual(['reviews']);
  });
});

describe('setFeature', () => {
  it('switches a feature off and on, and lets it follow the plan again, for all who ask tenant.resolve [TEN-03]', async () => {
    const shop = await rig.open({ planKey: 'GROWTH' });
    const set = async (isEnabled: boolean | null) => (await rig.mutate(shop.operator, 'setFeature', { key: 'flash-sales', isEnabled }))['features'];
    expect(await set(false)).toContainEqual({ key: 'flash-sales', isEnabled: false, source: 'TENANT' });
    expect((await facts(shop))?.features).toEqual(['partner-api', 'reviews', 'wishlists']);
    expect(await set(true)).toContainEqual({ key: 'flash-sales', isEnabled: true, source: 'TENANT' });
    expect((await facts(shop))?.features).toContain('flash-sales');
    expect(await set(null)).toContainEqual({ key: 'flash-sales', isEnabled: true, source: 'PLAN' });
    expect((await rig.said(shop.id, 'tenant-changed')).map((p) => (p['features'] as string[]).includes('flash-sales'))).toEqual([false, true, true]);
  });

  it('gives a feature beyond the plan by the platform only [TEN-03, TEN-02]', async () => {
    const shop = await rig.open();
    await expect(rig.mutate(shop.operator, 'setFeature', { key: 'advanced-reports', isEnabled: true })).rejects.toThrow('FORBIDDEN: The plan does not have advanced-reports.');
    expect((await rig.mutate(platform, 'setFeature', { tenantId: shop.id, key: 'advanced-reports', isEnabled: true }))['features']).toContainEqual({ key: 'advanced-reports', isEnabled: true, source: 'TENANT' });
    expect((await facts(shop))?.features).toEqual(['advanced-reports', 'reviews']);
  });

  it('is outdone by a rollout that has reached the marketplace [TEN-03]', async () => {
    const shop = await rig.open();
    await rig.subgraph.query(`insert into tenants.feature_rollout values ('one-page-checkout', 100), ('never-here', 0)`);
    expect(await facts(shop)).toMatchObject({ features: ['one-page-checkout', 'reviews'] });
    await rig.subgraph.query('delete from tenants.feature_rollout');
  });

  it('switches nothing of another marketplace, and refuses shoppers, guests and names that are none [TEN-03, TEN-08]', async () => {
    const [here, there] = [await rig.open(), await rig.open()];
    await expect(rig.mutate(here.operator, 'setFeature', { tenantId: there.id, key: 'reviews', isEnabled: false })).rejects.toThrow('NOT_FOUND: No such tenant.');
    await expect(rig.mutate(here.shopper, 'setFeature', { key: 'reviews', isEnabled: false })).rejects.toThrow(/^FORBIDDEN/);
    await expect(rig.mutate(here.guest, 'setFeature', { key: 'reviews', isEnabled: false })).rejects.toThrow(/^UNAUTHENTICATED/);
    await expect(rig.mutate(here.operator, 'setFeature', { key: 'No Feature', isEnabled: true })).rejects.toThrow(/^BAD_USER_INPUT: .*input.key/);
    expect((await facts(there))?.features).toEqual(['reviews']);
  });
});
