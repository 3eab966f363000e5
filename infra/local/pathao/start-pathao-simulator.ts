import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { wrongOfOrder } from './check-order.js';
import type { PathaoAccount } from './pathao-account.js';
import { feeOf, PathaoDesk, tokenSeconds } from './pathao-desk.js';
import { serveControl } from './serve-control.js';

/** How it is started. */
export interface PathaoSimulatorOptions {
  readonly accounts: readonly PathaoAccount[];
  /** 0 for a free one. */
  readonly port?: number;
}

/** A courier for development and tests. */
export interface PathaoSimulator extends AsyncDisposable {
  readonly url: string;
  readonly desk: PathaoDesk;
}

/** A late answer comes after this long, in milliseconds. */
const slowMs = 3_000;
/** Some cities, with some of their zones. */
const cities: readonly { readonly id: number; readonly name: string; readonly zones: readonly (readonly [number, string])[] }[] = [
  { id: 1, name: 'Dhaka', zones: [[298, '60 feet'], [52, 'Dhanmondi'], [8, 'Gulshan 1'], [27, 'Mirpur 10'], [41, 'Uttara Sector 3']] },
  { id: 2, name: 'Chittagong', zones: [[134, 'Agrabad'], [144, 'Halishahar']] },
  { id: 3, name: 'Sylhet', zones: [[204, 'Zindabazar']] },
  { id: 4, name: 'Rajshahi', zones: [[222, 'Saheb Bazar']] },
  { id: 20, name: 'Khulna', zones: [[251, 'Khalishpur']] },
];
const bodyCharactersMax = 1_000_000;

/** Starts it on 127.0.0.1. */
export async function startPathaoSimulator({ accounts, port = 0 }: PathaoSimulatorOptions): Promise<PathaoSimulator> {
  const desk = new PathaoDesk(accounts);
  const server = createServer((request, response) => void serve(desk, request, response).catch(() => answer(response, 400, { message: 'Bad request', type: 'error', code: 400 })));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, desk,
    async [Symbol.asyncDispose]() {
      desk.callbacks.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function serve(desk: PathaoDesk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '').split('?')[0] ?? '';
  const body = request.method === 'POST' ? await read(request) : {};
  if (path.startsWith('/control')) return serveControl(desk, { method: request.method ?? '', path, body }, (status, said) => answer(response, status, said));
  if (request.method === 'POST' && path === '/aladdin/api/v1/issue-token') return issueToken(desk, body, response);
  const account = desk.accountOf(request.headers.authorization);
  if (!account) return answer(response, 401, { message: 'Unauthenticated.', type: 'error', code: 401 });
  if (request.method === 'POST' && path === '/aladdin/api/v1/orders') return takeOrder(desk, account, body, response);
  if (request.method === 'POST' && path === '/aladdin/api/v1/merchant/price-plan') return answerPrice(body, response);
  if (request.method === 'GET' && path === '/aladdin/api/v1/stores') return answerStores(account, response);
  const [, cityId] = /^\/aladdin\/api\/v1\/cities\/(\d+)\/zone-list$/.exec(path) ?? [];
  if (request.method === 'GET' && path === '/aladdin/api/v1/city-list') return answerList(response, cities.map(({ id, name }) => ({ city_id: id, city_name: name })));
  if (request.method === 'GET' && cityId !== undefined) return answerList(response, (cities.find(({ id: one }) => one === Number(cityId))?.zones ?? []).map(([id, name]) => ({ zone_id: id, zone_name: name })));
  const [, id] = /^\/aladdin\/api\/v1\/orders\/([^/]+)\/info$/.exec(path) ?? [];
  if (request.method === 'GET' && id !== undefined) return answerInfo(desk, account, decodeURIComponent(id), response);
  answer(response, 404, { message: 'Not found', type: 'error', code: 404 });
}

function issueToken(desk: PathaoDesk, body: Readonly<Record<string, unknown>>, response: ServerResponse): void {
  const tokens = desk.issueToken(body);
  if (!tokens) return answer(response, 400, { message: 'The user credentials were incorrect.', type: 'error', code: 400 });
  answer(response, 200, { token_type: 'Bearer', expires_in: tokenSeconds, access_token: tokens.access, refresh_token: tokens.refresh });
}

async function takeOrder(desk: PathaoDesk, account: PathaoAccount, order: Readonly<Record<string, unknown>>, response: ServerResponse): Promise<void> {
  const trouble = desk.troubles.shift();
  if (trouble === 'busy') return answer(response, 429, { message: 'Too Many Attempts.', type: 'error', code: 429 });
  if (trouble === 'error') return answer(response, 500, { message: 'Server Error', type: 'error', code: 500 });
  const errors = trouble === 'refuse' ? { recipient_address: ['We do not deliver there.'] } : wrongOfOrder(order, account.storeId);
  if (Object.keys(errors).length > 0) return answer(response, 422, { message: 'Please fix the given errors', type: 'error', code: 422, errors });
  const { id, merchantOrderId, deliveryFee } = desk.take(account, order);
  if (trouble === 'error-after') return answer(response, 500, { message: 'Server Error', type: 'error', code: 500 });
  if (trouble === 'silent-after') return void response.destroy();
  if (trouble === 'slow') await new Promise((resolve) => { setTimeout(resolve, slowMs).unref(); });
  answer(response, 200, { message: 'Order Created Successfully', type: 'success', code: 200, data: { consignment_id: id, merchant_order_id: merchantOrderId, order_status: 'Pending', delivery_fee: deliveryFee } });
}

function answerPrice(body: Readonly<Record<string, unknown>>, response: ServerResponse): void {
  const price = feeOf(Number(body['item_weight'] ?? 0.5));
  answer(response, 200, { message: 'price', type: 'success', code: 200, data: { price, discount: 0, promo_discount: 0, plan_id: 1, cod_enabled: 1, cod_percentage: 0.01, additional_charge: 0, final_price: price } });
}

function answerList(response: ServerResponse, rows: readonly object[]): void {
  answer(response, 200, { message: 'List successfully fetched.', type: 'success', code: 200, data: { data: rows } });
}

function answerStores({ storeId }: PathaoAccount, response: ServerResponse): void {
  const store = { store_id: storeId, store_name: 'Demo store', store_address: 'House 12, Road 4, Dhanmondi, Dhaka', is_active: 1, city_id: 1, zone_id: 298, hub_id: 5, is_default_store: true, is_default_return_store: true };
  answer(response, 200, { message: 'Store list fetched.', type: 'success', code: 200, data: { data: [store], total: 1, current_page: 1, per_page: 1000, last_page: 1 } });
}

/** A consignment of another account is none. */
function answerInfo(desk: PathaoDesk, { clientId }: PathaoAccount, id: string, response: ServerResponse): void {
  const consignment = desk.consignments.get(id);
  if (consignment?.clientId !== clientId) return answer(response, 404, { message: 'Order not found', type: 'error', code: 404 });
  const { merchantOrderId, status, changedAtMs } = consignment;
  answer(response, 200, { message: 'Order info', type: 'success', code: 200, data: { consignment_id: id, merchant_order_id: merchantOrderId, order_status: status.replaceAll('_', ' '), order_status_slug: status, updated_at: new Date(changedAtMs).toISOString(), invoice_id: null } });
}

function answer(response: ServerResponse, status: number, said: object): void {
  if (!response.headersSent) response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
}

async function read(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > bodyCharactersMax) throw new Error('Too long.');
  }
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}
