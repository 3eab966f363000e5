import type { JWK } from 'jose';
import type { SealedFor } from './context.js';
import { invariant } from './invariant.js';
import { seal, unseal } from './seal.js';

/** What a subgraph seals and opens with. */
export interface SealingKeys {
  seal(recipient: string, bound: SealedFor, value: unknown): Promise<string>;
  unseal(bound: SealedFor, sealed: string): Promise<unknown>;
}

/**
 * Reads the keys: `own` is the text of a private JWK or JWKS, `others` of the JWKS with everybody's public keys.
 * A key id is `<principal>:<number>`; the highest number seals, every own one opens.
 */
export function readSealingKeys(own: string, others: string): SealingKeys {
  const mine = keysOf(own);
  const theirs = keysOf(others);
  return {
    seal: (recipient, bound, value) => seal(newestOf(theirs, recipient), bound, value),
    unseal: (bound, sealed) => unseal(mine, bound, sealed),
  };
}

function keysOf(text: string): JWK[] {
  const read = JSON.parse(text) as JWK | { keys: JWK[] };
  return 'keys' in read && Array.isArray(read.keys) ? read.keys : [read as JWK];
}

function newestOf(keys: readonly JWK[], recipient: string): JWK {
  const numbered = keys.filter((jwk) => jwk.kid?.startsWith(`${recipient}:`));
  const newest = numbered.toSorted((a, b) => numberOf(a) - numberOf(b)).at(-1);
  invariant(newest, `No public key to seal for ${recipient}; HAAT_SEALING_PUBLIC_KEYS must have one.`);
  return newest;
}

function numberOf(jwk: JWK): number {
  return Number(jwk.kid?.split(':')[1] ?? 0);
}
