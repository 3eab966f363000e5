import { z } from 'zod';
import type { VendorsConfig } from '../config.js';
import type { CheckSubject } from './identity-check.js';

/** The largest answer that is read, in characters. */
const answerCharactersMax = 64_000;

/** What a check came to, as the provider says it. */
export type CheckOutcome = { readonly status: 'pending' } | { readonly status: 'passed' } | { readonly status: 'failed'; readonly reason?: string };

/** A check that is to be made. */
export interface CheckOrder {
  /** Ours: the provider makes one check of it, however often it is asked for. */
  readonly id: string;
  readonly subjectKind: 'PERSON' | 'BUSINESS';
  readonly subject: CheckSubject;
  readonly callbackUrl: string;
}

/** Who checks persons and companies for us. */
export interface VerificationProvider {
  /** Starts a check, or finds the one that was started before. */
  start(order: CheckOrder): Promise<{ readonly reference: string; readonly pageUrl?: string }>;
  /** How far a check is. */
  read(reference: string): Promise<CheckOutcome>;
}

/** The provider refused for good: asking again would be refused again. */
export class VerificationRefused extends Error {
  override readonly name = 'VerificationRefused';
}

const started = z.object({ id: z.string().min(1).max(200), url: z.url({ protocol: /^https?$/ }).max(2_000).optional() });
const outcome = z.object({ status: z.enum(['pending', 'passed', 'failed']), reason: z.string().max(500).optional() });

/** The provider over HTTP: JSON, our key as bearer, our id as the idempotency key. What is not 2xx throws; a 4xx that stays one as {@link VerificationRefused}. */
export function httpVerification(config: VendorsConfig): VerificationProvider {
  const call = async (method: 'GET' | 'POST', path: string, key?: string, body?: object): Promise<unknown> => {
    const headers = { authorization: `Bearer ${config.VERIFICATION_KEY}`, accept: 'application/json', ...(body && { 'content-type': 'application/json' }), ...(key && { 'idempotency-key': key }) };
    const init: RequestInit = { method, headers, ...(body && { body: JSON.stringify(body) }), redirect: 'error', signal: AbortSignal.timeout(config.VERIFICATION_TIMEOUT_MS) };
    const response = await fetch(`${config.VERIFICATION_URL}${path}`, init);
    const text = (await response.text()).slice(0, answerCharactersMax);
    if (response.ok) return JSON.parse(text) as unknown;
    const mayPass = response.status >= 500 || [401, 403, 408, 409, 425, 429].includes(response.status);
    throw mayPass ? new Error(`The provider answered ${response.status}.`) : new VerificationRefused(`The provider answered ${response.status}.`);
  };
  return {
    async start({ id, subjectKind, subject, callbackUrl }) {
      const { id: reference, url } = started.parse(await call('POST', '/v1/checks', id, { clientReference: id, kind: subjectKind.toLowerCase(), subject, callbackUrl }));
      return { reference, pageUrl: url };
    },
    read: async (reference) => outcome.parse(await call('GET', `/v1/checks/${encodeURIComponent(reference)}`)),
  };
}
