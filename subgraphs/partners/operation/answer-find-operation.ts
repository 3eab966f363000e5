import { partnerOperation } from '@haat/schema/asks/partners';
import { defineAnswer } from '@haat/kit/define';
import type { PartnersContext } from '../context.js';
import { OperationStatus, RegisteredOperation } from './registered-operation.js';

/** The text of an operation that a program may run now. */
export const answerFindOperation = defineAnswer(partnerOperation, async (ctx: PartnersContext, { partnerAppId, operationId }) => {
  const found = await ctx.db.findOneBy(RegisteredOperation, { tenantId: ctx.tenant.id, partnerAppId, operationId, status: OperationStatus.APPROVED });
  return { operation: found && { name: found.name, text: found.text } };
});
