import { AsyncLocalStorage } from 'node:async_hooks';
import { IncomingMessage, Server } from 'node:http';
import { onBoundary } from '@haat/kit/boundary';
import { mutate } from './mutation.js';
import { fromHeader, type ChildSettings, type FromChild, type Passing, type ToChild } from './passing.js';

// The whole marketplace in a process of its own, which kills itself when it passes the boundary it is told.
const settings = JSON.parse(process.env['CRASH_CHILD'] ?? '{}') as ChildSettings;
const working = new AsyncLocalStorage<string>();
let armed: { readonly dieAt?: Passing; readonly passings: Passing[]; readonly counts: Map<string, number> } | undefined;

nameRequests();
onBoundary(pass);
mutate(process.env['CRASH_MUTATION']);
const { startMarketplace } = await import('@haat/local/marketplace');
process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToChild) => void obey(message));
tell({ kind: 'loaded' });

async function obey(message: ToChild): Promise<void> {
  if (message.kind === 'go') return start().catch((error: unknown) => tell({ kind: 'failed', why: String(error instanceof Error ? error.stack : error) }));
  if (message.kind === 'tell') return tell({ kind: 'told', passings: armed?.passings ?? [] });
  armed = { dieAt: message.dieAt, passings: [], counts: new Map() };
  tell({ kind: 'armed' });
}

async function start(): Promise<void> {
  const { dataDir, port, database, postgresUrl, mongoUrl, mailUrl, natsUrls, seeds } = settings;
  const given = (name: string, url: string) => ({ name, url, version: '', source: 'the test run', close: async () => undefined });
  const nats = { ...given('NATS', natsUrls['gateway'] ?? ''), urlFor: (user: string) => natsUrls[user] ?? '', reconfigure: async () => undefined };
  const servers = { postgres: given('Postgres', postgresUrl), mongo: mongoUrl ? given('MongoDB', mongoUrl) : undefined, mail: mailUrl ? given('Mail', mailUrl) : undefined, nats, close: async () => undefined };
  const { url } = await startMarketplace({ dataDir, servers, port, database, env: process.env, seed: 'first-run', seedOnly: seeds, progress: () => undefined });
  tell({ kind: 'ready', url });
}

/** Says of each request whose it is, for as long as anything works on it. */
function nameRequests(): void {
  const emit = Server.prototype.emit;
  Server.prototype.emit = function (this: Server, event: string | symbol, ...args: unknown[]): boolean {
    const [request] = args;
    const go = (): boolean => Reflect.apply(emit, this, [event, ...args]) as boolean;
    return event === 'request' && request instanceof IncomingMessage ? working.run(whoseIs(request), go) : go();
  } as typeof emit;
}

function whoseIs({ url = '', headers }: IncomingMessage): string {
  if (url.startsWith('/hooks/payments/')) return 'webhook';
  if (url.startsWith('/hooks/')) return 'callback';
  return String(headers[fromHeader] ?? 'request');
}

function pass(name: string): void {
  if (!armed) return;
  const from = working.getStore() ?? 'background';
  const key = `${from} ${name}`;
  const nth = (armed.counts.get(key) ?? 0) + 1;
  armed.counts.set(key, nth);
  armed.passings.push({ from, name, nth });
  const { dieAt } = armed;
  if (dieAt?.from === from && dieAt.name === name && dieAt.nth === nth) die();
}

function tell(message: FromChild): void {
  // A parent that is gone wants to hear nothing.
  if (process.connected) process.send?.(message, () => undefined);
}

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way; nothing more may happen.
  for (;;);
}
