import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DiscountPart, PricedCart } from './priced-cart.js';
import { priceCart } from './price-cart.js';
import { randomCart } from './testing/random-cart.js';
import { offerIds } from './testing/random-promotion.js';
import { replayTrace } from './testing/replay-trace.js';

const totalsOf = ['subtotalMinor', 'discountMinor', 'taxMinor', 'totalMinor'] as const;
const add = <T>(all: readonly T[], amountOf: (one: T) => number): number => all.reduce((total, one) => total + amountOf(one), 0);

function expectLinesToAgree({ lines, taxIncluded }: PricedCart): void {
  for (const line of lines) {
    const paid = line.subtotalMinor - line.discountMinor;
    expect(line.subtotalMinor).toBe(line.unitPriceMinor * line.quantity);
    expect(line.totalMinor).toBe(taxIncluded ? paid : paid + line.taxMinor);
    expect(line.netMinor).toBe(taxIncluded ? paid - line.taxMinor : paid);
    expect(add(line.taxes, ({ amountMinor }) => amountMinor)).toBe(line.taxMinor);
    expectPartsToAgree(line.discounts, line.discountMinor);
  }
}

function expectPartsToAgree(parts: readonly DiscountPart[], discountMinor: number): void {
  expect(add(parts, ({ amountMinor }) => amountMinor)).toBe(discountMinor);
  for (const { amountMinor, platformMinor, vendorMinor } of parts) expect([platformMinor + vendorMinor, Math.min(amountMinor, platformMinor, vendorMinor) >= 0]).toEqual([amountMinor, true]);
}

function expectVendorsToAgree({ lines, vendors, totals }: PricedCart): void {
  for (const vendor of vendors) {
    const own = lines.filter(({ vendorId }) => vendorId === vendor.vendorId);
    const delivery = { subtotalMinor: 0, discountMinor: vendor.shippingDiscountMinor, taxMinor: vendor.shippingTaxMinor, totalMinor: vendor.shippingNetMinor + vendor.shippingTaxMinor };
    for (const part of totalsOf) expect(add(own, (line) => line[part]) + delivery[part]).toBe(vendor[part]);
    expect(add(vendor.shippingTaxes, ({ amountMinor }) => amountMinor)).toBe(vendor.shippingTaxMinor);
    expectPartsToAgree(vendor.shippingDiscounts, vendor.shippingDiscountMinor);
  }
  for (const part of [...totalsOf, 'shippingMinor'] as const) expect(add(vendors, (vendor) => vendor[part])).toBe(totals[part]);
}

function expectPromotionsToAgree({ lines, vendors, applied, totals, budgets, redemptions }: PricedCart): void {
  const parts = [...lines.flatMap(({ discounts }) => discounts), ...vendors.flatMap(({ shippingDiscounts }) => shippingDiscounts)];
  for (const { promotionId, amountMinor } of applied) expect(add(parts.filter((part) => part.promotionId === promotionId), (part) => part.amountMinor)).toBe(amountMinor);
  expect(add(applied, ({ amountMinor }) => amountMinor)).toBe(totals.discountMinor);
  for (const { promotionId, amountMinor } of [...budgets, ...redemptions]) expect(applied.find((one) => one.promotionId === promotionId)?.amountMinor).toBe(amountMinor);
}

function expectTraceToReplay({ trace, lines, vendors, totals }: PricedCart): void {
  const replayed = replayTrace(trace);
  expect(Object.fromEntries(replayed.lines)).toEqual(Object.fromEntries(lines.map(({ lineId, totalMinor }) => [lineId, totalMinor])));
  for (const vendor of vendors) {
    expect(replayed.vendors.get(vendor.vendorId)).toBe(vendor.totalMinor);
    expect(replayed.deliveries.get(vendor.vendorId) ?? 0).toBe(vendor.shippingNetMinor + vendor.shippingTaxMinor);
  }
  expect(replayed.total).toBe(totals.totalMinor);
}

