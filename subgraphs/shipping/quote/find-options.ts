import type { Destination } from '@haat/schema/parts';
import type { ShippingContext } from '../context.js';
import { matchingZone } from '../zone/matching-zone.js';
import { methodPrice, type Load } from '../zone/method-price.js';
import { MethodRow, ZoneRow } from '../zone/zone.row.js';

/** One vendor's goods, and where they go. */
export interface GroupToSend extends Load {
  readonly vendorId: string;
  readonly destination: Destination;
}

/** A way to send them. */
export interface FoundOption {
  readonly method: MethodRow;
  readonly amountMinor: number;
  readonly deliverBy: Date | null;
}

const dayMs = 86_400_000;

/** How each vendor's goods can be sent, in the order of the groups: two statements however many there are. */
export async function findOptions(ctx: Pick<ShippingContext, 'db' | 'clock'>, groups: readonly GroupToSend[]): Promise<FoundOption[][]> {
  const vendorIds = [...new Set(groups.map(({ vendorId }) => vendorId))];
  const zones = await ctx.db.createQueryBuilder(ZoneRow, 'z').where('z.isActive and (z.vendorId is null or z.vendorId = any(:vendorIds))', { vendorIds }).orderBy('z.id').getMany();
  const zoneOf = groups.map(({ vendorId, destination }) => matchingZone(zones, vendorId, destination)?.id);
  const zoneIds = [...new Set(zoneOf.filter((id) => id !== undefined))];
  const methods = zoneIds.length === 0 ? [] : await ctx.db.createQueryBuilder(MethodRow, 'm').where('m.isActive and m.zoneId = any(:zoneIds)', { zoneIds }).orderBy('m.position').addOrderBy('m.id').getMany();
  const now = ctx.clock.now().getTime();
  return groups.map((group, at) => methods.filter(({ zoneId }) => zoneId === zoneOf[at]).flatMap((method) => {
    const amountMinor = methodPrice(method, group);
    return amountMinor === null ? [] : [{ method, amountMinor, deliverBy: method.maxDays === null ? null : new Date(now + method.maxDays * dayMs) }];
  }));
}
