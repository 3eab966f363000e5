import type { NotificationsContext } from '../context.js';
import { builtInTemplate, lastLocale, lastTemplate } from './built-in/built-in-templates.js';
import type { TemplateTexts } from './render.js';
import type { TemplateKind } from './template-kind.js';
import { templateId, templates } from './template.row.js';

/** The words for one mail. */
export interface ChosenTemplate {
  readonly texts: TemplateTexts;
  /** The language they are in. */
  readonly locale: string;
  /** 0 for what is built in. */
  readonly version: number;
}

/** Languages in the order in which words are looked for: the reader's, the marketplace's, English; each with its region first. */
export function localeChain(wanted: string, ofMarketplace: string | undefined): string[] {
  const each = [wanted, ofMarketplace ?? lastLocale, lastLocale];
  return [...new Set(each.flatMap((locale) => [locale, locale.split('-')[0] ?? locale]))];
}

/** The best words there are: of each language in turn the marketplace's own, else the built-in ones. One statement. */
export async function chooseTemplate(ctx: NotificationsContext, kind: TemplateKind, chain: readonly string[]): Promise<ChosenTemplate> {
  const own = await ctx.db.collection(templates).findByIds(chain.map((locale) => templateId(ctx.tenant.id, kind, locale)));
  for (const [place, locale] of chain.entries()) {
    const row = own[place];
    if (row) return { texts: row, locale, version: row.version };
    const texts = builtInTemplate(kind, locale);
    if (texts) return { texts, locale, version: 0 };
  }
  return { texts: lastTemplate(kind), locale: lastLocale, version: 0 };
}
