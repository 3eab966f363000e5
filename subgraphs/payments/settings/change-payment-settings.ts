import { parsed } from '@haat/kit/input';
import { Money } from '@haat/kit/money';
import { Problem } from '@haat/kit/problem';
import { badInput } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { MoneyInput } from '@haat/kit/shared-types';
import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { z } from 'zod';
import { accountOf } from '../account/account-of.js';
import { tenantSlug } from '../account/tenant-slug.js';
import type { PaymentsReads, PaymentsTx } from '../context.js';
import { PaymentSettingsRow, settingsId, settingsOf } from './payment-settings.js';

/** When money that is promised is taken. */
export enum CaptureMode {
  AUTOMATIC = 'AUTOMATIC', MANUAL = 'MANUAL',
}

registerEnumType(CaptureMode, {
  name: 'CaptureMode', description: 'When the money of a card is taken.',
  valuesConfig: { AUTOMATIC: { description: 'At once, when the buyer pays.' }, MANUAL: { description: 'By capturePayment, and by itself before the promise lapses.' } },
});

/** How a tenant is paid. */
@ObjectType({ description: 'How this marketplace wants to be paid by its buyers.' })
export class PaymentSettings {
  @Field(() => CaptureMode, { description: 'When the money of cards is taken.' }) captureMode: CaptureMode;
  @Field(() => Int, { description: 'How long a buyer may take to pay, in minutes.' }) windowMinutes: number;
  @Field(() => Boolean, { description: 'Whether cards are offered where there is an account.' }) offersCards: boolean;
  @Field(() => Boolean, { description: 'Whether an account at the provider is set up.' }) hasAccount: boolean;
  @Field(() => Boolean, { description: 'Whether buyers may pay the courier in cash.' }) offersCash: boolean;
  @Field(() => Money, { nullable: true, description: 'The largest order that may be paid in cash; null for any.' }) cashMax: Money | null;
}

/** What shall change. */
@InputType({ description: 'How the marketplace wants to be paid from now on; what is left out stays.' })
export class ChangePaymentSettingsInput {
  @Field(() => CaptureMode, { nullable: true, description: 'When the money of cards is taken, for payments opened from now on.' }) captureMode?: CaptureMode | null;
  @Field(() => Int, { nullable: true, description: 'How long a buyer may take to pay, 1 to 10080 minutes.' }) windowMinutes?: number | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether cards are offered to buyers.' }) offersCards?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether buyers may pay in cash.' }) offersCash?: boolean | null;
  @Field(() => MoneyInput, { nullable: true, description: 'The largest order that may be paid in cash, above zero; null takes the limit away.' }) cashMax?: MoneyInput | null;
}

/** Nothing would be left. */
@ObjectType({ implements: Problem, description: 'No way to pay would be left; nothing was changed.' })
export class NoWayToPay extends Problem {}

/** The settings, or why not. */
export const ChangePaymentSettingsResult = resultOf('ChangePaymentSettingsResult', 'The settings as they are now, or why they stay.', [PaymentSettings, NoWayToPay]);

const rules = z.object({ windowMinutes: z.int().min(1).max(10_080).nullish(), cashMax: z.object({ minor: z.int().min(1), currency: z.string() }).nullish() });

/** How the tenant wants to be paid. */
export async function readSettings(ctx: PaymentsReads): Promise<PaymentSettings> {
  const { captureMode, windowMinutes, offersCards, offersCash, cashMaxMinor } = await settingsOf(ctx);
  const hasAccount = accountOf(ctx.config, await tenantSlug(ctx)) !== null;
  const cashMax = cashMaxMinor === null ? null : Money.of(cashMaxMinor, ctx.tenant.currency);
  return Object.assign(new PaymentSettings(), { captureMode, windowMinutes: windowMinutes ?? ctx.config.PAYMENT_WINDOW_MINUTES, offersCards, offersCash, hasAccount, cashMax });
}

/** Changes how the tenant wants to be paid. Payments that are open stay as they were opened. */
export async function changePaymentSettings(tx: PaymentsTx, input: ChangePaymentSettingsInput): Promise<PaymentSettings | NoWayToPay> {
  const { windowMinutes, cashMax } = parsed(rules, { windowMinutes: input.windowMinutes, cashMax: input.cashMax });
  if (cashMax && cashMax.currency !== tx.tenant.currency) throw badInput([{ path: ['input', 'cashMax', 'currency'], message: `expected ${tx.tenant.currency}, came ${cashMax.currency}` }]);
  const known = await settingsOf(tx);
  const next = {
    captureMode: input.captureMode ?? known.captureMode, windowMinutes: windowMinutes ?? known.windowMinutes, offersCards: input.offersCards ?? known.offersCards, offersCash: input.offersCash ?? known.offersCash,
    cashMaxMinor: cashMax === undefined ? known.cashMaxMinor : (cashMax?.minor ?? null),
  };
  if (!next.offersCards && !next.offersCash) return Object.assign(new NoWayToPay(), { message: 'Offer cards or cash: buyers need one of them.' });
  await tx.db.upsert(PaymentSettingsRow, { tenantId: tx.tenant.id, id: settingsId, ...next }, ['tenantId', 'id']);
  return readSettings(tx);
}
