import { tenantResolve } from '@haat/schema/asks/tenants';
import { platformTenant } from '@haat/kit/testing/test-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startNameServer, type NameServer } from '../testing/name-server.js';
import { someHost, TenantsRig, type Marketplace, type Outcome } from '../testing/tenants-rig.js';

let names: NameServer;
let rig: TenantsRig;
beforeAll(async () => {
  names = await startNameServer();
  rig = await TenantsRig.start({ DNS_SERVERS: names.address, DNS_TIMEOUT_MS: '300', PLATFORM_DOMAINS: 'localhost, haat.example' });
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  await names[Symbol.asyncDispose]();
});

const byHost = async (host: string) => (await rig.subgraph.put({ tenant: platformTenant }, tenantResolve, { host })).tenant;
const claim = (shop: Marketplace, host = someHost()) => rig.mutate(shop.operator, 'addDomain', { host });
const verify = (shop: Marketplace, domain: Outcome) => rig.mutate(shop.operator, 'verifyDomain', { domainId: domain['id'] });
const publish = (domain: Outcome, ...more: string[]) => names.texts.set(String(domain['recordName']), [...more.map((text) => [text]), [String(domain['recordValue'])]]);

describe('addDomain', () => {
  it('claims a host and says which record proves it; claiming again gives the same claim and counts once [TEN-04]', async () => {
    const shop = await rig.open();
    const host = someHost();
    const domain = await claim(shop, ` ${host.toUpperCase()}. `);
    expect(domain).toMatchObject({ __typename: 'Domain', host, status: 'PENDING_DNS', verifiedAt: null, recordName: `_haat-verification.${host}`, recordValue: expect.stringMatching(/^haat-verification=[\w-]{24}$/) });
    expect(await claim(shop, host)).toEqual(domain);
    expect(await byHost(host)).toBeNull();
    expect(await rig.subgraph.query('select used from tenants.usage_meter where tenant_id = $1', [shop.id])).toEqual([{ used: 1 }]);
  });

  it('takes a name in other letters in its one form (RFC 5891)', async () => {
    expect(await claim(await rig.open(), 'bücher.example')).toMatchObject({ host: 'xn--bcher-kva.example' });
  });

  it.each(['acme.localhost', 'new.haat.example', 'haat.example', 'a.b.haat.example', 'HAAT.example.'])('refuses %s, which is the platform\'s own [TEN-04]', async (host) => {
    expect(await claim(await rig.open(), host)).toMatchObject({ __typename: 'HostTaken' });
  });

  it.each(['localhost', 'https://shop.example.com', 'shop.example.com:8080', 'shop.example.com/x', '192.0.2.1', '-shop.example.com', `${'a'.repeat(64)}.example.com`, 'shop..example.com', '', 'a\0.example.com'])('refuses %j, which is no host name', async (host) => {
    await expect(claim(await rig.open(), host)).rejects.toThrow(/^BAD_USER_INPUT: .*input.host/);
  });

  it('is for operators only', async () => {
    const shop = await rig.open();
    await expect(rig.mutate(shop.shopper, 'addDomain', { host: someHost() })).rejects.toThrow(/^FORBIDDEN/);
    await expect(rig.mutate(shop.guest, 'addDomain', { host: someHost() })).rejects.toThrow(/^UNAUTHENTICATED/);
  });
});

