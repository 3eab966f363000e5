import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

/** How long a refused request waits at most before it is sent again, in milliseconds. */
const waitMsMax = 60_000;

/** How often one request is sent at most. */
const triesMax = 5;

/** Where the API is, and as whom it is asked. */
export interface DoorOptions {
  /** Such as `http://localhost:4000/graphql`. */
  readonly url: string;
  /** The marketplace's slug. */
  readonly tenant: string;
  /** An API token of the program. */
  readonly token: string;
}

/** The API, as a program of a partner asks it: by the ids of operations, never by their texts. */
export interface PartnerDoor {
  /** Runs a registered operation. Waits and tries again when the quota of a minute is spent; throws what is refused. */
  run<D>(id: string, variables: Readonly<Record<string, unknown>>, name?: string): Promise<D>;
  /** What was left of the quota when it was last said: the header `RateLimit`. */
  readonly left: string | undefined;
}

/** Refused by the API, with its code. */
export class Refused extends Error {
  constructor(readonly code: string, message: string) {
    super(`${code}: ${message}`);
  }
}

/** The id of an operation's text. */
export function idOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Opens it. */
export function openPartnerDoor({ url, tenant, token }: DoorOptions): PartnerDoor {
  let left: string | undefined;
  const send = async <D>(id: string, variables: Readonly<Record<string, unknown>>, operationName: string | undefined, tries: number): Promise<D> => {
    // The header asks a server of development for production's rule: what works here works there.
    const headers = { 'content-type': 'application/json', 'x-haat-tenant': tenant, 'x-haat-operations': 'known', authorization: `Bearer ${token}` };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ id, operationName, variables }) });
    left = response.headers.get('ratelimit') ?? left;
    const { data, errors } = await response.json() as { data?: D; errors?: { message: string; extensions: { code: string; retryAfterMs?: number } }[] };
    const [error] = errors ?? [];
    if (!error) return data as D;
    const { code, retryAfterMs = 0 } = error.extensions;
    if (code !== 'RATE_LIMITED' || tries >= triesMax || retryAfterMs > waitMsMax) throw new Refused(code, error.message);
    await wait(retryAfterMs);
    return send<D>(id, variables, operationName, tries + 1);
  };
  return {
    run: (id, variables, name) => send(id, variables, name, 1),
    get left() { return left; },
  };
}
