import { parsed } from '@haat/kit/input';
import { z } from 'zod';
import type { SearchContext } from '../context.js';
import { liveGeneration } from '../document/generations.js';
import { wholeOf, wordsOf } from '../document/words.js';
import { queryCharactersMax, queryWordsMax, suggestionsDefault, suggestionsMax } from '../limits.js';
import { Category } from '../listing/listing.js';
import { findHits } from '../query/find-hits.js';
import { ownLocales, readQuery } from '../query/read-query.js';
import { SearchSort } from '../query/search-filter.js';
import { Suggestion, SuggestionKind, Vendor } from './suggestion.js';

/** Of each kind but products, which fill up what is left. */
const ofEachKindMax = 3;
/** Words that go on as the last one does and are weighed. */
const completionsMax = 200;
/** From here on one query finds as much as another. */
const frequencyMax = 100;

const wish = z.object({ prefix: z.string().max(queryCharactersMax), first: z.int().min(1).max(suggestionsMax) });

/** What a few letters may become: queries made of the index, categories, vendors, then products. Three statements. */
export async function suggest(ctx: SearchContext, prefix: string, first: number | null | undefined): Promise<Suggestion[]> {
  const asked = parsed(wish, { prefix, first: first ?? suggestionsDefault }, []);
  if (wholeOf(asked.prefix) === '') return [];
  const read = await readQuery(ctx, asked.prefix, {});
  const named = await findNamed(ctx, asked.prefix);
  const { nodes } = await findHits(ctx, { read, filter: {}, sort: SearchSort.RELEVANCE, page: { first: asked.first } });
  const products = nodes.map(({ product }) => Object.assign(new Suggestion(), { kind: SuggestionKind.PRODUCT, text: product?.title ?? '', product }));
  return [...named, ...products].slice(0, asked.first);
}

interface NamedRow {
  readonly kind: SuggestionKind;
  readonly id: string | null;
  readonly text: string;
}

async function findNamed(ctx: SearchContext, prefix: string): Promise<Suggestion[]> {
  const words = wordsOf(prefix).slice(0, queryWordsMax);
  const before = words.slice(0, -1);
  const like = `% ${words.join(' ').replace(/[\\%_]/g, '\\$&')}%`;
  const rows: NamedRow[] = await ctx.db.query(sql, [ownLocales(ctx), words.at(-1), before, like]);
  return rows.map(({ kind, id, text }) => Object.assign(new Suggestion(), {
    kind, text: kind === SuggestionKind.QUERY ? [...before, text].join(' ') : text,
    category: kind === SuggestionKind.CATEGORY && id ? Category.of(id) : null, vendor: kind === SuggestionKind.VENDOR && id ? Object.assign(new Vendor(), { id }) : null,
  }));
}

/** Names begin with what was written, or one of their words does. A query finds all its words in one product. */
const sql = `
  with live as materialized (select ${liveGeneration} as number),
  queries as (
    select word as text, (select count(*) from (
      select from posting p, live join document d on d.generation = live.number where p.generation = live.number and p.term = 'x:' || k.locale || ':' || k.word and d.id = p.id and d.is_listed
        and not exists (select from unnest($3::text[]) b where not exists (select from posting q where q.generation = live.number and q.term = 'x:' || k.locale || ':' || b and q.id = p.id)) limit ${frequencyMax}
    ) x) as n
    from (select locale, word from known_word where locale = any($1) and word >= $2 and word < $2 || chr(1114111) order by length(word) limit ${completionsMax}) k
  ), named as (
    select distinct on (facet, value) facet, value, name from label where facet in ('category', 'vendor') and value <> '' and (locale = any($1) or locale = '*')
    order by facet, value, coalesce(array_position($1, locale), 100)
  )
  (select 'QUERY' as kind, null as id, text from queries where n > 0 group by text order by max(n) desc, length(text), text limit ${ofEachKindMax})
  union all (
    select 'CATEGORY', value, name from named where facet = 'category' and ' ' || lower(name) like $4 and exists (select from posting p, live where p.generation = live.number and p.term = 'c:' || value)
    order by length(name), name limit ${ofEachKindMax}
  ) union all (
    select 'VENDOR', value, n.name from named n join vendor_fact v on v.id = n.value where n.facet = 'vendor' and ' ' || lower(n.name) like $4 and v.status = 'APPROVED' order by length(n.name), n.name limit ${ofEachKindMax}
  )`;
