import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDns, type TestDns } from '../support/dns.js';
import { mutate } from '../support/mutate.js';
import { signIn, type Person } from '../support/sign-in.js';
import { startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

const host = 'shop.acme-bazaar.example';
const claim = '... on Domain { id status recordName recordValue } ... on HostTaken { host }';
const proof = '... on Domain { id status } ... on DomainNotVerified { recordName expected found } ... on HostTaken { host }';

describe('a shop at a host name of its own', () => {
  let dns: TestDns;
  let marketplace: TestMarketplace;
  let acme: Person;
  let nordic: Person;
  beforeAll(async () => {
    dns = await startDns();
    marketplace = await startTestMarketplace({ DNS_SERVERS: dns.address });
    acme = await signIn(marketplace.door, 'acme', 'operator@acme.example');
    nordic = await signIn(marketplace.door, 'nordic', 'operator@nordic.example');
  });
  afterAll(async () => {
    await marketplace?.close();
    await dns.close();
  });

  const served = async () => {
    const { text } = await marketplace.door.fetch('/graphql', { method: 'POST', headers: { host, 'content-type': 'application/json' }, body: JSON.stringify({ query: '{ tenant { slug } }' }) });
    const answer = JSON.parse(text) as { data?: { tenant: { slug: string } }; errors?: { extensions: { code: string } }[] };
    return answer.data?.tenant.slug ?? answer.errors?.[0]?.extensions.code;
  };

  it('is served there once DNS proves that the name is theirs, and not before [TEN-04]', async () => {
    const { door } = marketplace;
    expect(await served()).toBe('TENANT_UNKNOWN');
    const claimed = await mutate(door, acme, 'addDomain', { host }, claim);
    expect(claimed).toMatchObject({ status: 'PENDING_DNS', recordName: `_haat-verification.${host}` });
    const verify = () => mutate(door, acme, 'verifyDomain', { domainId: claimed['id'] }, proof);
    dns.set(String(claimed['recordName']), 'haat-verification=somebody-elses');
    expect(await verify()).toMatchObject({ __typename: 'DomainNotVerified', expected: claimed['recordValue'], found: ['haat-verification=somebody-elses'] });
    expect(await served()).toBe('TENANT_UNKNOWN');
    dns.set(String(claimed['recordName']), String(claimed['recordValue']));
    expect(await verify()).toMatchObject({ __typename: 'Domain', status: 'ACTIVE' });
    await expect.poll(served, { timeout: 6_000 }).toBe('acme');
  });

  it('keeps it, though another claims it as well, and proves it later', async () => {
    const { door } = marketplace;
    const claimed = await mutate(door, nordic, 'addDomain', { host }, claim);
    dns.set(`_haat-verification.${host}`, String(claimed['recordValue']));
    expect(await mutate(door, nordic, 'verifyDomain', { domainId: claimed['id'] }, proof)).toEqual({ __typename: 'HostTaken', host });
    expect(await served()).toBe('acme');
  });
});
