import { parsed } from '@haat/kit/input';
import { lineOf, listOf } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { badInput } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { CatalogTx } from '../context.js';
import { attributesMax, choicesMax, productTypesMax } from '../limits.js';
import { NameTranslationInput, namesOf, nameText, nameTranslations } from '../names.js';
import { TooMany } from '../too-many.js';
import { defaultLocaleOf } from '../words.js';
import { AttributeKind, productTypeId, productTypes, type AttributeRow, type ProductTypeRow } from './product-type.row.js';
import { ProductType } from './product-type.type.js';

/** One choice of an attribute. */
@InputType({ description: 'One value that a choice attribute may have.' })
export class AttributeChoiceInput {
  @Field(() => String, { description: 'Names the choice for programs: a to z, digits and hyphen, at most 60.' }) key: string;
  @Field(() => String, { description: 'What people call the choice, 1 to 120 characters.' }) name: string;
  @Field(() => [NameTranslationInput], { nullable: true, description: 'The same in further languages, at most 20.' }) translations?: NameTranslationInput[] | null;
}

/** One attribute of a product type. */
@InputType({ description: 'A typed property that products of the type have.' })
export class AttributeInput {
  @Field(() => String, { description: 'Names the attribute for programs: a to z, digits and hyphen, at most 60.' }) key: string;
  @Field(() => String, { description: 'What people call the attribute, 1 to 120 characters.' }) name: string;
  @Field(() => [NameTranslationInput], { nullable: true, description: 'The same in further languages, at most 20.' }) translations?: NameTranslationInput[] | null;
  @Field(() => AttributeKind, { description: 'What its values are; final once defined.' }) kind: AttributeKind;
  @Field(() => String, { nullable: true, description: 'What a number counts, at most 20 characters; final, for numbers only.' }) unit?: string | null;
  @Field(() => Boolean, { defaultValue: false, description: 'Whether a product needs a value before it is published.' }) isRequired: boolean;
  @Field(() => [AttributeChoiceInput], { nullable: true, description: 'At least one and at most 200, for kinds that choose.' }) choices?: AttributeChoiceInput[] | null;
}

/** A product type, whole. */
@InputType({ description: 'A product type as it is to be: made, or replaced where the key is known.' })
export class DefineProductTypeInput {
  @Field(() => String, { description: 'Names the type for programs: a to z, digits and hyphen, at most 60; final.' }) key: string;
  @Field(() => String, { description: 'What people call the type, 1 to 120 characters.' }) name: string;
  @Field(() => [NameTranslationInput], { nullable: true, description: 'The same in further languages, at most 20.' }) translations?: NameTranslationInput[] | null;
  @Field(() => String, { defaultValue: 'standard', description: 'Which tax rates apply to its products, by their key.' }) taxClass: string;
  @Field(() => Boolean, { defaultValue: true, description: 'Whether its products are goods that are sent.' }) needsShipping: boolean;
  @Field(() => [AttributeInput], { description: 'All its attributes from now on, at most 100.' }) attributes: AttributeInput[];
}

/** What an attribute's values are cannot change while products have some. */
@ObjectType({ implements: Problem, description: 'An attribute is defined with another kind or unit already, and products may have such values.' })
export class AttributeKindFixed extends Problem {
  @Field(() => String, { description: 'The key of the attribute that is defined already.' }) attribute: string;
  @Field(() => AttributeKind, { description: 'The kind that it was defined with.' }) kind: AttributeKind;
}

/** The type, or why it stays as it was. */
export const DefineProductTypeResult = resultOf('DefineProductTypeResult', 'The product type as it is now, or why it was left.', [ProductType, AttributeKindFixed, TooMany]);

/** A key that programs use. */
export const programKey = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'expected a to z, digits and hyphen, at most 60');

