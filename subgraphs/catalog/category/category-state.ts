import type { CategoryState } from '@haat/schema/events/catalog';
import type { CategoryRow } from './category.row.js';

/** What an event says of a category. */
export function categoryStateOf({ _id, slug, defaultLocale, names, parentId, ancestorIds, position }: Omit<CategoryRow, 'tenantId' | 'version' | 'createdAt' | 'updatedAt'>): CategoryState {
  return { categoryId: _id, slug, defaultLocale, names, parentId, ancestorIds, position };
}
