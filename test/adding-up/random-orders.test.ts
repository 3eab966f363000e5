import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate } from '@haat/kit/allocate';
import { cancelPieces } from '@haat/orders/pure/cancelled-pieces';
import { decideOrder } from '@haat/orders/pure/decide-order';
import { leftOf, refundLines, sharesOfLines } from '@haat/payments/pure/refund-parts';
import { priceCart } from '@haat/pricing/pure/price-cart';
import { randomCart } from '@haat/pricing/pure/testing/random-cart';
import { quoteCommission } from '@haat/vendors/pure/quote-commission';

type Priced = ReturnType<typeof priceCart>;
type Decision = ReturnType<typeof decideOrder>;
type Draft = Extract<Decision, { kind: 'ORDER' }>['draft'];

/** Orders that are drawn. */
const orders = 10_000;

const buyer = { userId: 'usr_1', guestKey: null };
const address = { name: 'Ann', company: null, line1: 'Road 1', line2: null, city: 'Dhaka', district: null, region: null, postalCode: null, country: 'BD', phone: null };
const add = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((sum, one) => sum + of(one), 0);

const terms = fc.record({ taxRatePpm: fc.constantFrom(0, 150_000), shippingRatePpm: fc.constantFrom(0, 50_000), takenOf: fc.constantFrom('NET', 'GROSS') });
const rule = fc.record({ ratePpm: fc.integer({ min: 0, max: 300_000 }), fixedMinor: fc.integer({ min: 0, max: 500 }), minMinor: fc.option(fc.integer({ min: 0, max: 300 })), maxMinor: fc.option(fc.integer({ min: 300, max: 90_000 })) })
  .map((facts) => ({ id: 'rule', vendorIds: [], categoryIds: [], productIds: [], priceFromMinor: null, priceToMinor: null, ...facts }));

/** Everything that checkout asks its neighbours for, answered by their own pure parts. */
function gatheredOf(priced: Priced, fees: ReturnType<typeof quoteCommission>): Parameters<typeof decideOrder>[0] {
  const groups = priced.vendors.map(({ vendorId }) => ({ groupId: `grp_${vendorId}`, vendorId, shippingMethodId: 'post', weightGrams: 100 }));
  return {
    cart: {
      cartId: 'cart_1', version: 1, buyer, currency: priced.currency, locale: 'en', lines: priced.lines.map(({ lineId, offerId, vendorId, quantity }) => ({ lineId, offerId, vendorId, quantity })), groups, couponCodes: [],
      contact: { email: 'ann@example.com', phone: null, name: 'Ann' }, shippingAddress: address, billingAddress: null, note: null,
    },
    offers: [...new Map(priced.lines.map((line) => [line.offerId, line])).values()].map(({ offerId, vendorId }) => ({
      offerId, vendorId, productId: 'prod_1', variantId: 'var_1', title: 'A thing', variantTitle: null, sku: 'T', vendorSku: 'T', options: [], productType: 'things', taxClass: 'standard', weightGrams: null, maxPerOrder: null,
      shippingProfile: 'standard', categoryPaths: [], imageUrl: null, whyNot: null,
    })) as never,
    vendors: groups.map(({ vendorId }) => ({ vendorId, slug: vendorId, name: vendorId, openNow: true, whyClosed: null, minimumOrderMinor: null, acceptsAfterHours: null })),
    goods: priced as never, priced: priced as never, commission: fees as never,
    shipping: groups.map(({ vendorId }) => ({ vendorId, options: [{ methodId: 'post', name: 'Post', carrier: 'own', amountMinor: 0, deliverBy: null, allowsCashOnDelivery: true }] })),
  };
}

function feesOf(priced: Priced, rules: Parameters<typeof quoteCommission>[0], facts: unknown): ReturnType<typeof quoteCommission> {
  return quoteCommission(rules, facts as never, {
    lines: priced.lines.map(({ lineId, vendorId, quantity, netMinor, totalMinor }) => ({ lineId, vendorId, productId: 'prod_1', categoryPaths: [], quantity, netMinor, grossMinor: totalMinor })),
    shipping: priced.vendors.map(({ vendorId, shippingNetMinor, shippingTaxMinor }) => ({ vendorId, netMinor: shippingNetMinor, grossMinor: shippingNetMinor + shippingTaxMinor })),
  });
}

function placed(priced: Priced, fees: ReturnType<typeof quoteCommission>, payWith: string): Draft {
  const decided = decideOrder(gatheredOf(priced, fees), { expectedTotal: { minor: priced.totals.totalMinor, currency: priced.currency }, payWith, note: null });
  if (decided.kind !== 'ORDER') throw new Error(`It came to ${JSON.stringify(decided)}.`);
  return decided.draft;
}

