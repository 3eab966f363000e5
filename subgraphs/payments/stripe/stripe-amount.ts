import { exponentOf } from '@haat/kit/currencies';
import { invariant } from '@haat/kit/invariant';
import { ProviderRefused } from '../provider/payment-provider.js';

/** Decimals that Stripe counts a currency with where ISO 4217 has others: docs.stripe.com/currencies, "Special cases" and "Zero-decimal currencies". */
const stripeDecimals: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: 0 };

/** Whether Stripe can say an amount exactly. Of three decimals it takes two: the last digit is 0. */
export function canTake(minor: number, currency: string): boolean {
  const amount = minor * 10 ** shiftOf(currency);
  return Number.isSafeInteger(amount) && (exponentOf(currency.toUpperCase()) !== 3 || amount % 10 === 0);
}

/** An amount as Stripe counts it. Refuses one that Stripe cannot say exactly. */
export function toStripeAmount(minor: number, currency: string): number {
  const amount = minor * 10 ** shiftOf(currency);
  if (!canTake(minor, currency)) throw new ProviderRefused('amount_not_exact', `Stripe cannot take ${minor} minor units of ${currency}.`);
  return amount;
}

/** What Stripe says in our own minor units. Not whole where Stripe names less than our smallest unit: then it is none of ours. */
export function fromStripeAmount(amount: number, currency: string): number {
  return amount / 10 ** shiftOf(currency);
}

function shiftOf(currency: string): number {
  const exponent = exponentOf(currency.toUpperCase());
  invariant(exponent !== undefined, `No such currency: ${currency}.`);
  return (stripeDecimals[currency.toUpperCase()] ?? exponent) - exponent;
}
