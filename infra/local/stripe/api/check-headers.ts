import type { IncomingHttpHeaders } from 'node:http';
import { wrongParameter } from '../refusal.js';

/** The version of Stripe's API that the simulator speaks: that of the `stripe` package we use. */
export const apiVersion = '2026-10-28.endive';

const keyLengthMax = 255;

/** Refuses a request whose headers Stripe would not take: docs.stripe.com/api/versioning, docs.stripe.com/api/idempotent_requests. */
export function checkHeaders(headers: IncomingHttpHeaders, body: string): void {
  const version = headers['stripe-version'];
  if (version !== undefined && version !== apiVersion) throw wrongParameter(`Invalid Stripe API version: ${String(version)}. The simulator speaks ${apiVersion} only.`);
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (body !== '' && type !== 'application/x-www-form-urlencoded') throw wrongParameter(`Invalid request: the body is to be application/x-www-form-urlencoded, and was sent as ${type ?? 'nothing'}.`);
  const key = headers['idempotency-key'];
  if (key !== undefined && (key === '' || String(key).length > keyLengthMax)) throw wrongParameter(`The idempotency key is to have 1 to ${keyLengthMax} characters.`);
}
