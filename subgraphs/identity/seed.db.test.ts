import { fixedId } from '@haat/kit/id';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoPassword, demoPeople } from './seed.js';
import { IdentityRig, someTenant } from './testing/identity-rig.js';

let rig: IdentityRig;
beforeAll(async () => { rig = await IdentityRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

it('seeds people who can sign in, counts the operators among them, and says nothing twice', async () => {
  await rig.subgraph.running.seed();
  await rig.subgraph.running.seed();
  for (const slug of ['acme', 'nordic']) {
    const tenantId = fixedId('ten', slug);
    expect(await rig.said(tenantId, 'usage-counted')).toEqual([{ meter: 'staff', used: 1 }]);
    const { tenant } = someTenant({ id: tenantId, slug });
    for (const { email, role } of demoPeople.filter((person) => person.tenant === slug)) {
      expect((await rig.signIn(tenant, email, demoPassword)).asker.viewer?.roles).toContain(role);
    }
  }
});
