import { keysList } from '@haat/schema/asks/identity';
import { accessToken, type AccessTokenClaims } from '@haat/schema/tokens';
import type { Clock } from '@haat/kit/clock';
import { Refusal, unauthenticated } from '@haat/kit/refusal';
import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import { doorContext, type Asks } from './asks.js';

/** How far our clock may differ from the issuer's, in seconds. */
const skewSeconds = 5;

/** The longest life of an access token that is believed, in seconds. */
const lifeSecondsMax = 3_600;

/** How long published keys are used before they are asked for again, in milliseconds. */
const keysAgeMsMax = 5 * 60_000;

/** How soon an unknown key's name makes us ask again, in milliseconds: nobody can make us ask with every request. */
const keysAskAgainMs = 10_000;

/** How many verified tokens are kept, so that each signature is computed once. */
const verifiedMax = 5_000;

/** What an access token says, and when it ends, in seconds since the epoch. */
export type OpenedClaims = AccessTokenClaims & { readonly exp: number };

/** Opens access tokens with the keys that identity publishes. */
export interface AccessTokens {
  /** The claims of a token that is good now. Refuses everything else with `UNAUTHENTICATED`. */
  open(token: string): Promise<OpenedClaims>;
  /** The public keys, as `/.well-known/jwks.json` shows them (RFC 7517). */
  keys(): Promise<JSONWebKeySet>;
}

interface HeldKeys {
  readonly set: JSONWebKeySet;
  readonly find: ReturnType<typeof createLocalJWKSet>;
  readonly at: number;
}


/** Makes it, asking for keys when they are first needed. */
export function askedAccessTokens(asks: Asks, clock: Clock): AccessTokens {
  const verified = new LRUCache<string, OpenedClaims>({ max: verifiedMax });
  const keys = heldKeys(asks, clock, () => verified.clear());
  return {
    keys: async () => (await keys.current()).set,
    async open(token) {
      const known = verified.get(token) ?? (await verify(token, keys, clock));
      if (known.exp + skewSeconds <= clock.now().getTime() / 1000) throw refused();
      verified.set(token, known);
      return known;
    },
  };
}

interface KeySource {
  current(): Promise<HeldKeys>;
  /** Those asked for after `seen`, or `seen` itself when it is too early to ask. */
  newerThan(seen: HeldKeys): Promise<HeldKeys>;
}

function heldKeys(asks: Asks, clock: Clock, onChange: () => void): KeySource {
  let held: HeldKeys | undefined;
  let asking: Promise<HeldKeys> | undefined;
  const ageMs = (keys: HeldKeys): number => clock.now().getTime() - keys.at;
  const askNow = async (): Promise<HeldKeys> => {
    const { keys } = await asks.ask(keysList, {}, doorContext(clock));
    const set = { keys } as unknown as JSONWebKeySet;
    if (JSON.stringify(set) !== JSON.stringify(held?.set)) onChange();
    return (held = { set, find: createLocalJWKSet(set), at: clock.now().getTime() });
  };
  const refreshed = (): Promise<HeldKeys> => (asking ??= askNow().finally(() => { asking = undefined; }));
  return {
    async current() {
      if (!held) return refreshed();
      // Old keys serve on while identity cannot be asked.
      if (ageMs(held) > keysAgeMsMax) return refreshed().catch(() => held as HeldKeys);
      return held;
    },
    newerThan: async (seen) => (ageMs(seen) < keysAskAgainMs ? seen : refreshed().catch(() => seen)),
  };
}

async function verify(token: string, keys: KeySource, clock: Clock): Promise<OpenedClaims> {
  const held = await keys.current();
  try {
    return await claimsOf(token, held, clock);
  } catch (error) {
    if (!(error instanceof errors.JWKSNoMatchingKey)) throw error instanceof Refusal ? error : refused();
    return claimsOf(token, await keys.newerThan(held), clock).catch(() => { throw refused(); });
  }
}

async function claimsOf(token: string, held: HeldKeys, clock: Clock): Promise<OpenedClaims> {
  const { payload } = await jwtVerify(token, held.find, {
    algorithms: [accessToken.algorithm],
    typ: accessToken.type,
    issuer: accessToken.issuer,
    audience: accessToken.audience,
    requiredClaims: ['exp', 'iat', 'sub', 'sid', 'ten'],
    clockTolerance: skewSeconds,
    currentDate: clock.now(),
    // Also refuses one from the future.
    maxTokenAge: lifeSecondsMax,
  });
  return checked(payload);
}

function checked(payload: JWTPayload): OpenedClaims {
  const { sub, exp, iat, sid, ten } = payload as JWTPayload & { sid: unknown; ten: unknown };
  if (typeof sub !== 'string' || typeof sid !== 'string' || typeof ten !== 'string') throw refused();
  if (exp === undefined || iat === undefined || exp - iat > lifeSecondsMax) throw refused();
  return { sub, sid, ten, exp };
}

function refused(): Refusal {
  return unauthenticated('The access token is not valid, or no longer.');
}
