import { Allow, Public } from '@haat/kit/access';
import { PageArgs } from '@haat/kit/page';
import { DateTime } from '@haat/kit/scalars';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { accountOf } from '../account/account-of.js';
import { listPaymentOptions } from '../cart/list-payment-options.js';
import { Cart, PaymentOption, paymentMethodsRequire } from '../cart/payment-option.type.js';
import type { PaymentsContext } from '../context.js';
import { Dispute } from '../dispute/dispute.type.js';
import { RefundPaymentInput, RefundPaymentResult, refundPayment } from '../refund/refund-payment.js';
import { Refund } from '../refund/refund.type.js';
import { RemovePaymentMethodInput, RemovePaymentMethodResult, removePaymentMethod, SavePaymentMethodInput, SavePaymentMethodResult, savePaymentMethod } from '../saved-method/save-payment-method.js';
import { SavedPaymentMethod } from '../saved-method/saved-method.type.js';
import { ChangePaymentSettingsInput, ChangePaymentSettingsResult, changePaymentSettings, PaymentSettings, readSettings } from '../settings/change-payment-settings.js';
import { CapturePaymentInput, CapturePaymentResult, capturePayment } from './capture-payment.js';
import { listPayments, PaymentConnection, PaymentFilter } from './list-payments.js';
import { AttemptStatus, openAttempts, PaymentStatus } from './payment-enums.js';
import type { AttemptRow } from './payment.row.js';
import { Order, Payment, PaymentAttempt, PaymentEvent, PaymentNextAction, User, VendorOrder } from './payment.type.js';
import { RetryPaymentInput, RetryPaymentResult, retryPayment } from './retry-payment.js';
import { findPayments, isBuyer } from './seen-payment.js';

/** What a payment is waiting for while the buyer can do something. */
const waiting: readonly PaymentStatus[] = [PaymentStatus.REQUIRES_ACTION, PaymentStatus.FAILED];

/** Payments, and what is done with them. */
@Resolver(() => Payment)
export class PaymentResolver {
  @Public()
  @Query(() => Payment, { nullable: true, description: 'One payment: to its buyer and operators whole, to a vendor\'s people their share.' })
  async payment(@Ctx() ctx: PaymentsContext, @Arg('id', () => ID, { description: 'Names it as Order.payment does; begins with pay_.' }) id: string) {
    return (await findPayments(ctx, [{ __typename: 'Payment', id }]))[0] ?? null;
  }

  @Allow('OPERATOR')
  @Query(() => PaymentConnection, { nullable: true, description: 'Payments of the marketplace, newest first; operators only.' })
  payments(@Ctx() ctx: PaymentsContext, @Args(() => PageArgs) page: PageArgs, @Arg('filter', () => PaymentFilter, { nullable: true, description: 'Which of them are wanted; all when left out.' }) filter?: PaymentFilter | null) {
    return listPayments(ctx, page, filter ?? {});
  }

  @FieldResolver(() => String, { nullable: true, description: 'What the buyer\'s browser confirms the payment with at the provider; to the buyer alone, while it is open.' })
  async clientSecret(@Root() payment: Payment, @Ctx() ctx: PaymentsContext) {
    const attempt = await openTo(ctx, payment);
    return attempt?.sealedClientSecret ? ctx.unseal({ tenantId: ctx.tenant.id, purpose: attempt.id }, attempt.sealedClientSecret) : null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'What the buyer\'s browser names our account at the provider by; to the buyer alone, while it is open.' })
  async publishableKey(@Root() payment: Payment, @Ctx() ctx: PaymentsContext) {
    return (await openTo(ctx, payment)) && (accountOf(ctx.config, payment.row.tenantSlug ?? ctx.tenant.slug)?.publishableKey ?? null);
  }

  @FieldResolver(() => PaymentNextAction, { nullable: true, description: 'What the buyer must do next, such as confirm at the bank; to the buyer alone.' })
  async nextAction(@Root() payment: Payment, @Ctx() ctx: PaymentsContext) {
    const facts = (await openTo(ctx, payment))?.nextAction;
    return facts ? PaymentNextAction.of(facts) : null;
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'When the time to pay ends; to the buyer alone, and null once it is paid or over.' })
  expiresAt(@Root() { row }: Payment, @Ctx() { viewer, clock }: PaymentsContext) {
    return isBuyer(viewer, row) && row.windowEndsAt !== null && row.windowEndsAt > clock.now() ? row.windowEndsAt : null;
  }

  @FieldResolver(() => [PaymentAttempt], { description: 'Every try to pay, the earliest first; none to a vendor\'s people.' })
  async attempts(@Root() { id, row, shares }: Payment, @Ctx() ctx: PaymentsContext) {
    return shares ? [] : (await ctx.loaders.attemptsByPayment.load(id)).map((attempt) => PaymentAttempt.of(attempt, row.currency));
  }

  @FieldResolver(() => [PaymentEvent], { description: 'Everything that happened to it, as it was heard; none to a vendor\'s people.' })
  async events(@Root() { id, row, shares }: Payment, @Ctx() ctx: PaymentsContext) {
    return shares ? [] : (await ctx.loaders.eventsByPayment.load(id)).map((event) => PaymentEvent.of(event, row.currency));
  }

  @FieldResolver(() => [Refund], { description: 'What goes or went back, the earliest first; to a vendor\'s people as far as it is theirs.' })
  async refunds(@Root() { id, shares }: Payment, @Ctx() ctx: PaymentsContext) {
    const rows = await ctx.loaders.refundsByPayment.load(id);
    return rows.filter((row) => shares === null || row.shares.some((part) => shares.some((share) => share.id === part.vendorOrderId))).map((row) => Refund.of(row, shares));
  }

  @Allow('OPERATOR', 'SYSTEM')
  @FieldResolver(() => [Dispute], { nullable: true, description: 'Where the buyer\'s bank disputes it; operators only.' })
  async disputes(@Root() { id }: Payment, @Ctx() ctx: PaymentsContext) {
    return (await ctx.loaders.disputesByPayment.load(id)).map(Dispute.of);
  }

  @Allow('OPERATOR', 'SYSTEM')
  @FieldResolver(() => String, { nullable: true, description: 'Why nothing is believed of it any more until somebody looked at the provider, in words; operators only. capturePayment lets it go on.' })
  heldReason(@Root() { row }: Payment) {
    return row.heldReason;
  }

  @Public()
  @Mutation(() => RetryPaymentResult, { description: 'Lets the buyer pay again after a decline, in the browser or with a saved method.' })
  retryPayment(@Ctx() ctx: PaymentsContext, @Arg('input', () => RetryPaymentInput) input: RetryPaymentInput): Promise<object> {
    return retryPayment(ctx, input);
  }

  @Allow('OPERATOR', { roles: ['TOKEN'], grant: 'payments.manage' })
  @Mutation(() => CapturePaymentResult, { description: 'Takes the promised money of a payment, all of it or a part; or lets one go on that is held.' })
  capturePayment(@Ctx() ctx: PaymentsContext, @Arg('input', () => CapturePaymentInput) input: CapturePaymentInput): Promise<object> {
    return capturePayment(ctx, input);
  }

  @Allow('OPERATOR', { roles: ['TOKEN'], grant: 'payments.manage' })
  @Mutation(() => RefundPaymentResult, { description: 'Pays money back to the buyer, as an amount or for pieces of lines.' })
  refundPayment(@Ctx() ctx: PaymentsContext, @Arg('input', () => RefundPaymentInput) input: RefundPaymentInput): Promise<object> {
    return refundPayment(ctx, input);
  }
}

