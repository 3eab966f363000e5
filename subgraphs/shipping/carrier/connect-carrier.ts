import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { idText, lineOf } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { badInput, forbidden } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { ShippingContext, ShippingTx } from '../context.js';
import { maySet } from '../may.js';
import { CarrierBusy, CarrierRefusal, CarrierSilent } from './carrier.js';
import { CarrierAccountRow } from './carrier-account.row.js';
import { accountOfCallback, callbackHashOf, credentialsBound, openCarrier } from './carrier-of.js';

/** An account at a carrier. */
@InputType({ description: 'An account at a carrier, with what the carrier\'s own panel shows of it.' })
export class ConnectCarrierInput {
  @Field(() => ID, { nullable: true, description: 'The vendor whose account it is; left out by operators for one that serves all vendors.' }) vendorId?: string | null;
  @Field(() => String, { defaultValue: 'pathao', description: 'Which carrier; pathao is the one there is.' }) carrier: string;
  @Field(() => String, { description: 'The pick-up place, by the carrier\'s own number.' }) storeId: string;
  @Field(() => String, { description: 'The client id of the carrier\'s API.' }) clientId: string;
  @Field(() => String, { description: 'The client secret of the carrier\'s API.' }) clientSecret: string;
  @Field(() => String, { description: 'The e-mail address that signs in at the carrier.' }) username: string;
  @Field(() => String, { description: 'The password that signs in at the carrier.' }) password: string;
  @Field(() => String, { description: 'The secret that is registered with the callback address, at least 16 characters; the one before counts for a day more.' }) callbackSecret: string;
  @Field(() => String, { description: 'The integration secret that the carrier wants back in answers to its callbacks.' }) integrationSecret: string;
  @Field(() => Boolean, { defaultValue: false, description: 'Whether it is an account for trying out, at the carrier\'s sandbox.' }) isSandbox: boolean;
}

/** An account that parcels go by. */
@ObjectType({ description: 'An account at a carrier by which parcels go. Its secrets are never shown.' })
export class CarrierAccount {
  @Field(() => ID, { description: 'Names the account; begins with car_.' }) id: string;
  @Field(() => String, { description: 'Who carries by it, such as pathao.' }) carrier: string;
  @Field(() => ID, { nullable: true, description: 'The vendor whose account it is; null where it serves all vendors.' }) vendorId: string | null;
  @Field(() => String, { description: 'The pick-up place, by the carrier\'s own number.' }) storeId: string;
  @Field(() => Boolean, { description: 'Whether it is an account for trying out.' }) isSandbox: boolean;
  @Field(() => String, { description: 'The path on this host to register at the carrier for its callbacks.' }) callbackPath: string;

  static of({ id, carrier, vendorId, storeId, isSandbox }: CarrierAccountRow, slug: string): CarrierAccount {
    return Object.assign(new CarrierAccount(), { id, carrier, vendorId, storeId, isSandbox, callbackPath: `/hooks/shipping/${carrier}/${slug}` });
  }
}

/** The carrier says no. */
@ObjectType({ implements: Problem, description: 'The carrier does not take it, or cannot be asked.' })
export class CarrierRefused extends Problem {
  @Field(() => [String], { description: 'What the carrier says is wrong, in its own words.' }) reasons: readonly string[];

  static of(message: string, reasons: readonly string[]): CarrierRefused {
    return Object.assign(new CarrierRefused(), { message, reasons: [...reasons] });
  }
}

/** The account, or why not. */
export const ConnectCarrierResult = resultOf('ConnectCarrierResult', 'The account, or why the carrier does not take it.', [CarrierAccount, CarrierRefused]);

/** How long the callbacks' secret that an account had before counts, in milliseconds. */
const previousSecretMs = 24 * 3_600_000;

const secret = (least: number) => z.string().min(least).max(500);
const rules = z.object({
  vendorId: idText.nullish().transform((id) => id ?? null), carrier: z.literal('pathao'), storeId: z.string().regex(/^\d{1,18}$/, 'expected the number of a store'), isSandbox: z.boolean(),
  clientId: lineOf(200), clientSecret: secret(1), username: lineOf(200), password: secret(1), callbackSecret: secret(16), integrationSecret: lineOf(200),
});

/** Keeps an account once the carrier took it; another one of the same owner takes the place of the first. The carrier is asked before anything is written. */
export async function connectCarrier(ctx: ShippingContext, input: ConnectCarrierInput): Promise<CarrierAccount | CarrierRefused> {
  const { vendorId, carrier, storeId, isSandbox, ...credentials } = parsed(rules, input);
  if (!maySet(ctx.viewer, vendorId)) throw forbidden();
  try {
    await openCarrier(ctx, { storeId, isSandbox, sealedTokens: null }, credentials).check();
  } catch (error) {
    if (error instanceof CarrierRefusal) return CarrierRefused.of('The carrier does not take this account.', error.reasons);
    if (error instanceof CarrierBusy || error instanceof CarrierSilent) return CarrierRefused.of('The carrier cannot be asked now. Try again later.', [error.message]);
    throw error;
  }
  const facts = {
    storeId, isSandbox, sealedCredentials: await ctx.seal('shipping', credentialsBound(ctx.tenant.id), credentials), sealedTokens: null, callbackHash: callbackHashOf(ctx.config, credentials.callbackSecret),
  };
  return CarrierAccount.of(await ctx.transaction((tx) => keepAccount(tx, { vendorId, carrier, ...facts })), ctx.tenant.slug);
}

/** Writes an account. Parcels that went by the same owner's earlier one go on by this. */
export async function keepAccount(tx: ShippingTx, facts: Pick<CarrierAccountRow, 'vendorId' | 'carrier' | 'storeId' | 'isSandbox' | 'sealedCredentials' | 'sealedTokens' | 'callbackHash'>): Promise<CarrierAccountRow> {
  await tx.db.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.tenant.id}:carriers:${facts.carrier}`]);
  const known = await tx.db.createQueryBuilder(CarrierAccountRow, 'a').where('a.carrier = :carrier and a.vendorId is not distinct from :vendorId', { carrier: facts.carrier, vendorId: facts.vendorId }).getOne();
  const owner = await accountOfCallback(tx, facts.carrier, facts.callbackHash);
  if (owner && owner.id !== known?.id) throw badInput([{ path: ['input', 'callbackSecret'], message: 'expected a secret that no other account has' }]);
  if (known) return tx.db.save(Object.assign(known, outgoing(tx, known, facts.callbackHash), facts, { version: known.version + 1 }));
  return tx.db.save(tx.db.create(CarrierAccountRow, { tenantId: tx.tenant.id, id: newId('car', tx.clock.now()), version: 1, ...facts, previousCallbackHash: null, previousUntil: null }));
}

/** The secret of its callbacks that an account had counts a while longer: the carrier goes on with it until somebody registers the new one there. */
function outgoing(tx: ShippingTx, { callbackHash }: CarrierAccountRow, next: string): Pick<CarrierAccountRow, 'previousCallbackHash' | 'previousUntil'> | Record<string, never> {
  return callbackHash === next ? {} : { previousCallbackHash: callbackHash, previousUntil: new Date(tx.clock.now().getTime() + previousSecretMs) };
}
