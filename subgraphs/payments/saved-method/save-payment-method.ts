import { createHash } from 'node:crypto';
import { parsed } from '@haat/kit/input';
import { idempotencyKeyText, idText } from '@haat/kit/limits';
import { invariant } from '@haat/kit/invariant';
import { notFound, unavailable } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import { accountOf, stripeOf } from '../account/account-of.js';
import type { PaymentsContext } from '../context.js';
import { type PaymentProvider, ProviderAway, ProviderRefused, type SetupSnapshot } from '../provider/payment-provider.js';
import { forgetMethod } from './forget-method.js';
import { keepMethod } from './keep-method.js';
import { ProviderCustomerRow, SavedMethodRow } from './saved-method.row.js';
import { CardsNotOffered, PaymentMethodSetup, SavedPaymentMethod } from './saved-method.type.js';

/** A card to be saved. */
@InputType({ description: 'A method that shall be saved: at first nothing but a key, and when the browser is done, the setup it was given.' })
export class SavePaymentMethodInput {
  @Field(() => ID, { nullable: true, description: 'The setup that an earlier call began; left out to begin one.' }) setupId?: string | null;
  @Field(() => ID, { description: 'Names this wish: sent again it begins nothing new.' }) idempotencyKey: string;
}

/** A card to be removed. */
@InputType({ description: 'Which saved method shall be forgotten.' })
export class RemovePaymentMethodInput {
  @Field(() => ID, { description: 'One of the viewer\'s own saved methods.' }) savedPaymentMethodId: string;
}

/** It is gone. */
@ObjectType({ description: 'The method is forgotten here, and at the provider now or soon.' })
export class RemovePaymentMethodSucceeded {
  @Field(() => ID, { description: 'The id of the method that was forgotten.' }) savedPaymentMethodId: string;
}

/** The setup, the card, or why not. */
export const SavePaymentMethodResult = resultOf('SavePaymentMethodResult', 'What the browser goes on with, the saved method, or why none can be saved.', [PaymentMethodSetup, SavedPaymentMethod, CardsNotOffered]);
/** That it is gone. */
export const RemovePaymentMethodResult = resultOf('RemovePaymentMethodResult', 'That the method is forgotten, or why none can be.', [RemovePaymentMethodSucceeded, CardsNotOffered]);

const rules = z.object({ setupId: idText.nullish(), idempotencyKey: idempotencyKeyText });

/** Begins to save a card of the viewer's, or keeps it when their browser gave it to the provider. The callback keeps it as well. */
export async function savePaymentMethod(ctx: PaymentsContext, input: SavePaymentMethodInput): Promise<PaymentMethodSetup | SavedPaymentMethod | CardsNotOffered> {
  const { setupId, idempotencyKey } = parsed(rules, input);
  const { userId } = ctx.viewer;
  invariant(userId !== undefined, 'Only a person saves a method.');
  const provider = stripeOf(ctx, ctx.tenant.slug);
  if (!provider) return Object.assign(new CardsNotOffered(), { message: 'This marketplace takes no cards.' });
  try {
    const setup = setupId ? await provider.readSetup(setupId) : await begin(ctx, provider, { userId, idempotencyKey });
    return await outcomeOf(ctx, provider, { setup, userId });
  } catch (error) {
    if (error instanceof ProviderAway) throw unavailable('The payment provider');
    if (error instanceof ProviderRefused) throw notFound('setup');
    throw error;
  }
}

/** Forgets a card of the viewer's: here at once, at the provider now or when it can be reached. */
export async function removePaymentMethod(ctx: PaymentsContext, input: RemovePaymentMethodInput): Promise<RemovePaymentMethodSucceeded> {
  const { savedPaymentMethodId: id } = parsed(z.object({ savedPaymentMethodId: idText }), input);
  const userId = ctx.viewer.userId ?? '';
  await ctx.transaction(async (tx) => {
    const row = await tx.db.findOne(SavedMethodRow, { where: { tenantId: tx.tenant.id, id, userId }, lock: { mode: 'pessimistic_write' } });
    if (!row) throw notFound('saved payment method');
    if (row.removedAt === null) await tx.db.save(Object.assign(row, { removedAt: tx.clock.now(), dueAt: tx.clock.now(), version: row.version + 1 }));
  });
  await forgetMethod(ctx, id);
  return Object.assign(new RemovePaymentMethodSucceeded(), { savedPaymentMethodId: id });
}

async function begin(ctx: PaymentsContext, provider: PaymentProvider, { userId, idempotencyKey }: { readonly userId: string; readonly idempotencyKey: string }): Promise<SetupSnapshot> {
  const customerReference = await customerOf(ctx, provider, userId);
  return provider.beginSetup({ userId, customerReference, key: `setup:${createHash('sha256').update(JSON.stringify([ctx.tenant.id, userId, idempotencyKey])).digest('base64url')}` });
}

/** Whom the provider knows the person as; told to it first where it does not. */
async function customerOf(ctx: PaymentsContext, provider: PaymentProvider, userId: string): Promise<string> {
  const where = { tenantId: ctx.tenant.id, id: userId };
  const known = await ctx.db.findOneBy(ProviderCustomerRow, where);
  if (known) return known.reference;
  const reference = await provider.makeCustomer(userId, ctx.tenant.id);
  return ctx.transaction(async (tx) => {
    await tx.db.query(`insert into provider_customer (id, provider, reference, tenant_slug) values ($1, 'STRIPE', $2, $3) on conflict (tenant_id, id) do nothing`, [userId, reference, ctx.tenant.slug]);
    return (await tx.db.findOneByOrFail(ProviderCustomerRow, where)).reference;
  });
}

async function outcomeOf(ctx: PaymentsContext, provider: PaymentProvider, { setup, userId }: { readonly setup: SetupSnapshot; readonly userId: string }): Promise<PaymentMethodSetup | SavedPaymentMethod> {
  if (setup.userId !== userId) throw notFound('setup');
  if (setup.isDone && setup.methodReference !== null && setup.customerReference !== null) {
    const method = await provider.readMethod(setup.methodReference, setup.customerReference);
    const kept = await ctx.transaction((tx) => keepMethod(tx, method));
    if (!kept || kept.userId !== userId || kept.removedAt !== null) throw notFound('setup');
    return SavedPaymentMethod.of(kept);
  }
  const { publishableKey = '' } = accountOf(ctx.config, ctx.tenant.slug) ?? {};
  return Object.assign(new PaymentMethodSetup(), { setupId: setup.reference, clientSecret: setup.clientSecret ?? '', publishableKey });
}
