/** What stands in `error` of a refused request; docs.stripe.com/api/errors. */
export interface ErrorFacts {
  readonly type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
  readonly [more: string]: unknown;
}

/** A request that is refused, in Stripe's own shape. */
export class StripeRefusal extends Error {
  override readonly name = 'StripeRefusal';

  /** `isBeforeWork`: the parameters were wrong, so that no work began and nothing is kept under the request's key. */
  constructor(readonly status: number, readonly facts: ErrorFacts, readonly isBeforeWork = false) {
    super(facts.message);
  }
}

/** A parameter is wrong, and nothing was begun. */
export function wrongParameter(message: string, param?: string, code?: string): StripeRefusal {
  return new StripeRefusal(400, { type: 'invalid_request_error', message, ...(code && { code }), ...(param && { param }) }, true);
}

/** Something named by a parameter, or by the path where `param` is `id`, is not there. */
export function missing(kind: string, id: string, param = 'id'): StripeRefusal {
  return new StripeRefusal(param === 'id' ? 404 : 400, { type: 'invalid_request_error', code: 'resource_missing', message: `No such ${kind}: '${id}'`, param }, true);
}

/** It cannot be done as things stand. */
export function notNow(message: string, code: string, more: Readonly<Record<string, unknown>> = {}): StripeRefusal {
  return new StripeRefusal(400, { type: 'invalid_request_error', code, message, ...more });
}

/** Who asks is not known, or may not. */
export function notAllowed(message: string, code?: string): StripeRefusal {
  return new StripeRefusal(401, { type: 'invalid_request_error', message, ...(code && { code }) }, true);
}
