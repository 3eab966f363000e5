import { describe, expect, it } from 'vitest';
import { CarrierRefusal, type ParcelToCarry } from '../carrier/carrier.js';
import { localPhone, pathaoOrder, poishaCollected, wholeTaka } from './pathao-order.js';

const parcel: ParcelToCarry = { parcelId: 'par_1', recipient: { name: 'Ann', phone: '+880 1711-000000', address: 'House 12, Road 4, Dhanmondi' }, weightGrams: 320, pieces: 2, description: '2 x Mug', amountToCollectMinor: 53_421, currency: 'BDT' };
const refused = (changes: Partial<ParcelToCarry>): readonly string[] => {
  try {
    pathaoOrder({ ...parcel, ...changes }, '7');
    return [];
  } catch (error) {
    return (error as CarrierRefusal).reasons;
  }
};

describe('a parcel in Pathao\'s words', () => {
  it('has the phone as it is dialled, half a kilogram at least, and whole taka', () => {
    expect(pathaoOrder(parcel, '7')).toEqual({
      store_id: 7, merchant_order_id: 'par_1', recipient_name: 'Ann', recipient_phone: '01711000000', recipient_address: 'House 12, Road 4, Dhanmondi', delivery_type: 48, item_type: 2, item_quantity: 2, item_weight: 0.5,
      item_description: '2 x Mug', amount_to_collect: 534,
    });
    expect(pathaoOrder({ ...parcel, weightGrams: 1_234, description: '' }, '7')).toMatchObject({ item_weight: 1.3 });
  });

  it('is cut to Pathao\'s lengths', () => {
    const order = pathaoOrder({ ...parcel, recipient: { ...parcel.recipient, name: 'a'.repeat(150), address: 'b'.repeat(300) } }, '7');
    expect([order.recipient_name.length, order.recipient_address.length]).toEqual([100, 220]);
    // Half a character is no text, and PHP reads no JSON that has one.
    const { item_description: described = '' } = pathaoOrder({ ...parcel, description: `${'x'.repeat(249)}🫖` }, '7');
    expect(described).toBe('x'.repeat(249));
  });

  it('is refused before it is sent, with everything that is wrong of it', () => {
    expect(refused({ currency: 'EUR', weightGrams: 10_001, recipient: { name: 'A', phone: '+46 70 123 45 67', address: 'Short' } })).toHaveLength(5);
  });

  it.each([['01711000000', '01711000000'], ['+8801711000000', '01711000000'], ['008801711000000', '01711000000'], ['1711000000', null], ['+46701234567', null], ['', null]])('takes %s for %s', (phone, local) => {
    expect(localPhone(phone)).toBe(local);
  });

  it('collects taka, and what was asked for comes back to the poisha', () => {
    expect([wholeTaka(53_421), wholeTaka(53_450), wholeTaka(0)]).toEqual([534, 535, 0]);
    expect([poishaCollected(534, 53_421), poishaCollected(500, 53_421), poishaCollected(0, 53_421)]).toEqual([53_421, 50_000, 0]);
  });
});
