import type { IdentityContext } from './context.js';
import { addressesByUser, sessionsByUser } from './user/user.loaders.js';

/** The loaders of one request. */
export interface IdentityLoaders {
  readonly addressesByUser: ReturnType<typeof addressesByUser>;
  readonly sessionsByUser: ReturnType<typeof sessionsByUser>;
}

/** Makes them. */
export function identityLoaders(ctx: IdentityContext): IdentityLoaders {
  return { addressesByUser: addressesByUser(ctx), sessionsByUser: sessionsByUser(ctx) };
}
