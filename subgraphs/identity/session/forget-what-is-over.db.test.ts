import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodPassword, IdentityRig, someTenant } from '../testing/identity-rig.js';

let rig: IdentityRig;
beforeAll(async () => { rig = await IdentityRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const dayMs = 86_400_000;
const counts = async (tenantId: string) => Object.fromEntries(await Promise.all(['attempt', 'secret_code', 'refresh_token', 'session', 'user_account'].map(async (table) => {
  const [row] = await rig.subgraph.query<{ n: number }>(`select count(*)::int as n from identity.${table} where tenant_id = $1`, [tenantId]);
  return [table, row?.n];
})));

describe('what is over', () => {
  it('is forgotten in its time, in every marketplace, and what is not over stays', async () => {
    const [here, there] = [someTenant(), someTenant()];
    const [ann, bea] = [await rig.shopper(here.tenant), await rig.shopper(there.tenant)];
    await rig.mutate(here.guest, 'refreshSession', { refreshToken: ann.refreshToken });
    await rig.mutate(here.guest, 'signIn', { email: ann.email, password: 'not the password 1' });
    const all = await counts(here.tenant.id);
    expect(all).toMatchObject({ secret_code: 1, refresh_token: 2, session: 1, user_account: 1 });
    await rig.subgraph.runJob('forget-what-is-over');
    expect(await counts(here.tenant.id)).toEqual(all);
    rig.clock.advance(3 * dayMs);
    await rig.subgraph.runJob('forget-what-is-over');
    expect([await counts(here.tenant.id), await counts(there.tenant.id)]).toMatchObject([{ ...all, attempt: 0 }, { attempt: 0, session: 1 }]);
    rig.clock.advance(29 * dayMs);
    await rig.subgraph.runJob('forget-what-is-over');
    expect(await counts(here.tenant.id)).toMatchObject({ secret_code: 0, refresh_token: 1, session: 1 });
    rig.clock.advance(90 * dayMs);
    await rig.subgraph.runJob('forget-what-is-over');
    expect(await counts(here.tenant.id)).toMatchObject({ refresh_token: 0, session: 0, user_account: 1 });
    await rig.signIn(there.tenant, bea.email, goodPassword);
  });
});
