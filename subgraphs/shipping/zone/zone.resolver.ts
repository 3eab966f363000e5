import { Allow } from '@haat/kit/access';
import { ForwardPageArgs } from '@haat/kit/page';
import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { ShippingContext } from '../context.js';
import { listMethods, listZones, ShippingMethodConnection, ShippingZoneConnection } from './list-zones.js';
import { SaveShippingMethodInput, SaveShippingMethodResult, saveMethod } from './save-method.js';
import { SaveShippingZoneInput, SaveShippingZoneResult, saveZone } from './save-zone.js';
import { ShippingZone } from './zone.type.js';

const vendorIdArg = { nullable: true, description: 'The vendor whose own are listed as well; left out by operators.' };

/** Where goods go and for how much, for those who set it. */
@Resolver(() => ShippingZone)
export class ZoneResolver {
  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Query(() => ShippingZoneConnection, { nullable: true, description: 'The zones that one vendor uses, or the marketplace\'s alone: for staff.' })
  shippingZones(@Ctx() ctx: ShippingContext, @Args(() => ForwardPageArgs) page: ForwardPageArgs, @Arg('vendorId', () => ID, vendorIdArg) vendorId?: string | null) {
    return listZones(ctx, vendorId ?? null, page);
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Query(() => ShippingMethodConnection, { nullable: true, description: 'The ways of delivery that one vendor uses, or the marketplace\'s alone: for staff.' })
  shippingMethods(@Ctx() ctx: ShippingContext, @Args(() => ForwardPageArgs) page: ForwardPageArgs, @Arg('vendorId', () => ID, vendorIdArg) vendorId?: string | null) {
    return listMethods(ctx, vendorId ?? null, page);
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Mutation(() => SaveShippingZoneResult, { description: 'Makes a zone, or gives one another name and other areas.' })
  saveShippingZone(@Ctx() ctx: ShippingContext, @Arg('input', () => SaveShippingZoneInput) input: SaveShippingZoneInput): Promise<object> {
    return ctx.transaction((tx) => saveZone(tx, input));
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Mutation(() => SaveShippingMethodResult, { description: 'Makes a way of delivery in a zone, or gives one other prices and rules.' })
  saveShippingMethod(@Ctx() ctx: ShippingContext, @Arg('input', () => SaveShippingMethodInput) input: SaveShippingMethodInput): Promise<object> {
    return ctx.transaction((tx) => saveMethod(tx, input));
  }
}
