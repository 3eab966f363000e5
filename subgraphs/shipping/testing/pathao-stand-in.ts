import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An order as Pathao was sent it. */
export interface SentOrder extends Record<string, unknown> {
  readonly merchant_order_id: string;
  readonly amount_to_collect: number;
}

/** What becomes of the next orders: taken, refused, taken without an answer, or nobody is there for now. */
export type Manner = 'take' | 'refuse' | 'take-silently' | 'busy';

/** Pathao as our own tests need it: it takes orders, and forgets tokens when told. */
export interface PathaoStandIn extends AsyncDisposable {
  readonly url: string;
  readonly orders: SentOrder[];
  /** Grants that tokens were asked for with, in order. */
  readonly grants: string[];
  /** What it says of consignments, by their number. */
  readonly statuses: Map<string, string>;
  manner: Manner;
  /** Tokens that were given so far are taken no more. */
  forgetTokens(): void;
  consignmentOf(parcelId: string): string;
}

/** What lets somebody in. */
export const standInAccount = { clientId: 'client', clientSecret: 'client-secret', username: 'shop@example.com', password: 'password' } as const;

/** Starts it. */
export async function startPathaoStandIn(): Promise<PathaoStandIn> {
  let generation = 1;
  const server = createServer((request, response) => void serve(request, response).catch(() => response.writeHead(500).end()));
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = request.method === 'POST' ? (JSON.parse(await text(request)) as Record<string, unknown>) : {};
    if (request.url === '/aladdin/api/v1/issue-token') return issue(response, body);
    if (request.headers.authorization !== `Bearer access-${generation}`) return answer(response, 401, { message: 'Unauthenticated.' });
    if (request.url === '/aladdin/api/v1/city-list') return answer(response, 200, { type: 'success', data: { data: [{ city_id: 1, city_name: 'Dhaka' }] } });
    if (request.url === '/aladdin/api/v1/cities/1/zone-list') return answer(response, 200, { type: 'success', data: { data: [{ zone_id: 298, zone_name: '60 feet' }, { zone_id: 52, zone_name: 'Dhanmondi' }] } });
    if (request.url === '/aladdin/api/v1/merchant/price-plan') return answer(response, 200, { type: 'success', data: { price: 90, final_price: Number(body['item_weight']) * 100 + Number(body['recipient_zone']) } });
    const [, consignment] = /^\/aladdin\/api\/v1\/orders\/([^/]+)\/info$/.exec(request.url ?? '') ?? [];
    return consignment === undefined ? take(response, body as SentOrder) : tell(response, decodeURIComponent(consignment));
  };
  const issue = (response: ServerResponse, body: Record<string, unknown>): void => {
    const isRefresh = body['grant_type'] === 'refresh_token';
    standIn.grants.push(String(body['grant_type']));
    const isRight = body['client_id'] === standInAccount.clientId && (isRefresh ? body['refresh_token'] === `refresh-${generation}` : body['password'] === standInAccount.password);
    return isRight ? answer(response, 200, { token_type: 'Bearer', expires_in: 432_000, access_token: `access-${generation}`, refresh_token: `refresh-${generation}` }) : answer(response, 400, { message: 'Wrong credentials.' });
  };
  const take = (response: ServerResponse, order: SentOrder): void => {
    if (standIn.manner === 'busy') return answer(response, 429, { message: 'Too many requests.' });
    if (standIn.manner === 'refuse') return answer(response, 422, { message: 'Please fix the given errors', type: 'error', code: 422, errors: { recipient_phone: ['The phone is not known.'] } });
    standIn.orders.push(order);
    if (standIn.manner === 'take-silently') return void response.destroy();
    return answer(response, 200, { message: 'Order Created Successfully', type: 'success', code: 200, data: { consignment_id: standIn.consignmentOf(order.merchant_order_id), merchant_order_id: order.merchant_order_id, order_status: 'Pending', delivery_fee: 80 } });
  };
  const tell = (response: ServerResponse, id: string): void => {
    if (standIn.manner === 'busy') return answer(response, 429, { message: 'Too many requests.' });
    const order = standIn.orders.find(({ merchant_order_id }) => standIn.consignmentOf(merchant_order_id) === id);
    if (!order) return answer(response, 404, { message: 'Order not found', type: 'error', code: 404 });
    const status = standIn.statuses.get(id) ?? 'Pending';
    return answer(response, 200, { message: 'Order info', type: 'success', code: 200, data: { consignment_id: id, merchant_order_id: order.merchant_order_id, order_status: status, order_status_slug: status } });
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const standIn: PathaoStandIn = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, orders: [], grants: [], statuses: new Map(), manner: 'take',
    forgetTokens: () => { generation += 1; },
    consignmentOf: (parcelId) => `DT${parcelId.slice(-12).toUpperCase()}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return standIn;
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function text(request: IncomingMessage): Promise<string> {
  let whole = '';
  for await (const chunk of request) whole += String(chunk);
  return whole;
}
