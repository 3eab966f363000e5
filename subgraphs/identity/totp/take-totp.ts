import { Secret, TOTP } from 'otpauth';
import type { IdentityTx } from '../context.js';
import { hashOf } from '../session/random-secret.js';
import { boundTo, TotpFactor } from './totp-factor.js';

/** A code is good for its own 30 seconds and those before and after (RFC 6238 section 5.2). */
const windowSteps = 1;
const stepSeconds = 30;

/** The TOTP of a secret: SHA-1, six digits, 30 seconds, as every app has it. */
export function totpOf(secretBase32: string, label = ''): TOTP {
  return new TOTP({ issuer: 'Haat', label, algorithm: 'SHA1', digits: 6, period: stepSeconds, secret: Secret.fromBase32(secretBase32) });
}

/** Takes a code of the person's app, once: a code of the last step taken or an earlier one is refused. */
export async function takeTotp(tx: IdentityTx, factor: TotpFactor, code: string): Promise<boolean> {
  const secret = (await tx.unseal(boundTo(tx.tenant.id), factor.sealedSecret)) as string;
  const timestamp = tx.clock.now().getTime();
  const delta = totpOf(secret).validate({ token: code, timestamp, window: windowSteps });
  if (delta === null) return false;
  const step = Math.floor(timestamp / 1_000 / stepSeconds) + delta;
  const [, taken]: [unknown, number] = await tx.db.query(
    'update totp_factor set last_step = $3, version = version + 1 where tenant_id = $1 and id = $2 and last_step < $3', [tx.tenant.id, factor.id, step],
  );
  return taken === 1;
}

/** Takes a recovery code, once, in one statement. Hyphens and case do not matter. */
export async function takeRecoveryCode(tx: IdentityTx, userId: string, code: string): Promise<boolean> {
  const [, taken]: [unknown, number] = await tx.db.query(
    'update recovery_code set used_at = $4, version = version + 1 where tenant_id = $1 and user_id = $2 and hash = $3 and used_at is null',
    [tx.tenant.id, userId, hashOf(code.toLowerCase().replaceAll('-', '')), tx.clock.now()],
  );
  return taken === 1;
}
