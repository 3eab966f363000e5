import { createHash, createPrivateKey, createPublicKey, generateKeyPair, randomUUID, sign, verify, type JsonWebKey, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { JWK } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { internalContextSchema, type InternalContext } from './identity.js';
import { unauthenticated } from './refusal.js';
import type { UsedOnce } from './used-once.js';

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
  readonly key: KeyObject;
}

/** The public keys of all principals, by key id. */
export type TrustedKeys = ReadonlyMap<string, KeyObject>;

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
  /** Where a context that came over a network must not have been used before. */
  readonly used?: UsedOnce;
}

// On the pool's threads: a signature takes longer than all else that the main thread does for a call.
const [signed, isSigned, madePair] = [promisify(sign), promisify(verify), promisify(generateKeyPair)];

/** Three parts of base64url; Ed25519's 64 bytes are 86 characters. */
const compact = /^([\w-]{1,1000})\.([\w-]{1,65536})\.([\w-]{86})$/;

const headerSchema = z.strictObject({ alg: z.literal('EdDSA'), kid: z.string(), typ: z.literal('haat-context+jws') });

const claimsSchema = z.object({
  iss: z.string(), aud: z.string(), iat: z.number(), exp: z.number(), dig: z.string().optional(), jti: z.string().max(100).optional(), ctx: internalContextSchema,
});
type Claims = z.infer<typeof claimsSchema>;

/** Signs a context for one receiver, and for one call where it is bound to a body (RFC 7515 section 3.1 compact JWS; RFC 8037 section 3.1 EdDSA with Ed25519). */
export async function signContext(signer: SigningKey, audience: string, context: InternalContext, options: SigningOptions): Promise<string> {
  const iat = Math.floor(options.now.getTime() / 1000);
  const claims: Claims = { iss: signer.principal, aud: audience, iat, exp: iat + contextSecondsMax, dig: options.digest, jti: options.digest === undefined ? undefined : randomUUID(), ctx: context };
  const header: z.infer<typeof headerSchema> = { alg: 'EdDSA', kid: signer.kid, typ: 'haat-context+jws' };
  const text = `${encoded(JSON.stringify(header))}.${encoded(JSON.stringify(claims))}`;
  return `${text}.${(await signed(null, Buffer.from(text), signer.key)).toString('base64url')}`;
}

/** Opens a signed context, or refuses with `UNAUTHENTICATED`, saying nothing of why. */
export async function verifyContext(token: string, options: VerifyingOptions): Promise<InternalContext> {
  const claims = await openedClaims(token, options.trusted).catch(() => undefined);
  if (!claims || !isForUs(claims, options)) throw unauthenticated('No valid internal context.');
  if (options.used && options.digest !== undefined && !isFirstUse(claims, options.used, options.now)) throw unauthenticated('No valid internal context.');
  return claims.ctx;
}

/** The digest that a signature is bound to: base64url SHA-256. */
export function bodyDigest(body: string | Uint8Array): string {
  return createHash('sha256').update(body).digest('base64url');
}

/** A new key pair of a principal, as JWKs (RFC 8037). */
export async function makeSigningKeys(principal: string, number = 1): Promise<{ privateJwk: JWK; publicJwk: JWK }> {
  const { privateKey, publicKey } = await madePair('ed25519', {});
  const jwkOf = (key: KeyObject): JWK => ({ ...(key.export({ format: 'jwk' }) as JWK), kid: `${principal}:${number}` });
  return { privateJwk: jwkOf(privateKey), publicJwk: jwkOf(publicKey) };
}

/** Reads a principal's private key from its JWK text. Throws when it is not one. */
export async function readSigningKey(jwkText: string): Promise<SigningKey> {
  const jwk = JSON.parse(jwkText) as JWK;
  const principal = jwk.kid?.split(':')[0];
  if (!jwk.kid || !principal || !jwk.d) throw new Error('A signing key is a private Ed25519 JWK whose kid is <principal>:<number>.');
  return { kid: jwk.kid, principal, key: ed25519(createPrivateKey({ key: jwk as JsonWebKey, format: 'jwk' })) };
}

/** Reads the trusted public keys from the text of a JWKS (RFC 7517). */
export async function readTrustedKeys(jwksText: string): Promise<TrustedKeys> {
  const { keys } = JSON.parse(jwksText) as { keys: JWK[] };
  return new Map(keys.map((jwk) => [jwk.kid ?? '', ed25519(createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' }))]));
}

function ed25519(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('A signing key is an Ed25519 JWK.');
  return key;
}

/** A verified text stays verified until it expires; each use still checks audience, issuer, digest and time. */
const opened = new WeakMap<TrustedKeys, LRUCache<string, Claims>>();

async function openedClaims(token: string, trusted: TrustedKeys): Promise<Claims> {
  let cache = opened.get(trusted);
  if (!cache) opened.set(trusted, (cache = new LRUCache({ max: 2_000 })));
  const known = cache.get(token);
  if (known) return known;
  const { kid, payload } = await openedText(token, trusted);
  const claims = claimsSchema.parse(JSON.parse(decoded(payload)));
  // A subgraph's key must not speak as the gateway.
  if (kid.split(':')[0] !== claims.iss) throw new Error('Signed by another principal.');
  cache.set(token, claims);
  return claims;
}

/** What a token says, once its signature is found good. Its header may say what we write and nothing else: no other algorithm, no `crit`. */
async function openedText(token: string, trusted: TrustedKeys): Promise<{ readonly kid: string; readonly payload: string }> {
  const [, header = '', payload = '', signature = ''] = compact.exec(token) ?? [];
  const { kid } = headerSchema.parse(JSON.parse(decoded(header)));
  const key = trusted.get(kid);
  if (!key) throw new Error('Unknown key.');
  if (!(await isSigned(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url')))) throw new Error('Not signed by this key.');
  return { kid, payload };
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function decoded(part: string): string {
  return Buffer.from(part, 'base64url').toString();
}

function isFirstUse({ jti, exp }: Claims, used: UsedOnce, now: Date): boolean {
  return jti !== undefined && used.isFirst(jti, exp + skewSeconds, now);
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
