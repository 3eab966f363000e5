import { viewerResolve } from '@haat/schema/asks/identity';
import { vendorMemberChanged } from '@haat/schema/events/vendors';
import { newId } from '@haat/kit/id';
import type { TenantFacts } from '@haat/kit/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IdentityRig, someTenant, type Person } from '../testing/identity-rig.js';

let rig: IdentityRig;
beforeAll(async () => { rig = await IdentityRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const viewerOf = async (tenant: TenantFacts, { userId, sessionId }: Person) => (await rig.subgraph.put({ tenant }, viewerResolve, { userId, sessionId })).viewer;

/** A membership, and what vendors says of it next. */
function membership(tenant: TenantFacts, userId: string) {
  const [memberId, vendorId] = [newId('vmem'), newId('ven')];
  return {
    vendorId,
    says: (version: number, grants: string[]) => rig.subgraph.hear(vendorMemberChanged, tenant.id, { aggregate: { id: memberId, version }, payload: { memberId, vendorId, userId, status: grants.length > 0 ? 'ACTIVE' : 'REMOVED', grants } }),
  };
}

describe('whoever works for a vendor', () => {
  it('is a merchant with the rights held there, as long as they work for one [VEN-09, AUTH-07]', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    const [first, second] = [membership(tenant, ann.userId), membership(tenant, ann.userId)];
    await first.says(1, ['orders.manage']);
    await second.says(1, ['stock.manage']);
    await first.says(3, ['orders.manage', 'prices.manage']);
    expect(await first.says(2, ['orders.manage'])).toEqual(['stale']);
    expect(await viewerOf(tenant, ann)).toMatchObject({ roles: ['SHOPPER', 'MERCHANT'], grants: [], vendors: expect.arrayContaining([{ id: first.vendorId, grants: ['orders.manage', 'prices.manage'] }, { id: second.vendorId, grants: ['stock.manage'] }]) });
    await first.says(4, []);
    expect(await viewerOf(tenant, ann)).toMatchObject({ roles: ['SHOPPER', 'MERCHANT'], vendors: [{ id: second.vendorId }] });
    await second.says(2, []);
    expect(await viewerOf(tenant, ann)).toMatchObject({ roles: ['SHOPPER'], vendors: [] });
    expect(await rig.said(tenant.id, 'viewer-changed')).toEqual(Array(5).fill({ userId: ann.userId }));
  });

  it('has no rights there while an operator has taken the role away, and has them again with it [AUTH-07]', async () => {
    const { tenant, operator } = someTenant();
    const ann = await rig.shopper(tenant);
    const made = membership(tenant, ann.userId);
    await made.says(1, ['orders.manage']);
    await rig.mutate(operator, 'revokeRole', { userId: ann.userId, role: 'MERCHANT' });
    expect(await viewerOf(tenant, ann)).toMatchObject({ roles: ['SHOPPER'], vendors: [] });
    await rig.mutate(operator, 'grantRole', { userId: ann.userId, role: 'MERCHANT' });
    expect(await viewerOf(tenant, ann)).toMatchObject({ roles: ['SHOPPER', 'MERCHANT'], vendors: [{ id: made.vendorId, grants: ['orders.manage'] }] });
  });

  it('sees their vendors from the sign-in on', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    const made = membership(tenant, ann.userId);
    await made.says(1, ['orders.manage']);
    const text = 'mutation($input: SignInInput!) { signIn(input: $input) { ... on SignInSucceeded { viewer { roles vendors { id } } } } }';
    expect(await rig.read({ tenant }, text, { input: { email: ann.email, password: 'correct horse 7' } })).toEqual({ signIn: { viewer: { roles: ['SHOPPER', 'MERCHANT'], vendors: [{ id: made.vendorId }] } } });
  });

  it('stays who they are where the event is of somebody unknown, erased, or of another marketplace [TEN-08]', async () => {
    const [{ tenant }, { tenant: there }] = [someTenant(), someTenant()];
    const ann = await rig.shopper(tenant);
    expect(await membership(tenant, newId('usr')).says(1, ['orders.manage'])).toEqual(['applied']);
    await membership(there, ann.userId).says(1, ['orders.manage']);
    expect(await viewerOf(tenant, ann)).toMatchObject({ roles: ['SHOPPER'], vendors: [] });
    await rig.mutate(ann.asker, 'eraseUser', {});
    await membership(tenant, ann.userId).says(1, ['orders.manage']);
    expect(await rig.subgraph.query('select roles, vendors from identity.user_account where id = $1', [ann.userId])).toEqual([{ roles: [], vendors: [] }]);
  });
});
