import { tenantResolve } from '@haat/schema/asks/tenants';
import { platformTenant } from '@haat/kit/testing/test-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startNameServer, type NameServer } from '../testing/name-server.js';
import { platform, someHost, TenantsRig, type Marketplace, type Outcome } from '../testing/tenants-rig.js';

let names: NameServer;
let rig: TenantsRig;
beforeAll(async () => {
  names = await startNameServer();
  rig = await TenantsRig.start({ DNS_SERVERS: names.address, DNS_TIMEOUT_MS: '300' });
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  await names[Symbol.asyncDispose]();
});

const dayMs = 86_400_000;
const claim = (shop: Marketplace, host = someHost()) => rig.mutate(shop.operator, 'addDomain', { host });
const verify = (shop: Marketplace, domain: Outcome) => rig.mutate(shop.operator, 'verifyDomain', { domainId: domain['id'] });
const remove = (shop: Marketplace, domain: Outcome) => rig.mutate(shop.operator, 'removeDomain', { domainId: domain['id'] });
const publish = (...domains: Outcome[]) => names.texts.set(String(domains[0]?.['recordName']), domains.map((domain) => [String(domain['recordValue'])]));
const servedBy = async (domain: Outcome) => (await rig.subgraph.put({ tenant: platformTenant }, tenantResolve, { host: String(domain['host']) })).tenant?.id;
const hostsSaid = async (shop: Marketplace) => (await rig.said(shop.id, 'tenant-changed')).at(-1)?.['hosts'];
const missingSince = async (shop: Marketplace) => (await rig.read<{ tenant: { domains: { missingSince: string | null }[] } }>(shop.operator, '{ tenant { domains { missingSince } } }')).tenant.domains[0]?.missingSince;

async function serving(): Promise<{ shop: Marketplace; domain: Outcome }> {
  const shop = await rig.open();
  const domain = await claim(shop);
  publish(domain);
  expect(await verify(shop, domain)).toMatchObject({ status: 'ACTIVE' });
  return { shop, domain };
}

/** Days pass, and each of them has its check. */
async function passDays(days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    rig.clock.advance(dayMs);
    await rig.subgraph.runJob('prove-domains-again');
  }
}

describe('removeDomain', () => {
  it('gives the host up at once, frees its place in the plan, and lets another prove it [TEN-04, TEN-02]', async () => {
    const { shop, domain } = await serving();
    const next = await rig.open();
    const claimed = await claim(next, String(domain['host']));
    publish(domain, claimed);
    expect(await verify(next, claimed)).toMatchObject({ __typename: 'HostTaken' });
    expect(await remove(shop, domain)).toEqual({ __typename: 'RemoveDomainSucceeded', domainId: domain['id'] });
    expect([await servedBy(domain), await hostsSaid(shop)]).toEqual([undefined, []]);
    expect(await rig.subgraph.query('select used from tenants.usage_meter where tenant_id = $1', [shop.id])).toEqual([{ used: 0 }]);
    expect(await verify(next, claimed)).toMatchObject({ status: 'ACTIVE' });
    expect(await servedBy(domain)).toBe(next.id);
    expect(await remove(shop, domain)).toMatchObject({ __typename: 'DomainNotClaimed' });
  });

  it('gives up a claim that was never proved without saying so, and its record proves nothing afterwards', async () => {
    const shop = await rig.open();
    const [domain, said] = [await claim(shop), await rig.said(shop.id, 'tenant-changed')];
    publish(domain);
    expect(await remove(shop, domain)).toMatchObject({ __typename: 'RemoveDomainSucceeded' });
    await expect(verify(shop, domain)).rejects.toThrow('NOT_FOUND: No such domain.');
    expect(await rig.said(shop.id, 'tenant-changed')).toEqual(said);
    const again = await claim(shop, String(domain['host']));
    expect(again['recordValue']).not.toBe(domain['recordValue']);
    expect(await verify(shop, again)).toMatchObject({ __typename: 'DomainNotVerified' });
  });

  it('counts one down when many give the same claim up at once, and leaves the others', async () => {
    const shop = await rig.open({ planKey: 'GROWTH' });
    const [domain, other] = [await claim(shop), await claim(shop)];
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => remove(shop, domain)));
    expect(outcomes.filter(({ __typename }) => __typename === 'RemoveDomainSucceeded')).toHaveLength(1);
    expect(await rig.read(shop.operator, '{ tenant { domains { id } usage { meter used } } }')).toEqual({ tenant: { domains: [{ id: other['id'] }], usage: [{ meter: 'domains', used: 1 }] } });
  });

  it('knows no claim of another marketplace, and is for operators only [TEN-08]', async () => {
    const [{ domain, shop }, there] = [await serving(), await rig.open()];
    expect(await remove(there, domain)).toMatchObject({ __typename: 'DomainNotClaimed' });
    await expect(rig.mutate(shop.shopper, 'removeDomain', { domainId: domain['id'] })).rejects.toThrow(/^FORBIDDEN/);
    expect(await servedBy(domain)).toBe(shop.id);
  });
});

describe('a host name whose record is gone', () => {
  it('serves on for 14 days, says since when, and is let go then, for whoever proves it [TEN-04]', async () => {
    const { shop, domain } = await serving();
    const next = await rig.open();
    const claimed = await claim(next, String(domain['host']));
    publish(claimed);
    await passDays(1);
    const since = rig.clock.now().toISOString();
    expect([await missingSince(shop), await servedBy(domain)]).toEqual([since, shop.id]);
    expect(await verify(next, claimed)).toMatchObject({ __typename: 'HostTaken' });
    await passDays(13);
    expect([await missingSince(shop), await servedBy(domain)]).toEqual([since, shop.id]);
    await passDays(1);
    expect([await missingSince(shop), await servedBy(domain), await hostsSaid(shop)]).toEqual([null, undefined, []]);
    expect(await verify(next, claimed)).toMatchObject({ status: 'ACTIVE' });
    await passDays(15);
    expect(await servedBy(domain)).toBe(next.id);
  });

  it('counts anew once the record was seen again, and not at all while DNS does not answer', async () => {
    const { shop, domain } = await serving();
    names.texts.delete(String(domain['recordName']));
    await passDays(13);
    publish(domain);
    await passDays(1);
    expect(await missingSince(shop)).toBeNull();
    names.texts.delete(String(domain['recordName']));
    await passDays(10);
    names.failing = true;
    await passDays(10);
    names.failing = false;
    expect(await servedBy(domain)).toBe(shop.id);
    publish(domain);
    await passDays(1);
    expect(await missingSince(shop)).toBeNull();
  });
});

describe('a marketplace that ends', () => {
  it('lets its host names go, and nothing of one that is only suspended [TEN-04, TEN-01]', async () => {
    const { shop, domain } = await serving();
    await rig.mutate(platform, 'suspendTenant', { tenantId: shop.id, reason: 'unpaid' });
    expect(await servedBy(domain)).toBe(shop.id);
    await rig.mutate(platform, 'closeTenant', { tenantId: shop.id, reason: 'sold' });
    expect([await servedBy(domain), await hostsSaid(shop)]).toEqual([undefined, []]);
    const next = await rig.open();
    const claimed = await claim(next, String(domain['host']));
    publish(claimed);
    expect(await verify(next, claimed)).toMatchObject({ status: 'ACTIVE' });
  });
});
