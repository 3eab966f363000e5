import { parsed } from '@haat/kit/input';
import { lineOf, textOf } from '@haat/kit/limits';
import { actorOf } from '@haat/kit/identity';
import { Problem } from '@haat/kit/problem';
import { resultOf } from '@haat/kit/result';
import { Locale } from '@haat/kit/scalars';
import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { NotificationsTx } from '../context.js';
import { templateFaults, type Fault } from './check-template.js';
import { TemplateKind } from './template-kind.js';
import { earlierVersionsMax, templateId, templates, type TemplateRow } from './template.row.js';
import { Template } from './template.type.js';

const subjectCharactersMax = 200;
const textCharactersMax = 10_000;
const htmlCharactersMax = 20_000;

/** The words to be kept. */
@InputType({ description: "A marketplace's own words for one kind of mail in one language." })
export class SaveTemplateInput {
  @Field(() => TemplateKind, { description: 'What the mail is for.' })
  kind: TemplateKind;

  @Field(() => Locale, { description: 'Language of the words, one of those that the marketplace speaks.' })
  locale: string;

  @Field(() => String, { description: `Subject line, 1 to ${subjectCharactersMax} characters; may name {{name}}, {{marketplace}}, {{vendor}} and {{order}} where its kind has them.` })
  subject: string;

  @Field(() => String, { description: `Plain text, 1 to ${textCharactersMax} characters, with the placeholders of its kind.` })
  text: string;

  @Field(() => String, { nullable: true, description: `HTML of its own, at most ${htmlCharactersMax} characters of plain elements; made from the text when left out.` })
  html?: string | null;

  @Field(() => Int, { nullable: true, description: 'Version that these words were written over; refused when another was saved meanwhile.' })
  expectedVersion?: number | null;
}

/** One thing wrong with the words. */
@ObjectType({ description: 'One thing that is wrong with a template.' })
export class TemplateFault {
  @Field(() => String, { description: 'Where it is: subject, text or html.' })
  part: string;

  @Field(() => String, { description: 'What is wrong there, and what may be.' })
  message: string;
}

/** The words cannot be a mail. */
@ObjectType({ implements: Problem, description: 'These words cannot be sent: a placeholder is missing or unknown, the HTML has more than plain elements, or the language is not spoken.' })
export class TemplateUnusable extends Problem {
  @Field(() => [TemplateFault], { description: 'Everything that is wrong, in the order of reading.' })
  faults: readonly Fault[];
}

/** Somebody else was faster. */
@ObjectType({ implements: Problem, description: 'Somebody saved other words since those that these were written over.' })
export class TemplateChanged extends Problem {
  @Field(() => Template, { nullable: true, description: 'The words as they are now; null where there are none.' })
  template: Template | null;
}

/** The template, or why it is not kept. */
export const SaveTemplateResult = resultOf('SaveTemplateResult', 'The template as it is now, or why it was not saved.', [Template, TemplateUnusable, TemplateChanged]);

const rules = z.object({
  kind: z.enum(TemplateKind),
  locale: z.string(),
  subject: lineOf(subjectCharactersMax),
  text: textOf(textCharactersMax),
  html: textOf(htmlCharactersMax).nullish().transform((html) => html ?? undefined),
  expectedVersion: z.int().min(0).nullish(),
});

/** Keeps a marketplace's own words as the next version; the one before stays to be looked at. */
export async function saveTemplate(tx: NotificationsTx, input: SaveTemplateInput): Promise<Template | TemplateUnusable | TemplateChanged> {
  const { kind, locale, subject, text, html, expectedVersion } = parsed(rules, input);
  const faults = [...(tx.tenant.locales.includes(locale) ? [] : [notSpoken(locale, tx.tenant.locales)]), ...templateFaults(kind, { subject, text, html })];
  if (faults.length > 0) return Object.assign(new TemplateUnusable(), { message: 'These words cannot be sent as a mail.', faults });
  const seen: { row?: TemplateRow } = {};
  const written = await tx.db.collection(templates).changeOrInsert(templateId(tx.tenant.id, kind, locale), (row) => {
    seen.row = row;
    if (typeof expectedVersion === 'number' && expectedVersion !== (row?.version ?? 0)) return undefined;
    return { kind, locale, subject, text, html, savedBy: actorOf(tx.viewer, tx.subgraph), earlier: row ? earlierWith(row) : [] };
  });
  if ('document' in written && written.document.version !== seen.row?.version) return Template.of(written.document);
  const template = (seen.row ? Template.of(seen.row) : Template.builtIn(kind, locale)) ?? null;
  return Object.assign(new TemplateChanged(), { message: 'Somebody saved other words meanwhile. Look at them first.', template });
}

function notSpoken(locale: string, spoken: readonly string[]): Fault {
  return { part: 'text', message: `${locale} is not spoken here; ${spoken.join(', ')} are` };
}

function earlierWith({ subject, text, html, version, savedBy, updatedAt, earlier }: TemplateRow): TemplateRow['earlier'] {
  return [{ subject, text, html, version, savedBy, savedAt: updatedAt }, ...earlier].slice(0, earlierVersionsMax);
}
