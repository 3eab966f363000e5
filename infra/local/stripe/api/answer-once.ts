import type { KeptAnswer } from '../account-books.js';
import { StripeRefusal, wrongParameter } from '../refusal.js';

/** What an idempotency key is used for. */
export interface KeyUse {
  readonly key: string;
  readonly path: string;
  /** The parameters as text. */
  readonly asked: string;
}

/** Refuses a key that was used for something else; docs.stripe.com/api/idempotent_requests. */
export function checkSameUse({ key, path, asked }: KeyUse, known: KeptAnswer): void {
  if (known.path !== path) throw misused(`Keys for idempotent requests can only be used for the same endpoint they were first used for ('${known.path}' vs '${path}'). Try using a key other than '${key}' if you meant to execute a different request.`);
  if (known.asked !== asked) throw misused(`Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`);
}

/** Another request with the key is being worked on. */
export function inUse(key: string): StripeRefusal {
  const message = `There is currently another in-progress request using this Stripe idempotency key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`;
  return new StripeRefusal(409, { type: 'idempotency_error', code: 'idempotency_key_in_use', message }, true);
}

function misused(message: string): StripeRefusal {
  return new StripeRefusal(400, { ...wrongParameter(message).facts, type: 'idempotency_error' }, true);
}
