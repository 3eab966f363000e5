import { Allow } from '@haat/kit/access';
import { newId } from '@haat/kit/id';
import { actorOf } from '@haat/kit/identity';
import { Problem } from '@haat/kit/problem';
import { resultOf } from '@haat/kit/result';
import { DateTime } from '@haat/kit/scalars';
import { signedToken } from '@haat/kit/signed-token';
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, registerEnumType, Resolver } from 'type-graphql';
import type { OrdersContext } from '../context.js';
import { OrderFilter } from '../order/order-filter.js';
import { exportPurpose, ExportRow } from './export.row.js';

/** How long an export is kept, and a link to it holds. */
const [keptDays, linkMinutes] = [7, 15];

/** Exports of a marketplace that wait or run at once. */
export const exportsOpenMax = 5;

/** Where an export is, for clients. */
export enum ExportStatus { REQUESTED = 'REQUESTED', RUNNING = 'RUNNING', READY = 'READY', FAILED = 'FAILED', EXPIRED = 'EXPIRED' }

registerEnumType(ExportStatus, {
  name: 'ExportStatus', description: 'Where an export is on its way.',
  valuesConfig: {
    REQUESTED: { description: 'Asked for, and not begun yet.' }, RUNNING: { description: 'Being written; its rows are counted as they come.' }, READY: { description: 'Written, and to be fetched.' },
    FAILED: { description: 'Tried several times and given up; ask again.' }, EXPIRED: { description: 'Over; what it held was thrown away.' },
  },
});

/** A list that somebody takes away. */
@ObjectType({ description: 'A list of orders as a CSV file, written by a worker and kept for a week.' })
export class Export {
  @Field(() => ID, { description: 'Names the export; begins with exp_.' }) id: string;
  @Field(() => ExportStatus, { description: 'Where it is on its way.' }) status: ExportStatus;
  @Field(() => Int, { description: 'How many orders are written so far.' }) rowCount: number;
  @Field(() => DateTime, { description: 'When it was asked for, in UTC.' }) createdAt: Date;
  @Field(() => DateTime, { description: 'When it is thrown away, in UTC.' }) expiresAt: Date;
  @Field(() => String, { nullable: true, description: 'The path on the host of this API where the file is fetched for a quarter of an hour; null until it is ready.' }) url: string | null;

  static of({ config, tenant, clock }: OrdersContext, { id, state, rowCount, createdAt, expiresAt }: ExportRow): Export {
    const isOver = expiresAt <= clock.now();
    const key = signedToken(config.GUEST_KEY_SECRET, { purpose: exportPurpose, tenantId: tenant.id, id, expiresAt: new Date(clock.now().getTime() + linkMinutes * 60_000) });
    return Object.assign(new Export(), { id, status: isOver ? ExportStatus.EXPIRED : ExportStatus[state], rowCount, createdAt, expiresAt, url: state === 'READY' && !isOver ? `/hooks/orders/exports/${key}/${tenant.slug}` : null });
  }
}

/** Which orders are taken away. */
@InputType({ description: 'Which orders are written into the file.' })
export class StartExportInput {
  @Field(() => OrderFilter, { nullable: true, description: 'Which orders are meant; all when left out.' }) filter?: OrderFilter | null;
  @Field(() => ID, { description: 'Names this wish: sent again it answers the same export.' }) idempotencyKey: string;
}

/** Too many at once. */
@ObjectType({ implements: Problem, description: 'Several exports are being written already; wait until one is done.' })
export class TooManyExports extends Problem {
  @Field(() => Int, { description: 'How many may wait or run at once.' }) max: number;
}

/** The export, or why not. */
export const StartExportResult = resultOf('StartExportResult', 'The export that was begun, or why it was not.', [Export, TooManyExports]);

/** Orders to take away, for operators. */
@Resolver()
export class ExportResolver {
  @Allow('OPERATOR')
  @Query(() => Export, { nullable: true, description: 'An export, to see whether it is ready: for operators.' })
  async export(@Ctx() ctx: OrdersContext, @Arg('id', () => ID, { description: 'The id that startExport answered.' }) id: string): Promise<Export | null> {
    const row = await ctx.db.findOneBy(ExportRow, { tenantId: ctx.tenant.id, id });
    return row && Export.of(ctx, row);
  }

  @Allow('OPERATOR')
  @Mutation(() => StartExportResult, { description: 'Begins to write orders into a CSV file; ask `export` until it is ready.' })
  async startExport(@Ctx() ctx: OrdersContext, @Arg('input', () => StartExportInput) { filter, idempotencyKey: key }: StartExportInput): Promise<object> {
    const wish = { ...filter };
    const id = await ctx.transaction(async (tx) => {
      const open = await tx.db.createQueryBuilder(ExportRow, 'e').where(`e.state in ('REQUESTED', 'RUNNING')`).getCount();
      if (open >= exportsOpenMax) return null;
      const now = tx.clock.now();
      const row = tx.db.create(ExportRow, {
        tenantId: tx.tenant.id, id: newId('exp', now), version: 1, requestedBy: actorOf(tx.viewer, tx.subgraph), filter: JSON.parse(JSON.stringify(wish)) as never, state: 'REQUESTED', rowCount: 0, afterPlacedAt: null, afterId: null, tries: 0,
        dueAt: now, expiresAt: new Date(now.getTime() + keptDays * 86_400_000),
      });
      await tx.db.insert(ExportRow, row as never);
      return row.id;
    }, { idempotency: { operation: 'startExport', key, input: wish } });
    const row = id === null ? null : await ctx.db.findOneBy(ExportRow, { tenantId: ctx.tenant.id, id });
    return row ? Export.of(ctx, row) : Object.assign(new TooManyExports(), { message: `${exportsOpenMax} exports are being written already; wait until one is done.`, max: exportsOpenMax });
  }
}
