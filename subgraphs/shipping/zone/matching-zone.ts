import type { Destination } from '@haat/schema/parts';
import type { Area, ZoneRow } from './zone.row.js';

type Zone = Pick<ZoneRow, 'id' | 'vendorId' | 'areas'>;

/**
 * The one zone whose ways of delivery a vendor offers at a place: of its own zones that hold the place, or else of the
 * marketplace's, the one that describes it most closely. Of two alike, the older. A zone without ways is how somebody says
 * that nothing goes there.
 */
export function matchingZone<Z extends Zone>(zones: readonly Z[], vendorId: string, place: Destination): Z | undefined {
  const holding = zones.flatMap((zone) => {
    const closeness = Math.max(0, ...zone.areas.map((area) => closenessOf(area, place)));
    return closeness > 0 && (zone.vendorId === null || zone.vendorId === vendorId) ? [{ zone, closeness }] : [];
  });
  const own = holding.filter(({ zone }) => zone.vendorId !== null);
  const [best] = (own.length > 0 ? own : holding).sort((a, b) => b.closeness - a.closeness || (a.zone.id < b.zone.id ? -1 : 1));
  return best?.zone;
}

/** How closely an area describes a place, 0 where the place is not in it: each smaller part counts more than all larger ones together, a longer postal prefix more than a shorter. */
function closenessOf({ country, region, city, district, postalPrefix }: Area, place: Destination): number {
  if (country !== place.country) return 0;
  const parts = [[region, place.region], [city, place.city], [district, place.district]] as const;
  if (parts.some(([wanted, there]) => wanted !== null && plain(wanted) !== plain(there ?? ''))) return 0;
  const code = compact(place.postalCode ?? '');
  const prefix = compact(postalPrefix ?? '');
  if (!code.startsWith(prefix)) return 0;
  return 1 + parts.reduce((sum, [wanted], at) => sum + (wanted === null ? 0 : 2 ** (at + 1)), 0) + (prefix === '' ? 0 : 16 + prefix.length);
}

function plain(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
}

function compact(text: string): string {
  return plain(text).replace(/[\s-]+/gu, '');
}
