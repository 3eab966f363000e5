import { isCurrency } from '@haat/kit/currencies';
import { Money } from '@haat/kit/money';

/** An amount as people of a language (BCP 47) write it, exactly; undefined where there is none. */
export function amountIn(facts: { readonly amountMinor?: number; readonly currency?: string } | undefined, locale: string): string | undefined {
  const { amountMinor, currency } = facts ?? {};
  if (amountMinor === undefined || currency === undefined || !isCurrency(currency)) return undefined;
  const { decimal } = Money.of(amountMinor, currency);
  // TypeScript knows texts as numbers of a format since ES2023 only by their shape.
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(decimal as `${number}`);
}
