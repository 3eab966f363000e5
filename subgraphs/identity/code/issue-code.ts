import { mailSecretIssued } from '@haat/schema/events/identity';
import { newId } from '@haat/kit/id';
import type { IdentityTx } from '../context.js';
import { hashOf, randomDigits, randomSecret } from '../session/random-secret.js';
import type { User } from '../user/user.js';
import { SecretCode, type CodePurpose } from './secret-code.js';

/** How long each kind of secret is good, in minutes. */
export const codeMinutes: Readonly<Record<CodePurpose, number>> = {
  VERIFY_EMAIL: 24 * 60, RESET_PASSWORD: 60, INVITATION: 7 * 24 * 60, SIGN_IN_CODE: 5, SECOND_FACTOR: 5,
};

/** Makes a secret and keeps its hash. Earlier ones of the same purpose stop being good. */
export async function issueCode(tx: IdentityTx, user: User, purpose: CodePurpose): Promise<{ code: SecretCode; secret: string }> {
  const now = tx.clock.now();
  await tx.db.query('update secret_code set used_at = $3 where tenant_id = $1 and user_id = $2 and purpose = $4 and used_at is null', [tx.tenant.id, user.id, now, purpose]);
  const id = newId('mail', now);
  const secret = purpose === 'SIGN_IN_CODE' ? randomDigits() : randomSecret();
  const code = await tx.db.save(tx.db.create(SecretCode, {
    tenantId: tx.tenant.id, id, version: 1, userId: user.id, purpose, hash: hashFor(purpose, user.id, secret), usedAt: null, tries: 0,
    expiresAt: new Date(now.getTime() + codeMinutes[purpose] * 60_000),
  }));
  return { code, secret };
}

/** Makes a secret and has it mailed: it travels sealed for notifications, and nobody else can open it. */
export async function mailCode(tx: IdentityTx, user: User, purpose: Exclude<CodePurpose, 'SECOND_FACTOR'>): Promise<void> {
  const { code, secret } = await issueCode(tx, user, purpose);
  await sayMail(tx, user, { kind: purpose, id: code.id, expiresAt: code.expiresAt, secret });
}

/** Has a mail sent to a person that somebody tried to register again. There is no secret in it. */
export async function mailAlreadyRegistered(tx: IdentityTx, user: User): Promise<void> {
  const now = tx.clock.now();
  await sayMail(tx, user, { kind: 'ALREADY_REGISTERED', id: newId('mail', now), expiresAt: now });
}

/** Six digits are bound to their person: a hash of the digits alone would be a list of a million. */
export function hashFor(purpose: CodePurpose, userId: string, secret: string): string {
  return purpose === 'SIGN_IN_CODE' ? hashOf(`${userId}:${secret}`) : hashOf(secret);
}

interface Mail {
  readonly kind: 'VERIFY_EMAIL' | 'RESET_PASSWORD' | 'INVITATION' | 'SIGN_IN_CODE' | 'ALREADY_REGISTERED';
  readonly id: string;
  readonly expiresAt: Date;
  readonly secret?: string;
}

async function sayMail(tx: IdentityTx, user: User, mail: Mail): Promise<void> {
  const bound = { tenantId: tx.tenant.id, purpose: mailSecretIssued.key };
  const sealed = await tx.seal('notifications', bound, { to: user.email, name: user.name, secret: mail.secret });
  await tx.emit(mailSecretIssued, {
    aggregate: { id: mail.id, version: 1 },
    payload: { kind: mail.kind, userId: user.id, locale: user.locale, expiresAt: mail.expiresAt.toISOString(), sealed },
  });
}
