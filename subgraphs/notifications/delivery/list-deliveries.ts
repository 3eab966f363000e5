import { connectionOf, type ForwardPageArgs, type Page } from '@haat/kit/page';
import { badCursor, cursorsOf } from '@haat/kit/page-cursor';
import { pageFrom } from '@haat/kit/page-of';
import { pageRange } from '@haat/kit/page-range';
import type { NotificationsContext } from '../context.js';
import { deliveries } from './delivery.row.js';
import { Delivery, type DeliveryStatus } from './delivery.type.js';

/** A page of deliveries. */
export const { Connection: DeliveryConnection } = connectionOf(Delivery, { name: 'Delivery', description: 'Deliveries of this marketplace, the newest in front.' });

/** Deliveries, newest first, of one status or of all. */
export async function listDeliveries(ctx: NotificationsContext, args: ForwardPageArgs, status?: DeliveryStatus | null): Promise<Page<Delivery>> {
  const range = pageRange(args);
  const cursors = cursorsOf({ tenantId: ctx.tenant.id, list: `deliveries:${status ?? 'all'}:createdAt DESC` });
  const [time, id] = cursors.read(range) ?? [];
  const after = time === undefined || id === undefined ? undefined : { value: momentOf(time), id };
  const rows = await ctx.db.collection(deliveries).page(status ? { status } : {}, { orderBy: 'createdAt', descending: true, after, limit: range.count + 1 });
  return pageFrom(rows.map((row) => Delivery.of(row)), range, (delivery) => cursors.write([delivery.createdAt.toISOString(), delivery.id]));
}

function momentOf(text: string): Date {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) throw badCursor('after');
  return moment;
}
