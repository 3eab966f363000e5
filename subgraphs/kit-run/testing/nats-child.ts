import { onBoundary } from '@haat/kit/boundary';
import { connectNats } from '@haat/kit/nats';
import { makeLog } from '@haat/kit/log';
import { openHearer, openSayer } from './nats-fixture.js';

/** What a child process does, in its environment as `NATS_CHILD`. */
export interface ChildOrders {
  readonly role: 'relay' | 'consumers';
  readonly natsUrl: string;
  readonly env: Readonly<Record<'DATABASE_URL' | 'DATABASE_OWNER_URL' | 'DATABASE_SWEEP_URL', string>>;
  /** Dies at the n-th passing of this boundary, as by a power cut. */
  readonly dieAt?: { readonly boundary: string; readonly passing: number };
  /** Dies in the handler of an event whose note says so. */
  readonly dieOnNote?: string;
}

const orders = JSON.parse(process.env['NATS_CHILD'] ?? '{}') as ChildOrders;
let passings = 0;
onBoundary((name) => {
  if (name === orders.dieAt?.boundary && (passings += 1) === orders.dieAt.passing) die();
});
const nats = await connectNats({ url: orders.natsUrl, name: orders.role === 'relay' ? 'sayer' : 'hearer', log: makeLog('child', 'silent') });
if (orders.role === 'relay') (await openSayer(orders.env)).relay(nats);
else (await openHearer(orders.env, (event) => void (event.payload.note !== undefined && event.payload.note === orders.dieOnNote && die()))).hear(nats);

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way; nothing more may happen.
  for (;;);
}