/** Every number below a value, wherever it stands. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

describe('random carts', () => {
  it('agree line by line, vendor by vendor and overall, in currencies with 0, 2 and 3 decimals', () => {
    fc.assert(fc.property(randomCart(), (input) => {
      const cart = priceCart(input);
      expectLinesToAgree(cart);
      expectVendorsToAgree(cart);
      expectPromotionsToAgree(cart);
      expectTraceToReplay(cart);
    }), { numRuns: 6000 });
  });

  it('hold whole numbers from zero only, and no line below its floor', () => {
    fc.assert(fc.property(randomCart(), (input) => {
      const cart = priceCart(input);
      for (const number of numbersIn(cart)) if (!Number.isSafeInteger(number) || number < 0 || Object.is(number, -0)) expect.fail(`${number} is no amount.`);
      if (input.tax.abroad === 'KEEP_NET') return;
      for (const line of cart.lines) {
        const floorEach = input.lines.find(({ lineId }) => lineId === line.lineId)?.floorMinor ?? 0;
        expect(line.subtotalMinor - line.discountMinor).toBeGreaterThanOrEqual(Math.min(line.unitPriceMinor, floorEach) * line.quantity);
      }
    }), { numRuns: 2000 });
  });

  it('keep within maxima and budgets, and every promotion counts or says why not', () => {
    fc.assert(fc.property(randomCart(), (input) => {
      const { applied, rejected } = priceCart(input);
      for (const { promotionId, maxDiscountMinor } of input.promotions) {
        const counted = applied.filter((one) => one.promotionId === promotionId);
        const most = Math.min(maxDiscountMinor ?? Infinity, input.budgets.find((budget) => budget.promotionId === promotionId)?.leftMinor ?? Infinity);
        for (const { amountMinor } of counted) expect(amountMinor).toBeLessThanOrEqual(most);
        expect(counted.length + rejected.filter((one) => one.promotionId === promotionId).length).toBe(1);
      }
    }), { numRuns: 1000 });
  });

  it('come to the same twice, and by the best deal never to more than by priority', () => {
    fc.assert(fc.property(randomCart(), (input) => {
      const priced = priceCart({ ...input, search: 'BY_PRIORITY' });
      expect(priceCart({ ...input, search: 'BY_PRIORITY' })).toEqual(priced);
      expect(paidBeforeTax(priceCart({ ...input, search: 'BEST_DEAL' }))).toBeLessThanOrEqual(paidBeforeTax(priced));
    }), { numRuns: 500 });
  });

  it('come to the same in any order of lines, but for single units, where no two pieces tie', () => {
    fc.assert(fc.property(randomCart(), fc.integer({ min: 1, max: 5 }), (input, turn) => {
      const promotions = input.promotions.slice(0, 1).map((promotion) => ({ ...promotion, effects: promotion.effects.slice(0, 1) }));
      const lines = offerIds.flatMap((offerId) => input.lines.filter((line) => line.offerId === offerId).slice(0, 1));
      const prices = priceCart({ ...input, lines }).lines.map(({ unitPriceMinor }) => unitPriceMinor);
      fc.pre(new Set(prices).size === prices.length);
      const [one, other] = [lines, [...lines.slice(turn), ...lines.slice(0, turn)]].map((ordered) => priceCart({ ...input, lines: ordered, promotions, flashSales: [] }).totals);
      for (const part of ['subtotalMinor', 'discountMinor', 'shippingMinor'] as const) expect(other?.[part]).toBe(one?.[part]);
      expect(Math.abs((other?.totalMinor ?? 0) - (one?.totalMinor ?? 0))).toBeLessThanOrEqual(lines.length);
    }), { numRuns: 500 });
  });
});

function paidBeforeTax({ totals }: PricedCart): number {
  return totals.subtotalMinor - totals.discountMinor + totals.shippingMinor;
}
