import type { TemplateTexts } from '../render.js';
import type { newsDescriptions, TemplateKind } from '../template-kind.js';
import { bengali } from './bengali.js';
import { english } from './english.js';
import { swedish } from './swedish.js';

/** The templates of one language. */
export type BuiltInTexts = Readonly<Record<TemplateKind, TemplateTexts>>;

/** The templates of what happened to orders and vendors, in one language. */
export type NewsTexts = Readonly<Record<keyof typeof newsDescriptions, TemplateTexts>>;

/** The language that is always there. */
export const lastLocale = 'en';

const languages: Readonly<Record<string, BuiltInTexts>> = { en: english, bn: bengali, sv: swedish };

/** What a mail of this kind says in a language where no marketplace has its own words; undefined in other languages. */
export function builtInTemplate(kind: TemplateKind, locale: string): TemplateTexts | undefined {
  return Object.hasOwn(languages, locale) ? languages[locale]?.[kind] : undefined;
}

/** What is said where nothing else is. */
export function lastTemplate(kind: TemplateKind): TemplateTexts {
  return english[kind];
}