describe('verifyDomain', () => {
  it('lets the host serve once DNS shows the record, and says so once [TEN-04, TEN-05]', async () => {
    const shop = await rig.open();
    const host = someHost();
    const domain = await claim(shop, host);
    publish(domain, 'v=spf1 -all');
    const verified = await verify(shop, domain);
    expect(verified).toMatchObject({ __typename: 'Domain', host, status: 'ACTIVE', verifiedAt: rig.clock.now().toISOString() });
    expect(await byHost(`${host.toUpperCase()}:443`)).toMatchObject({ id: shop.id });
    expect(await rig.said(shop.id, 'domain-verified')).toEqual([{ domainId: domain['id'], host }]);
    expect((await rig.said(shop.id, 'tenant-changed')).at(-1)).toMatchObject({ hosts: [host] });
    expect(await rig.read(shop.guest, '{ tenant { domains { host recordName recordValue } } }')).toEqual({ tenant: { domains: [{ host, recordName: null, recordValue: null }] } });
    const asked = names.questions;
    expect(await verify(shop, domain)).toEqual(verified);
    expect(names.questions).toBe(asked);
  });

  it('takes a text that came in several strings as one (RFC 7208 section 3.3)', async () => {
    const shop = await rig.open();
    const domain = await claim(shop);
    const text = String(domain['recordValue']);
    names.texts.set(String(domain['recordName']), [[text.slice(0, 10), text.slice(10)]]);
    expect(await verify(shop, domain)).toMatchObject({ status: 'ACTIVE' });
  });

  it('says what it looked for and found while the record is not there yet [TEN-04]', async () => {
    const shop = await rig.open();
    const domain = await claim(shop);
    const expected = { __typename: 'DomainNotVerified', lookedFor: domain['recordName'], expected: domain['recordValue'] };
    expect(await verify(shop, domain)).toMatchObject({ ...expected, found: [] });
    names.texts.set(String(domain['recordName']), []);
    expect(await verify(shop, domain)).toMatchObject({ ...expected, found: [] });
    names.texts.set(String(domain['recordName']), Array.from({ length: 12 }, (_, n) => [`other ${n}`]));
    const found = (await verify(shop, domain))['found'] as string[];
    expect([found.length, found.every((text) => text.startsWith('other '))]).toEqual([10, true]);
    expect(await byHost(String(domain['host']))).toBeNull();
  });

  it('gives a host to the first that proves it; the other claim stays a claim [TEN-04]', async () => {
    const [first, second] = [await rig.open(), await rig.open()];
    const host = someHost();
    const [one, two] = [await claim(first, host), await claim(second, host)];
    expect(one['recordValue']).not.toBe(two['recordValue']);
    names.texts.set(`_haat-verification.${host}`, [[String(one['recordValue'])], [String(two['recordValue'])]]);
    const outcomes = await Promise.all([verify(first, one), verify(second, two)]);
    expect(outcomes.map((o) => o.__typename).sort()).toEqual(['Domain', 'HostTaken']);
    const winner = outcomes[0]?.__typename === 'Domain' ? first : second;
    expect(await byHost(host)).toMatchObject({ id: winner.id });
  });

  it('proves a claim once when it is proved many times at once', async () => {
    const shop = await rig.open();
    const domain = await claim(shop);
    publish(domain);
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => verify(shop, domain)));
    expect(outcomes.map((o) => [o.__typename, o['status']])).toEqual(Array(5).fill(['Domain', 'ACTIVE']));
    expect(await rig.said(shop.id, 'domain-verified')).toHaveLength(1);
  });

  it('is refused as unavailable while DNS fails or says nothing, and works again afterwards [TEN-04]', async () => {
    const shop = await rig.open();
    const domain = await claim(shop);
    publish(domain);
    names.failing = true;
    await expect(verify(shop, domain)).rejects.toThrow('SUBGRAPH_UNAVAILABLE: DNS is not available right now.');
    names.failing = false;
    expect(await verify(shop, domain)).toMatchObject({ status: 'ACTIVE' });
  });

  it('is refused as unavailable where no DNS server is', async () => {
    const away = await startNameServer();
    await away[Symbol.asyncDispose]();
    await using alone = await TenantsRig.start({ DNS_SERVERS: away.address, DNS_TIMEOUT_MS: '200' });
    const shop = await alone.open();
    const domain = await alone.mutate(shop.operator, 'addDomain', { host: someHost() });
    await expect(alone.mutate(shop.operator, 'verifyDomain', { domainId: domain['id'] })).rejects.toThrow(/^SUBGRAPH_UNAVAILABLE/);
  });

  it('does not know a claim of another marketplace, and is for operators only [TEN-08]', async () => {
    const [here, there] = [await rig.open(), await rig.open()];
    const domain = await claim(here);
    publish(domain);
    await expect(verify(there, domain)).rejects.toThrow('NOT_FOUND: No such domain.');
    await expect(rig.mutate(here.shopper, 'verifyDomain', { domainId: domain['id'] })).rejects.toThrow(/^FORBIDDEN/);
    expect(await byHost(String(domain['host']))).toBeNull();
  });
});
