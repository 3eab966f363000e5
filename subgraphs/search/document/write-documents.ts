import type { EntityManager } from 'typeorm';
import { documentOf, type IndexDocument, type Place } from './document.js';
import { findStems } from './find-stems.js';
import { writtenGenerations } from './generations.js';
import { gramsOf } from './grams.js';
import { lockProducts, type LockedProduct } from './lock-products.js';
import { postingsOf, type StemOf } from './postings.js';
import { writeSelling } from './write-selling.js';

/** Writes the documents of products anew, of all that is known of them, or takes them out where shoppers may not see them. */
export async function writeDocuments(db: EntityManager, ids: readonly string[], into?: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const products = await lockProducts(db, ids);
  const generations = into ?? (await writtenGenerations(db));
  const documents = await documentsOf(db, products);
  await clear(db, ids, generations);
  if (documents.length === 0) return;
  const stemOf = await findStems(db, documents.flatMap(({ words }) => words));
  await insertDocuments(db, documents, generations);
  await insertTexts(db, documents, generations);
  await insertPostings(db, documents, { generations, stemOf });
  await writeWords(db, documents);
  await writeLabels(db, documents.flatMap(({ labels }) => labels));
  await writeSelling(db, ids);
}

async function documentsOf(db: EntityManager, products: readonly LockedProduct[]): Promise<IndexDocument[]> {
  const states = products.flatMap(({ state }) => (state?.status === 'PUBLISHED' ? [state] : []));
  const placeIds = [...new Set(states.flatMap(({ categoryIds }) => categoryIds))];
  const own = await lockPlaces(db, placeIds);
  const above = await lockPlaces(db, own.flatMap(({ ancestorIds }) => ancestorIds).filter((id) => !placeIds.includes(id)));
  const rows = [...own, ...above];
  const places = new Map(rows.map((row) => [row.id, row]));
  return states.map((state) => documentOf(state, places));
}

/** Whoever renames or moves a category waits for this, and then sees what lies in it; or this for them. */
async function lockPlaces(db: EntityManager, ids: readonly string[]): Promise<Place[]> {
  if (ids.length === 0) return [];
  const unique = [...new Set(ids)].sort();
  await db.query(`insert into category_fact (id, version, default_locale, names, ancestor_ids) select id, -1, 'en', '{}', '{}' from unnest($1::text[]) as p(id) on conflict do nothing`, [unique]);
  return db.query('select id, default_locale as "defaultLocale", names, ancestor_ids as "ancestorIds" from category_fact where id = any($1) order by id for share', [unique]);
}

async function clear(db: EntityManager, ids: readonly string[], generations: readonly number[]): Promise<void> {
  await db.query(
    `with a as (delete from document where generation = any($2) and id = any($1)), b as (delete from document_text where generation = any($2) and id = any($1))
     delete from posting where generation = any($2) and id = any($1)`, [ids, generations],
  );
}

async function insertDocuments(db: EntityManager, documents: readonly IndexDocument[], generations: readonly number[]): Promise<void> {
  const rows = documents.map(({ id, defaultLocale, facets, numbers, keeperId, publishedAt }) => ({ id, default_locale: defaultLocale, facets, numbers, keeper_id: keeperId, published_at: publishedAt }));
  await db.query(
    `insert into document (generation, id, default_locale, facets, numbers, keeper_id, published_at)
     select g, r.* from unnest($2::int[]) g, jsonb_to_recordset($1::jsonb) as r(id text, default_locale text, facets text[], numbers jsonb, keeper_id text, published_at timestamptz)`,
    [JSON.stringify(rows), generations],
  );
}

async function insertTexts(db: EntityManager, documents: readonly IndexDocument[], generations: readonly number[]): Promise<void> {
  const rows = documents.flatMap(({ id, texts }) => texts.map(({ titleOrder, ...text }) => ({ id, title_order: titleOrder, ...text })));
  await db.query(
    `insert into document_text (generation, id, locale, slug, title, title_order, description, image)
     select g, r.* from unnest($2::int[]) g, jsonb_to_recordset($1::jsonb) as r(id text, locale text, slug text, title text, title_order text, description text, image jsonb)`,
    [JSON.stringify(rows), generations],
  );
}

async function insertPostings(db: EntityManager, documents: readonly IndexDocument[], { generations, stemOf }: { generations: readonly number[]; stemOf: StemOf }): Promise<void> {
  const rows = documents.flatMap((document) => postingsOf(document, stemOf).map((posting) => ({ id: document.id, ...posting })));
  await db.query(
    `insert into posting (generation, id, term, weight)
     select g, r.* from unnest($4::int[]) g, unnest($1::text[], $2::text[], $3::real[]) as r(id, term, weight)`,
    [rows.map((r) => r.id), rows.map((r) => r.term), rows.map((r) => r.weight), generations],
  );
}

/** Most words are known already, so they are looked up before anything is written. In order, since others write some too. */
async function writeWords(db: EntityManager, documents: readonly IndexDocument[]): Promise<void> {
  const keys = new Map(documents.flatMap(({ words }) => words).map(({ locale, word }) => [`${locale} ${word}`, { locale, word }]));
  const all = [...keys.values()].sort((a, b) => (`${a.locale} ${a.word}` < `${b.locale} ${b.word}` ? -1 : 1));
  const fresh: { locale: string; word: string }[] = await db.query(
    `select a.locale, a.word from unnest($1::text[], $2::text[]) with ordinality as a(locale, word, n)
     where not exists (select from known_word k where k.locale = a.locale and k.word = a.word) order by n`,
    [all.map((a) => a.locale), all.map((a) => a.word)],
  );
  if (fresh.length === 0) return;
  const grams = fresh.flatMap(({ locale, word }) => gramsOf(word).map((gram) => ({ locale, word, gram })));
  await db.query(
    `with k as (insert into known_word (locale, word) select * from unnest($1::text[], $2::text[]) on conflict do nothing)
     insert into word_gram (locale, gram, word) select * from unnest($3::text[], $4::text[], $5::text[]) on conflict do nothing`,
    [fresh.map((f) => f.locale), fresh.map((f) => f.word), grams.map((g) => g.locale), grams.map((g) => g.gram), grams.map((g) => g.word)],
  );
}

/** Writes how facets and their values are called; the same name costs no write. */
export async function writeLabels(db: EntityManager, labels: readonly { facet: string; value: string; locale: string; name: string }[]): Promise<void> {
  const keys = new Map(labels.map((label) => [JSON.stringify([label.facet, label.value, label.locale]), label]));
  const rows = [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, label]) => label);
  await db.query(
    `insert into label (facet, value, locale, name) select facet, value, locale, name from unnest($1::text[], $2::text[], $3::text[], $4::text[]) with ordinality as r(facet, value, locale, name, n)
     where not exists (select from label l where l.facet = r.facet and l.value = r.value and l.locale = r.locale and l.name = r.name)
     order by n on conflict (tenant_id, facet, value, locale) do update set name = excluded.name`,
    [rows.map((r) => r.facet), rows.map((r) => r.value), rows.map((r) => r.locale), rows.map((r) => r.name)],
  );
}
