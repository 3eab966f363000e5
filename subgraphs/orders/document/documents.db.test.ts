import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '@haat/kit/id';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { testViewer } from '@haat/kit/testing/test-tenant';
import { payment } from '../testing/neighbour-events.js';
import { OrdersRig } from '../testing/orders-rig.js';
import { amountText } from './amount-text.js';

let rig: OrdersRig;
beforeAll(async () => { rig = await OrdersRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());
beforeEach(() => rig.reset());

interface Link { readonly kind: string; readonly number: string; readonly url: string }
const invoices = 'query($id: ID!) { order(id: $id) { invoices { kind number url } } }';
const slips = 'query($id: ID!) { vendorOrder(id: $id) { packingSlip { kind number url } invoice { number } } }';

async function paidOrder(locale: string) {
  const buyer = rig.buyer({ locale });
  const { id } = await rig.place(buyer);
  const tenantId = buyer.asker.tenant.id;
  const [part] = await rig.subgraph.query<{ id: string; vendor_id: string }>('select id, vendor_id from orders.vendor_order where order_id = $1 order by position', [id]);
  await payment(rig, { id: String(id), tenantId, totalMinor: buyer.totalMinor, parts: [] }, 'captured');
  const read = async () => (await rig.read<{ order: { invoices: Link[] } }>(buyer.asker, invoices, { id })).order.invoices;
  return { buyer, id: String(id), partId: part?.id ?? '', vendorId: part?.vendor_id ?? '', read };
}

/** Fetches a link as the gateway would let somebody. */
const fetched = (asker: TestAsker, url: string) => rig.subgraph.send({ tenant: asker.tenant }, { method: 'GET', url: url });

describe('the papers of an order', () => {
  it('are numbered with the payment, made by a worker and fetched by a signed link until it is over [ORD-10]', async () => {
    const { buyer, read } = await paidOrder('bn');
    expect(await read()).toEqual([]);
    await rig.subgraph.runJob('make-documents');
    const made = await read();
    expect(made.map(({ kind, number }) => [kind, number])).toEqual([['INVOICE', 'INV-VENDOR-0-1'], ['INVOICE', 'INV-VENDOR-1-1']]);
    const first = await fetched(buyer.asker, made[0]?.url ?? '');
    expect([first.status, first.headers?.['content-type'], Buffer.from(first.body as Uint8Array).subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);
    const stranger = rig.buyer().asker;
    expect((await fetched(stranger, (made[0]?.url ?? '').replace(buyer.asker.tenant.slug, stranger.tenant.slug))).status).toBe(404);
    expect((await fetched(buyer.asker, (made[0]?.url ?? '').replace('doc_', 'doc_0'))).status).toBe(404);
    rig.clock.advance(16 * 60_000);
    expect((await fetched(buyer.asker, made[0]?.url ?? '')).status).toBe(404);
  });

  it('have a packing slip once a part is accepted, for its own merchants; news that comes twice numbers nothing twice', async () => {
    const { buyer, id, partId, vendorId, read } = await paidOrder('sv');
    await payment(rig, { id, tenantId: buyer.asker.tenant.id, totalMinor: buyer.totalMinor, parts: [] }, 'authorized');
    const merchant = { tenant: buyer.asker.tenant, viewer: testViewer(newId('usr'), ['MERCHANT'], { vendors: [{ id: vendorId, grants: ['orders.manage'] }] } as never) };
    await rig.read(merchant, 'mutation($input: AcceptVendorOrderInput!) { acceptVendorOrder(input: $input) { __typename } }', { input: { vendorOrderId: partId } });
    await rig.subgraph.runJob('make-documents');
    expect((await rig.read<{ vendorOrder: unknown }>(merchant, slips, { id: partId })).vendorOrder).toMatchObject({ packingSlip: { kind: 'PACKING_SLIP' }, invoice: { number: 'INV-VENDOR-0-1' } });
    expect((await rig.read<{ vendorOrder: unknown }>(buyer.asker, slips, { id: partId })).vendorOrder).toEqual({ packingSlip: null, invoice: null });
    expect(await read()).toHaveLength(2);
  });

  it('are dated as days are in the marketplace, though the news of the payment comes without it', async () => {
    const buyer = rig.buyer({ locale: 'en' });
    const tenant = { ...buyer.asker.tenant, timeZone: 'Asia/Dhaka' };
    rig.clock.set('2026-07-31T20:00:00Z');
    const { id } = await rig.place({ ...buyer, asker: { ...buyer.asker, tenant } });
    await payment(rig, { id: String(id), tenantId: tenant.id, totalMinor: buyer.totalMinor, parts: [] }, 'captured');
    const papers = await rig.subgraph.query<{ at: string }>(`select to_char(issued_at at time zone (facts ->> 'timeZone'), 'YYYY-MM-DD') as at from orders.document where order_id = $1`, [id]);
    expect(papers).toEqual([{ at: '2026-08-01' }, { at: '2026-08-01' }]);
  });

  it('write amounts exactly, as each language does', () => {
    expect([amountText(9_007_199_254_740_991, 'BDT', 'en'), amountText(123_456, 'SEK', 'sv'), amountText(1_250, 'JPY', 'en'), amountText(1_234, 'KWD', 'en')].map((text) => text.replace(/\s/g, ' '))).toEqual(['BDT 90,071,992,547,409.91', '1 234,56 kr', '¥1,250', 'KWD 1.234']);
  });
});
