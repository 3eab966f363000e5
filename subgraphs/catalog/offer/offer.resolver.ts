import { Allow, Public } from '@haat/kit/access';
import { MetadataEntry } from '@haat/kit/shared-types';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { manageGrant } from '../access/may.js';
import type { CatalogContext } from '../context.js';
import { visibleFacts } from '../metadata.js';
import { ProductVariant } from '../product/product.type.js';
import { ChangeOfferInput, ChangeOfferResult, changeOffer } from './change-offer.js';
import { CreateOfferInput, CreateOfferResult, createOffer } from './create-offer.js';
import { findOffers } from './find-offers.js';
import { Offer, VendorStub } from './offer.type.js';
import { SetOfferMetadataInput, SetOfferMetadataResult, setOfferMetadata } from './set-offer-metadata.js';

/** What vendors sell. */
@Resolver(() => Offer)
export class OfferResolver {
  @Public()
  @Query(() => Offer, { nullable: true, description: 'One offer by its id, while it is for sale; to its vendor and operators in every state.' })
  async offer(@Ctx() ctx: CatalogContext, @Arg('id', () => ID, { description: 'The offer to read; begins with ofr_.' }) id: string) {
    return (await findOffers(ctx, [{ __typename: 'Offer', id }]))[0];
  }

  @FieldResolver(() => ProductVariant, { description: 'What is sold: the variant with its product.' })
  async variant(@Root() { row }: Offer, @Ctx() ctx: CatalogContext) {
    const product = await ctx.loaders.productsById.load(row.productId);
    const variant = product?.variants.find(({ id }) => id === row.variantId);
    return product && variant ? ProductVariant.of(product, variant, ctx.locale) : null;
  }

  @FieldResolver(() => VendorStub, { nullable: true, description: 'Who sells it; null while vendors cannot be asked.' })
  vendor(@Root() { vendorId }: Offer): VendorStub {
    return { id: vendorId };
  }

  @FieldResolver(() => [MetadataEntry], { description: 'Facts that integrations keep; private ones are shown to staff and tokens only.' })
  metadata(@Root() { row }: Offer, @Ctx() ctx: CatalogContext) {
    return visibleFacts(row.metadata, ctx.viewer, row.vendorId);
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: manageGrant })
  @Mutation(() => CreateOfferResult, { description: 'Puts a variant on offer, for a vendor whose catalogue one manages.' })
  createOffer(@Ctx() ctx: CatalogContext, @Arg('input', () => CreateOfferInput) input: CreateOfferInput): Promise<object> {
    return ctx.transaction((tx) => createOffer(tx, input));
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: manageGrant })
  @Mutation(() => ChangeOfferResult, { description: 'Changes the terms or the state of an offer.' })
  changeOffer(@Ctx() ctx: CatalogContext, @Arg('input', () => ChangeOfferInput) input: ChangeOfferInput): Promise<object> {
    return ctx.transaction((tx) => changeOffer(tx, input));
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: manageGrant })
  @Mutation(() => SetOfferMetadataResult, { description: 'Replaces the facts that integrations keep of an offer.' })
  setOfferMetadata(@Ctx() ctx: CatalogContext, @Arg('input', () => SetOfferMetadataInput) input: SetOfferMetadataInput): Promise<object> {
    return ctx.transaction((tx) => setOfferMetadata(tx, input));
  }
}
