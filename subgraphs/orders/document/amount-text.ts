import { Money } from '@haat/kit/money';

/** An amount as people of a language (BCP 47) write it, exactly: no number on its way is a fraction. */
export function amountText(minor: number, currency: string, locale: string): string {
  const { decimal } = Money.of(minor, currency);
  // TypeScript knows texts as numbers of a format since ES2023 only by their shape.
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(decimal as `${number}`);
}
