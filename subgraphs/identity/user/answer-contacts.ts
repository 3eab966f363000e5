import { contactsRead } from '@haat/schema/asks/identity';
import { defineAnswer } from '@haat/kit/define';
import { In } from 'typeorm';
import type { IdentityContext } from '../context.js';
import { User } from './user.js';

/** How people are reached. An address that nobody proved is not told: a mail to it would reach a stranger. */
export const answerContactsRead = defineAnswer(contactsRead, async (ctx: IdentityContext, { userIds }) => {
  if (ctx.viewer.kind !== 'SYSTEM' || userIds.length === 0) return { contacts: [] };
  const rows = await ctx.db.findBy(User, { tenantId: ctx.tenant.id, id: In([...userIds]), status: 'ACTIVE' });
  return { contacts: rows.map(({ id, email, emailVerifiedAt, name, locale }) => ({ userId: id, email: emailVerifiedAt ? email : null, name, locale })) };
});
