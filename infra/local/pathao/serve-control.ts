import { z } from 'zod';
import type { PathaoDesk } from './pathao-desk.js';

/** A request to a control endpoint. */
export interface ControlRequest {
  readonly method: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const account = z.strictObject({ clientId: z.string(), clientSecret: z.string(), username: z.string(), password: z.string(), storeId: z.int(), callbackSecret: z.string(), integrationSecret: z.string(), callbackUrl: z.url().optional() });
const manner = z.strictObject({ times: z.int().min(1).max(10), isHeld: z.boolean(), isReversed: z.boolean(), isLost: z.boolean() }).partial();
const troubles = z.strictObject({ troubles: z.array(z.enum(['refuse', 'busy', 'error', 'error-after', 'silent-after', 'slow'])).max(100) });
const happened = z.looseObject({ event: z.string() });
const walked = z.strictObject({ to: z.string() });

/** `/control/…`: tells the simulator what to do. README.md has the list. */
export function serveControl(desk: PathaoDesk, { method, path, body }: ControlRequest, answer: (status: number, said: object) => void): void {
  const [, , noun, id, verb] = path.split('/');
  if (method === 'GET' && noun === 'consignments') return answer(200, { consignments: [...desk.consignments.values()] });
  if (method === 'GET' && noun === 'callbacks') return answer(200, { sent: desk.callbacks.sent });
  if (method !== 'POST') return answer(405, {});
  switch (noun) {
    case 'accounts': return done(answer, keepAccount(desk, body));
    case 'tokens': return done(answer, void desk.forgetTokens());
    case 'troubles': return done(answer, void desk.troubles.push(...troubles.parse(body).troubles));
    case 'callbacks': return done(answer, id === 'release' ? desk.callbacks.release() : void Object.assign(desk.callbacks.manner, manner.parse(body)));
    case 'consignments': return answer(happen(desk, decodeURIComponent(id ?? ''), verb, body) ? 200 : 404, {});
    default: return answer(404, {});
  }
}

function keepAccount(desk: PathaoDesk, body: ControlRequest['body']): void {
  const given = account.parse(body);
  const at = desk.accounts.findIndex(({ clientId }) => clientId === given.clientId);
  if (at === -1) desk.accounts.push(given);
  else desk.accounts[at] = given;
}

/** By the consignment's number, or by the merchant's. */
function happen(desk: PathaoDesk, name: string, verb: string | undefined, body: ControlRequest['body']): boolean {
  const id = [...desk.consignments.values()].findLast((one) => one.id === name || one.merchantOrderId === name)?.id ?? '';
  if (verb === 'walk') return desk.walk(id, walked.parse(body).to);
  const { event, ...more } = happened.parse(body);
  return desk.tell(id, event, more);
}

function done(answer: (status: number, said: object) => void, _nothing: void): void {
  answer(200, {});
}
