import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a signed token names, and for whom it holds. */
export interface TokenFacts {
  /** What it is good for, such as `order`: a token for one thing opens no other. */
  readonly purpose: string;
  readonly tenantId: string;
  /** What it opens. No dots. */
  readonly id: string;
  readonly expiresAt: Date;
}

/** 32 characters of base64url: 192 bits of the HMAC-SHA-256 (RFC 2104). */
const macCharacters = 32;

/** A token for a link: `<id>.<seconds since the epoch, base 36>.<mac>`. Whoever has it may open one thing until then; it is kept nowhere and cannot be taken back. */
export function signedToken(secret: string, facts: TokenFacts): string {
  const expires = Math.floor(facts.expiresAt.getTime() / 1_000).toString(36);
  return `${facts.id}.${expires}.${macOf(secret, facts, expires)}`;
}

/** The id that a token names; undefined where it is not ours, of another tenant or purpose, or over. */
export function idOfToken(secret: string, token: string, { purpose, tenantId, now }: { readonly purpose: string; readonly tenantId: string; readonly now: Date }): string | undefined {
  const [, id, expires, mac] = /^([A-Za-z0-9_-]{1,64})\.([0-9a-z]{1,10})\.([A-Za-z0-9_-]{32})$/.exec(token) ?? [];
  if (id === undefined || expires === undefined || mac === undefined) return undefined;
  const wanted = macOf(secret, { purpose, tenantId, id }, expires);
  if (!timingSafeEqual(Buffer.from(wanted), Buffer.from(mac))) return undefined;
  return Number.parseInt(expires, 36) * 1_000 > now.getTime() ? id : undefined;
}

function macOf(secret: string, { purpose, tenantId, id }: Omit<TokenFacts, 'expiresAt'>, expires: string): string {
  return createHmac('sha256', secret).update(JSON.stringify([purpose, tenantId, id, expires])).digest('base64url').slice(0, macCharacters);
}
