import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '@haat/kit/testing/eventually';
import { fixtureIdentity } from './testing/fixture-identity.js';
import { startFixtureGateway, type FixtureGateway, type FixtureGatewayOptions } from './testing/fixture-gateway.js';
import type { Interference } from './testing/fixture-marketplace.js';

/** A sender has ten seconds, and is looked at every two. In milliseconds. */
const endedWithinMs = 20_000;

describe('connections that are held', () => {
  let gateway: FixtureGateway;
  const held: Socket[] = [];
  const timers: NodeJS.Timeout[] = [];
  const start = async (options: FixtureGatewayOptions = {}): Promise<void> => {
    gateway = await startFixtureGateway({ asks: (await fixtureIdentity()).asks, ...options });
  };
  /** One that stays on its own side, whatever the other does. */
  const open = async (text = ''): Promise<{ readonly socket: Socket; readonly said: () => string }> => {
    const socket = connect({ port: Number(new URL(gateway.url).port), host: '127.0.0.1', allowHalfOpen: true });
    let said = '';
    socket.setEncoding('latin1').on('data', (part: string) => { said += part; }).on('error', () => undefined);
    held.push(socket);
    await once(socket, 'connect');
    socket.write(text);
    return { socket, said: () => said };
  };
  /** Sends a byte now and then, for as long as it may. */
  const drip = ({ socket }: { readonly socket: Socket }): void => void timers.push(setInterval(() => { if (!socket.destroyed) socket.write('x'); }, 500));
  const isServing = async () => (await gateway.ask('{ warehouses }')).body.data?.['warehouses'] !== undefined;
  afterEach(async () => {
    timers.splice(0).forEach((timer) => clearInterval(timer));
    held.splice(0).forEach((socket) => socket.destroy());
    await gateway.close();
  });

  it('are ended when nothing comes, or a byte now and then of headers or a body, while others are served', async () => {
    await start();
    const silent = await open();
    const headers = await open('POST /graphql HTTP/1.1\r\nhost: localhost\r\nx-long: ');
    const body = await open('POST /graphql HTTP/1.1\r\nhost: localhost\r\nx-haat-tenant: acme\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{');
    [headers, body].forEach(drip);
    expect(await isServing()).toBe(true);
    await Promise.all([silent, headers, body].map(({ socket }) => once(socket, 'end', { signal: AbortSignal.timeout(endedWithinMs) })));
    for (const { said } of [headers, body]) expect(said()).toMatch(/^HTTP\/1\.1 408 /);
    expect(await isServing()).toBe(true);
  }, endedWithinMs + 10_000);

  it('are so many of one address and no more, until one of them is let go', async () => {
    await start({ config: { CONNECTIONS_PER_ADDRESS: 10 } });
    const many = await Promise.all(Array.from({ length: 10 }, () => open()));
    const tooMany = await open('GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await eventually(() => tooMany.socket.destroyed);
    expect(tooMany.said()).toBe('');
    expect(many.filter(({ socket }) => socket.destroyed)).toEqual([]);
    many[0]?.socket.destroy();
    await eventually(async () => (await fetch(`${gateway.url}/health`).catch(() => undefined))?.status === 200);
  });

  it('are as many as they like of a proxy, which comes for others', async () => {
    await start({ config: { CONNECTIONS_PER_ADDRESS: 10, TRUSTED_PROXIES: ['127.0.0.0/8'] } });
    await Promise.all(Array.from({ length: 30 }, () => open()));
    expect((await fetch(`${gateway.url}/health`)).status).toBe(200);
  });

  it.each([
    ['a socket', 'GET /elsewhere HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n', 404],
    ['a tunnel', 'CONNECT localhost:1 HTTP/1.1\r\nhost: localhost\r\n\r\n', 405],
  ])('are ended on both sides where %s was refused', async (_, text, status) => {
    await start();
    const refused = await open(text);
    await eventually(() => refused.said().includes(`HTTP/1.1 ${status}`));
    // It waits for everybody who is still there.
    await gateway.close();
  });

  it('may ask ten thousand times without waiting, and are answered each time, while others are served', async () => {
    await start();
    const times = 10_000;
    const { said } = await open('GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n'.repeat(times));
    expect(await isServing()).toBe(true);
    await eventually(() => said().split('{"status":"alive"}').length === times + 1, 20_000);
  }, 30_000);
});

describe('clients who go away before they are answered', () => {
  it('leave no call to a subgraph behind them, and no breaker open', async () => {
    let asked = 0;
    const interference: Interference = { beforeStock: () => new Promise<void>(() => { asked += 1; }) };
    const gateway = await startFixtureGateway({ transport: 'over HTTP', interference });
    const ask = (signal: AbortSignal) => fetch(`${gateway.url}/graphql`, { method: 'POST', signal, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: '{ product(id: "p1") { title available } }' }) });
    // Several times what a gateway has connections for: were any of them kept, the last question would wait for ever.
    const together = 50;
    for (let round = 1; round <= 8; round += 1) {
      const leaving = new AbortController();
      const left = Promise.allSettled(Array.from({ length: together }, () => ask(leaving.signal)));
      await eventually(() => asked === round * together);
      leaving.abort();
      await left;
    }
    delete interference.beforeStock;
    expect((await gateway.ask('{ product(id: "p1") { title available } }')).body).toMatchObject({ data: { product: { title: 'Nakshi kantha', available: 10 } } });
    await gateway.close();
  }, 60_000);
});
