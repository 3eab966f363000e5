import type { CollectionState } from '@haat/schema/events/catalog';
import type { CollectionRow } from './collection.row.js';

/** What an event says of a collection. */
export function collectionStateOf({ _id, slug, defaultLocale, names, productIds, rule }: Omit<CollectionRow, 'tenantId' | 'version' | 'createdAt' | 'updatedAt'>): CollectionState {
  return { collectionId: _id, slug, defaultLocale, names, productIds, rule };
}
