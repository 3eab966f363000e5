import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json, type HttpRequest, type HttpResponse } from '@haat/kit/http';
import type { Log } from '@haat/kit/log';

/** How long a client may take to send its headers, and the whole request, in milliseconds. */
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** Takes no new connection, lets those in work finish, then closes. */
  close(): Promise<void>;
}

/** Puts an HTTP-shaped function behind a port. Port 0 takes any free one. */
export async function listen(handle: (request: HttpRequest) => Promise<HttpResponse>, port: number, log: Log, host = '0.0.0.0'): Promise<Listening> {
  const server = createServer({ headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs, keepAliveTimeout: 65_000 }, (incoming, outgoing) => {
    void answer(handle, incoming, outgoing, log);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => closed(server) };
}

async function answer(handle: (request: HttpRequest) => Promise<HttpResponse>, incoming: IncomingMessage, outgoing: ServerResponse, log: Log): Promise<void> {
  try {
    write(outgoing, await handle(requestOf(incoming)));
  } catch (error) {
    log.error({ err: error }, 'A request could not be answered.');
    if (!outgoing.headersSent) write(outgoing, json(500, { errors: [{ message: 'Something failed on our side.', extensions: { code: 'INTERNAL' } }] }));
  }
}

function requestOf(incoming: IncomingMessage): HttpRequest {
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value ?? '']));
  return { method: incoming.method ?? 'GET', url: incoming.url ?? '/', headers, body: incoming };
}

function write(outgoing: ServerResponse, response: HttpResponse): void {
  outgoing.writeHead(response.status, response.headers);
  outgoing.end(response.body);
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
