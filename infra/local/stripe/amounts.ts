import { exponentOf } from '@haat/kit/currencies';
import { wrongParameter } from './refusal.js';

/** The largest amount of one charge, in the smallest unit; docs.stripe.com/currencies: eight digits. */
const amountMax = 99_999_999;

/** The smallest charge by currency, in Stripe's units; docs.stripe.com/currencies#minimum-and-maximum-charge-amounts. Any amount where nothing is said. */
const minimums: Readonly<Record<string, number>> = {
  usd: 50, aed: 200, aud: 50, bgn: 100, brl: 50, cad: 50, chf: 50, czk: 1_500, dkk: 250, eur: 50, gbp: 30, hkd: 400, huf: 17_500, inr: 50, jpy: 50,
  mxn: 1_000, myr: 200, nok: 300, nzd: 50, pln: 200, ron: 200, sek: 300, sgd: 50, thb: 1_000,
};

/** Decimals that Stripe counts with where ISO 4217 has others. */
const ownDecimals: Readonly<Record<string, number>> = { isk: 2, ugx: 2, mga: 0 };

/** How many decimals Stripe counts a currency with, in lower case; undefined where there is no such currency. */
export function decimalsOf(currency: string): number | undefined {
  return ownDecimals[currency] ?? exponentOf(currency.toUpperCase());
}

/** Refuses a currency that is none, or is not written in three letters. */
export function checkCurrency(currency: string): string {
  const lower = currency.toLowerCase();
  if (!/^[a-z]{3}$/.test(lower) || decimalsOf(lower) === undefined) throw wrongParameter(`Invalid currency: ${currency}.`, 'currency');
  return lower;
}

/** Refuses an amount to be charged that Stripe would not take. */
export function checkAmount(amount: number, currency: string, param = 'amount'): number {
  const least = minimums[currency] ?? 1;
  if (amount < 1) throw wrongParameter('This value must be greater than or equal to 1.', param, 'parameter_invalid_integer');
  if (amount < least) throw wrongParameter(`Amount must be no less than ${amountText(least, currency)}.`, param, 'amount_too_small');
  if (amount > amountMax) throw wrongParameter(`Amount must be no more than ${amountText(amountMax, currency)}.`, param, 'amount_too_large');
  checkStep(amount, currency, param);
  return amount;
}

/** An amount as people write it. */
export function amountText(amount: number, currency: string): string {
  const decimals = decimalsOf(currency) ?? 2;
  return new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code', minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(amount / 10 ** decimals).replace('\u00a0', ' ');
}

/** Three-decimal currencies end in 0; those that Stripe counts with decimals they do not have end in 00. */
function checkStep(amount: number, currency: string, param: string): void {
  const step = decimalsOf(currency) === 3 ? 10 : currency === 'isk' || currency === 'ugx' ? 100 : 1;
  if (amount % step !== 0) throw wrongParameter(`Invalid amount: in ${currency} it must be a multiple of ${step}.`, param, 'parameter_invalid_integer');
}
