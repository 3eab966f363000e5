import { createHmac, timingSafeEqual } from 'node:crypto';

/** A callback older or newer than this is no callback, in seconds. */
export const toleranceSeconds = 300;

/**
 * Whether a callback is the provider's: `t=<seconds>,v1=<hex>`, the HMAC-SHA256 of `<t>.<body>` with one of the secrets.
 * Several `v1` may stand there while the provider changes its own.
 */
export function isSigned(header: string | undefined, body: Uint8Array, { secrets, now }: { readonly secrets: readonly string[]; readonly now: Date }): boolean {
  const parts = (header ?? '').slice(0, 1_000).split(',').map((part) => part.trim().split('=') as [string, string?]);
  const at = Number(parts.find(([name]) => name === 't')?.[1]);
  if (!Number.isSafeInteger(at) || Math.abs(now.getTime() / 1_000 - at) > toleranceSeconds) return false;
  const given = parts.filter(([name]) => name === 'v1').map(([, hex = '']) => Buffer.from(hex, 'hex'));
  return secrets.some((secret) => {
    const expected = createHmac('sha256', secret).update(`${at}.`).update(body).digest();
    return given.some((one) => one.length === expected.length && timingSafeEqual(one, expected));
  });
}
