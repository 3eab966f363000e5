import { createPublicKey } from 'node:crypto';
import { accessToken, type AccessTokenClaims } from '@haat/schema/tokens';
import { newId } from '@haat/kit/id';
import { exportJWK, importJWK, SignJWT, type CryptoKey, type JWK } from 'jose';
import type { IdentityContext, IdentityTx } from '../context.js';

/** An access token and when it stops being good. */
export interface IssuedAccessToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Signs a short-lived access token (RFC 9068) for a session, with the first of the configured keys. */
export async function issueAccessToken(ctx: IdentityContext | IdentityTx, who: { readonly userId: string; readonly sessionId: string }): Promise<IssuedAccessToken> {
  const now = ctx.clock.now();
  const expiresAt = new Date(now.getTime() + ctx.config.ACCESS_TOKEN_SECONDS * 1_000);
  const [first] = privateKeys(ctx.config.ACCESS_TOKEN_KEYS);
  if (!first) throw new Error('ACCESS_TOKEN_KEYS holds no key.');
  const claims: AccessTokenClaims = { sub: who.userId, sid: who.sessionId, ten: ctx.tenant.id };
  const token = await new SignJWT({ ...claims })
    .setProtectedHeader({ alg: accessToken.algorithm, typ: accessToken.type, kid: first.kid })
    .setIssuer(accessToken.issuer).setAudience(accessToken.audience).setJti(newId('tok', now))
    .setIssuedAt(now).setExpirationTime(expiresAt)
    .sign(await signingKey(first));
  return { token, expiresAt };
}

/** The public halves of all configured keys, for verifying (RFC 7517). */
export async function publicKeys(jwksText: string): Promise<JWK[]> {
  return Promise.all(privateKeys(jwksText).map(async (jwk) => {
    const publicJwk = await exportJWK(createPublicKey({ key: { ...jwk }, format: 'jwk' }));
    return { ...publicJwk, kid: jwk.kid, alg: accessToken.algorithm, use: 'sig' };
  }));
}

const imported = new Map<string, CryptoKey>();

/** Importing a key costs more than signing with it. */
async function signingKey(jwk: JWK): Promise<CryptoKey> {
  const at = JSON.stringify(jwk);
  const known = imported.get(at);
  if (known) return known;
  const key = (await importJWK(jwk, accessToken.algorithm)) as CryptoKey;
  imported.set(at, key);
  return key;
}

function privateKeys(jwksText: string): JWK[] {
  return (JSON.parse(jwksText) as { keys: JWK[] }).keys;
}
