import { newId } from '../id.js';
import type { MongoDoor } from '../mongo-collection.js';
import type { UnitOfWork } from '../store.js';
import { pages } from './mongo-pages.js';

/** An effect that would show being done twice: one more hit. */
export function addHit(id: string): (unit: UnitOfWork<MongoDoor>) => Promise<void> {
  return async ({ db }) => {
    await db.collection(pages).change(id, (page) => ({ ...page, hits: page.hits + 1 }));
  };
}

/** Another: one more page, under a new id each time. */
export function addPage(title: string): (unit: UnitOfWork<MongoDoor>) => Promise<void> {
  return async ({ db }) => {
    await db.collection(pages).insert({ _id: newId('prod'), title, hits: 0 });
  };
}
