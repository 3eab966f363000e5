import { networkOf, type InternalContext } from '@haat/kit/identity';
import { Refusal } from '@haat/kit/refusal';

/** How many connections there may be at the same time in this process. */
export interface ConnectionLimits {
  readonly perViewer: number;
  readonly perAddress: number;
  readonly perTenant: number;
}

/** Counts sockets and event streams by whose they are. */
export interface ConnectionCounts {
  /** Before it is known whose a connection is: by its address. Throws `RATE_LIMITED`; answers how to count it out. */
  enter(clientAddress: string): () => void;
  /** By viewer and tenant; a guest is counted by address only. Throws `RATE_LIMITED`; answers how to count it out. */
  identify(internal: InternalContext): () => void;
}

/** Makes it, with nobody counted. */
export function connectionCounts(limits: ConnectionLimits): ConnectionCounts {
  const counts = new Map<string, number>();
  const leave = (key: string): void => {
    const left = (counts.get(key) ?? 0) - 1;
    if (left > 0) counts.set(key, left);
    else counts.delete(key);
  };
  const enterAll = (wanted: readonly (readonly [by: string, key: string, most: number])[]): (() => void) => {
    for (const [by, key, most] of wanted) if ((counts.get(key) ?? 0) >= most) throw tooMany(by, most);
    for (const [, key] of wanted) counts.set(key, (counts.get(key) ?? 0) + 1);
    let isOut = false;
    return () => {
      if (!isOut) wanted.forEach(([, key]) => leave(key));
      isOut = true;
    };
  };
  return {
    enter: (clientAddress) => enterAll([['address', `address ${networkOf(clientAddress)}`, limits.perAddress]]),
    identify({ tenant, viewer }) {
      const person = viewer.userId ?? viewer.tokenId;
      const byViewer = person === undefined ? [] : [['viewer', `viewer ${tenant.id} ${person}`, limits.perViewer] as const];
      return enterAll([...byViewer, ['tenant', `tenant ${tenant.id}`, limits.perTenant]]);
    },
  };
}

/** How soon it is worth trying again, in milliseconds: connections end when they like. */
const tryAgainMs = 5_000;

function tooMany(by: string, most: number): Refusal {
  return new Refusal('RATE_LIMITED', `There are too many live connections of this ${by}: at most ${most} at once.`, { retryAfterMs: tryAgainMs, by, allowed: most });
}
