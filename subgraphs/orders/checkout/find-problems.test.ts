import { describe, expect, it } from 'vitest';
import { findProblems, problemCodes, type CheckoutFacts, type GroupFacts, type LineFacts } from './find-problems.js';

const line: LineFacts = { lineId: 'line_1', vendorId: 'ven_1', quantity: 2, isSellable: true, available: 5, maxPerOrder: null };
const group: GroupFacts = { groupId: 'grp_1', vendorId: 'ven_1', vendorName: 'Padma', isOpen: true, minimumMinor: null, subtotalMinor: 4_000, methodIds: ['smt_1'], chosenMethodId: 'smt_1' };
const good: CheckoutFacts = { lines: [line], groups: [group], hasContact: true, hasAddress: true, regionsExpected: [], rejectedCoupons: [], whyNotPayable: null };
const codes = (facts: Partial<CheckoutFacts>) => findProblems({ ...good, ...facts }).map(({ code }) => code);

describe('what stands between a cart and an order', () => {
  it('is nothing where all is well, or stock could not be asked', () => {
    expect(findProblems(good)).toEqual([]);
    expect(codes({ lines: [{ ...line, available: null }] })).toEqual([]);
  });

  it.each([
    ['OFFER_UNAVAILABLE', { lines: [{ ...line, isSellable: false, available: 0 }] }],
    ['OUT_OF_STOCK', { lines: [{ ...line, available: 0 }] }],
    ['QUANTITY_REDUCED', { lines: [{ ...line, available: 1 }] }],
    ['OVER_MAXIMUM', { lines: [{ ...line, maxPerOrder: 1 }] }],
    ['VENDOR_CLOSED', { groups: [{ ...group, isOpen: false, minimumMinor: 9_000, methodIds: [] }], lines: [{ ...line, available: 0 }] }],
    ['BELOW_MINIMUM', { groups: [{ ...group, minimumMinor: 4_001 }] }],
    ['COUPON_INVALID', { rejectedCoupons: [{ code: 'X', message: 'Too late.' }] }],
    ['CONTACT_MISSING', { hasContact: false }],
    ['ADDRESS_MISSING', { hasAddress: false, groups: [{ ...group, methodIds: [], chosenMethodId: null }] }],
    ['ADDRESS_UNCLEAR', { regionsExpected: ['NY'] }],
    ['UNSERVICEABLE', { groups: [{ ...group, methodIds: [] }] }],
    ['SHIPPING_NOT_CHOSEN', { groups: [{ ...group, chosenMethodId: null }] }],
    ['PAYMENT_NOT_OFFERED', { whyNotPayable: 'No cash.' }],
    ['SHIPPING_GONE', { groups: [{ ...group, chosenMethodId: 'smt_2' }] }],
  ] as const)('is %s, and that alone', (code, facts) => {
    expect(codes(facts as Partial<CheckoutFacts>)).toEqual([code]);
  });

  it('has a case for each code above', () => {
    expect(problemCodes).toHaveLength(14);
  });

  it('comes in the order in which a buyer mends it, each with what helps', () => {
    const found = findProblems({ ...good, hasContact: false, lines: [{ ...line, available: 1 }], groups: [{ ...group, chosenMethodId: null }] });
    expect(found.map(({ code }) => code)).toEqual(['QUANTITY_REDUCED', 'CONTACT_MISSING', 'SHIPPING_NOT_CHOSEN']);
    for (const { cure } of found) expect(cure.length).toBeGreaterThan(10);
    expect(found[0]).toMatchObject({ lineId: 'line_1', cure: 'Lower it to 1.' });
  });
});
