import { describe, expect, it } from 'vitest';
import { rankOffers, type RankedOffer } from './rank-offers.js';

const offer = (id: string, more: Partial<RankedOffer> = {}): RankedOffer => ({ id, isActive: true, isVendorOpen: true, score: 500, priceMinor: 1_000, isInStock: true, isBackorder: false, ...more });
const ranked = (...offers: RankedOffer[]) => rankOffers(offers).map(({ id, reasons }) => `${id} ${reasons.join('+')}`);

describe('The buy box', () => {
  it.each([
    ['the lowest price', [offer('a', { priceMinor: 1_001 }), offer('b')], ['b LOWEST_PRICE', 'a HIGHER_PRICE']],
    ['of equal prices the better vendor', [offer('a'), offer('b', { score: 501 })], ['b BEST_SCORE', 'a LOWER_SCORE']],
    ['of equal vendors what is in stock', [offer('a', { isInStock: false, isBackorder: true }), offer('b')], ['b IN_STOCK', 'a ON_BACKORDER']],
    ['of equals always the same', [offer('b'), offer('a')], ['a EQUAL', 'b EQUAL']],
    ['what can be bought, whatever the others cost', [offer('a', { priceMinor: 1, isInStock: false }), offer('b')], ['b ONLY_ONE', 'a OUT_OF_STOCK']],
    ['a free one before a cheap one', [offer('a', { priceMinor: 1 }), offer('b', { priceMinor: 0 })], ['b LOWEST_PRICE', 'a HIGHER_PRICE']],
  ] as const)('shows %s', (_, offers, expected) => {
    expect(ranked(...offers)).toEqual(expected);
    expect(ranked(...offers.toReversed())).toEqual(expected);
  });

  it('says of each why nobody can buy it, the nearest to being bought in front', () => {
    const none = { priceMinor: undefined, isInStock: false };
    expect(ranked(offer('a', { isActive: false, isVendorOpen: false }), offer('b', none), offer('c', { priceMinor: undefined }), offer('d', { isVendorOpen: false }))).toEqual([
      'd VENDOR_CLOSED', 'c NO_PRICE', 'a NOT_ACTIVE+VENDOR_CLOSED', 'b NO_PRICE+OUT_OF_STOCK',
    ]);
    expect(rankOffers([])).toEqual([]);
  });
});
