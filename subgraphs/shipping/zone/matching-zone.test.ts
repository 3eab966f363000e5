import { describe, expect, it } from 'vitest';
import { matchingZone } from './matching-zone.js';
import type { Area } from './zone.row.js';

const area = (facts: Partial<Area>): Area => ({ country: 'BD', region: null, city: null, district: null, postalPrefix: null, ...facts });
const zone = (id: string, areas: Partial<Area>[], vendorId: string | null = null) => ({ id, vendorId, areas: areas.map(area) });
const place = { country: 'BD', region: 'Dhaka Division', city: ' dhaka', district: 'Uttara', postalCode: '12-30' };

const whole = zone('whole', [{}]);
const city = zone('city', [{ city: 'Chattogram' }, { city: 'DHAKA' }]);
const district = zone('district', [{ district: 'uttara' }]);
const postal = zone('postal', [{ postalPrefix: '12' }]);
const closerPostal = zone('closer', [{ postalPrefix: '123' }]);

describe('the zone of a place', () => {
  it.each([
    ['the country where nothing closer is there', [whole], 'whole'],
    ['the city before the country, whatever its case and blanks', [whole, city], 'city'],
    ['the district before the city', [district, city, whole], 'district'],
    ['a postal prefix before names, and a longer one before a shorter', [district, postal, closerPostal], 'closer'],
    ['the older of two alike', [zone('b', [{}]), zone('a', [{}])], 'a'],
  ])('is %s', (_, zones, id) => {
    expect(matchingZone(zones, 'ven_1', place)?.id).toBe(id);
  });

  it('is a vendor\'s own before the marketplace\'s, however close that is, and never another vendor\'s', () => {
    const own = zone('own', [{}], 'ven_1');
    expect(matchingZone([city, own], 'ven_1', place)?.id).toBe('own');
    expect(matchingZone([city, own], 'ven_2', place)?.id).toBe('city');
    expect(matchingZone([own], 'ven_2', place)).toBeUndefined();
  });

  it('is none where every part that an area names is not there', () => {
    expect(matchingZone([zone('one', [{ city: 'Dhaka', district: 'Mirpur' }, { country: 'SE' }])], 'ven_1', place)).toBeUndefined();
    expect(matchingZone([city, postal, district], 'ven_1', { ...place, city: null, district: null, postalCode: null })).toBeUndefined();
  });
});