/** What is said of others' orders, carts and people. */
@Resolver(() => Order)
export class OrderPaymentResolver {
  @FieldResolver(() => Payment, { nullable: true, description: 'How the order is paid; null until that begins.' })
  payment(@Root() { seen }: Order) {
    return seen;
  }
}

/** The same of a vendor's part. */
@Resolver(() => VendorOrder)
export class VendorOrderPaymentResolver {
  @FieldResolver(() => Payment, { nullable: true, description: 'How this part of the order is paid: the vendor\'s share.' })
  payment(@Root() { seen }: VendorOrder) {
    return seen;
  }
}

/** How a cart can be paid. */
@Resolver(() => Cart)
export class CartPaymentResolver {
  @Directive(`@requires(fields: "${paymentMethodsRequire}")`)
  @FieldResolver(() => [PaymentOption], { nullable: true, description: 'How the cart can be paid, with what the viewer saved; null where a part of the cart could not be read.' })
  paymentMethods(@Root() cart: Cart, @Ctx() ctx: PaymentsContext) {
    return listPaymentOptions(ctx, cart);
  }
}

/** A person's cards. */
@Resolver(() => User)
export class UserPaymentResolver {
  @Allow({ self: 'id' })
  @FieldResolver(() => [SavedPaymentMethod], { nullable: true, description: 'The methods this person saved to pay with: their own only, and null where nothing of them is known here yet.' })
  async savedPaymentMethods(@Root() { id }: User, @Ctx() ctx: PaymentsContext) {
    return (await ctx.loaders.methodsByUser.load(id)).map(SavedPaymentMethod.of);
  }

  @Allow('USER')
  @Mutation(() => SavePaymentMethodResult, { description: 'Saves a method to pay with later: begun here, given to the provider by the browser, then kept.' })
  savePaymentMethod(@Ctx() ctx: PaymentsContext, @Arg('input', () => SavePaymentMethodInput) input: SavePaymentMethodInput): Promise<object> {
    return savePaymentMethod(ctx, input);
  }

  @Allow('USER')
  @Mutation(() => RemovePaymentMethodResult, { description: 'Forgets one of the viewer\'s saved methods, at the provider too.' })
  removePaymentMethod(@Ctx() ctx: PaymentsContext, @Arg('input', () => RemovePaymentMethodInput) input: RemovePaymentMethodInput): Promise<object> {
    return removePaymentMethod(ctx, input);
  }

  @Allow('OPERATOR')
  @Query(() => PaymentSettings, { nullable: true, description: 'How this marketplace wants to be paid; operators only.' })
  paymentSettings(@Ctx() ctx: PaymentsContext) {
    return readSettings(ctx);
  }

  @Allow('OPERATOR')
  @Mutation(() => ChangePaymentSettingsResult, { description: 'Changes how this marketplace wants to be paid from now on.' })
  changePaymentSettings(@Ctx() ctx: PaymentsContext, @Arg('input', () => ChangePaymentSettingsInput) input: ChangePaymentSettingsInput): Promise<object> {
    return ctx.transaction((tx) => changePaymentSettings(tx, input));
  }
}

/** The try that the viewer can do something about: they pay it, and it is open. */
async function openTo(ctx: PaymentsContext, { id, row, status }: Payment): Promise<AttemptRow | null> {
  if (!isBuyer(ctx.viewer, row) || !waiting.includes(status) || row.heldReason !== null) return null;
  const attempt = (await ctx.loaders.attemptsByPayment.load(id)).at(-1);
  return attempt && openAttempts.includes(attempt.status) && attempt.status !== AttemptStatus.CREATED && attempt.wish === null ? attempt : null;
}
