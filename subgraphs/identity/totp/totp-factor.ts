import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Column, Entity, IsNull, Not } from 'typeorm';
import type { IdentityContext, IdentityTx } from '../context.js';

/** An authenticator app of a person. Its secret is sealed for identity itself, bound to the tenant. */
@Entity({ name: 'totp_factor' })
export class TotpFactor extends TenantRow {
  @Column({ type: 'text' })
  userId: string;

  @Column({ type: 'text' })
  sealedSecret: string;

  /** Null until the first code was shown. */
  @Column({ type: 'timestamptz', nullable: true })
  confirmedAt: Date | null;

  /** The time step of the last code taken: none is taken twice (RFC 6238 section 5.2). */
  @Column({ type: 'bigint' })
  lastStep: string;
}

/** A code for when the app is lost: good once. Only its hash is kept. */
@Entity({ name: 'recovery_code' })
export class RecoveryCode extends TenantRow {
  @Column({ type: 'text' })
  userId: string;

  @Column({ type: 'text' })
  hash: string;

  @Column({ type: 'timestamptz', nullable: true })
  usedAt: Date | null;
}

/** What the sealed secret is bound to. */
export function boundTo(tenantId: string) {
  return { tenantId, purpose: 'identity.totp-secret' };
}

/** Whether a person has a confirmed authenticator app. */
export function hasTotp(ctx: IdentityContext | IdentityTx, userId: string): Promise<boolean> {
  return ctx.db.existsBy(TotpFactor, { tenantId: ctx.tenant.id, userId, confirmedAt: Not(IsNull()) });
}
