import { defineCollection, type Stored } from '@haat/kit-mongo/define-collection';
import { z } from 'zod';
import { TemplateKind } from './template-kind.js';

/** Earlier versions that are kept. */
export const earlierVersionsMax = 10;

const texts = { subject: z.string(), text: z.string(), html: z.string().optional() };

/** A marketplace's own words for one kind of mail in one language. The document's version is the template's. */
export const templates = defineCollection({
  name: 'templates',
  schema: z.object({
    kind: z.enum(TemplateKind),
    locale: z.string(),
    ...texts,
    savedBy: z.string(),
    /** The newest first. */
    earlier: z.array(z.object({ ...texts, version: z.int(), savedBy: z.string(), savedAt: z.date() })).max(earlierVersionsMax),
  }),
});

/** A template as it is read. */
export type TemplateRow = Stored<z.output<typeof templates.incoming>>;

/** One template per marketplace, kind and language: two who save at once meet here. */
export function templateId(tenantId: string, kind: TemplateKind, locale: string): string {
  return `${tenantId}:${kind}:${locale}`;
}
