import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { MetadataEntryInput } from '@haat/kit/shared-types';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import type { CatalogTx } from '../context.js';
import { metadataRules, tooManyFacts } from '../metadata.js';
import { TooMany } from '../too-many.js';
import { offerToManage } from './change-offer.js';
import { offers } from './offer.row.js';
import { Offer } from './offer.type.js';

/** What integrations keep of an offer. */
@InputType({ description: 'The facts that integrations keep of an offer, in place of those kept.' })
export class SetOfferMetadataInput {
  @Field(() => ID, { description: 'The offer the facts are about; begins with ofr_.' }) offerId: string;
  @Field(() => [MetadataEntryInput], { description: 'All facts from now on, at most 50, keys at most 100 characters.' }) entries: MetadataEntryInput[];
}

/** The offer, or that there were too many. */
export const SetOfferMetadataResult = resultOf('SetOfferMetadataResult', 'The offer with the new facts, or that there were too many.', [Offer, TooMany]);

const rules = z.object({ offerId: idText, entries: metadataRules });

/** Replaces the facts of an offer. Nobody hears of it: they mean something to their integration only. */
export async function setOfferMetadata(tx: CatalogTx, input: SetOfferMetadataInput): Promise<Offer | TooMany> {
  const { offerId, entries } = parsed(rules, input);
  await offerToManage(tx, offerId);
  const tooMany = tooManyFacts(entries, 'An offer');
  if (tooMany) return tooMany;
  const written = await tx.db.collection(offers).change(offerId, (current) => ({ ...current, metadata: entries }));
  if (!('document' in written)) throw notFound('offer');
  return Offer.of(written.document);
}
