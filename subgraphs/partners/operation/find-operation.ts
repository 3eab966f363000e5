import { connectionOf, type ForwardPageArgs, type Page } from '@haat/kit/page';
import { keysetPage } from '@haat/kit-postgres/keyset-page';
import type { PartnersContext } from '../context.js';
import { RegisteredOperation, type OperationStatus } from './registered-operation.js';

/** A page of operations. */
export const { Connection: RegisteredOperationConnection } = connectionOf(RegisteredOperation, { name: 'RegisteredOperation', description: 'Operations that one program registered, oldest first.' });

/** A program's operations; whoever reads them got the program already. */
export function listOperations(ctx: PartnersContext, partnerAppId: string, args: ForwardPageArgs, status?: OperationStatus): Promise<Page<RegisteredOperation>> {
  const qb = ctx.db.createQueryBuilder(RegisteredOperation, 'o').where('o.partnerAppId = :partnerAppId', { partnerAppId });
  if (status) qb.andWhere('o.status = :status', { status });
  return keysetPage({ qb, args, tenantId: ctx.tenant.id, order: [{ column: 'o.id', direction: 'ASC' }], key: `${partnerAppId} ${status ?? ''}` });
}
