import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { natsStreamFolder } from '@haat/local/servers/nats';
import { dataOf } from '../support/graph.js';
import { mails, mailTo } from '../support/mailbox.js';
import { mutate } from '../support/mutate.js';
import { demoPassword, signIn, someAddress, type Person } from '../support/sign-in.js';
import { startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

const shopsPerPart = 5;
const waitMs = 20_000;

describe('a broker that loses its disk while everything runs', () => {
  let marketplace: TestMarketplace;
  let platform: Person;
  beforeAll(async () => {
    marketplace = await startTestMarketplace();
    platform = await signIn(marketplace.door, 'haat', 'platform@haat.example');
  });
  afterAll(() => marketplace.close());

  const ownerOf = (slug: string) => `owner@${slug}.example`;
  const open = (slug: string) => mutate(marketplace.door, platform, 'openTenant', { slug, name: slug, currency: 'EUR', locale: 'en', ownerEmail: ownerOf(slug) });
  const openSome = async (part: string) => {
    const slugs = Array.from({ length: shopsPerPart }, (_, n) => `${part}-${n}`);
    await Promise.all(slugs.map(open));
    return slugs;
  };
  const staffOf = async (slug: string) => {
    const [row] = await marketplace.query<{ used: number }>(`select used from tenants.usage_meter m join tenants.tenant t on t.id = m.tenant_id where t.slug = $1 and meter = 'staff'`, [slug]);
    return row?.used;
  };

  it('loses no event and repeats no effect: every owner is invited, once, and counted [EVT-02, EVT-06]', async () => {
    const before = await openSome('before');
    const during = openSome('during');
    // The broker goes on writing into it meanwhile.
    await rm(natsStreamFolder(marketplace.dataDir), { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
    const slugs = [...before, ...(await during), ...(await openSome('after'))];

    for (const slug of slugs) await expect.poll(() => staffOf(slug), { timeout: waitMs }).toBe(1);
    const invited = (await mails(marketplace)).filter((mail) => mail.kind === 'INVITATION').map((mail) => mail.to);
    expect(invited.toSorted()).toEqual(slugs.map(ownerOf).toSorted());
    const waiting = () => marketplace.query('select 1 from tenants.outbox where published_at is null union all select 1 from identity.outbox where published_at is null');
    await expect.poll(waiting, { timeout: waitMs }).toEqual([]);

    const [slug = ''] = slugs.slice(-1);
    const { secret } = await mailTo(marketplace, ownerOf(slug), 'INVITATION');
    await mutate(marketplace.door, { tenant: slug, headers: someAddress() }, 'resetPassword', { token: secret, password: demoPassword });
    const owner = await signIn(marketplace.door, slug, ownerOf(slug));
    expect(dataOf(await marketplace.door.ask(owner, '{ viewer { roles } }'))).toEqual({ viewer: { roles: ['OPERATOR'] } });
  }, 90_000);
});
