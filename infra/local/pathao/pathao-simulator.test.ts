import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PathaoAccount } from './pathao-account.js';
import { startPathaoSimulator, type PathaoSimulator } from './start-pathao-simulator.js';

const account: PathaoAccount = { clientId: 'c', clientSecret: 's', username: 'u', password: 'p', storeId: 7, callbackSecret: 'callback secret', integrationSecret: 'integration' };
const order = { store_id: 7, merchant_order_id: 'par_1', recipient_name: 'Ann', recipient_phone: '01711000000', recipient_address: 'House 12, Road 4', delivery_type: 48, item_type: 2, item_quantity: 1, item_weight: 0.5, amount_to_collect: 534 };
const heard: { event: string; signature: unknown }[] = [];
const shop = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk: Buffer) => { text += chunk.toString(); }).on('end', () => {
    heard.push({ event: String((JSON.parse(text) as { event: string }).event).replace('order.', ''), signature: request.headers['x-pathao-signature'] });
    response.writeHead(202, { 'x-pathao-merchant-webhook-integration-secret': account.integrationSecret }).end();
  });
});

let pathao: PathaoSimulator;
let token: string;
beforeAll(async () => {
  shop.listen(0, '127.0.0.1');
  await once(shop, 'listening');
  pathao = await startPathaoSimulator({ accounts: [{ ...account, callbackUrl: `http://127.0.0.1:${(shop.address() as AddressInfo).port}/` }] });
});
afterAll(async () => {
  await pathao[Symbol.asyncDispose]();
  shop.closeAllConnections();
  shop.close();
});
beforeEach(async () => {
  heard.length = 0;
  token = String((await call('issue-token', { client_id: 'c', client_secret: 's', grant_type: 'password', username: 'u', password: 'p' })).body['access_token']);
});

async function call(path: string, body?: object, method = body ? 'POST' : 'GET'): Promise<{ status: number; body: Record<string, unknown> }> {
  const url = path.startsWith('/') ? pathao.url + path : `${pathao.url}/aladdin/api/v1/${path}`;
  const response = await fetch(url, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(body && { body: JSON.stringify(body) }) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const taken = async (): Promise<string> => String(((await call('orders', order)).body['data'] as { consignment_id: string }).consignment_id);
const tell = (path: string, body: object = {}) => call(`/control/${path}`, body);

describe('the simulated Pathao', () => {
  it('lets in whoever shows the password or the other token, and nobody else', async () => {
    const wish = { client_id: 'c', client_secret: 's' };
    const { body } = await call('issue-token', { ...wish, grant_type: 'password', username: 'u', password: 'p' });
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 432_000 });
    expect((await call('issue-token', { ...wish, grant_type: 'refresh_token', refresh_token: body['refresh_token'] })).status).toBe(200);
    expect((await call('issue-token', { ...wish, grant_type: 'password', username: 'u', password: 'x' })).status).toBe(400);
    await tell('tokens');
    expect((await call('orders', order)).status).toBe(401);
  });

  it.each([
    [{ recipient_phone: '+8801711000000' }, 'recipient_phone'], [{ recipient_name: 'A' }, 'recipient_name'], [{ recipient_address: 'Short' }, 'recipient_address'], [{ item_weight: 0.4 }, 'item_weight'], [{ item_weight: 11 }, 'item_weight'],
    [{ amount_to_collect: 534.21 }, 'amount_to_collect'], [{ amount_to_collect: -1 }, 'amount_to_collect'], [{ store_id: 8 }, 'store_id'], [{ recipient_city: null }, 'recipient_city'], [{ wish: 1 }, 'wish'], [{ delivery_type: 1 }, 'delivery_type'],
  ])('refuses an order with %j', async (changes, field) => {
    const { status, body } = await call('orders', { ...order, ...changes });
    expect([status, Object.keys(body['errors'] as object)]).toEqual([422, [field]]);
  });

  it('takes an order, says so by callback with its secret, and tells how it is', async () => {
    const id = await taken();
    await pathao.desk.callbacks.settled();
    expect(heard).toEqual([{ event: 'created', signature: account.callbackSecret }]);
    expect((await call(`orders/${id}/info`)).body['data']).toMatchObject({ merchant_order_id: 'par_1', order_status_slug: 'Pending' });
    expect((await tell(`consignments/${id}/walk`, { to: 'delivered' })).status).toBe(200);
    await pathao.desk.callbacks.settled();
    expect(heard.at(-1)?.event).toBe('delivered');
    expect((await call(`orders/${id}/info`)).body['data']).toMatchObject({ order_status_slug: 'Delivered' });
    expect(pathao.desk.callbacks.sent.every(({ status, isIntegrated }) => status === 202 && isIntegrated)).toBe(true);
  });

  it('repeats, holds, reorders and loses callbacks when it is told to', async () => {
    await tell('callbacks', { times: 2, isHeld: true, isReversed: true });
    const id = await taken();
    await tell(`consignments/par_1/tell`, { event: 'order.picked' });
    await tell('callbacks/release');
    await pathao.desk.callbacks.settled();
    expect(heard.map(({ event }) => event)).toEqual(['picked', 'picked', 'created', 'created']);
    await tell('callbacks', { times: 1, isReversed: false, isLost: true });
    await tell(`consignments/${id}/tell`, { event: 'order.on-hold' });
    await tell('callbacks', { isLost: false });
    await pathao.desk.callbacks.settled();
    expect(heard).toHaveLength(4);
  });

  it('fails the next orders as it is told, before or after it took them', async () => {
    await tell('troubles', { troubles: ['refuse', 'busy', 'error', 'error-after', 'silent-after'] });
    const before = pathao.desk.consignments.size;
    const statuses: number[] = [];
    for (let times = 0; times < 5; times += 1) statuses.push(await call('orders', order).then(({ status }) => status, () => 0));
    expect([statuses, pathao.desk.consignments.size - before]).toEqual([[422, 429, 500, 500, 0], 2]);
  });
});
