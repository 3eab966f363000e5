import { parcelDepart } from '@haat/schema/asks/orders';
import { defineAnswer } from '@haat/kit/define';
import type { OrdersTx } from '../context.js';
import { DepartureRow } from './departure.row.js';
import { isHeldBack } from './hold-unpaid.js';
import { lockedPart } from './locked-order.js';
import { mayDepart } from './may-depart.js';
import { shipPieces } from './on-parcels.js';

/**
 * Decides whether a parcel leaves, behind the lock that a cancellation takes as well: one of the two comes first, and the other
 * sees it. Its pieces count as shipped from now on, though shipping may write its departure later.
 */
export const answerDepart = defineAnswer(parcelDepart, async (tx: OrdersTx, { vendorOrderId, parcelId, lines }) => {
  const found = await lockedPart(tx, vendorOrderId);
  if (!found) return { outcome: 'NOT_FOUND' as const };
  const id = { tenantId: tx.tenant.id, id: parcelId };
  if (await tx.db.existsBy(DepartureRow, id)) return { outcome: 'DEPARTED' as const };
  const { part, whole } = found;
  if (!mayDepart({ status: part.status, lines: whole.lines.filter((line) => line.vendorOrderId === part.id) }, lines)) return { outcome: 'CANCELLED' as const };
  if (isHeldBack(part)) return { outcome: 'HELD' as const };
  await tx.db.insert(DepartureRow, { ...id, version: 1, vendorOrderId, departedAt: tx.clock.now() });
  await shipPieces(tx, found, lines);
  return { outcome: 'DEPARTED' as const };
});
