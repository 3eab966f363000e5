import { Problem } from '@haat/kit/problem';
import { ObjectType } from 'type-graphql';
import { In, IsNull, MoreThan } from 'typeorm';
import type { IdentityContext, IdentityTx } from '../context.js';
import { hashOf } from '../session/random-secret.js';
import { lockedUser } from '../user/locked-user.js';
import { User } from '../user/user.js';
import { SecretCode, type CodePurpose } from './secret-code.js';

/** The longest secret worth hashing, in characters. */
const secretLengthMax = 200;

/** The secret is not good, or not any more. */
@ObjectType({ implements: Problem, description: 'The token is wrong, was used, or is too old; ask for a new one.' })
export class InvalidToken extends Problem {
  static of(): InvalidToken {
    return Object.assign(new InvalidToken(), { message: 'This link or code is not good any more. Ask for a new one.' });
  }
}

/** Whose a mailed secret is that is still good. It stays so. */
export async function holderOf(ctx: IdentityContext, purposes: readonly CodePurpose[], secret: string): Promise<User | null> {
  if (secret.length > secretLengthMax) return null;
  const where = { tenantId: ctx.tenant.id, hash: hashOf(secret), purpose: In(purposes), usedAt: IsNull(), expiresAt: MoreThan(ctx.clock.now()) };
  const code = await ctx.db.findOneBy(SecretCode, where);
  return code && ctx.db.findOneBy(User, { tenantId: ctx.tenant.id, id: code.userId, status: 'ACTIVE' });
}

/** Uses a mailed secret up, in one statement, so that it is good once however many use it at the same time. */
export async function takeCode(tx: IdentityTx, purposes: readonly CodePurpose[], secret: string): Promise<{ user: User; purpose: CodePurpose } | undefined> {
  if (secret.length > secretLengthMax) return undefined;
  const [rows]: [{ user_id: string; purpose: CodePurpose }[], number] = await tx.db.query(
    `update secret_code set used_at = $2, version = version + 1 where hash = $1 and purpose = any($3) and used_at is null and expires_at > $2 returning user_id, purpose`,
    [hashOf(secret), tx.clock.now(), purposes],
  );
  const [row] = rows;
  const user = row && (await lockedUser(tx, { id: row.user_id, status: 'ACTIVE' }));
  return row && user ? { user, purpose: row.purpose } : undefined;
}
