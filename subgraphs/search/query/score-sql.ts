import type { AppliedBoost } from './read-query.js';
import type { Parameters } from './sql-parts.js';

/** A pinned product is in front of whatever fits by its words. */
export const pinScore = 1_000_000;
/** What cannot be bought is worth less to who looks for it. */
export const outOfStockFactor = 0.6;
/** Seconds since the epoch, divided by this, are far below one: of equals the newer is in front. */
const newnessSeconds = 1e13;

/** All that a boost can aim at, of a document `d`. */
const entries = `(d.facets || d.selling_facets || ('product' || E'\\x1f' || d.id))`;

/** SQL of what a document `d` weighs where nobody said a word. */
export const wordlessWeight = `(1 + extract(epoch from d.published_at)::float8 / ${newnessSeconds})`;

/**
 * SQL of a document's score: its weight, its stock, the boosts that apply; a pin instead of all that. `scope` is SQL of the
 * category that is looked at, where boosts of several are given.
 */
export function scoreSql(weight: string, boosts: readonly AppliedBoost[], parameters: Parameters, scope?: string): string {
  const fits = `${weight} * case when d.is_in_stock then 1 else ${outOfStockFactor} end`;
  const factors = boostsSql(boosts.filter(({ action }) => action === 'BOOST'), parameters, scope);
  const pins = boostsSql(boosts.filter(({ action }) => action === 'PIN'), parameters, scope);
  const boosted = factors ? `${fits} * coalesce((select exp(sum(ln(b.factor))) ${factors}), 1)` : fits;
  return pins ? `coalesce(${pinScore} - (select min(b.position) ${pins}), ${boosted})` : boosted;
}

/** SQL that is true of a document `d` unless staff keeps it out. */
export function shownSql(boosts: readonly AppliedBoost[], parameters: Parameters, scope?: string): string {
  const hides = boostsSql(boosts.filter(({ action }) => action === 'HIDE'), parameters, scope);
  return hides ? `not exists (select ${hides})` : 'true';
}

function boostsSql(boosts: readonly AppliedBoost[], parameters: Parameters, scope: string | undefined): string | undefined {
  if (boosts.length === 0) return undefined;
  const columns = [[boosts.map((b) => b.target), 'text'], [boosts.map((b) => b.factor), 'float8'], [boosts.map((b) => b.position ?? 1), 'int'], [boosts.map((b) => b.categoryId), 'text']] as const;
  const lists = columns.map(([values, type]) => `${parameters.put(values)}::${type}[]`).join(', ');
  const here = scope === undefined ? '' : ` and (b.category_id is null or b.category_id = ${scope})`;
  return `from unnest(${lists}) as b(target, factor, position, category_id) where b.target = any(${entries})${here}`;
}
