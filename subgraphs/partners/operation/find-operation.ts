import { connectionOf, type ForwardPageArgs, type Page } from '@haat/kit/page';
import { keysetPage } from '@haat/kit-postgres/keyset-page';
import { keysetPages } from '@haat/kit-postgres/keyset-pages';
import type { SelectQueryBuilder } from 'typeorm';
import type { PartnersContext } from '../context.js';
import { RegisteredOperation, type OperationStatus } from './registered-operation.js';

/** A page of operations. */
export const { Connection: RegisteredOperationConnection } = connectionOf(RegisteredOperation, { name: 'RegisteredOperation', description: 'Operations that one program registered, oldest first.' });

const oldestFirst = [{ column: 'o.id', direction: 'ASC' }] as const;

/** One program's operations, behind a cursor of its list; whoever reads them got the program already. */
export function listOperations(ctx: PartnersContext, partnerAppId: string, args: ForwardPageArgs, status?: OperationStatus): Promise<Page<RegisteredOperation>> {
  const qb = operationsIn(ctx, status).andWhere('o.partnerAppId = :partnerAppId', { partnerAppId });
  return keysetPage({ qb, args, tenantId: ctx.tenant.id, order: oldestFirst, key: listKey(partnerAppId, status) });
}

/** The first page of the operations of each of many programs, by one statement. */
export function listOperationsOfEach(ctx: PartnersContext, partnerAppIds: readonly string[], args: ForwardPageArgs, status?: OperationStatus): Promise<Map<string, Page<RegisteredOperation>>> {
  const list = { parent: 'o.partnerAppId', parentOf: ({ partnerAppId }: RegisteredOperation) => partnerAppId, ids: partnerAppIds, keyOf: (id: string) => listKey(id, status) };
  return keysetPages({ qb: operationsIn(ctx, status), args, tenantId: ctx.tenant.id, order: oldestFirst, ...list });
}

function operationsIn(ctx: PartnersContext, status: OperationStatus | undefined): SelectQueryBuilder<RegisteredOperation> {
  const qb = ctx.db.createQueryBuilder(RegisteredOperation, 'o');
  return status ? qb.where('o.status = :status', { status }) : qb.where('true');
}

function listKey(partnerAppId: string, status: OperationStatus | undefined): string {
  return `${partnerAppId} ${status ?? ''}`;
}