const chooses = new Set([AttributeKind.CHOICE, AttributeKind.MULTI_CHOICE]);
const choiceRules = z.object({ key: programKey, name: nameText, translations: nameTranslations });
const attributeRules = z.object({
  key: programKey, name: nameText, translations: nameTranslations, kind: z.enum(AttributeKind), unit: lineOf(20).nullish(), isRequired: z.boolean(),
  choices: listOf(choiceRules, choicesMax).nullish().transform((list) => list ?? []),
}).superRefine(({ kind, unit, choices }, issue) => {
  if (unit && kind !== AttributeKind.NUMBER) issue.addIssue({ code: 'custom', path: ['unit'], message: `expected none, since a ${kind} is not counted` });
  if (chooses.has(kind) !== choices.length > 0) issue.addIssue({ code: 'custom', path: ['choices'], message: chooses.has(kind) ? 'expected at least one' : `expected none for a ${kind}` });
});
const rules = z.object({
  key: programKey, name: nameText, translations: nameTranslations, taxClass: programKey, needsShipping: z.boolean(),
  attributes: listOf(attributeRules, attributesMax),
});

/** Makes a product type, or replaces it. What its attributes are stays; products keep values that have no attribute any more, unseen. */
export async function defineProductType(tx: CatalogTx, input: DefineProductTypeInput): Promise<ProductType | AttributeKindFixed | TooMany> {
  const wish = parsed(rules, input);
  checkDistinct(wish.attributes.map(({ key }) => key), ['input', 'attributes']);
  const attributes = wish.attributes.map((attribute, at) => attributeOf(tx, attribute, ['input', 'attributes', at]));
  const types = tx.db.collection(productTypes);
  const id = productTypeId(tx.tenant.id, wish.key);
  const before = await types.findById(id);
  if (!before && (await types.count({}, productTypesMax)) >= productTypesMax) return TooMany.of('product types', productTypesMax);
  let fixed: AttributeRow | undefined;
  const written = await types.changeOrInsert(id, (current) => {
    fixed = current && changedKind(current, attributes);
    if (fixed) return undefined;
    const { key, taxClass, needsShipping } = wish;
    const retaxAt = current && current.taxClass !== taxClass ? tx.clock.now() : current?.retaxAt;
    return { key, taxClass, needsShipping, attributes, retaxAt, names: namesOf(tx, wish.name, wish.translations), defaultLocale: defaultLocaleOf(tx.tenant) };
  });
  if (fixed) return attributeKindFixed(fixed);
  if (!('document' in written)) throw new Error(`The product type ${wish.key} could not be written.`);
  return ProductType.of(written.document, tx.locale);
}

function attributeOf(tx: CatalogTx, wish: z.infer<typeof attributeRules>, path: readonly (string | number)[]): AttributeRow {
  checkDistinct(wish.choices.map(({ key }) => key), [...path, 'choices']);
  const { key, kind, isRequired, unit } = wish;
  const choices = wish.choices.map((choice) => ({ key: choice.key, names: namesOf(tx, choice.name, choice.translations, [...path, 'choices']) }));
  return { key, kind, isRequired, choices, ...(unit && { unit }), names: namesOf(tx, wish.name, wish.translations, path) };
}

function changedKind(current: ProductTypeRow, attributes: readonly AttributeRow[]): AttributeRow | undefined {
  return current.attributes.find((known) => attributes.some(({ key, kind, unit }) => key === known.key && (kind !== known.kind || unit !== known.unit)));
}

function attributeKindFixed({ key, kind, unit }: AttributeRow): AttributeKindFixed {
  const message = `“${key}” is defined as ${kind}${unit ? ` in ${unit}` : ''} already. Define another attribute instead.`;
  return Object.assign(new AttributeKindFixed(), { message, attribute: key, kind });
}

function checkDistinct(keys: readonly string[], path: readonly (string | number)[]): void {
  const twice = keys.find((key, at) => keys.indexOf(key) !== at);
  if (twice !== undefined) throw badInput([{ path, message: `expected each key once, came ${twice} twice` }]);
}
