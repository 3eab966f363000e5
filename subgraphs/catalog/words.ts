import type { TenantFacts } from '@haat/kit/identity';

/** Something said in several languages, by BCP 47 tag. */
export type ByLocale<T> = Readonly<Record<string, T>>;

/**
 * What is said in a language: in just that one, else in its plain form (`en` for `en-GB`), else in the default one, else in
 * any. Something is always said, since everything is written in a default language first.
 */
export function saidIn<T>(texts: ByLocale<T>, locale: string, defaultLocale: string): T {
  const plain = locale.split('-')[0] ?? locale;
  const said = texts[locale] ?? texts[plain] ?? texts[defaultLocale] ?? Object.values(texts)[0];
  if (said === undefined) throw new Error(`Nothing is said in ${locale}, nor in ${defaultLocale}.`);
  return said;
}

/** The language that is written first in a marketplace. */
export function defaultLocaleOf(tenant: TenantFacts): string {
  return tenant.locales[0] ?? 'en';
}

/** The languages of a list that the marketplace does not speak. */
export function unspoken(tenant: TenantFacts, locales: readonly string[]): string[] {
  return locales.filter((locale) => !tenant.locales.includes(locale));
}