/** Cart, order, parts and lines: the same sums wherever they are read. */
function expectOrderToAgree(priced: Priced, draft: Draft, fees: ReturnType<typeof quoteCommission>): void {
  for (const part of ['subtotalMinor', 'discountMinor', 'shippingMinor', 'taxMinor', 'totalMinor'] as const) {
    expect(draft.totals[part]).toBe(priced.totals[part]);
    expect(add(draft.vendorOrders, ({ totals }) => totals[part])).toBe(draft.totals[part]);
  }
  for (const part of draft.vendorOrders) {
    const [vendor, fee] = [priced.vendors.find(({ vendorId }) => vendorId === part.vendorId), fees.vendors.find(({ vendorId }) => vendorId === part.vendorId)];
    if (!vendor || !fee) throw new Error(`${part.vendorId} is nobody.`);
    expect(add(part.lines, ({ totalMinor }) => totalMinor) + vendor.shippingNetMinor + vendor.shippingTaxMinor).toBe(part.totals.totalMinor);
    expect(add(part.lines, ({ taxMinor }) => taxMinor) + add(part.shippingTaxes, ({ amountMinor }) => amountMinor)).toBe(part.totals.taxMinor);
    expect(add(part.lines, ({ commissionMinor }) => commissionMinor) + fee.shippingMinor).toBe(part.commission.netMinor);
    expect(part.commission.netMinor).toBeLessThanOrEqual(Math.max(part.totals.totalMinor, 0));
    expect([0, part.totals.totalMinor]).toContain(part.amountToCollectMinor);
  }
}

/** What goes back for some pieces, then for others, then for the rest: never more than was paid, and in the end all of it, to the unit. */
function expectRefundsToAgree(draft: Draft, wishes: readonly number[]): void {
  const ids = draft.vendorOrders.map(({ vendorId }) => `vord_${vendorId}`);
  const shares = draft.vendorOrders.map(({ vendorId, totals }, at) => ({ id: ids[at] ?? '', vendorId, capturedMinor: totals.totalMinor, refundReservedMinor: 0 }));
  const lines = draft.vendorOrders.flatMap((part, at) => part.lines.map((line) => ({ ...line, id: line.cartLineId, vendorOrderId: ids[at] ?? '', refundedQuantity: 0, refundedMinor: 0 })));
  for (const [at, wish] of wishes.entries()) {
    const line = lines[at % Math.max(1, lines.length)];
    if (!line) return;
    const quantity = Math.min(wish, line.quantity - line.refundedQuantity);
    if (quantity < 1) continue;
    const given = refundLines(lines as never, [{ orderLineId: line.id, quantity, restock: false }]);
    const parts = given && sharesOfLines(shares, given);
    if (!given || !parts) throw new Error('What is left could not go back.');
    Object.assign(line, { refundedQuantity: line.refundedQuantity + quantity, refundedMinor: line.refundedMinor + add(given, ({ amountMinor }) => amountMinor) });
    for (const { vendorOrderId, amountMinor } of parts) for (const share of shares) if (share.id === vendorOrderId) share.refundReservedMinor += amountMinor;
    expect(line.refundedMinor).toBeLessThanOrEqual(line.totalMinor);
    if (line.refundedQuantity === line.quantity) expect(line.refundedMinor).toBe(line.totalMinor);
  }
  for (const share of shares) expect(leftOf(share)).toBeGreaterThanOrEqual(0);
  const left = shares.map(leftOf);
  expect(add(allocate(add(left, (minor) => minor), left), (minor) => minor) + add(shares, ({ refundReservedMinor }) => refundReservedMinor)).toBe(draft.totals.totalMinor);
}

/** A part that loses its pieces in several goes gives back its total in the end, delivery and all. */
function expectCancellingToAgree(draft: Draft, wishes: readonly number[]): void {
  for (const { totals, lines } of draft.vendorOrders) {
    const part = { totals, cancelledMinor: 0 };
    const rows = lines.map((line) => ({ ...line, id: line.cartLineId, cancelled: 0 }));
    let given = 0;
    for (const wish of wishes) given += cancelPieces(part as never, rows as never, () => wish).amountMinor;
    given += cancelPieces(part as never, rows as never, ({ quantity }) => quantity).amountMinor;
    expect(given).toBe(totals.totalMinor);
  }
}

describe('random orders of several vendors', () => {
  it(`add up: cart, order, parts, payment, refunds and commission, to the unit, in ${orders} orders`, () => {
    fc.assert(fc.property(randomCart(), fc.array(rule, { maxLength: 2 }), terms, fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 6 }), fc.constantFrom('STRIPE', 'CASH_ON_DELIVERY'), (input, rules, facts, wishes, payWith) => {
      // A coupon that gives nothing stands in an order's way; its buyer takes it off.
      const priced = { ...priceCart(input), rejected: [] };
      fc.pre(priced.lines.length > 0 && Number.isSafeInteger(priced.totals.totalMinor));
      const fees = feesOf(priced, rules as never, facts);
      const draft = placed(priced, fees, payWith);
      expectOrderToAgree(priced, draft, fees);
      expectRefundsToAgree(draft, wishes);
      expectCancellingToAgree(draft, wishes);
    }), { numRuns: orders });
  }, 120_000);
});
