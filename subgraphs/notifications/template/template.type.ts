import { DateTime, Locale } from '@haat/kit/scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { builtInTemplate } from './built-in/built-in-templates.js';
import { kindRules, TemplateKind } from './template-kind.js';
import type { TemplateRow } from './template.row.js';

/** What a template said before. */
@ObjectType({ description: 'What a template said before it was saved again.' })
export class TemplateVersion {
  @Field(() => Int, { description: 'Number of the version, counted from 1.' })
  version: number;

  @Field(() => String, { description: 'The subject that it had then.' })
  subject: string;

  @Field(() => String, { description: 'The plain text that it had then.' })
  text: string;

  @Field(() => String, { nullable: true, description: 'The HTML that it had then; null where it was made from the text.' })
  html?: string | null;

  @Field(() => DateTime, { description: 'When this version was saved by somebody.' })
  savedAt: Date;
}

/** A mail as it would look. */
@ObjectType({ description: 'A mail as it would look, filled in with examples. The HTML has no scripts and is safe to show.' })
export class TemplatePreview {
  @Field(() => String, { description: 'The subject with examples filled in.' })
  subject: string;

  @Field(() => String, { description: 'The plain text with examples filled in.' })
  text: string;

  @Field(() => String, { description: 'A whole HTML document with examples filled in, every value escaped.' })
  html: string;
}

/** The words of one kind of mail in one language: the marketplace's own, or those built in. */
@ObjectType({ description: "The words of one kind of mail in one language: the marketplace's own, else those built in." })
export class Template {
  @Field(() => ID, { description: 'Names the kind and language within the marketplace.' })
  id: string;

  @Field(() => TemplateKind, { description: 'What the mail is for.' })
  kind: TemplateKind;

  @Field(() => Locale, { description: 'Language that the words are in.' })
  locale: string;

  @Field(() => String, { description: 'Subject line, with placeholders such as {{marketplace}}.' })
  subject: string;

  @Field(() => String, { description: 'Plain text, with placeholders such as {{link}}.' })
  text: string;

  @Field(() => String, { nullable: true, description: 'HTML of its own; null where it is made from the text.' })
  html?: string | null;

  @Field(() => Int, { description: 'Counts from 1 with each saving; 0 for the words built in.' })
  version: number;

  @Field(() => [String], { description: 'Placeholders that the text may name in double braces.' })
  placeholders: readonly string[];

  @Field(() => DateTime, { nullable: true, description: 'When it was saved last; null for the words built in.' })
  savedAt?: Date | null;

  @Field(() => [TemplateVersion], { description: 'What it said before, the newest first, at most ten.' })
  earlier: readonly TemplateVersion[];

  /** A marketplace's own. */
  static of(row: TemplateRow): Template {
    const { kind, locale, subject, text, html, version, updatedAt, earlier } = row;
    return Object.assign(new Template(), { ...namedBy(kind, locale), subject, text, html, version, savedAt: updatedAt, earlier });
  }

  /** The words built in, where there are any in this language. */
  static builtIn(kind: TemplateKind, locale: string): Template | undefined {
    const texts = builtInTemplate(kind, locale);
    return texts && Object.assign(new Template(), { ...namedBy(kind, locale), ...texts, version: 0, earlier: [] });
  }
}

function namedBy(kind: TemplateKind, locale: string): Pick<Template, 'id' | 'kind' | 'locale' | 'placeholders'> {
  return { id: `${kind}:${locale}`, kind, locale, placeholders: kindRules[kind].allowed };
}
