import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What it was asked. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly key: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly body: Record<string, unknown>;
}

/** A provider of identity checks whose next answers a test sets. It calls nobody back: for that see the journeys. */
export interface VerificationStandIn extends AsyncDisposable {
  readonly url: string;
  readonly asked: Asked[];
  /** Status and body of the next answers; the last one stays. */
  answers: { readonly status: number; readonly body: object }[];
}

/** Starts it on a free port. */
export async function startVerificationStandIn(): Promise<VerificationStandIn> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => void textOf(request).then((text) => {
    const { authorization, 'idempotency-key': idempotencyKey } = request.headers;
    asked.push({ method: request.method ?? '', path: request.url ?? '', key: authorization, idempotencyKey: idempotencyKey as string | undefined, body: (text ? JSON.parse(text) : {}) as Record<string, unknown> });
    const [next = { status: 500, body: {} }] = standIn.answers.length > 1 ? standIn.answers.splice(0, 1) : standIn.answers;
    response.writeHead(next.status, { 'content-type': 'application/json' }).end(JSON.stringify(next.body));
  }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const standIn: VerificationStandIn = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, answers: [],
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return standIn;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
