import { createHash } from 'node:crypto';
import { CompactSign, compactVerify, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { internalContextSchema, type InternalContext } from './identity.js';
import { unauthenticated } from './refusal.js';

/** The header that carries the signed internal context. The gateway strips it from whatever comes from outside. */
export const contextHeader = 'x-haat-context';

/** The header that names the digest of a body which is read as a stream; the context is signed over it. */
export const digestHeader = 'x-haat-digest';

/** How long a signed context is good, in seconds: long enough for one request, too short to keep. */
export const contextSecondsMax = 60;

/** Clocks of two machines may differ this much, in seconds. */
const skewSeconds = 5;

/** What one principal signs with. The key id is `<principal>:<n>`, so that keys rotate by number. */
export interface SigningKey {
  readonly kid: string;
  readonly principal: string;
  readonly key: CryptoKey;
}

/** The public keys of all principals, by key id. */
export type TrustedKeys = ReadonlyMap<string, CryptoKey>;

/** What is signed, beside the context: to whom, for how long, over which body. */
export interface SigningOptions {
  readonly now: Date;
  /** {@link bodyDigest} of the request's body, where it travels over a network. */
  readonly digest?: string;
}

/** What a receiver insists on. */
export interface VerifyingOptions extends SigningOptions {
  /** Its own name. */
  readonly audience: string;
  readonly trusted: TrustedKeys;
  /** Principals it takes a context from; all trusted ones when absent. */
  readonly issuers?: readonly string[];
}

const claimsSchema = z.object({
  iss: z.string(), aud: z.string(), iat: z.number(), exp: z.number(), dig: z.string().optional(), ctx: internalContextSchema,
});
type Claims = z.infer<typeof claimsSchema>;

/** Signs a context for one receiver (RFC 7515 compact JWS, EdDSA with Ed25519). */
export async function signContext(signer: SigningKey, audience: string, context: InternalContext, options: SigningOptions): Promise<string> {
  const iat = Math.floor(options.now.getTime() / 1000);
  const claims: Claims = { iss: signer.principal, aud: audience, iat, exp: iat + contextSecondsMax, dig: options.digest, ctx: context };
  return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'EdDSA', kid: signer.kid, typ: 'haat-context+jws' })
    .sign(signer.key);
}

/** Opens a signed context, or refuses with `UNAUTHENTICATED`, saying nothing of why. */
export async function verifyContext(token: string, options: VerifyingOptions): Promise<InternalContext> {
  const claims = await openedClaims(token, options.trusted).catch(() => undefined);
  if (!claims || !isForUs(claims, options)) throw unauthenticated('No valid internal context.');
  return claims.ctx;
}

/** The digest that a signature is bound to: base64url SHA-256. */
export function bodyDigest(body: string | Uint8Array): string {
  return createHash('sha256').update(body).digest('base64url');
}

/** A new key pair of a principal, as JWKs (RFC 8037). */
export async function makeSigningKeys(principal: string, number = 1): Promise<{ privateJwk: JWK; publicJwk: JWK }> {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const kid = `${principal}:${number}`;
  return { privateJwk: { ...(await exportJWK(pair.privateKey)), kid }, publicJwk: { ...(await exportJWK(pair.publicKey)), kid } };
}

/** Reads a principal's private key from its JWK text. Throws when it is not one. */
export async function readSigningKey(jwkText: string): Promise<SigningKey> {
  const jwk = JSON.parse(jwkText) as JWK;
  const principal = jwk.kid?.split(':')[0];
  if (!jwk.kid || !principal || !jwk.d) throw new Error('A signing key is a private Ed25519 JWK whose kid is <principal>:<number>.');
  return { kid: jwk.kid, principal, key: (await importJWK(jwk, 'EdDSA')) as CryptoKey };
}

/** Reads the trusted public keys from the text of a JWKS (RFC 7517). */
export async function readTrustedKeys(jwksText: string): Promise<TrustedKeys> {
  const { keys } = JSON.parse(jwksText) as { keys: JWK[] };
  const entries = keys.map(async (jwk) => [jwk.kid ?? '', (await importJWK(jwk, 'EdDSA')) as CryptoKey] as const);
  return new Map(await Promise.all(entries));
}

/** A verified text stays verified until it expires; each use still checks audience, issuer, digest and time. */
const opened = new WeakMap<TrustedKeys, LRUCache<string, Claims>>();

async function openedClaims(token: string, trusted: TrustedKeys): Promise<Claims> {
  let cache = opened.get(trusted);
  if (!cache) opened.set(trusted, (cache = new LRUCache({ max: 2_000 })));
  const known = cache.get(token);
  if (known) return known;
  const { payload, protectedHeader } = await compactVerify(token, (header) => keyOf(header.kid, trusted), { algorithms: ['EdDSA'] });
  const claims = claimsSchema.parse(JSON.parse(new TextDecoder().decode(payload)));
  // A subgraph's key must not speak as the gateway.
  if (protectedHeader.kid?.split(':')[0] !== claims.iss) throw new Error('Signed by another principal.');
  cache.set(token, claims);
  return claims;
}

function keyOf(kid: string | undefined, trusted: TrustedKeys): CryptoKey {
  const key = kid === undefined ? undefined : trusted.get(kid);
  if (!key) throw new Error('Unknown key.');
  return key;
}

function isForUs(claims: Claims, options: VerifyingOptions): boolean {
  const now = options.now.getTime() / 1000;
  return claims.aud === options.audience
    && claims.exp - claims.iat <= contextSecondsMax
    && now < claims.exp + skewSeconds
    && now >= claims.iat - skewSeconds
    && claims.dig === options.digest
    && (options.issuers?.includes(claims.iss) ?? true);
}
