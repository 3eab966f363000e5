import { facetEntry } from '../document/facet-key.js';
import type { Filter } from './search-filter.js';
import type { Parameters } from './sql-parts.js';

/** A part of a filter that belongs to one facet. `sql` is true or false of a document `d`, never null. */
export interface FacetCondition {
  readonly facet: string;
  readonly sql: string;
}

/** The conditions of a filter, each with its facet. */
export function conditionsOf(filter: Filter, parameters: Parameters): FacetCondition[] {
  const conditions: FacetCondition[] = [];
  const among = (facet: string, values: readonly string[] | null | undefined, column = 'facets'): void => {
    if (values && values.length > 0) conditions.push({ facet, sql: `d.${column} && ${parameters.put(values.map((value) => facetEntry(facet, value)))}::text[]` });
  };
  among('category', filter.categoryIds);
  among('vendor', filter.vendorIds, 'selling_facets');
  among('tag', filter.tags);
  among('type', filter.productTypes);
  for (const { key, values, min, max } of filter.attributes ?? []) {
    among(`attribute.${key}`, values);
    if (isSaid(min) || isSaid(max)) conditions.push({ facet: `attribute.${key}`, sql: between(`(d.numbers->>${parameters.put(key)}::text)::float8`, { min, max }, parameters, 'float8') });
  }
  for (const { name, values } of filter.options ?? []) among(`option.${name}`, values);
  if (filter.price && (isSaid(filter.price.min) || isSaid(filter.price.max))) conditions.push({ facet: 'price', sql: between('d.price_min', filter.price, parameters, 'bigint') });
  if (isSaid(filter.inStock)) conditions.push({ facet: 'inStock', sql: `d.is_in_stock = ${parameters.put(filter.inStock)}::boolean` });
  if (filter.onSale) among('onSale', ['true'], 'selling_facets');
  return conditions;
}

/** Bits by facet: two conditions of one facet have the same. */
export function bitsOf(conditions: readonly FacetCondition[]): Map<string, number> {
  const facets = [...new Set(conditions.map(({ facet }) => facet))];
  return new Map(facets.map((facet, at) => [facet, 2 ** at]));
}

/** SQL of which facets' conditions a document fails, as a sum of their bits. */
export function failedBits(conditions: readonly FacetCondition[]): string {
  const parts = [...bitsOf(conditions)].map(([facet, bit]) => {
    const all = conditions.filter((condition) => condition.facet === facet).map(({ sql }) => `(${sql})`).join(' and ');
    return `case when ${all} then 0 else ${bit} end`;
  });
  return parts.length === 0 ? '0' : `(${parts.join(' + ')})`;
}

function between(column: string, { min, max }: { readonly min?: number | null; readonly max?: number | null }, parameters: Parameters, type: string): string {
  const parts = [...(isSaid(min) ? [`${column} >= ${parameters.put(min)}::${type}`] : []), ...(isSaid(max) ? [`${column} <= ${parameters.put(max)}::${type}`] : [])];
  return `coalesce(${parts.join(' and ')}, false)`;
}

function isSaid<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
