import type { PartnersTx } from '../context.js';

/** Operations that one program may have registered, those no longer wanted left out. */
const operationsMax = 200;

/** Operations that are kept of one program, those withdrawn and rejected too: white space alone makes a text another one. */
const keptMax = 1_000;

/** What a program has, and would have. */
interface Counted {
  readonly wanted: number;
  readonly kept: number;
  readonly forgettable: number;
}

/**
 * Makes room for operations of a program by forgetting what was withdrawn longest ago; what was rejected stays. Answers the
 * limit that stands in their way, where one does, and forgets nothing then. Only under the program's lock.
 */
export async function makeRoom(tx: PartnersTx, partnerAppId: string, operationIds: readonly string[]): Promise<number | undefined> {
  const { wanted, kept, forgettable } = await counted(tx, partnerAppId, operationIds);
  const surplus = kept - keptMax;
  if (wanted > operationsMax) return operationsMax;
  if (surplus > forgettable) return keptMax;
  if (surplus > 0) await forget(tx, partnerAppId, operationIds, surplus);
  return undefined;
}

/** Counts as if those that are asked for were there. */
async function counted(tx: PartnersTx, partnerAppId: string, operationIds: readonly string[]): Promise<Counted> {
  const [row] = await tx.db.query<[Counted]>(
    `select (count(*) filter (where status in ('PENDING', 'APPROVED')))::int + cardinality($3::text[]) as wanted, count(*)::int + cardinality($3::text[]) as kept,
       (count(*) filter (where status = 'WITHDRAWN'))::int as forgettable
     from registered_operation where tenant_id = $1 and partner_app_id = $2 and operation_id <> all($3::text[])`,
    [tx.tenant.id, partnerAppId, operationIds],
  );
  return row;
}

async function forget(tx: PartnersTx, partnerAppId: string, operationIds: readonly string[], count: number): Promise<void> {
  await tx.db.query(
    `delete from registered_operation where tenant_id = $1 and id in (
       select id from registered_operation where tenant_id = $1 and partner_app_id = $2 and status = 'WITHDRAWN' and operation_id <> all($3::text[])
       order by decided_at, id limit $4)`,
    [tx.tenant.id, partnerAppId, operationIds, count],
  );
}
