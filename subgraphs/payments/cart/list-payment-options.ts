import type { Representation } from '@haat/kit/define';
import { PaymentChoice } from '@haat/kit/shared-types';
import type { PaymentsContext } from '../context.js';
import { SavedPaymentMethod } from '../saved-method/saved-method.type.js';
import { waysToPay, whyNot, whyTooLarge, type WaysToPay } from '../settings/why-not.js';
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
  const ways = await waysToPay(ctx);
  const goodsMinor = goodsOf(cart);
  if (ways.cashMaxMinor !== null && goodsMinor === null) return null;
  const { userId } = ctx.viewer;
  const saved = userId === undefined ? [] : await ctx.loaders.methodsByUser.load(userId);
  const amountMinor = goodsMinor ?? 0;
  const hasCards = whyNot({ choice: PaymentChoice.STRIPE, amountMinor }, ways) === null;
  return [
    option(PaymentChoice.STRIPE, hasCards ? null : 'This marketplace takes no cards.', hasCards ? saved.map(SavedPaymentMethod.of) : []),
    option(PaymentChoice.CASH_ON_DELIVERY, whyNoCash(ways, amountMinor), []),
  ];
}

function option(choice: PaymentChoice, why: string | null, savedMethods: SavedPaymentMethod[]): PaymentOption {
  return Object.assign(new PaymentOption(), { choice, available: why === null, why, savedMethods });
}

function whyNoCash(ways: WaysToPay, amountMinor: number): string | null {
  const code = whyNot({ choice: PaymentChoice.CASH_ON_DELIVERY, amountMinor }, ways);
  if (code === null) return null;
  return code === 'not_offered' ? 'This marketplace takes no cash at the door.' : whyTooLarge;
}

/** What the goods come to, or null where a part could not be read. */
function goodsOf({ groups }: Cart): number | null {
  const parts = groups.map((group) => group?.subtotal?.minor ?? null);
  return parts.reduce<number | null>((sum, minor) => (sum === null || minor === null ? null : sum + minor), 0);
}
