import { describe, expect, it } from 'vitest';
import { canTake, fromStripeAmount, toStripeAmount } from './stripe-amount.js';

describe('an amount at Stripe', () => {
  it.each([['BDT', 1_250, 1_250], ['EUR', 1, 1], ['JPY', 1_250, 1_250], ['UGX', 500, 50_000], ['ISK', 7, 700], ['KWD', 1_230, 1_230]])('of %s %i minor units is %i, and back', (currency, minor, amount) => {
    expect(toStripeAmount(minor, currency)).toBe(amount);
    expect(fromStripeAmount(amount, currency.toLowerCase())).toBe(minor);
  });

  it('that it cannot say exactly is refused; one below our smallest unit is none of ours', () => {
    expect(() => toStripeAmount(1, 'MGA')).toThrow('cannot take');
    for (const currency of ['BHD', 'JOD', 'KWD', 'OMR', 'TND']) expect(() => toStripeAmount(1_234, currency)).toThrow('cannot take');
    expect([canTake(1_230, 'KWD'), canTake(1_234, 'KWD'), canTake(1_234, 'EUR'), canTake(7, 'JPY'), canTake(150, 'MGA'), canTake(Number.MAX_SAFE_INTEGER, 'UGX')]).toEqual([true, false, true, true, false, false]);
    expect(Number.isInteger(fromStripeAmount(50, 'ugx'))).toBe(false);
  });
});
