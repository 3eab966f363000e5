import { isDeepStrictEqual } from 'node:util';
import { categoryChanged, type CategoryState } from '@haat/schema/events/catalog';
import { defineConsumer } from '@haat/kit/define';
import type { EventEnvelope } from '@haat/schema/event';
import type { SearchTx } from '../context.js';
import { termOf } from '../document/document.js';
import { writeLabels } from '../document/write-documents.js';

/** A category was made, renamed or moved: what lies in it is written again soon, by the job. */
export const onCategoryChanged = defineConsumer('on-category-changed', categoryChanged, async (tx: SearchTx, { aggregate, payload }: EventEnvelope<CategoryState>) => {
  const { categoryId, defaultLocale, names, ancestorIds } = payload;
  const [known]: Known[] = await tx.db.query('select version, names, ancestor_ids from category_fact where id = $1 for update', [categoryId]);
  if (known && known.version > aggregate.version) return;
  await tx.db.query(sql, [categoryId, aggregate.version, defaultLocale, JSON.stringify(names), ancestorIds]);
  if (known && isDeepStrictEqual([known.names, known.ancestor_ids], [names, ancestorIds])) return;
  const labels = Object.entries(names).map(([locale, name]) => ({ facet: 'category', value: categoryId, locale, name }));
  await writeLabels(tx.db, [...labels, { facet: 'category', value: categoryId, locale: '*', name: names[defaultLocale] ?? categoryId }]);
  await tx.db.query(mark, [termOf('category', categoryId)]);
});

interface Known {
  readonly version: number;
  readonly names: Readonly<Record<string, string>>;
  readonly ancestor_ids: readonly string[];
}

const sql = `
  insert into category_fact as c (id, version, default_locale, names, ancestor_ids) values ($1, $2, $3, $4, $5)
  on conflict (tenant_id, id) do update set version = excluded.version, default_locale = excluded.default_locale, names = excluded.names, ancestor_ids = excluded.ancestor_ids, updated_at = now()
  where c.version <= excluded.version`;

/** A product that was said before its category is found by it nevertheless. */
const mark = 'insert into dirty_product (id) select distinct id from posting where term = $1 on conflict do nothing';
