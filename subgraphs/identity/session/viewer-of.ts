import type { Viewer as SignedViewer } from '@haat/kit/identity';
import type { HeldVendor, User } from '../user/user.js';
import type { Session } from './session.js';
import { Viewer } from './viewer.js';

/** Rights that come with a role: whoever runs a place may do everything in it. */
export function grantsOf(user: Pick<User, 'roles' | 'grants'>): string[] {
  return user.roles.includes('OPERATOR') || user.roles.includes('PLATFORM') ? ['*', ...user.grants] : user.grants;
}

/** Whom a person works for, as far as that counts: an operator who takes the role of a merchant away takes the rights at vendors with it. */
function vendorsOf({ roles, vendors }: Pick<User, 'roles' | 'vendors'>): readonly HeldVendor[] {
  return roles.includes('MERCHANT') ? vendors : [];
}

/** The viewer a person is in a session of theirs. */
export function viewerOf(user: User, session: Session): Viewer {
  return Object.assign(new Viewer(), { kind: 'USER', user, roles: user.roles, grants: grantsOf(user), vendors: vendorsOf(user).map(({ id }) => ({ id })), session });
}

/** The same as it travels in the signed context. */
export function signedViewerOf(user: User, session: Session): SignedViewer {
  return { kind: 'USER', userId: user.id, sessionId: session.id, roles: user.roles, grants: grantsOf(user), vendors: vendorsOf(user).map(({ id, grants }) => ({ id, grants: [...grants] })) };
}
