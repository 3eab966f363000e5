import { badInput } from '@haat/kit/refusal';

/** The amount in the marketplace's currency, or null where none is named. Refuses another currency. */
export function minorOf(amount: { readonly minor: number; readonly currency: string } | null | undefined, currency: string, path: readonly (string | number)[]): number | null {
  if (!amount) return null;
  if (amount.currency === currency) return amount.minor;
  throw badInput([{ path, message: `expected ${currency}, came ${amount.currency}` }]);
}
