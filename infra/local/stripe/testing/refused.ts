import Stripe from 'stripe';

/** The refusal of a request, as the `stripe` package throws it. */
export async function refused(asked: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const outcome = await asked.then(() => undefined, (error: unknown) => error);
  if (outcome instanceof Stripe.errors.StripeError) return outcome;
  throw new Error(`Expected a refusal of Stripe, and there was ${String(outcome)}.`);
}
