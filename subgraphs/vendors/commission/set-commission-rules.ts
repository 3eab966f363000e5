import { commissionRulesChanged } from '@haat/schema/events/vendors';
import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { idText, lineOf, listOf } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { resultOf } from '@haat/kit/result';
import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { VendorsContext, VendorsTx } from '../context.js';
import { minorOf } from '../settings/minor-of.js';
import { CommissionRuleRow, CommissionTakenOf, CommissionTermsRow } from './commission-rule.js';
import { CommissionRuleInput, CommissionSettings } from './commission-settings.js';

/** Rules of one marketplace at most. */
const rulesMax = 250;

/** The marketplace's whole terms. */
@InputType({ description: 'What the marketplace is to take of each sale, in place of what it takes.' })
export class SetCommissionRulesInput {
  @Field(() => [CommissionRuleInput], { description: 'All rules in their order, at most 250; the first that matches wins.' })
  rules: CommissionRuleInput[];

  @Field(() => Int, { nullable: true, description: 'Tax on what is taken, in parts per million; as it was when left out.' })
  taxRatePpm?: number | null;

  @Field(() => Int, { nullable: true, description: 'Share of each delivery, in parts per million; as it was when left out.' })
  shippingRatePpm?: number | null;

  @Field(() => CommissionTakenOf, { nullable: true, description: 'What the shares are taken of; as it was when left out.' })
  takenOf?: CommissionTakenOf | null;

  @Field(() => Int, { nullable: true, description: 'The version that was read before; refused when somebody changed it since.' })
  expectedVersion?: number | null;
}

/** Somebody changed the rules since they were read. */
@ObjectType({ implements: Problem, description: 'Somebody changed the rules since they were read; look at them again.' })
export class CommissionRulesChanged extends Problem {
  @Field(() => CommissionSettings, { description: 'What the marketplace takes now.' })
  settings: CommissionSettings;
}

/** The new terms, or why not. */
export const SetCommissionRulesResult = resultOf('SetCommissionRulesResult', 'What the marketplace takes from now on, or why it stays.', [CommissionSettings, CommissionRulesChanged]);

const amount = z.object({ minor: z.int().min(0), currency: z.string() }).nullish();
const ppm = z.int().min(0).max(1_000_000);
const ids = listOf(idText).nullish();

const rules = z.object({
  rules: listOf(z.object({
    id: idText.nullish(), name: lineOf(120), vendorIds: ids, categoryIds: ids, productIds: ids, priceFrom: amount, priceTo: amount, ratePpm: ppm, fixed: amount, min: amount, max: amount,
  }).superRefine((rule, check) => {
    if (rule.priceTo && rule.priceTo.minor <= (rule.priceFrom?.minor ?? 0)) check.addIssue({ code: 'custom', path: ['priceTo'], message: 'expected more than where the band begins' });
    if (rule.max && rule.max.minor < (rule.min?.minor ?? 0)) check.addIssue({ code: 'custom', path: ['max'], message: 'expected at least the minimum' });
  }), rulesMax),
  taxRatePpm: ppm.nullish(), shippingRatePpm: ppm.nullish(), takenOf: z.enum(CommissionTakenOf).nullish(), expectedVersion: z.int().min(0).nullish(),
});

