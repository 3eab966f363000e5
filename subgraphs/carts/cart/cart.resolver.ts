import { Public, Allow } from '@haat/kit/access';
import { MetadataEntry } from '@haat/kit/shared-types';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { weightOf } from '../checkout/frozen-cart.js';
import { ChooseShippingInput, ChooseShippingResult, chooseShipping } from '../contact/choose-shipping.js';
import { SetCartAddressInput, SetCartAddressResult, setCartAddress } from '../contact/set-cart-address.js';
import { SetCartContactInput, SetCartContactResult, setCartContact } from '../contact/set-cart-contact.js';
import type { CartsContext } from '../context.js';
import { ApplyCouponInput, ApplyCouponResult, applyCoupon, RemoveCouponInput, RemoveCouponResult, removeCoupon } from '../coupon/apply-coupon.js';
import { AddCartLinesInput, AddCartLinesResult, addCartLines } from '../line/add-cart-lines.js';
import { ChangeCartLineInput, ChangeCartLineResult, changeCartLine, RemoveCartLineInput, RemoveCartLineResult, removeCartLine } from '../line/change-cart-line.js';
import { Cart, CartGroup } from './cart.js';
import { findMyCart } from './find-carts.js';
import { MergeCartsInput, MergeCartsResult, mergeCarts } from './merge-carts.js';
import { OpenCartInput, OpenCartResult, openCart } from './open-cart.js';
import { ownCarts, seesPrivateFacts } from './owned-cart.js';
import { ReorderInput, ReorderResult, reorder } from './reorder.js';
import { SetCartMetadataInput, SetCartMetadataResult, setCartMetadata } from './set-cart-metadata.js';

/** A cart's fields and what can be done with it. Anybody may ask: whose cart it is decides. */
@Resolver(() => Cart)
export class CartResolver {
  @Public()
  @Query(() => Cart, { nullable: true, description: 'One of the viewer\'s own carts; anybody else\'s does not exist.' })
  async cart(@Ctx() ctx: CartsContext, @Arg('id', () => ID, { description: 'The id that openCart answered.' }) id: string) {
    const [row] = await ownCarts(ctx, [id]);
    return row ? Cart.of(row) : null;
  }

  @Public()
  @Query(() => Cart, { nullable: true, description: 'The viewer\'s open cart: a person\'s own, or the one of the header x-haat-cart; null where none was opened.' })
  myCart(@Ctx() ctx: CartsContext) {
    return findMyCart(ctx);
  }

  @FieldResolver(() => [MetadataEntry], { description: 'Facts that integrations keep; private ones for operators and API tokens of the whole marketplace.' })
  metadata(@Root() { row }: Cart, @Ctx() { viewer }: CartsContext) {
    return row.storedMetadata.filter(({ isPrivate }) => !isPrivate || seesPrivateFacts(viewer)).map(({ key, value }) => Object.assign(new MetadataEntry(), { key, value }));
  }

  @Public()
  @Mutation(() => OpenCartResult, { description: 'Opens a cart, or answers the open one: a person has one, a guest one for each secret.' })
  openCart(@Ctx() ctx: CartsContext, @Arg('input', () => OpenCartInput) _input: OpenCartInput): Promise<object> {
    return ctx.transaction((tx) => openCart(tx));
  }

  @Public()
  @Mutation(() => AddCartLinesResult, { description: 'Puts goods into a cart, all of them or none.' })
  addCartLines(@Ctx() ctx: CartsContext, @Arg('input', () => AddCartLinesInput) input: AddCartLinesInput): Promise<object> {
    const { idempotencyKey, ...wish } = input;
    const key = idempotencyKey ?? ctx.idempotencyKey;
    const idempotency = key ? { operation: 'addCartLines', key, input: wish } : undefined;
    return ctx.transaction((tx) => addCartLines(tx, input), { idempotency });
  }

  @Public()
  @Mutation(() => ChangeCartLineResult, { description: 'Sets how many pieces a line has; 0 takes it out.' })
  changeCartLine(@Ctx() ctx: CartsContext, @Arg('input', () => ChangeCartLineInput) input: ChangeCartLineInput): Promise<object> {
    return ctx.transaction((tx) => changeCartLine(tx, input));
  }

