import type { SearchContext } from '../context.js';
import { betweenSql, facetEntry, spelledOut } from '../document/facet-key.js';
import { facetsMax, facetValuesMax } from '../limits.js';
import { Facet, FacetValue } from './facet.js';
import { bitsOf } from './filter-conditions.js';
import { matchesOf } from './matches-sql.js';
import { ownLocales, type ReadQuery } from './read-query.js';
import type { Filter } from './search-filter.js';
import { Parameters } from './sql-parts.js';

/** Facets that are always in front, in this order; attributes and options follow by how much they cover. */
const first = ['category', 'vendor', 'price', 'inStock', 'onSale', 'tag', 'type'];
const names: Readonly<Record<string, string>> = { category: 'Category', vendor: 'Vendor', price: 'Price', inStock: 'In stock', onSale: 'On sale', tag: 'Tag', type: 'Type' };

/**
 * All facets by one statement over the documents that fit the words: a value counts a document that passes all conditions,
 * or fails those of the value's own facet only.
 */
export async function countFacets(ctx: SearchContext, read: ReadQuery, filter: Filter): Promise<Facet[]> {
  const parameters = new Parameters();
  const { ctes, conditions } = matchesOf(read, filter, parameters);
  const bits = bitsOf(conditions);
  const locales = [...ownLocales(ctx), '*'];
  const counting = `with ${ctes},
    groups as (select failed, entry, count(*)::int as n from matches d cross join lateral unnest(d.facets || d.selling_facets) entry group by failed, entry),
    bits as (select * from unnest(${parameters.put([...bits.keys()])}::text[], ${parameters.put([...bits.values()])}::int[]) as b(facet, bit)),
    counted as (
      select key, value, sum(n)::int as count from (select *, split_part(entry, ${betweenSql}, 1) as key, split_part(entry, ${betweenSql}, 2) as value from groups) g
      where failed = 0 or failed = (select bit from bits where facet = g.key) group by key, value
    ), placed as (
      select *, row_number() over (partition by key order by count desc, value) as place, sum(count) over (partition by key) as covered from counted
    )
    select key, value, count, covered::int,
      (select name from label l where l.facet = p.key and l.value = p.value and l.locale = any(${parameters.put(locales)}::text[]) order by array_position(${parameters.put(locales)}::text[], l.locale) limit 1) as name,
      case when place = 1 then (select name from label l where l.facet = p.key and l.value = '' and l.locale = any(${parameters.put(locales)}::text[]) order by array_position(${parameters.put(locales)}::text[], l.locale) limit 1) end as facet_name
    from placed p where place <= ${facetValuesMax} order by key, place`;
  const rows: FacetRow[] = await ctx.db.query(counting, parameters.values);
  return facetsOf(rows, filter);
}

interface FacetRow {
  readonly key: string;
  readonly value: string;
  readonly count: number;
  readonly covered: number;
  readonly name: string | null;
  readonly facet_name: string | null;
}

function facetsOf(rows: readonly FacetRow[], filter: Filter): Facet[] {
  const selected = selectedIn(filter);
  const facets = [...Map.groupBy(rows, ({ key }) => key)].map(([key, values]) => ({ covered: values[0]?.covered ?? 0, facet: facetOf(key, values, selected) }));
  const place = (key: string): number => (first.includes(key) ? first.indexOf(key) : first.length);
  return facets.sort((a, b) => place(a.facet.key) - place(b.facet.key) || b.covered - a.covered || (a.facet.key < b.facet.key ? -1 : 1)).slice(0, facetsMax).map(({ facet }) => facet);
}

function facetOf(key: string, rows: readonly FacetRow[], selected: ReadonlySet<string>): Facet {
  const ordered = key === 'price' ? rows.toSorted((a, b) => Number(a.value) - Number(b.value)) : rows;
  const values = ordered.map(({ value, name, count }) => Object.assign(new FacetValue(), { value, count, name: name ?? wordOf(key, value), isSelected: selected.has(facetEntry(key, value)) }));
  return Object.assign(new Facet(), { key, name: rows[0]?.facet_name ?? names[key] ?? spelledOut(key.slice(key.indexOf('.') + 1)), values });
}

/** How a value is called that nobody named. */
function wordOf(key: string, value: string): string {
  if (value === 'true') return 'Yes';
  if (value === 'false') return 'No';
  return key === 'type' ? spelledOut(value) : value;
}

function selectedIn(filter: Filter): Set<string> {
  const { categoryIds, vendorIds, tags, productTypes, attributes, options, inStock, onSale } = filter;
  const of = (key: string, values: readonly string[] | null | undefined): string[] => (values ?? []).map((value) => facetEntry(key, value));
  return new Set([
    ...of('category', categoryIds), ...of('vendor', vendorIds), ...of('tag', tags), ...of('type', productTypes),
    ...(attributes ?? []).flatMap(({ key, values }) => of(`attribute.${key}`, values)), ...(options ?? []).flatMap(({ name, values }) => of(`option.${name}`, values)),
    ...(typeof inStock === 'boolean' ? of('inStock', [String(inStock)]) : []), ...(onSale ? of('onSale', ['true']) : []),
  ]);
}
