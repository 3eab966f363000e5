import { describe, expect, it } from 'vitest';
import { faultsOf, tidied } from './address-rules.js';

const dhaka = { line1: 'House 12, Road 5', city: 'Dhaka', postalCode: '1205', country: 'BD', phone: '01712345678' };
const stockholm = { line1: 'Storgatan 5', city: 'Stockholm', postalCode: '114 55', country: 'SE' };
const partsOf = (address: Parameters<typeof faultsOf>[0]) => faultsOf(address).map((f) => f.part);

describe('an address', () => {
  it('will do by the rules of its own country', () => {
    expect(faultsOf(dhaka)).toEqual([]);
    expect(faultsOf(stockholm)).toEqual([]);
    expect(faultsOf({ line1: 'Rua 1', country: 'PT' })).toEqual([]);
  });

  it('names every part that is missing or wrong', () => {
    expect(partsOf({ line1: ' ', country: 'SE' })).toEqual(['line1', 'city', 'postalCode']);
    expect(partsOf({ ...stockholm, postalCode: '1205' })).toEqual(['postalCode']);
    expect(partsOf({ ...dhaka, postalCode: '114 55' })).toEqual(['postalCode']);
    expect(partsOf({ ...dhaka, phone: '12' })).toEqual(['phone']);
    expect(partsOf({ ...dhaka, line2: 'x'.repeat(201) })).toEqual(['line2']);
  });

  it('is kept trimmed, with the phone in E.164', () => {
    expect(tidied({ ...dhaka, line1: ' House 12, Road 5 ', name: ' ' })).toMatchObject({ line1: 'House 12, Road 5', name: null, phone: '+8801712345678' });
  });
});
