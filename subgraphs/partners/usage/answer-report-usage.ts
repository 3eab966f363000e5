import { usageReport } from '@haat/schema/asks/partners';
import { defineAnswer } from '@haat/kit/define';
import { newId } from '@haat/kit/id';
import type { PartnersTx } from '../context.js';
import { PartnerApp } from '../app/partner-app.js';
import { spentOn } from './spent.js';

/** Takes a gateway's count of its day, whatever order reports come in: numbers only grow. A program that is not there spent nothing. */
export const answerReportUsage = defineAnswer(usageReport, async (tx: PartnersTx, { partnerAppId, day, source, operations }) => {
  if (!await tx.db.existsBy(PartnerApp, { tenantId: tx.tenant.id, id: partnerAppId })) return { spentToday: 0 };
  // In one order, so that two reports never wait for each other.
  const rows = [...operations].sort((a, b) => (a.operationId < b.operationId ? -1 : 1));
  await tx.db.query(
    `insert into usage_count as c (tenant_id, id, partner_app_id, day, source, operation_id, points, requests, refused)
       select $1, r.id, $2, $3, $4, r.operation_id, r.points, r.requests, r.refused from unnest($5::text[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[]) as r (id, operation_id, points, requests, refused)
     on conflict (tenant_id, partner_app_id, day, source, operation_id) do update
       set points = greatest(c.points, excluded.points), requests = greatest(c.requests, excluded.requests), refused = greatest(c.refused, excluded.refused), version = c.version + 1, updated_at = now()`,
    [tx.tenant.id, partnerAppId, day, source, rows.map(() => newId('puc', tx.clock.now())), rows.map((r) => r.operationId), rows.map((r) => r.points), rows.map((r) => r.requests), rows.map((r) => r.refused)],
  );
  return { spentToday: await spentOn(tx, partnerAppId, day) };
});
