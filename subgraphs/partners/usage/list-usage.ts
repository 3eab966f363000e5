import { badInput } from '@haat/kit/refusal';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { PartnersContext } from '../context.js';
import { dayOf } from './spent.js';

/** Days that are shown at most, and kept. */
export const daysMax = 90;

/** Operations of a day that are shown; those that cost most come first. */
const operationsMax = 50;

/** What one operation cost on a day. */
@ObjectType({ description: 'What one operation of a partner\'s program cost on a day.' })
export class OperationUsage {
  @Field(() => ID, { description: 'SHA-256 of the operation\'s text, as it is sent.' }) operationId: string;
  @Field(() => String, { nullable: true, description: 'The operation\'s name; null for one of the API\'s own for partners.' }) name: string | null;
  @Field(() => Int, { description: 'Points that it cost.' }) points: number;
  @Field(() => Int, { description: 'How often it was asked for.' }) requests: number;
  @Field(() => Int, { description: 'How often it was refused because the quota was spent.' }) refused: number;
}

/** What a program spent on a day. */
@ObjectType({ description: 'What a partner\'s program spent on one day of UTC, to about a second.' })
export class PartnerUsage {
  @Field(() => String, { description: 'The day by UTC, such as 2026-03-01.' }) day: string;
  @Field(() => Int, { description: 'Points that it spent on this day.' }) points: number;
  @Field(() => Int, { description: 'How many operations it asked for.' }) requests: number;
  @Field(() => Int, { description: 'How many were refused because the quota was spent.' }) refused: number;
  @Field(() => [OperationUsage], { description: 'By operation, those that cost most first, at most 50.' }) operations: OperationUsage[];
}

interface CountedRow {
  readonly partner_app_id: string;
  readonly day: string;
  readonly operation_id: string;
  readonly name: string | null;
  readonly points: string;
  readonly requests: string;
  readonly refused: string;
}

/** The last days of each of many programs, today first, by one statement. Whoever reads them got the programs already. */
export async function listUsageOfEach(ctx: PartnersContext, partnerAppIds: readonly string[], days: number): Promise<Map<string, readonly PartnerUsage[]>> {
  if (days < 1 || days > daysMax) throw badInput([{ path: ['days'], message: `expected 1 to ${daysMax}` }]);
  const since = dayOf(new Date(ctx.clock.now().getTime() - (days - 1) * 86_400_000));
  const rows: CountedRow[] = await ctx.db.query(
    `select c.partner_app_id, c.day::text, c.operation_id, o.name, sum(c.points) as points, sum(c.requests) as requests, sum(c.refused) as refused
       from usage_count c left join registered_operation o on o.tenant_id = c.tenant_id and o.partner_app_id = c.partner_app_id and o.operation_id = c.operation_id
      where c.tenant_id = $1 and c.partner_app_id = any($2) and c.day >= $3
      group by c.partner_app_id, c.day, c.operation_id, o.name order by c.partner_app_id, c.day desc, points desc, c.operation_id`,
    [ctx.tenant.id, partnerAppIds, since],
  );
  const byProgram = Map.groupBy(rows, ({ partner_app_id: id }) => id);
  return new Map(partnerAppIds.map((id) => [id, daysOf(byProgram.get(id) ?? [])]));
}

function daysOf(rows: readonly CountedRow[]): PartnerUsage[] {
  return [...Map.groupBy(rows, ({ day }) => day)].map(([day, ofDay]) => Object.assign(new PartnerUsage(), {
    day, points: sumOf(ofDay, 'points'), requests: sumOf(ofDay, 'requests'), refused: sumOf(ofDay, 'refused'), operations: ofDay.slice(0, operationsMax).map(usageOf),
  }));
}

function usageOf({ operation_id: operationId, name, ...row }: CountedRow): OperationUsage {
  return Object.assign(new OperationUsage(), { operationId, name, points: Number(row.points), requests: Number(row.requests), refused: Number(row.refused) });
}

function sumOf(rows: readonly CountedRow[], column: 'points' | 'requests' | 'refused'): number {
  return rows.reduce((sum, row) => sum + Number(row[column]), 0);
}
