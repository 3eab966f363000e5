import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { lineOf, listOf, textOf } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { resultOf } from '@haat/kit/result';
import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { VendorsTx } from '../context.js';
import { RequirementKind } from './requirement-kind.js';
import { RequirementRule } from './requirement-rule.js';

/** One question, as operators write it. */
@InputType({ description: 'One question of a marketplace of its own.' })
export class RequirementFieldInput {
  @Field(() => String, { description: 'Names the question within its requirement, such as tax-number.' }) key: string;
  @Field(() => String, { description: 'What the vendor is asked, 1 to 200 characters.' }) label: string;
  @Field(() => Boolean, { defaultValue: true, description: 'Whether it must be answered.' }) isRequired: boolean;
}

/** One requirement, as operators write it. */
@InputType({ description: 'One thing to ask of every vendor before it sells.' })
export class RequirementRuleInput {
  @Field(() => String, { description: 'What submissions name it by, such as trade-licence.' }) key: string;
  @Field(() => RequirementKind, { description: 'What kind of thing is asked; final once something was handed in.' }) kind: RequirementKind;
  @Field(() => String, { description: 'What vendors see as its name, 1 to 120 characters.' }) title: string;
  @Field(() => String, { nullable: true, description: 'What exactly is asked, at most 4000 characters.' }) text?: string | null;
  @Field(() => Boolean, { defaultValue: true, description: 'Whether a vendor must have it in order before it sells.' }) isRequired: boolean;
  @Field(() => Int, { nullable: true, description: 'How many products, where so many are asked.' }) minimum?: number | null;
  @Field(() => String, { nullable: true, description: 'Where the terms are that have to be accepted, an https address.' }) termsUrl?: string | null;
  @Field(() => [RequirementFieldInput], { nullable: true, description: 'The questions, at most 50.' }) fields?: RequirementFieldInput[] | null;
}

/** The whole list. */
@InputType({ description: 'All that is asked of vendors from now on, in place of what was.' })
export class SetVendorRequirementsInput {
  @Field(() => [RequirementRuleInput], { description: 'All requirements in their order, at most 50.' })
  requirements: RequirementRuleInput[];
}

/** What is asked now. */
@ObjectType({ description: 'What is asked of vendors from now on.' })
export class SetVendorRequirementsSucceeded {
  @Field(() => [RequirementRule], { description: 'All requirements in their order.' })
  requirements: RequirementRule[];
}

/** Its kind cannot change. */
@ObjectType({ implements: Problem, description: 'Vendors have handed something in for this key, so its kind stays; take another key.' })
export class RequirementInUse extends Problem {
  @Field(() => String, { description: 'The key whose kind was to change.' })
  key: string;
}

/** The new list, or why not. */
export const SetVendorRequirementsResult = resultOf('SetVendorRequirementsResult', 'What is asked from now on, or why it stays.', [SetVendorRequirementsSucceeded, RequirementInUse]);

const keyText = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, 'expected 1 to 60 of a-z, 0-9 and hyphen, beginning with a letter');
const unique = <T extends { readonly key: string }>(list: readonly T[]): boolean => new Set(list.map(({ key }) => key)).size === list.length;

const rules = z.object({
  requirements: listOf(z.object({
    key: keyText, kind: z.enum(RequirementKind), title: lineOf(120), text: textOf(4_000).nullish(), isRequired: z.boolean().default(true),
    minimum: z.int().min(1).max(10_000).nullish(), termsUrl: z.url({ protocol: /^https$/ }).max(2_000).nullish(),
    fields: listOf(z.object({ key: keyText, label: lineOf(200), isRequired: z.boolean().default(true) }), 50).refine(unique, 'expected each key once').nullish(),
  }).superRefine((rule, check) => {
    const needed = ({ MINIMUM_PRODUCTS: 'minimum', ACCEPT_TERMS: 'termsUrl', CUSTOM_FIELDS: 'fields', ATTESTATION: 'text' } as const)[rule.kind as string];
    if (needed && !rule[needed]) check.addIssue({ code: 'custom', path: [needed], message: `a requirement of kind ${rule.kind} needs it` });
  }), 50).refine(unique, 'expected each key once'),
});

/** Replaces what is asked. What is asked no more stays with those who handed it in. */
export async function setVendorRequirements(tx: VendorsTx, input: SetVendorRequirementsInput): Promise<SetVendorRequirementsSucceeded | RequirementInUse> {
  const { requirements } = parsed(rules, input);
  await tx.db.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.tenant.id}:requirements`]);
  const known = new Map((await tx.db.findBy(RequirementRule, { tenantId: tx.tenant.id })).map((rule) => [rule.key, rule]));
  for (const { key, kind } of requirements) {
    const before = known.get(key);
    if (before && before.kind !== kind && (await isUsed(tx, before))) return Object.assign(new RequirementInUse(), { message: `Something was handed in for ${key} already.`, key });
  }
  await tx.db.query('update requirement_rule set is_retired = true, version = version + 1 where tenant_id = $1', [tx.tenant.id]);
  const rows = requirements.map(({ key, ...rule }, position) => tx.db.create(RequirementRule, {
    ...rule, tenantId: tx.tenant.id, id: known.get(key)?.id ?? newId('vreq', tx.clock.now()), version: (known.get(key)?.version ?? 0) + 1, key, position, isRetired: false,
    text: rule.text ?? null, minimum: rule.minimum ?? null, termsUrl: rule.termsUrl ?? null, fields: rule.fields ?? [],
  }));
  return Object.assign(new SetVendorRequirementsSucceeded(), { requirements: await tx.db.save(rows) });
}

async function isUsed(tx: VendorsTx, rule: RequirementRule): Promise<boolean> {
  const rows: unknown[] = await tx.db.query('select 1 from requirement_submission where tenant_id = $1 and rule_id = $2 limit 1', [tx.tenant.id, rule.id]);
  return rows.length > 0;
}
