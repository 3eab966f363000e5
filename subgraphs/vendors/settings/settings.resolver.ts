import { Allow } from '@haat/kit/access';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { VendorsContext } from '../context.js';
import { Vendor } from '../vendor/vendor.js';
import { ChangePayoutSettingsInput, ChangePayoutSettingsResult, changePayoutSettings } from './change-payout-settings.js';
import { ChangeStoreSettingsInput, ChangeStoreSettingsResult, changeStoreSettings } from './change-store-settings.js';
import { PayoutSettings, StoreSettings } from './store-settings.js';

/** A vendor's settings. */
@Resolver(() => Vendor)
export class SettingsResolver {
  @Allow({ vendor: 'id' }, 'OPERATOR', 'PLATFORM', 'SYSTEM')
  @FieldResolver(() => StoreSettings, { nullable: true, description: 'How it runs its shop; for its merchants and operators.' })
  settings(@Root() vendor: Vendor) {
    return StoreSettings.of(vendor);
  }

  @Allow({ vendor: 'id', grant: 'payouts.manage' }, 'OPERATOR', 'PLATFORM', 'SYSTEM')
  @FieldResolver(() => PayoutSettings, { nullable: true, description: 'How and where it is paid; for members who look after payouts, and operators.' })
  payoutSettings(@Root() vendor: Vendor) {
    return PayoutSettings.of(vendor);
  }

  @Allow({ vendor: 'input.vendorId', grant: 'settings.manage' }, 'OPERATOR')
  @Mutation(() => ChangeStoreSettingsResult, { description: 'Changes how a vendor runs its shop: words, holiday, minimum order, addresses.' })
  changeStoreSettings(@Ctx() ctx: VendorsContext, @Arg('input', () => ChangeStoreSettingsInput) input: ChangeStoreSettingsInput): Promise<object> {
    return ctx.transaction((tx) => changeStoreSettings(tx, input));
  }

  @Allow({ vendor: 'input.vendorId', grant: 'payouts.manage' }, 'OPERATOR')
  @Mutation(() => ChangePayoutSettingsResult, { description: 'Changes how often and where a vendor is paid.' })
  changePayoutSettings(@Ctx() ctx: VendorsContext, @Arg('input', () => ChangePayoutSettingsInput) input: ChangePayoutSettingsInput): Promise<object> {
    return ctx.transaction((tx) => changePayoutSettings(tx, input));
  }
}
