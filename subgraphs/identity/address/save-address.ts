import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { Problem } from '@haat/kit/problem';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Address, AddressInput } from '@haat/kit/shared-types';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { IdentityTx } from '../context.js';
import { lockedOwnAccount } from '../user/own-account.js';
import { faultsOf, tidied, type AddressFault } from './address-rules.js';
import { SavedAddress, SavedAddressRow } from './saved-address.js';

/** How many addresses one person keeps at most. */
export const savedAddressesMax = 100;

/** An address to keep. */
@InputType({ description: 'An address to keep, new or in place of an old one.' })
export class SaveAddressInput {
  @Field(() => ID, { nullable: true, description: 'The saved address to replace; a new one when left out.' })
  id?: string | null;

  @Field(() => AddressInput, { description: 'The postal address, checked by its country\'s rules.' })
  address: AddressInput;

  @Field(() => String, { nullable: true, description: 'The person\'s own word for it, at most 60 characters.' })
  label?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is offered first; the first one saved always is.' })
  isDefault?: boolean | null;
}

/** One part of an address that will not do. */
@ObjectType({ description: 'One part of an address that is missing or wrong.' })
export class AddressFaultType {
  @Field(() => String, { description: 'Name of the part, such as postalCode.' })
  part: string;

  @Field(() => String, { description: 'What is wrong with it, in a sentence.' })
  message: string;
}

/** The address does not follow its country's rules. */
@ObjectType({ implements: Problem, description: 'The address does not follow the rules of its country; nothing was saved.' })
export class AddressNotAccepted extends Problem {
  @Field(() => [AddressFaultType], { description: 'Each part that is missing or wrong.' })
  faults: AddressFault[];
}

/** No room for another. */
@ObjectType({ implements: Problem, description: 'The person keeps as many addresses as one may.' })
export class TooManyAddresses extends Problem {
  @Field(() => Int, { description: 'How many addresses one person may keep.' })
  max: number;
}

/** Saved, or why not. */
export const SaveAddressResult = resultOf('SaveAddressResult', 'The saved address, or why it was not saved.', [SavedAddress, AddressNotAccepted, TooManyAddresses]);

const rules = z.object({ id: z.string().max(64).nullish(), label: z.string().trim().max(60).nullish(), isDefault: z.boolean().nullish() });

/** Saves an address of the viewer's own. The first becomes the default one; a new default takes the place of the old. */
export async function saveAddress(tx: IdentityTx, input: SaveAddressInput): Promise<SavedAddress | AddressNotAccepted | TooManyAddresses> {
  const { id, label, isDefault } = parsed(rules, input);
  const faults = faultsOf(input.address);
  if (faults.length > 0) return Object.assign(new AddressNotAccepted(), { message: 'The address is not complete.', faults });
  const kept = await lockedAddresses(tx);
  const old = id ? kept.find((row) => row.id === id) : undefined;
  if (id && !old) throw notFound('saved address');
  if (!old && kept.length >= savedAddressesMax) return Object.assign(new TooManyAddresses(), { message: `At most ${savedAddressesMax} addresses are kept.`, max: savedAddressesMax });
  const becomesDefault = kept.length === 0 || (isDefault ?? old?.isDefault ?? false);
  if (becomesDefault) await tx.db.update(SavedAddressRow, { tenantId: tx.tenant.id, userId: tx.viewer.userId, isDefault: true }, { isDefault: false });
  const row = old ?? tx.db.create(SavedAddressRow, { tenantId: tx.tenant.id, id: newId('adr', tx.clock.now()), version: 0, userId: tx.viewer.userId });
  Object.assign(row, { address: Object.assign(new Address(), tidied(input.address)), label: label || null, isDefault: becomesDefault, version: row.version + 1 });
  return SavedAddress.of(await tx.db.save(row));
}

/** The person's row is the lock, so that two saves cannot both be the first or the last, and nothing is kept of who is erased. */
async function lockedAddresses(tx: IdentityTx): Promise<SavedAddressRow[]> {
  await lockedOwnAccount(tx);
  return tx.db.findBy(SavedAddressRow, { tenantId: tx.tenant.id, userId: tx.viewer.userId });
}
