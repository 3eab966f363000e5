import { vendorUsageCounted } from '@haat/schema/events/vendors';
import { Problem } from '@haat/kit/problem';
import { Field, Int, ObjectType } from 'type-graphql';
import type { VendorsTx } from '../context.js';

const meter = 'vendors';

/** The plan allows no more vendors. */
@ObjectType({ implements: Problem, description: 'The plan allows no more vendors that sell; nothing was changed.' })
export class VendorLimitReached extends Problem {
  @Field(() => Int, { description: 'How many vendors that sell the plan allows.' })
  limit: number;

  static of(limit: number): VendorLimitReached {
    return Object.assign(new VendorLimitReached(), { message: `The plan allows ${limit} vendors.`, limit });
  }
}

/**
 * How many vendors sell or are suspended: applicants are not counted, or strangers could use a plan up. The lock makes two
 * that count at the same time follow each other.
 */
export async function countedVendors(tx: VendorsTx): Promise<number> {
  await tx.db.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.tenant.id}:${meter}`]);
  const rows: { count: number }[] = await tx.db.query(`select count(*)::int as count from vendor where tenant_id = $1 and status in ('APPROVED', 'SUSPENDED')`, [tx.tenant.id]);
  return rows[0]?.count ?? 0;
}

/** Tells how many there are now. */
export async function sayUsage(tx: VendorsTx, used: number): Promise<void> {
  const rows: { version: number }[] = await tx.db.query(
    `insert into usage_count as u (tenant_id, id, version, used) values ($1, $2, 1, $3)
     on conflict (tenant_id, id) do update set used = excluded.used, version = u.version + 1 returning version`,
    [tx.tenant.id, meter, used],
  );
  await tx.emit(vendorUsageCounted, { aggregate: { id: `${tx.tenant.id}:${meter}`, version: rows[0]?.version ?? 1 }, payload: { meter, used } });
}
