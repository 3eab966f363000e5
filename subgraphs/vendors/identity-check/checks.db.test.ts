import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { VendorsRig, type Market } from '../testing/vendors-rig.js';
import { startVerificationStandIn, type VerificationStandIn } from '../testing/verification-stand-in.js';

let rig: VendorsRig;
let provider: VerificationStandIn;
beforeAll(async () => {
  provider = await startVerificationStandIn();
  rig = await VendorsRig.start({ VERIFICATION_URL: `${provider.url}/`, VERIFICATION_KEY: 'key-1', VERIFICATION_SECRETS: 's', VERIFICATION_CALLBACK_BASE: 'https://door.example' });
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});
beforeEach(async () => {
  provider.asked.length = 0;
  await rig.subgraph.query('update vendors.identity_check set due_at = null');
});

type Vendor = Awaited<ReturnType<VendorsRig['applied']>>;
const run = () => rig.subgraph.runJob('run-checks');
const subject = { legalName: 'Crafts Ltd', country: 'BD', registrationNumber: 'C-1' };
const submit = ({ id, owner }: Vendor) => rig.mutate(owner, 'submitRequirement', { vendorId: id, key: 'kyb', subject });
const read = async (market: Market, { id }: Vendor) => (await rig.read<{ vendor: { status: string; requirements: { status: string; note: string | null; checkUrl: string | null }[] } }>(market.operator, `{ vendor(id: "${id}") { status requirements { status note checkUrl } } }`)).vendor;
const checkOf = async ({ id }: Vendor) => (await rig.subgraph.query<{ status: string; subject: unknown; tries: number; due_at: Date | null }>('select * from vendors.identity_check where vendor_id = $1 order by created_at desc', [id]))[0];

/** A vendor whose check is queued. */
async function submitted(): Promise<{ market: Market; vendor: Vendor }> {
  const market = rig.market();
  await rig.mutate(market.operator, 'setVendorRequirements', { requirements: [{ key: 'kyb', kind: 'BUSINESS_CHECK', title: 'Your company' }] });
  const vendor = await rig.applied(market);
  await submit(vendor);
  return { market, vendor };
}

describe('a check by the provider', () => {
  it('is started with our key, once for one submission, and shows where the person goes on [VEN-02]', async () => {
    const { market, vendor } = await submitted();
    provider.answers = [{ status: 201, body: { id: 'chk-1', url: 'https://provider.example/chk-1' } }];
    await run();
    await run();
    const [asked] = provider.asked;
    expect(provider.asked).toHaveLength(1);
    expect(asked).toMatchObject({ method: 'POST', path: '/v1/checks', key: 'Bearer key-1', body: { kind: 'business', subject, callbackUrl: `https://door.example/hooks/vendors/verification/${market.tenant.slug}` } });
    expect(asked?.idempotencyKey).toBe(asked?.body['clientReference']);
    expect(await read(market, vendor)).toEqual({ status: 'READY_FOR_REVIEW', requirements: [{ status: 'PENDING', note: null, checkUrl: 'https://provider.example/chk-1' }] });
  });

  it.each([
    [{ status: 'passed' }, { status: 'READY_FOR_REVIEW', requirements: [{ status: 'ACCEPTED', note: null, checkUrl: null }] }],
    [{ status: 'failed', reason: 'No such company.' }, { status: 'ONBOARDING', requirements: [{ status: 'REJECTED', note: 'No such company.', checkUrl: null }] }],
  ])('whose callback was lost is asked for: %j, and nothing of the subject stays [VEN-02]', async (answer, expected) => {
    const { market, vendor } = await submitted();
    provider.answers = [{ status: 201, body: { id: 'chk/2' } }, { status: 200, body: { status: 'pending' } }, { status: 200, body: answer }];
    await run();
    for (let n = 0; n < 2; n += 1) {
      rig.clock.advance(600_000);
      await run();
    }
    expect(provider.asked.map(({ path }) => path)).toEqual(['/v1/checks', '/v1/checks/chk%2F2', '/v1/checks/chk%2F2']);
    expect(await read(market, vendor)).toEqual(expected);
    expect(await checkOf(vendor)).toMatchObject({ subject: null, due_at: null });
  });

  it('is started later, under the same key, where the provider is away [VEN-02]', async () => {
    const { market, vendor } = await submitted();
    provider.answers = [{ status: 503, body: {} }, { status: 201, body: { id: 'chk-3' } }];
    await run();
    await run();
    expect(provider.asked).toHaveLength(1);
    rig.clock.advance(2_000);
    await run();
    expect(new Set(provider.asked.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect((await checkOf(vendor))?.status).toBe('STARTED');
    expect((await read(market, vendor)).requirements).toMatchObject([{ status: 'PENDING' }]);
  });

  it.each([['what the provider refuses', 1, { status: 422, body: {} }], ['what fails too often', 12, { status: 500, body: {} }]])('hands %s over to the operators [VEN-02]', async (_, times, answer) => {
    const { market, vendor } = await submitted();
    provider.answers = [answer];
    for (let n = 0; n < times; n += 1) {
      await run();
      rig.clock.advance(3_600_000);
    }
    await run();
    expect(provider.asked).toHaveLength(times);
    expect(await checkOf(vendor)).toMatchObject({ status: 'HANDED_OVER', subject: null });
    expect(await rig.mutate(market.operator, 'reviewRequirement', { vendorId: vendor.id, key: 'kyb', decision: 'ACCEPTED' })).toMatchObject({ __typename: 'Requirement' });
  });

  it('is given up when the vendor hands in anew, or an operator decides', async () => {
    const { market, vendor } = await submitted();
    await submit(vendor);
    expect(await rig.subgraph.query('select status from vendors.identity_check where vendor_id = $1 order by created_at', [vendor.id])).toEqual([{ status: 'HANDED_OVER' }, { status: 'QUEUED' }]);
    await rig.mutate(market.operator, 'reviewRequirement', { vendorId: vendor.id, key: 'kyb', decision: 'WAIVED' });
    provider.answers = [{ status: 201, body: { id: 'chk-4' } }];
    await run();
    expect(provider.asked).toHaveLength(0);
  });
});
