import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@haat/kit/testing/eventually';
import { ApproveOperation, ChangePartnerQuota, CreateApiToken, PartnerReview, RegisterPartner, RejectOperation, ResumePartner, RevokeApiToken, RevokePartner, SuspendPartner } from '@haat/operator-client/generated/operations';
import { openPartnerDoor } from '@haat/partner-client/erp/door';
import { pullOrders } from '@haat/partner-client/erp/pull-orders';
import { pushStock } from '@haat/partner-client/erp/push-stock';
import { register } from '@haat/partner-client/erp/register';
import { MyProgram, RegisterOperations } from '@haat/partner-client/generated/operations';
import { MyCart, OpenCart, ProductPage, SearchProducts, Shop } from '@haat/storefront-client/generated/operations';
import { place, readyCart } from '../support/buy.js';
import { codeOf, dataOf, type Answer, type Asker } from '../support/graph.js';
import { runOperation, tryOperation } from '../support/run-operation.js';
import { shopOfTwo, type ShopOfTwo } from '../support/shop-of-two.js';
import { newShopper, someAddress, type Person } from '../support/sign-in.js';
import { sellersToo, startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

/** How soon what an operator decides about a program must bite, in milliseconds. */
const bitesMsMax = 5_000;

const idOf = (text: string) => createHash('sha256').update(text).digest('hex');

describe('known operations, of a partner\'s program and of a shop\'s page', () => {
  let marketplace: TestMarketplace;
  let shop: ShopOfTwo;
  let operator: Person;
  let names = 0;
  beforeAll(async () => {
    marketplace = await startTestMarketplace({}, { seeds: sellersToo });
    shop = await shopOfTwo(marketplace);
    operator = shop.operator;
  }, 180_000);
  afterAll(() => marketplace.close());

  /** A program with a token, as its operator makes both. */
  const program = async (input: Partial<{ pointsPerMinute: number; pointsPerDay: number; approvesBelow: number; vendorId: string }> = {}, grants: readonly string[] = ['orders.read']) => {
    const { registerPartner } = await runOperation(marketplace.door, operator, RegisterPartner, { input: { name: `ERP ${names += 1}`, contactEmail: 'erp@partner.example', ...input } });
    if (registerPartner.__typename !== 'PartnerApp') throw new Error(JSON.stringify(registerPartner));
    const { createApiToken } = await runOperation(marketplace.door, operator, CreateApiToken, { input: { name: 'ERP', kind: 'PARTNER', grants, partnerAppId: registerPartner.id } });
    if (createApiToken.__typename !== 'CreateApiTokenSucceeded') throw new Error(JSON.stringify(createApiToken));
    const token: Asker = { tenant: 'acme', token: createApiToken.secret, headers: someAddress() };
    return { partnerAppId: registerPartner.id, tokenId: createApiToken.token.id, token };
  };
  const registered = async (token: Asker, ...texts: string[]) => {
    const { registerOperations } = await runOperation(marketplace.door, token, RegisterOperations, { input: { texts } });
    return registerOperations.__typename === 'RegisterOperationsSucceeded' ? registerOperations.operations : [];
  };
  const send = async (asker: Asker, body: object, more: Record<string, string> = {}): Promise<Answer & { readonly headers: Record<string, unknown> }> => {
    const headers = { 'content-type': 'application/json', host: 'acme.localhost', 'x-haat-operations': 'known', authorization: `Bearer ${asker.token}`, ...asker.headers, ...more };
    const { status, text, headers: said } = await marketplace.door.fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(body) });
    return { status, text, headers: said, ...(JSON.parse(text) as object) };
  };
  const slugOf = async (id: string | undefined) => dataOf(await marketplace.door.ask<{ offer: { variant: { product: { slug: string } } } }>(operator, 'query($id: ID!) { offer(id: $id) { variant { product { slug } } } }', { id })).offer.variant.product.slug;
  const becomes = (code: unknown, ask: () => Promise<Answer>) => eventually(async () => codeOf(await ask()) === code, bitesMsMax);

  it('are what a program registered and nothing else: no text, no operation of a client of ours or of another program [GW-15]', async () => {
    const [one, other] = [await program(), await program()];
    const text = 'query Shop { tenant { slug } }';
    expect(await registered(one.token, text)).toMatchObject([{ operationId: idOf(text), name: 'Shop', status: 'APPROVED', points: 1 }]);
    expect((await send(one.token, { id: idOf(text) })).data).toEqual({ tenant: { slug: 'acme' } });
    expect((await send(one.token, { id: idOf(text), query: text })).data).toEqual({ tenant: { slug: 'acme' } });
    expect(codeOf(await send(other.token, { id: idOf(text) }))).toBe('OPERATION_NOT_ALLOWED');
    expect(codeOf(await send(one.token, { query: text }))).toBe('OPERATION_NOT_ALLOWED');
    expect(codeOf(await tryOperation(marketplace.door, one.token, Shop, {}))).toBe('OPERATION_NOT_ALLOWED');
    expect((await tryOperation(marketplace.door, { tenant: 'acme' }, Shop, {})).status).toBe(200);
    expect((await send(one.token, { id: idOf(text), query: '{ viewer { kind } }' })).status).toBe(400);
  });

  it('are measured by the rules of the door: what is wrong with one, and what it costs at most [GW-15]', async () => {
    const { token } = await program({ approvesBelow: 50 });
    const bad = await runOperation(marketplace.door, token, RegisterOperations, { input: { texts: ['query Mine { tenant { slug } }', 'query Wrong { tenant { sulg } }', '{ tenant { slug } }'] } });
    expect(bad.registerOperations).toMatchObject({ __typename: 'OperationsNotAccepted', faults: [{ at: 1, name: 'Wrong', problems: [expect.stringContaining('"sulg"')] }, { at: 2, name: null }] });
    const many = 'query Many($first: Int) { categories(first: $first) { nodes { id name } } }';
    const [dear] = await registered(token, many);
    expect(dear).toMatchObject({ status: 'PENDING', points: 21, pointsMax: 101 });
    expect(codeOf(await send(token, { id: idOf(many) }))).toBe('OPERATION_NOT_ALLOWED');
    await runOperation(marketplace.door, operator, ApproveOperation, { input: { registeredOperationId: dear?.id ?? '' } });
    await becomes(undefined, () => send(token, { id: idOf(many), variables: { first: 2 } }));
    await runOperation(marketplace.door, operator, RejectOperation, { input: { registeredOperationId: dear?.id ?? '', reason: 'Ask for fewer.' } });
    await becomes('OPERATION_NOT_ALLOWED', () => send(token, { id: idOf(many) }));
  });

  it('cost a program points of its minute and day; it is told what is left, and sees what it used [GW-15]', async () => {
    const { token, partnerAppId } = await program({ pointsPerMinute: 60, pointsPerDay: 100 });
    const text = 'query Twenty { categories(first: 20) { nodes { id } } }';
    await registered(token, text);
    await eventually(async () => codeOf(await send(token, { id: idOf(text) })) === 'RATE_LIMITED', bitesMsMax);
    const refused = await send(token, { id: idOf(text) });
    expect(refused).toMatchObject({ status: 429, errors: [{ extensions: { by: 'partner' } }], headers: { 'ratelimit-policy': '"minute";q=60;w=60;qu="points", "day";q=100;w=86400;qu="points"' } });
    expect(refused.headers['ratelimit']).toMatch(/^"minute";r=\d+;t=\d+, "day";r=\d+;t=\d+$/);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    await runOperation(marketplace.door, operator, ChangePartnerQuota, { input: { partnerAppId, pointsPerMinute: 100 } });
    await eventually(async () => (await send(token, { id: idOf(text) })).errors?.[0]?.extensions?.['by'] === 'day', bitesMsMax);
    await runOperation(marketplace.door, operator, ChangePartnerQuota, { input: { partnerAppId, pointsPerMinute: 2_000, pointsPerDay: 10_000 } });
    const usage = await eventually(async () => {
      const { data } = await tryOperation(marketplace.door, token, MyProgram, {});
      const day = data?.myPartnerApp?.usage[0];
      return day && day.operations.some(({ name, requests }) => name === 'Twenty' && requests >= 2) && day.refused >= 3 ? day : undefined;
    }, bitesMsMax);
    expect(usage.operations.find(({ name }) => name === 'Twenty')?.points).toBe((usage.operations.find(({ name }) => name === 'Twenty')?.requests ?? 0) * 21);
    const seen = await runOperation(marketplace.door, operator, PartnerReview, { id: partnerAppId });
    expect(seen.partnerApp?.usage[0]?.points).toBeGreaterThanOrEqual(usage.points);
    const answer = await send(token, { id: idOf(text) });
    expect(answer.extensions).toMatchObject({ cost: { requested: 21, remaining: expect.any(Number) } });
  });

  it('are refused within five seconds when the program is suspended or revoked, or its token is [GW-15, AUTH-15]', async () => {
    const { token, partnerAppId } = await program();
    const second = await program();
    const text = 'query Shop { tenant { slug } }';
    for (const { token: each } of [{ token }, second]) await registered(each, text);
    await runOperation(marketplace.door, operator, SuspendPartner, { input: { partnerAppId, reason: 'Too many errors.' } });
    await becomes('FORBIDDEN', () => send(token, { id: idOf(text) }));
    await runOperation(marketplace.door, operator, ResumePartner, { input: { partnerAppId } });
    await becomes(undefined, () => send(token, { id: idOf(text) }));
    await runOperation(marketplace.door, operator, RevokePartner, { input: { partnerAppId, reason: 'The contract ended.' } });
    await becomes('UNAUTHENTICATED', () => send(token, { id: idOf(text) }));
    await runOperation(marketplace.door, operator, RevokeApiToken, { input: { tokenId: second.tokenId } });
    await becomes('UNAUTHENTICATED', () => send(second.token, { id: idOf(text) }));
  });

  it('let the worked example put its vendor\'s stock right and pull its orders, and reach no other vendor\'s [GW-15, INV-01]', async () => {
    const [own, foreign] = shop.offers;
    if (!own || !foreign) throw new Error('There are not two offers.');
    const { token } = await program({ vendorId: own.vendorId, approvesBelow: 2_000 }, ['stock.manage', 'orders.manage']);
    const door = openPartnerDoor({ url: `${marketplace.url}/graphql`, tenant: 'acme', token: token.token ?? '' });
    const ids = await register(door);
    const [shelf] = await marketplace.query<{ sku: string; warehouse: string }>('select warehouse_id as warehouse from inventory.stock_level where offer_id = $1', [own.offerId]);
    const { offer } = dataOf(await marketplace.door.ask<{ offer: { vendorSku: string } }>(operator, 'query($id: ID!) { offer(id: $id) { vendorSku } }', { id: own.offerId }));
    const wish = { vendorId: own.vendorId, counted: [{ sku: offer.vendorSku, pieces: 77 }, { sku: 'NOBODY-1', pieces: 5 }], run: 'first' };
    expect(await pushStock(door, ids, wish)).toEqual({ changed: [offer.vendorSku], unknown: ['NOBODY-1'], refused: [] });
    expect(await pushStock(door, ids, wish)).toEqual({ changed: [], unknown: ['NOBODY-1'], refused: [] });
    expect(door.left).toMatch(/^"minute";r=/);
    const shopper = await newShopper(marketplace.door, 'acme', 'rahima');
    const order = await place(marketplace.door, shopper, await readyCart(marketplace.door, shopper, [{ offer: own, quantity: 2 }, { offer: foreign, quantity: 1 }]), { payWith: 'CASH_ON_DELIVERY' });
    const part = order.vendorOrders.find(({ vendor }) => vendor?.id === own.vendorId);
    const pulled = await eventually(async () => {
      const orders = await pullOrders(door, ids, { vendorId: own.vendorId, known: new Set() });
      return orders.length > 0 ? orders : undefined;
    });
    expect(pulled).toMatchObject([{ id: part?.id, number: part?.number, lines: [{ quantity: 2 }] }]);
    expect(await pullOrders(door, ids, { vendorId: own.vendorId, known: new Set(pulled.map(({ id }) => id)) })).toEqual([]);
    await expect(pushStock(door, ids, { ...wish, vendorId: foreign.vendorId })).rejects.toThrow(/^FORBIDDEN/);
    await expect(pullOrders(door, ids, { vendorId: foreign.vendorId, known: new Set() })).rejects.toThrow(/^FORBIDDEN/);
    const input = { offerId: foreign.offerId, warehouseId: shelf?.warehouse, onHand: 0, reason: 'Not mine.', idempotencyKey: 'other' };
    await expect(door.run(ids.get('CountStock') ?? '', { input })).rejects.toThrow(/^NOT_FOUND/);
  });

  it('show a vendor\'s program the private facts of its own vendor, and of no other [GW-15, AUTH-08]', async () => {
    const vendorIds = shop.offers.map(({ vendorId }) => vendorId);
    const { token } = await program({ vendorId: vendorIds[0], approvesBelow: 2_000 });
    const set = 'mutation($input: SetVendorMetadataInput!) { setVendorMetadata(input: $input) { __typename } }';
    for (const vendorId of vendorIds) dataOf(await marketplace.door.ask(operator, set, { input: { vendorId, entries: [{ key: 'erp', value: '17', isPrivate: true }] } }));
    const text = 'query Facts($id: ID!) { vendor(id: $id) { metadata { key } } }';
    await registered(token, text);
    const seen = async (id: string | undefined) => (await send(token, { id: idOf(text), variables: { id } })).data;
    expect([await seen(vendorIds[0]), await seen(vendorIds[1])]).toEqual([{ vendor: { metadata: [{ key: 'erp' }] } }, { vendor: { metadata: [] } }]);
  });

  it('of a public page are answered to a GET that everybody may keep, again with 304, and to a viewer for themselves [CCH-05]', async () => {
    const ask = async ({ id }: { readonly id: string }, variables: object, headers: Record<string, string> = {}) => {
      const answer = await marketplace.door.fetch(`/graphql?${new URLSearchParams({ id, variables: JSON.stringify(variables) }).toString()}`, { headers: { host: 'acme.localhost', ...someAddress(), ...headers } });
      return { ...answer, control: answer.headers['cache-control'], etag: String(answer.headers['etag']) };
    };
    const page = await ask(Shop, {});
    expect(page).toMatchObject({ status: 200, control: 'public, max-age=60' });
    expect(await ask(Shop, {}, { 'if-none-match': page.etag })).toMatchObject({ status: 304, text: '', etag: page.etag });
    expect((await ask(Shop, {}, { authorization: `Bearer ${operator.token}` })).control).toBe('private, max-age=60');
    expect((await ask(SearchProducts, { first: 5 })).control).toBe('public, max-age=30');
    expect((await ask(ProductPage, { slug: await slugOf(shop.offers[0]?.offerId) })).control).toBe('public, max-age=10');
    expect((await ask(MyCart, {})).control).toBe('private, no-cache');
    expect((await ask(OpenCart, { input: {} })).status).toBe(405);
  });

  it('of a public page are kept for each shop by itself: none is shown, or told to be unchanged, by what another had [TEN-10, CCH-05]', async () => {
    const ask = async (naming: Record<string, string>, headers: Record<string, string> = {}) => {
      const { status, text, headers: said } = await marketplace.door.fetch(`/graphql?${new URLSearchParams({ id: Shop.id, variables: '{}' }).toString()}`, { headers: { ...someAddress(), ...naming, ...headers } });
      return { status, slug: text === '' ? undefined : (JSON.parse(text) as { data: { tenant: { slug: string } } }).data.tenant.slug, etag: String(said['etag']), control: said['cache-control'], vary: String(said['vary']) };
    };
    const named = (slug: string): Record<string, string>[] => [{ host: `${slug}.localhost` }, { host: '127.0.0.1', 'x-haat-tenant': slug }];
    for (const [own, other] of [['acme', 'nordic'], ['nordic', 'acme'], ['acme', 'nordic']] as const) {
      for (const naming of named(own)) {
        const theirs = await ask(named(other)[0] ?? {});
        expect(await ask(naming, { 'if-none-match': theirs.etag })).toMatchObject({ status: 200, slug: own, control: 'public, max-age=60', vary: expect.stringContaining('X-Haat-Tenant') });
      }
    }
  });
});
