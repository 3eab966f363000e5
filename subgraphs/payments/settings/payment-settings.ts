import { minorColumn } from '@haat/kit/money';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Column, Entity } from 'typeorm';
import type { PaymentsReads } from '../context.js';

/** How a tenant wants to be paid: one row, where an operator said something. */
@Entity({ name: 'payment_settings' })
export class PaymentSettingsRow extends TenantRow {
  @Column({ type: 'text' }) captureMode: 'AUTOMATIC' | 'MANUAL';
  @Column({ type: 'int', nullable: true }) windowMinutes: number | null;
  @Column({ type: 'boolean' }) offersCards: boolean;
  @Column({ type: 'boolean' }) offersCash: boolean;
  @Column({ type: 'bigint', transformer: minorColumn, nullable: true }) cashMaxMinor: number | null;
}

/** The row's id: a tenant has one. */
export const settingsId = 'settings';

/** How the tenant wants to be paid; what nobody said is as usual. */
export async function settingsOf(ctx: PaymentsReads): Promise<Pick<PaymentSettingsRow, 'captureMode' | 'windowMinutes' | 'offersCards' | 'offersCash' | 'cashMaxMinor'>> {
  const row = await ctx.db.findOneBy(PaymentSettingsRow, { tenantId: ctx.tenant.id, id: settingsId });
  return row ?? { captureMode: 'AUTOMATIC', windowMinutes: null, offersCards: true, offersCash: true, cashMaxMinor: null };
}
