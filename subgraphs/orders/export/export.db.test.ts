import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@haat/kit/id';
import { testViewer } from '@haat/kit/testing/test-tenant';
import { OrdersRig } from '../testing/orders-rig.js';

let rig: OrdersRig;
beforeAll(async () => { rig = await OrdersRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

interface Exported { readonly __typename: string; readonly id: string; readonly status: string; readonly rowCount: number; readonly url: string | null }
const start = 'mutation($input: StartExportInput!) { startExport(input: $input) { __typename ... on Export { id status rowCount url } ... on TooManyExports { message max } } }';

describe('an export of orders', () => {
  it('is written by a worker and fetched by a signed link, with the orders that were meant and no formula in them [ORD-05]', async () => {
    const buyer = rig.buyer({ contact: { email: 'a@example.com', phone: '+8801700000000', name: '=cmd|x, "Bo"' } });
    await rig.place(buyer);
    const operator = { tenant: buyer.asker.tenant, viewer: testViewer(newId('usr'), ['OPERATOR']) };
    const begin = async (input: Record<string, unknown>) => (await rig.read<{ startExport: Exported }>(operator, start, { input })).startExport;
    const first = await begin({ idempotencyKey: 'one', filter: { status: ['PENDING_PAYMENT'], placedFrom: '2020-01-01T00:00:00Z' } });
    expect(first).toMatchObject({ status: 'REQUESTED', url: null });
    expect((await begin({ idempotencyKey: 'one', filter: { status: ['PENDING_PAYMENT'], placedFrom: '2020-01-01T00:00:00Z' } })).id).toBe(first.id);
    const none = await begin({ idempotencyKey: 'two', filter: { status: ['EXPIRED'] } });
    await rig.subgraph.runJob('write-exports');
    const read = async (id: string) => (await rig.read<{ export: Exported }>(operator, 'query($id: ID!) { export(id: $id) { status rowCount url } }', { id })).export;
    const [ready, empty] = [await read(first.id), await read(none.id)];
    expect([ready.status, ready.rowCount, empty.status, empty.rowCount]).toEqual(['READY', 1, 'READY', 0]);
    const { status, headers, body } = await rig.subgraph.send({ tenant: buyer.asker.tenant }, { method: 'GET', url: ready.url ?? '' });
    expect([status, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
    const [head, line, ...rest] = String(body).slice(1).split('\r\n');
    expect(head).toMatch(/^number,placed_at,status,currency/);
    expect(line).toContain(`"'=cmd|x, ""Bo""",a@example.com,'+8801700000000,Dhaka,BD,Vendor 0; Vendor 1,`);
    expect(rest).toEqual(['']);
    rig.clock.advance(8 * 86_400_000);
    expect((await read(first.id)).status).toBe('EXPIRED');
    await rig.subgraph.runJob('forget-exports');
    expect(await rig.subgraph.query('select 1 from orders.export_piece')).toEqual([]);
  });

  it('is refused to all but operators, and beyond so many at once', async () => {
    const { asker } = rig.buyer();
    await expect(rig.read(asker, start, { input: { idempotencyKey: 'x' } })).rejects.toThrow(/^FORBIDDEN/);
    const operator = { tenant: asker.tenant, viewer: testViewer(newId('usr'), ['OPERATOR']) };
    const begin = async (key: number) => (await rig.read<{ startExport: Exported }>(operator, start, { input: { idempotencyKey: `k${key}` } })).startExport.__typename;
    for (let n = 0; n < 5; n += 1) expect(await begin(n)).toBe('Export');
    expect(await begin(6)).toBe('TooManyExports');
  });
});
