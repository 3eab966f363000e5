import { z } from 'zod';

/** What can be made to go wrong with requests. */
const requestKinds = ['delay', 'fail', 'drop', 'fail-after', 'drop-after'] as const;
/** What can be made to go wrong with webhooks. */
const webhookKinds = ['lose', 'repeat', 'late', 'reorder'] as const;
const timesMax = 10_000;
const msMax = 600_000;

const where = { times: z.number().int().min(1).max(timesMax).default(1), account: z.string().optional() };

/** A fault as it is asked for. */
export const faultRequest = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(requestKinds), ...where, method: z.enum(['GET', 'POST', 'DELETE']).optional(), path: z.string().optional(), ms: z.number().int().min(1).max(msMax).optional(),
    status: z.union([z.literal(500), z.literal(502), z.literal(503), z.literal(429)]).default(500), isKept: z.boolean().default(false),
  }),
  z.strictObject({ kind: z.enum(webhookKinds), ...where, type: z.string().optional(), ms: z.number().int().min(1).max(msMax).default(500), copies: z.number().int().min(1).max(20).default(1) }),
]);

/** What a fault is asked for with. */
export type FaultRequest = z.input<typeof faultRequest>;
/** A fault that waits for its occasion. */
export type Fault = z.infer<typeof faultRequest> & { readonly id: number; left: number };
/** A fault of requests. */
export type RequestFault = Extract<Fault, { kind: (typeof requestKinds)[number] }>;
/** A fault of webhooks. */
export type WebhookFault = Extract<Fault, { kind: (typeof webhookKinds)[number] }>;

/** The faults that wait, the oldest first: each strikes as often as it was told to. */
export class Faults {
  #next = 1;
  #waiting: Fault[] = [];

  add(asked: FaultRequest): Fault {
    const read = faultRequest.parse(asked);
    const fault: Fault = { ...read, id: this.#next++, left: read.times };
    this.#waiting.push(fault);
    return fault;
  }

  list(): readonly Fault[] {
    return this.#waiting;
  }

  clear(): void {
    this.#waiting = [];
  }

  /** What strikes a request: at most one delay, and one other. */
  takeForRequest(facts: { readonly account: string; readonly method: string; readonly path: string }): RequestFault[] {
    const matching = this.#waiting.filter((fault): fault is RequestFault => isOneOf(requestKinds, fault.kind)).filter((fault) => strikes(fault, facts));
    const delay = matching.find(({ kind }) => kind === 'delay');
    const other = matching.find(({ kind }) => kind !== 'delay');
    return [delay, other].flatMap((fault) => (fault ? [this.#struck(fault)] : []));
  }

  /** What strikes a webhook. */
  takeForEvent(facts: { readonly account: string; readonly type: string }): WebhookFault | undefined {
    const found = this.#waiting.filter((fault): fault is WebhookFault => isOneOf(webhookKinds, fault.kind)).find((fault) => isFor(fault.account, facts.account) && isFor(fault.type, facts.type));
    return found && this.#struck(found);
  }

  #struck<T extends Fault>(fault: T): T {
    fault.left -= 1;
    if (fault.left === 0) this.#waiting = this.#waiting.filter((other) => other !== fault);
    return fault;
  }
}

function strikes({ account, method, path }: RequestFault, facts: { readonly account: string; readonly method: string; readonly path: string }): boolean {
  return isFor(account, facts.account) && isFor(method, facts.method) && isFor(path, facts.path);
}

/** Whether something is as wanted: nothing wanted is everything, and `*` is anything. */
function isFor(wanted: string | undefined, said: string): boolean {
  return wanted === undefined || new RegExp(`^${wanted.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`).test(said);
}

function isOneOf(kinds: readonly string[], kind: string): boolean {
  return kinds.includes(kind);
}
