import type { Representation } from '@haat/kit/define';
import { PaymentChoice } from '@haat/kit/shared-types';
import { accountOf } from '../account/account-of.js';
import type { PaymentsContext } from '../context.js';
import { SavedPaymentMethod } from '../saved-method/saved-method.type.js';
import { settingsOf } from '../settings/payment-settings.js';
import { Cart, PaymentOption } from './payment-option.type.js';

/** Others' carts as the gateway hands them on: we keep none. One that came without its groups is none; nor is one in another currency, which is of another marketplace. */
export function findCarts({ tenant }: PaymentsContext, keys: readonly Representation[]): Promise<(Cart | null)[]> {
  return Promise.resolve(keys.map((key) => {
    const groups = key['groups'] as Cart['groups'] | null | undefined;
    const isOurs = groups?.every((group) => (group?.subtotal?.currency ?? tenant.currency) === tenant.currency) ?? false;
    return isOurs ? Object.assign(new Cart(), key) : null;
  }));
}

/** The ways to pay for a cart; null where what they depend on could not be read. */
export async function listPaymentOptions(ctx: PaymentsContext, cart: Cart): Promise<PaymentOption[] | null> {
  const settings = await settingsOf(ctx);
  const goodsMinor = goodsOf(cart);
  if (settings.cashMaxMinor !== null && goodsMinor === null) return null;
  const { userId } = ctx.viewer;
  const saved = userId === undefined ? [] : await ctx.loaders.methodsByUser.load(userId);
  const hasCards = settings.offersCards && accountOf(ctx.config, ctx.tenant.slug) !== null;
  return [
    option(PaymentChoice.STRIPE, hasCards ? null : 'This marketplace takes no cards.', hasCards ? saved.map(SavedPaymentMethod.of) : []),
    option(PaymentChoice.CASH_ON_DELIVERY, whyNoCash(settings, goodsMinor ?? 0), []),
  ];
}

function option(choice: PaymentChoice, why: string | null, savedMethods: SavedPaymentMethod[]): PaymentOption {
  return Object.assign(new PaymentOption(), { choice, available: why === null, why, savedMethods });
}

function whyNoCash({ offersCash, cashMaxMinor }: { readonly offersCash: boolean; readonly cashMaxMinor: number | null }, goodsMinor: number): string | null {
  if (!offersCash) return 'This marketplace takes no cash at the door.';
  return cashMaxMinor !== null && goodsMinor > cashMaxMinor ? 'The order is too large to be paid in cash.' : null;
}

/** What the goods come to, or null where a part could not be read. */
function goodsOf({ groups }: Cart): number | null {
  const parts = groups.map((group) => group?.subtotal?.minor ?? null);
  return parts.reduce<number | null>((sum, minor) => (sum === null || minor === null ? null : sum + minor), 0);
}
