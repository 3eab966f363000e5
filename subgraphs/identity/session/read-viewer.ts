import type { IdentityContext } from '../context.js';
import { User } from '../user/user.js';
import { Session } from './session.js';
import { Viewer } from './viewer.js';

/** The viewer of the signed context, with the person and the session behind it. */
export async function readViewer(ctx: IdentityContext): Promise<Viewer> {
  const { kind, userId, sessionId, roles, grants, vendors } = ctx.viewer;
  const tenantId = ctx.tenant.id;
  const user = userId === undefined ? null : await ctx.db.findOneBy(User, { tenantId, id: userId });
  const session = sessionId === undefined ? null : await ctx.db.findOneBy(Session, { tenantId, id: sessionId });
  return Object.assign(new Viewer(), { kind, user, roles, grants, vendors: vendors.map(({ id }) => ({ id })), session });
}
