import { randomInt } from 'node:crypto';
import { eventually } from '@haat/kit/testing/eventually';
import type { Asker, Door } from '../support/graph.js';
import { startDns, type TestDns } from '../support/dns.js';
import { mailTo } from '../support/mailbox.js';
import { mutate } from '../support/mutate.js';
import { demoPassword, newShopper, signIn, someAddress, someEmail } from '../support/sign-in.js';
import { startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';
import type { Arranged, Stranger } from './case.js';

/** The tenant that is not the owner's. */
export const elsewhere = 'nordic';

type Actor = Arranged['owner'];

/** A marketplace with people and rows for cases to arrange. */
export interface World {
  readonly marketplace: TestMarketplace;
  readonly door: Door;
  readonly dns: TestDns;
  /** Who runs Haat; signed in once. */
  readonly platform: Actor;
  /** A tenant with an operator of its own, which nothing else happens in. Events of its opening have had their effects. */
  newTenant(): Promise<{ readonly slug: string; readonly id: string; readonly operator: Actor }>;
  /** The demonstration's operator of a tenant, in a new session. */
  operator(tenant?: string): Promise<Actor>;
  /** Somebody new, signed in. */
  shopper(tenant?: string): Promise<Actor>;
  /** Somebody new, signed in, who owns a vendor of their own. */
  merchant(tenant?: string): Promise<Actor & { readonly vendorId: string }>;
  /** Somebody who was only invited: a row without the cost of a password. */
  invited(role?: 'OPERATOR' | 'SHOPPER'): Promise<{ readonly id: string; readonly email: string }>;
  /** Everybody who may not have what this owner has; somebody new where what they try changes themselves. A merchant only where wanted: it takes a vendor to make one. */
  strangersTo(owner: Actor, changed: readonly Stranger[], wanted?: readonly Stranger[]): Promise<Record<Stranger, Asker>>;
  close(): Promise<void>;
}

/** Many act from one machine in a minute; what limits people would stop the suite. */
const env = { SIGN_IN_TRIES_PER_ADDRESS: '100000' };

/** Starts it. What began is closed when a part fails. */
export async function startWorld(): Promise<World> {
  const dns = await startDns();
  const marketplace = await startTestMarketplace({ ...env, DNS_SERVERS: dns.address }).catch((error: unknown) => dns.close().then(() => { throw error; }));
  const close = () => marketplace.close().finally(() => dns.close());
  return peopled(marketplace, dns, close).catch((error: unknown) => close().then(() => { throw error; }));
}

async function peopled(marketplace: TestMarketplace, dns: TestDns, close: () => Promise<void>): Promise<World> {
  const { door } = marketplace;
  const platform: Actor = { ...(await signIn(door, 'haat', 'platform@haat.example')), role: 'PLATFORM' };
  const world: World = {
    marketplace, door, dns, platform, close,
    newTenant: () => newTenant(world),
    operator: async (tenant = 'acme') => ({ ...(await signIn(door, tenant, `operator@${tenant}.example`)), role: 'OPERATOR' }),
    shopper: async (tenant = 'acme') => ({ ...(await newShopper(door, tenant, 'somebody')), role: 'SHOPPER' }),
    merchant: (tenant) => merchantOf(world, tenant),
    invited: inviting(() => world),
    strangersTo: strangersOf(() => world),
  };
  for (const slug of ['acme', elsewhere]) await mutate(door, platform, 'changePlan', { tenantId: await idOf(world, slug), planKey: 'SCALE' });
  return world;
}

/** The id of a tenant, past every wall. */
export async function idOf({ marketplace }: World, slug: string): Promise<string> {
  const [row] = await marketplace.query<{ id: string }>('select id from tenants.tenant where slug = $1', [slug]);
  if (!row) throw new Error(`There is no tenant ${slug}.`);
  return row.id;
}

async function newTenant(world: World): ReturnType<World['newTenant']> {
  const { door, marketplace, platform } = world;
  const slug = `wall-${randomInt(1e12).toString(36)}`;
  const email = someEmail('owner');
  const opened = await mutate(door, platform, 'openTenant', { slug, name: 'Behind a wall', currency: 'EUR', locale: 'en', ownerEmail: email, planKey: 'SCALE' }, '... on Tenant { id }');
  const { secret } = await mailTo(marketplace, email, 'INVITATION');
  const accepted = await mutate(door, { tenant: slug, headers: someAddress() }, 'resetPassword', { token: secret, password: demoPassword });
  if (accepted.__typename !== 'ResetPasswordSucceeded') throw new Error(`The invitation to ${slug} was not accepted: ${JSON.stringify(accepted)}`);
  await counted(world, slug, 'staff');
  return { slug, id: String(opened['id']), operator: { ...(await signIn(door, slug, email)), role: 'OPERATOR' } };
}

/** Waits until the usage of one of something has come from where it is counted to where it is shown. */
async function counted({ marketplace }: World, slug: string, meter: string): Promise<void> {
  await eventually(async () => (await marketplace.query('select 1 from tenants.usage_meter m join tenants.tenant t on t.id = m.tenant_id where t.slug = $1 and meter = $2 and used > 0', [slug, meter])).length);
}

function inviting(world: () => World): World['invited'] {
  let operator: Promise<Actor> | undefined;
  return async (role = 'SHOPPER') => {
    const email = someEmail('invited');
    const user = await mutate(world().door, await (operator ??= world().operator()), 'inviteUser', { email, role }, '... on User { id }');
    return { id: String(user['id']), email };
  };
}

function strangersOf(world: () => World): World['strangersTo'] {
  const known = new Map<string, Promise<Asker>>();
  return async (owner, changed, wanted = []) => {
    const find = (stranger: Stranger, make: () => Promise<Asker>): Promise<Asker> => {
      if (changed.includes(stranger)) return make();
      const key = `${stranger} ${owner.tenant} ${owner.role}`;
      let found = known.get(key);
      if (!found) known.set(key, (found = make()));
      return found;
    };
    const viewer = await find('another viewer of the tenant', () => world().shopper(owner.tenant));
    return {
      'the same role in another tenant': await find('the same role in another tenant', () => (owner.role === 'SHOPPER' ? world().shopper(elsewhere) : world().operator(elsewhere))),
      'another viewer of the tenant': viewer,
      'another vendor\'s merchant': wanted.includes('another vendor\'s merchant') ? await find('another vendor\'s merchant', () => world().merchant(owner.tenant)) : viewer,
      'a guest': { tenant: owner.tenant, headers: someAddress() },
      'a partner\'s token': await find('a partner\'s token', () => makePartner(world(), owner)),
    };
  };
}

/** Applies, and waits until what they may do at their vendor has come to the door. */
async function merchantOf(world: World, tenant?: string): Promise<Actor & { readonly vendorId: string }> {
  const person = await world.shopper(tenant);
  const made = await mutate(world.door, person, 'applyAsVendor', { slug: `wall-${randomInt(1e12).toString(36)}`, name: 'Behind a wall' }, '... on Vendor { id }');
  const vendorId = String(made['id']);
  await eventually(async () => (await world.door.ask(person, '{ viewer { vendors { id } } }')).text.includes(vendorId));
  return { ...person, vendorId };
}

async function makePartner(world: World, { tenant, role, ...owner }: Actor): Promise<Asker> {
  const maker = role === 'SHOPPER' ? await world.operator(tenant) : { ...owner, tenant };
  const made = await mutate(world.door, maker, 'createApiToken', { name: 'Partner', kind: 'PARTNER', grants: ['orders.read'] }, '... on CreateApiTokenSucceeded { secret }');
  await counted(world, tenant, 'apiTokens');
  return { tenant, token: String(made['secret']), headers: someAddress() };
}