/** Sets all rules at once and says them. Orders that were placed keep the terms they were placed under. */
export async function setCommissionRules(tx: VendorsTx, input: SetCommissionRulesInput): Promise<CommissionSettings | CommissionRulesChanged> {
  const wish = parsed(rules, input);
  await tx.db.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.tenant.id}:commission`]);
  const before = await readCommission(tx);
  const { currency } = tx.tenant;
  if (wish.expectedVersion !== undefined && wish.expectedVersion !== null && wish.expectedVersion !== (before.terms?.version ?? 0)) {
    const settings = CommissionSettings.of(before.rules, before.terms, currency);
    return Object.assign(new CommissionRulesChanged(), { message: 'Somebody changed the rules meanwhile.', settings });
  }
  const known = new Set(before.rules.map(({ id }) => id));
  const rows = wish.rules.map((rule, position) => rowOf(tx, rule, { position, known, currency }));
  const terms = {
    taxRatePpm: wish.taxRatePpm ?? before.terms?.taxRatePpm ?? 0, shippingRatePpm: wish.shippingRatePpm ?? before.terms?.shippingRatePpm ?? 0,
    takenOf: wish.takenOf ?? before.terms?.takenOf ?? CommissionTakenOf.NET,
  };
  return CommissionSettings.of(rows, await saveCommission(tx, rows, { ...terms, version: (before.terms?.version ?? 0) + 1 }), currency);
}

/** What a marketplace takes now, with two statements. */
export async function readCommission(ctx: VendorsContext | VendorsTx): Promise<{ readonly rules: CommissionRuleRow[]; readonly terms: CommissionTermsRow | null }> {
  const tenantId = ctx.tenant.id;
  const rows = await ctx.db.find(CommissionRuleRow, { where: { tenantId }, order: { position: 'ASC' } });
  return { rules: rows, terms: await ctx.db.findOneBy(CommissionTermsRow, { tenantId, id: tenantId }) };
}

/** Replaces rules and terms, and says them. */
export async function saveCommission(tx: VendorsTx, rows: readonly CommissionRuleRow[], terms: Pick<CommissionTermsRow, 'taxRatePpm' | 'shippingRatePpm' | 'takenOf' | 'version'>): Promise<CommissionTermsRow> {
  const tenantId = tx.tenant.id;
  await tx.db.delete(CommissionRuleRow, { tenantId });
  if (rows.length > 0) await tx.db.insert(CommissionRuleRow, [...rows]);
  const saved = await tx.db.save(tx.db.create(CommissionTermsRow, { tenantId, id: tenantId, ...terms }));
  await sayCommission(tx, rows, saved);
  return saved;
}

/** Says the rules as they are. */
export async function sayCommission(tx: VendorsTx, rows: readonly CommissionRuleRow[], terms: CommissionTermsRow): Promise<void> {
  const said = rows.map(({ id, name, vendorIds, categoryIds, productIds, ratePpm, fixedMinor, minMinor, maxMinor, priceFromMinor, priceToMinor }) => ({
    ruleId: id, name, vendorIds, categoryIds, productIds, ratePpm, fixedMinor,
    minMinor: minMinor ?? undefined, maxMinor: maxMinor ?? undefined, priceFromMinor: priceFromMinor ?? undefined, priceToMinor: priceToMinor ?? undefined,
  }));
  const { taxRatePpm, shippingRatePpm, takenOf } = terms;
  await tx.emit(commissionRulesChanged, { aggregate: { id: tx.tenant.id, version: terms.version }, payload: { rules: said, taxRatePpm, shippingRatePpm, takenOf } });
}

type WantedRule = z.infer<typeof rules>['rules'][number];

/** A rule that is there keeps its id, which orders name; an id that is nobody's makes a new rule. */
function rowOf(tx: VendorsTx, rule: WantedRule, { position, known, currency }: { position: number; known: Set<string>; currency: string }): CommissionRuleRow {
  const minor = (part: 'priceFrom' | 'priceTo' | 'fixed' | 'min' | 'max') => minorOf(rule[part], currency, ['input', 'rules', position, part, 'currency']);
  const id = rule.id && known.delete(rule.id) ? rule.id : newId('vrul', tx.clock.now());
  return tx.db.create(CommissionRuleRow, {
    tenantId: tx.tenant.id, id, version: 1, position, name: rule.name, ratePpm: rule.ratePpm, fixedMinor: minor('fixed') ?? 0,
    vendorIds: rule.vendorIds ?? [], categoryIds: rule.categoryIds ?? [], productIds: rule.productIds ?? [],
    priceFromMinor: minor('priceFrom'), priceToMinor: minor('priceTo'), minMinor: minor('min'), maxMinor: minor('max'),
  });
}