  @Public()
  @Mutation(() => RemoveCartLineResult, { description: 'Takes a line out of a cart; one that is gone already is gone.' })
  removeCartLine(@Ctx() ctx: CartsContext, @Arg('input', () => RemoveCartLineInput) input: RemoveCartLineInput): Promise<object> {
    return ctx.transaction((tx) => removeCartLine(tx, input));
  }

  @Public()
  @Mutation(() => ApplyCouponResult, { description: 'Puts a coupon code on a cart if it gives something there; trying it takes nothing from the coupon.' })
  applyCoupon(@Ctx() ctx: CartsContext, @Arg('input', () => ApplyCouponInput) input: ApplyCouponInput): Promise<object> {
    return ctx.transaction((tx) => applyCoupon(tx, input));
  }

  @Public()
  @Mutation(() => RemoveCouponResult, { description: 'Takes a coupon code off a cart; one that is not there is gone already.' })
  removeCoupon(@Ctx() ctx: CartsContext, @Arg('input', () => RemoveCouponInput) input: RemoveCouponInput): Promise<object> {
    return ctx.transaction((tx) => removeCoupon(tx, input));
  }

  @Public()
  @Mutation(() => SetCartContactResult, { description: 'Sets how the buyer is reached, and a note to the vendors.' })
  setCartContact(@Ctx() ctx: CartsContext, @Arg('input', () => SetCartContactInput) input: SetCartContactInput): Promise<object> {
    return ctx.transaction((tx) => setCartContact(tx, input));
  }

  @Public()
  @Mutation(() => SetCartAddressResult, { description: 'Sets where goods and invoice go; shipping is chosen anew afterwards.' })
  setCartAddress(@Ctx() ctx: CartsContext, @Arg('input', () => SetCartAddressInput) input: SetCartAddressInput): Promise<object> {
    return ctx.transaction((tx) => setCartAddress(tx, input));
  }

  @Public()
  @Mutation(() => ChooseShippingResult, { description: 'Chooses how the goods of one vendor are sent.' })
  chooseShipping(@Ctx() ctx: CartsContext, @Arg('input', () => ChooseShippingInput) input: ChooseShippingInput): Promise<object> {
    return ctx.transaction((tx) => chooseShipping(tx, input));
  }

  @Allow('USER')
  @Mutation(() => MergeCartsResult, { description: 'Adds a guest\'s cart to the person\'s own, after signing in.' })
  mergeCarts(@Ctx() ctx: CartsContext, @Arg('input', () => MergeCartsInput) input: MergeCartsInput): Promise<object> {
    return ctx.transaction((tx) => mergeCarts(tx, input));
  }

  @Allow('USER')
  @Mutation(() => ReorderResult, { description: 'Puts the goods of an old order into the person\'s open cart, at today\'s prices.' })
  reorder(@Ctx() ctx: CartsContext, @Arg('input', () => ReorderInput) input: ReorderInput): Promise<object> {
    return reorder(ctx, input);
  }

  @Public()
  @Mutation(() => SetCartMetadataResult, { description: 'Replaces the facts that integrations keep of a cart.' })
  setCartMetadata(@Ctx() ctx: CartsContext, @Arg('input', () => SetCartMetadataInput) input: SetCartMetadataInput): Promise<object> {
    return ctx.transaction((tx) => setCartMetadata(tx, input));
  }
}

/** What of a group is worked out. */
@Resolver(() => CartGroup)
export class CartGroupResolver {
  @FieldResolver(() => Int, { nullable: true, description: 'What the goods weigh together, in grams, as far as that is known; null where it is of none.' })
  async weightGrams(@Root() { lines }: CartGroup, @Ctx() ctx: CartsContext) {
    const ids = lines.map(({ offerId }) => offerId);
    const weights = await ctx.loaders.weightByOffer.loadMany(ids);
    return weightOf(lines, new Map(ids.map((id, at) => [id, typeof weights[at] === 'number' ? weights[at] : null])));
  }
}
