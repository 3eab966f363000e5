import { describe, expect, it } from 'vitest';
import { amountsToCollect, piecesLeft, type PartToSend, type SentParcel } from './decide-shipment.js';

const line = (orderLineId: string, quantity: number, totalMinor: number, cancelled = 0) => ({ orderLineId, cartLineId: 'line_1', offerId: 'ofr_1', title: 'Mug', sku: 'M', weightGrams: 300, quantity, cancelled, totalMinor });
const parcel = (status: SentParcel['status'], quantity: number, amountToCollectMinor = 0, orderLineId = 'a'): SentParcel => ({ status, lines: [{ orderLineId, quantity }], amountToCollectMinor });
const part = (facts: Partial<PartToSend>): PartToSend => ({ lines: [line('a', 5, 5_000), line('b', 2, 1_999)], withdrawn: {}, withdrawnMinor: 0, amountToCollectMinor: 0, parcels: [], ...facts });

describe('pieces left to send', () => {
  it.each([
    ['all at first', {}, { a: 5, b: 2 }],
    ['less what other parcels hold, unless they were cancelled', { parcels: [parcel('LABELLED', 2), parcel('CANCELLED', 3)] }, { a: 3, b: 2 }],
    ['less what was cancelled', { withdrawn: { a: 4, b: 2 } }, { a: 1 }],
    ['less what was cancelled, however orders says it first', { lines: [line('a', 5, 5_000, 2)] }, { a: 3 }],
    ['no piece again that came back, before and after orders counted it cancelled', { lines: [line('a', 5, 5_000, 3)], parcels: [parcel('RETURNED', 3)] }, { a: 2 }],
    ['no piece again that came back, with another one cancelled before', { lines: [line('a', 5, 5_000, 2)], withdrawn: { a: 2 }, parcels: [parcel('RETURNED', 1), parcel('DELIVERED', 2)] }, {}],
    ['none where more is gone than there was', { withdrawn: { a: 4, b: 9 }, parcels: [parcel('IN_TRANSIT', 3)] }, {}],
  ] as [string, Partial<PartToSend>, Record<string, number>][])('are %s', (_, facts, left) => {
    expect(Object.fromEntries(piecesLeft(part(facts)))).toEqual(left);
  });
});

describe('what parcels collect', () => {
  const cash = { amountToCollectMinor: 7_600 };

  it('is nothing where nothing is to be collected', () => {
    expect(amountsToCollect(part({}), [[{ orderLineId: 'a', quantity: 5 }]])).toEqual([0]);
  });

  it('is all of it, with the delivery, where all goes at once', () => {
    expect(amountsToCollect(part(cash), [[{ orderLineId: 'a', quantity: 5 }, { orderLineId: 'b', quantity: 2 }]])).toEqual([7_600]);
  });

  it('comes to the whole, however the pieces are split and in whatever order they go', () => {
    const ways: (readonly (readonly [string, number])[])[] = [[['a', 1], ['a', 4], ['b', 2]], [['b', 1], ['a', 5], ['b', 1]], [['b', 2], ['a', 2], ['a', 3]]];
    for (const way of ways) {
      const parcels: SentParcel[] = [];
      for (const [orderLineId, quantity] of way) {
        const [amount = 0] = amountsToCollect(part({ ...cash, parcels }), [[{ orderLineId, quantity }]]);
        parcels.push(parcel('LABELLED', quantity, amount, orderLineId));
      }
      expect(parcels.reduce((sum, { amountToCollectMinor }) => sum + amountToCollectMinor, 0)).toBe(7_600);
    }
  });

  it('leaves out what was cancelled, and takes up what a cancelled parcel would have collected', () => {
    const facts = { ...cash, withdrawn: { a: 3 }, withdrawnMinor: 3_000, parcels: [parcel('CANCELLED', 2, 4_000)] };
    expect(amountsToCollect(part(facts), [[{ orderLineId: 'a', quantity: 2 }], [{ orderLineId: 'b', quantity: 2 }]]).reduce((sum, minor) => sum + minor, 0)).toBe(4_600);
  });

  it('of goods that cost nothing is the delivery', () => {
    const free = part({ lines: [line('a', 2, 0)], amountToCollectMinor: 600 });
    expect(amountsToCollect(free, [[{ orderLineId: 'a', quantity: 2 }]])).toEqual([600]);
    expect(amountsToCollect(free, [[{ orderLineId: 'a', quantity: 1 }]])).toEqual([300]);
  });
});
