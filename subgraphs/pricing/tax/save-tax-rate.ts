import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { idText, lineOf, listOf } from '@haat/kit/limits';
import { badInput, notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { CountryCode, DateTime } from '@haat/kit/scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import type { PricingTx } from '../context.js';
import { wholePpm } from '../engine/limits.js';
import { taxRuleProblems } from '../engine/problems/tax-rule-problems.js';
import { taxRatesMax } from '../limits.js';
import { LimitReached } from '../names.js';
import { BuyerKind } from '../price-list/price-list.js';
import { windowRules } from '../window.js';
import { TaxClass, TaxClassUnknown, TaxRate, TaxReason } from './tax-class.js';
import { taxClassKey } from './save-tax-class.js';

/** A rate. */
@InputType({ description: 'One tax of one class of goods in one place, as a whole.' })
export class SaveTaxRateInput {
  @Field(() => ID, { nullable: true, description: 'The rate to be written over; a new one when left out.' }) taxRateId?: string | null;
  @Field(() => String, { description: 'What tax it is, such as VAT, 1 to 40 characters.' }) code: string;
  @Field(() => String, { description: 'The key of the class of goods it is of.' }) taxClass: string;
  @Field(() => CountryCode, { description: 'The country that goods go to.' }) country: string;
  @Field(() => String, { nullable: true, description: 'The region of the country, best by its code of ISO 3166-2, such as NY; the whole country when left out.' }) region?: string | null;
  @Field(() => [String], { nullable: true, description: 'Other names that addresses may have for the region, such as New York for NY, at most 20.' }) regionNames?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Beginnings of postal codes, at most 250; everywhere when left out.' }) postalPrefixes?: string[] | null;
  @Field(() => [BuyerKind], { nullable: true, description: 'Kinds of buyers it is for; everybody when left out.' }) buyerKinds?: BuyerKind[] | null;
  @Field(() => DateTime, { nullable: true, description: 'From when on it holds; always when left out.' }) from?: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'Until when it holds; for ever when left out.' }) until?: Date | null;
  @Field(() => String, { nullable: true, description: 'Whose tax it is; the country when left out.' }) jurisdiction?: string | null;
  @Field(() => String, { description: 'What invoices call it, 1 to 120 characters.' }) name: string;
  @Field(() => Int, { description: 'The rate in parts per million: 150000 is 15 %; zero for reasons that are zeros.' }) ratePpm: number;
  @Field(() => Int, { defaultValue: wholePpm, description: 'The part of the price that is taxed, in parts per million.' }) basePpm: number;
  @Field(() => Boolean, { defaultValue: false, description: 'Whether it is taken of the price with the taxes before it.' }) isCompound: boolean;
  @Field(() => Int, { defaultValue: 0, description: 'Its place among the taxes of a line, 0 to 100.' }) position: number;
  @Field(() => TaxReason, { defaultValue: TaxReason.STANDARD, description: 'Why the rate is what it is.' }) reason: TaxReason;
}

/** The rate, or why there is none. */
export const SaveTaxRateResult = resultOf('SaveTaxRateResult', 'The rate, or why there is none.', [TaxRate, LimitReached, TaxClassUnknown]);

/** Names that one region may have beside its own. */
const regionNamesMax = 20;

const rules = z.object({
  code: lineOf(40), taxClass: taxClassKey, country: z.string(), region: lineOf(64).nullish().transform((text) => text ?? null),
  regionNames: z.array(lineOf(64)).max(regionNamesMax).nullish().transform((list) => list ?? []), postalPrefixes: listOf(lineOf(12)).nullish().transform((list) => list ?? []), buyerKinds: z.array(z.enum(BuyerKind)).max(3).nullish().transform((list) => list ?? []),
  jurisdiction: lineOf(12).nullish(), name: lineOf(120), ratePpm: z.int(), basePpm: z.int(), isCompound: z.boolean(),
  position: z.int(), reason: z.enum(TaxReason), taxRateId: idText.nullish(), ...windowRules,
});

/** Makes a rate or writes over one. Prices stay as they are set; carts are taxed by it from now on. */
export async function saveTaxRate(tx: PricingTx, input: SaveTaxRateInput): Promise<TaxRate | LimitReached | TaxClassUnknown> {
  const { taxRateId, from, until, jurisdiction, ...wish } = parsed(rules, input);
  if (!(await tx.db.existsBy(TaxClass, { key: wish.taxClass }))) return TaxClassUnknown.of(wish.taxClass);
  const before = taxRateId ? await tx.db.findOne(TaxRate, { where: { id: taxRateId }, lock: { mode: 'pessimistic_write' } }) : null;
  if (taxRateId && !before) throw notFound('tax rate');
  if (!before && (await tx.db.countBy(TaxRate, {})) >= taxRatesMax) return LimitReached.of('tax rates', taxRatesMax);
  const row = before ?? tx.db.create(TaxRate, { tenantId: tx.tenant.id, id: newId('txr', tx.clock.now()), version: 0 });
  Object.assign(row, wish, { startsAt: from, endsAt: until, jurisdiction: jurisdiction ?? wish.country, version: row.version + 1 });
  const problems = taxRuleProblems({ ...row, ruleId: row.id, from, until });
  if (problems.length > 0) throw badInput(problems.map(({ path, message }) => ({ path: ['input', ...path], message })));
  return tx.db.save(row);
}
