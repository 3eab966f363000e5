import { badInput, type InputProblem } from '@haat/kit/refusal';
import { everything, type Effect, type Target } from '../engine/effect.js';
import type { Condition } from '../engine/condition.js';
import { conditionParts, type PromotionConditionInput } from './promotion-condition.js';
import { effectParts, type PromotionEffectInput } from './promotion-effect.js';
import type { PromotionPiecesInput, PromotionTargetInput, PromotionTierInput } from './promotion-target.js';

/** What conditions and effects are, as the engine takes them. Refuses parts of other kinds and parts that are missing, all at once. */
export function rulesOf(input: { readonly conditions: readonly PromotionConditionInput[]; readonly effects: readonly PromotionEffectInput[] }): { conditions: Condition[]; effects: Effect[] } {
  const problems: InputProblem[] = [];
  const conditions = input.conditions.map((one, at) => shaped(one, conditionParts[one.kind], { path: ['input', 'conditions', at], problems }));
  const effects = input.effects.map((one, at) => shaped(one, effectParts[one.kind], { path: ['input', 'effects', at], problems }));
  if (problems.length > 0) throw badInput(problems);
  // The engine's own check of every promotion, before it is kept, holds them to their kinds' rules.
  return { conditions: conditions as unknown as Condition[], effects: effects.map(withTargets) as unknown as Effect[] };
}

type Flat = { readonly kind: string } & Readonly<Record<string, unknown>>;

function shaped(given: object, parts: Readonly<Record<string, unknown>>, { path, problems }: { path: readonly (string | number)[]; problems: InputProblem[] }): Flat {
  const { kind, ...rest } = given as Flat;
  const present = Object.entries(rest).filter(([, value]) => value !== undefined && value !== null);
  for (const [name] of present) if (!(name in parts)) problems.push({ path: [...path, name], message: `expected nothing, since ${kind} has no such part` });
  const read = Object.fromEntries(Object.entries(parts).map(([name, absent]) => [name, rest[name] ?? absent]));
  for (const [name, value] of Object.entries(read)) if (value === undefined) problems.push({ path: [...path, name], message: `expected a value, since ${kind} needs one` });
  return { kind, ...read };
}

function withTargets(effect: Flat): Flat {
  const { target, items, buy, get, tiers } = effect as unknown as PromotionEffectInput;
  return {
    ...effect,
    ...(target && { target: targetOf(target) }), ...(items && { items: items.map(piecesOf) }), ...(buy && { buy: piecesOf(buy) }), ...(get && { get: piecesOf(get) }),
    ...(tiers && { tiers: tiers.map(tierOf) }),
  };
}

function piecesOf({ target, quantity }: PromotionPiecesInput): { target: Target; quantity: number } {
  return { target: target ? targetOf(target) : everything, quantity };
}

function targetOf(given: PromotionTargetInput): Target {
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null));
  return { ...everything, ...said, attributes: (given.attributes ?? []).map(({ code, values }) => ({ code, values })) };
}

function tierOf({ from, off, ppm, amountMinor }: PromotionTierInput): object {
  return off === 'PERCENT' ? { from, off, ppm: ppm ?? 0 } : { from, off, amountMinor: amountMinor ?? 0 };
}
