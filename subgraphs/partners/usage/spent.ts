import type { PartnersContext, PartnersTx } from '../context.js';

/** The day of a moment by UTC, as quotas count: `2026-03-01`. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** Points that a program spent on a day, at all gateways together. */
export async function spentOn(scope: PartnersContext | PartnersTx, partnerAppId: string, day: string): Promise<number> {
  const [row]: { points: string }[] = await scope.db.query('select coalesce(sum(points), 0) as points from usage_count where tenant_id = $1 and partner_app_id = $2 and day = $3', [scope.tenant.id, partnerAppId, day]);
  return Number(row?.points ?? 0);
}
