import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { standInApi, StandInError, type StandInRequest, type Thing } from './stand-in-api.js';

/** What goes wrong with the next call: `away` before it is done, `lost` after, `refused` for good. */
export type Mishap = 'away' | 'lost' | 'refused';

/** As much of Stripe as these tests need, over HTTP. It calls nobody back: a test signs callbacks itself. */
export interface StripeStandIn extends AsyncDisposable {
  readonly url: string;
  /** Every call that came, in order. */
  readonly asked: StandInRequest[];
  /** Everything it keeps, by id. */
  readonly things: Map<string, Thing>;
  /** What goes wrong with the next calls, one after the other. */
  readonly mishaps: Mishap[];
  /** Changes a thing, as a person at the browser or at Stripe would. */
  change(id: string, changes: Partial<Thing>): Thing;
}

/** Starts it on a free port. */
export async function startStripeStandIn(): Promise<StripeStandIn> {
  const [asked, things, mishaps, answered] = [[] as StandInRequest[], new Map<string, Thing>(), [] as Mishap[], new Map<string, Thing>()];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await read(request);
    asked.push(call);
    const mishap = mishaps.shift();
    if (mishap === 'away') return write(response, 503, { error: { type: 'api_error', message: 'Away.' } });
    if (mishap === 'refused') return write(response, 400, { error: { type: 'invalid_request_error', code: 'parameter_invalid_integer', message: 'Refused.' } });
    const before = call.key === undefined ? undefined : answered.get(call.key);
    const { status, body } = before ? { status: 200, body: before } : done(things, call);
    if (call.key !== undefined && status === 200) answered.set(call.key, { ...body });
    if (mishap === 'lost') return void request.socket.destroy();
    write(response, status, body);
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, things, mishaps,
    change(id, changes) {
      const thing = things.get(id);
      if (!thing) throw new Error(`The stand-in knows no ${id}.`);
      return Object.assign(thing, changes);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function done(things: Map<string, Thing>, call: StandInRequest): { status: number; body: Thing } {
  try {
    return { status: 200, body: standInApi(things, call) };
  } catch (error) {
    if (!(error instanceof StandInError)) throw error;
    return { status: error.status, body: { error: { type: error.status === 402 ? 'card_error' : 'invalid_request_error', ...error.facts } } };
  }
}

async function read(request: IncomingMessage): Promise<StandInRequest> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  const url = new URL(request.url ?? '', 'http://stripe');
  const key = request.headers['idempotency-key'];
  return { method: request.method ?? '', path: url.pathname, form: Object.fromEntries(new URLSearchParams(text || url.search)), key: typeof key === 'string' ? key : undefined, secretKey: request.headers.authorization?.replace('Bearer ', '') };
}

function write(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
